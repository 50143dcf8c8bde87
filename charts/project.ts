// Wave -1: what the child Applications of one cluster may create, and where. Nothing that they do not need.
import type { Construct } from "constructs";
import { type Config, discoveredIngresses } from "../config/config.ts";
import { helmValues } from "../config/helm-values.ts";
import { type JsonValue, valueAt } from "../core/json.ts";
import { AppProject } from "../imports/argoproj.io.ts";
import { istioNamespace } from "./istio-applications.ts";
import { inWave } from "./sync-waves.ts";

interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

const kinds = (group: string, ...names: readonly string[]): readonly GroupKind[] =>
  names.map((kind) => ({ group, kind }));

export function clusterProject(scope: Construct, config: Config): void {
  const { name, destination } = config.cluster;
  const namespaces = [...new Set([istioNamespace, config.istio.gateway.namespace])];
  new AppProject(scope, "project", {
    metadata: { name, namespace: config.argocd.namespace, annotations: inWave("project") },
    spec: {
      description: `Istio ingress of the cluster ${name}`,
      sourceRepos: [config.istio.charts, config.repository.url],
      destinations: namespaces.map((namespace) => ({ ...destination, namespace })),
      clusterResourceWhitelist: [...clusterKinds(config)],
      namespaceResourceWhitelist: [...namespacedKinds(config)],
    },
  });
}

/** What the charts base and istiod create without a namespace; each was run once without (nothing was applied then). */
function clusterKinds(config: Config): readonly GroupKind[] {
  return [
    ...kinds("", "Namespace"), // CreateNamespace=true goes through the same check
    ...kinds(
      "admissionregistration.k8s.io",
      "MutatingWebhookConfiguration",
      "ValidatingWebhookConfiguration",
    ),
    ...(isOn(config, ["experimental", "stableValidationPolicy"])
      ? kinds("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding")
      : []),
    ...kinds("apiextensions.k8s.io", "CustomResourceDefinition"),
    ...kinds("rbac.authorization.k8s.io", "ClusterRole", "ClusterRoleBinding"),
  ];
}

function namespacedKinds(config: Config): readonly GroupKind[] {
  const hasHook = discoveredIngresses(config).length > 0;
  const gatewayKind = valueAt(helmValues(config, "gateway"), ["kind"]);
  return [
    ...kinds("", "ConfigMap", "Service", "ServiceAccount"),
    ...kinds("apps", "Deployment", ...(gatewayKind === "DaemonSet" ? ["DaemonSet"] : [])),
    ...kinds("autoscaling", "HorizontalPodAutoscaler"),
    ...kinds(
      "batch",
      ...(hasHook ? ["Job"] : []),
      ...(hasHook && config.hook.recheck !== undefined ? ["CronJob"] : []),
    ),
    ...kinds("networking.istio.io", "Gateway", ...(config.routes.length > 0 ? ["VirtualService"] : [])),
    ...kinds(
      "networking.k8s.io",
      "Ingress",
      ...(isOn(config, ["global", "networkPolicy", "enabled"]) ? ["NetworkPolicy"] : []),
    ),
    ...kinds("policy", "PodDisruptionBudget"),
    ...kinds("rbac.authorization.k8s.io", "Role", "RoleBinding"),
  ];
}

/** Whether a switch is on in the values of any of the charts. */
function isOn(config: Config, path: readonly string[]): boolean {
  const truthy = (value: JsonValue | undefined) =>
    value !== undefined && value !== false && value !== "" && value !== null;
  return (["base", "istiod", "gateway"] as const).some((chart) =>
    truthy(valueAt(helmValues(config, chart), path)),
  );
}
