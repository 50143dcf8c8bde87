// What Istio's Helm charts create: the kinds that an AppProject must allow before a sync applies anything.
import { type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

export interface CreatedKinds {
  /** Without a namespace: AppProjects list them apart. */
  readonly cluster: readonly GroupKind[];
  readonly namespaced: readonly GroupKind[];
}

const rbac = "rbac.authorization.k8s.io";
const admission = "admissionregistration.k8s.io";

const kinds = (group: string, ...names: readonly string[]): readonly GroupKind[] =>
  names.map((kind) => ({ group, kind }));

const workload: readonly GroupKind[] = [
  ...kinds("", "Service", "ServiceAccount"),
  ...kinds("apps", "Deployment"),
  ...kinds("autoscaling", "HorizontalPodAutoscaler"),
  ...kinds("policy", "PodDisruptionBudget"),
  ...kinds(rbac, "Role", "RoleBinding"),
];

const chartKinds: Readonly<Record<string, CreatedKinds>> = {
  base: {
    cluster: [
      ...kinds("apiextensions.k8s.io", "CustomResourceDefinition"),
      ...kinds(admission, "ValidatingWebhookConfiguration"),
    ],
    namespaced: kinds("", "ServiceAccount"),
  },
  istiod: {
    cluster: [
      ...kinds(rbac, "ClusterRole", "ClusterRoleBinding"),
      ...kinds(admission, "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
    ],
    namespaced: [...kinds("", "ConfigMap"), ...workload],
  },
  gateway: { cluster: [], namespaced: workload },
};

interface Switch {
  readonly charts: readonly string[];
  readonly path: readonly string[];
  readonly isOn: (value: JsonValue | undefined) => boolean;
  readonly adds: CreatedKinds;
}

const truthy = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== false && value !== "" && value !== null;

/** Values that add a kind (templates of Istio 1.28 to 1.31). */
const switches: readonly Switch[] = [
  {
    charts: ["gateway"],
    path: ["kind"],
    isOn: (value) => value === "DaemonSet",
    adds: { cluster: [], namespaced: kinds("apps", "DaemonSet") },
  },
  {
    charts: ["istiod", "gateway"],
    path: ["global", "networkPolicy", "enabled"],
    isOn: truthy,
    adds: { cluster: [], namespaced: kinds("networking.k8s.io", "NetworkPolicy") },
  },
  {
    charts: ["base", "istiod"],
    path: ["experimental", "stableValidationPolicy"],
    isOn: truthy,
    adds: {
      cluster: kinds(admission, "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"),
      namespaced: [],
    },
  },
];

/**
 * What a chart creates with these values; nothing for a chart that is not one of Istio's three. The kinds without a
 * switch were each left out of the AppProject once, with the charts 1.30.3 and 1.31.0-rc.0 on Argo CD 3.5.7: the sync
 * failed and applied nothing.
 */
export function kindsOfChart(chart: string, values: JsonObject): CreatedKinds {
  const always = Object.hasOwn(chartKinds, chart) ? chartKinds[chart] : undefined;
  const added = switches
    .filter(({ charts, path, isOn }) => charts.includes(chart) && isOn(valueAt(values, path)))
    .map(({ adds }) => adds);
  const all = [...(always === undefined ? [] : [always]), ...added];
  return {
    cluster: all.flatMap(({ cluster }) => cluster),
    namespaced: all.flatMap(({ namespaced }) => namespaced),
  };
}
