// Stage 1: the one table of Applications. What a child is made of, when it comes and what it creates stands here and
// nowhere else: the Applications, the AppProject, the rules on objects, `diff` and the documents read it, and what it
// does not know is an error. Which children a cluster has: children.ts.
import { type JsonObject, type JsonValue, valueAt } from "../core/json.ts";
import type { ClusterConfig } from "./config.ts";
import { withGlobalsAtRoot } from "./gateway-release.ts";
import { manifestFolders } from "./own-manifests.ts";

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

export interface CreatedKinds {
  /** Without a namespace: AppProjects list them apart. */
  readonly cluster: readonly GroupKind[];
  readonly namespaced: readonly GroupKind[];
}

/** The sync options in use, beside those that every child has. Argo CD ignores an unknown one silently. */
export type SyncOption =
  | "CreateNamespace=true"
  | "RespectIgnoreDifferences=true"
  | "ServerSideApply=true"
  | "SkipDryRunOnMissingResource=true";

/** A value of a chart that adds kinds. */
interface Switch {
  readonly isOn: (values: JsonObject) => boolean;
  readonly adds: Partial<CreatedKinds>;
}

interface ApplicationRow {
  /** What it is, in messages. */
  readonly what: string;
  /** Argo CD applies a wave when everything in the one before is healthy; deletion goes the other way round. */
  readonly wave: number;
  /** The Helm chart that it installs; without one it applies a folder of this repository. */
  readonly chart?: string;
  /** The folder that it applies, where the kinds in it do not tell: people bring them. */
  readonly folder?: string;
  /** Of a chart that a cluster has once: name of release and Application, and its key below `istio` in the cluster file. */
  readonly release?: string;
  readonly key?: string;
  /** All kinds that a chart creates with any values, or that may stand in the folder. */
  readonly creates: Partial<CreatedKinds>;
  readonly switches?: readonly Switch[];
  readonly syncOptions: readonly SyncOption[];
  /** Few: a running operation keeps its old values, and the root waits until it has given up. */
  readonly retries: number;
  /** Seconds; Argo CD doubles the pause before each retry, the first one too. */
  readonly retryPauseSeconds: number;
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

const program: readonly GroupKind[] = [
  ...kinds("", "ConfigMap", "ServiceAccount"),
  ...kinds(rbac, "Role", "RoleBinding"),
];

/** What people bring most; of other kinds the AppProject permits those that they bring. */
const istioApi: readonly GroupKind[] = [
  ...kinds("extensions.istio.io", "TrafficExtension", "WasmPlugin"),
  ...kinds(
    "networking.istio.io",
    ...["DestinationRule", "EnvoyFilter", "Gateway", "ProxyConfig", "ServiceEntry", "Sidecar"],
    ...["VirtualService", "WorkloadEntry", "WorkloadGroup"],
  ),
  ...kinds("security.istio.io", "AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"),
  ...kinds("telemetry.istio.io", "Telemetry"),
];

/** Values as the templates of Istio 1.28 to 1.31 read them. */
const whereTrue =
  (...path: readonly string[]) =>
  (values: JsonObject): boolean =>
    isTruthy(valueAt(values, path));

const isTruthy = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== false && value !== "" && value !== null;

const networkPolicy: Switch = {
  isOn: whereTrue("global", "networkPolicy", "enabled"),
  adds: { namespaced: kinds("networking.k8s.io", "NetworkPolicy") },
};

const stableValidationPolicy: Switch = {
  isOn: whereTrue("experimental", "stableValidationPolicy"),
  adds: { cluster: kinds(admission, "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding") },
};

/** The chart reads what stands under `global` at its root too. */
const daemonSet: Switch = {
  isOn: (values) => withGlobalsAtRoot(values).kind === "DaemonSet",
  adds: { namespaced: kinds("apps", "DaemonSet") },
};

/** Beside the waves: Istio's CRDs come from another Application, and a dry run without them fails the whole sync. */
const skipDryRun: readonly SyncOption[] = ["SkipDryRunOnMissingResource=true"];

/**
 * In the order of a roll-out; by tens, so that one can come between. Between Applications the order holds only with the
 * health check of charts/health-checks/application.lua. The kinds of the charts were each left out of the AppProject
 * once, with the charts 1.30.3 and 1.31.0-rc.0 on Argo CD 3.5.7: the sync failed and applied nothing.
 */
export const applicationTable = {
  /** CRDs and the validation webhook. */
  istioBase: {
    what: "Istio's base chart",
    wave: 0,
    chart: "base",
    release: "istio-base",
    key: "base",
    creates: {
      cluster: [
        ...kinds("apiextensions.k8s.io", "CustomResourceDefinition"),
        ...kinds(admission, "ValidatingWebhookConfiguration"),
      ],
      namespaced: kinds("", "ServiceAccount"),
    },
    switches: [stableValidationPolicy],
    // Field ownership: istiod writes into the webhook that this chart creates.
    syncOptions: ["ServerSideApply=true"],
    retries: 5,
    retryPauseSeconds: 10,
  },
  /** The injector, without which the gateway's pods are created with the image `auto` and never start. */
  istiod: {
    what: "the istiod chart",
    wave: 10,
    chart: "istiod",
    release: "istiod",
    key: "istiod",
    creates: {
      cluster: [
        ...kinds(rbac, "ClusterRole", "ClusterRoleBinding"),
        ...kinds(admission, "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
      ],
      namespaced: [...kinds("", "ConfigMap"), ...workload],
    },
    switches: [networkPolicy, stableValidationPolicy],
    syncOptions: [],
    retries: 5,
    retryPauseSeconds: 10,
  },
  gatewayChart: {
    what: "the gateway chart",
    wave: 20,
    chart: "gateway",
    creates: { namespaced: workload },
    switches: [daemonSet, networkPolicy],
    syncOptions: [],
    retries: 5,
    retryPauseSeconds: 10,
  },
  /** istiod's webhook refuses its objects until it serves. */
  gateway: {
    what: "the Gateway and its routes",
    wave: 30,
    creates: { namespaced: kinds("networking.istio.io", "Gateway", "VirtualService") },
    syncOptions: skipDryRun,
    retries: 5,
    retryPauseSeconds: 10,
  },
  /** With the gateway's objects: what protects it is to be there before the load balancers are. */
  manifestsGateway: {
    what: "own objects of the gateways",
    wave: 30,
    folder: manifestFolders.gateway,
    creates: { namespaced: istioApi },
    syncOptions: skipDryRun,
    retries: 5,
    retryPauseSeconds: 10,
  },
  /** EKS Auto Mode has no IngressClass of its own making for Application Load Balancers; without one nobody serves a door. */
  ingressClass: {
    what: "the classes of EKS Auto Mode",
    wave: 35,
    folder: "class",
    creates: {
      cluster: [
        ...kinds("networking.k8s.io", "IngressClass"),
        ...kinds("eks.amazonaws.com", "IngressClassParams"),
      ],
    },
    syncOptions: skipDryRun,
    retries: 5,
    retryPauseSeconds: 10,
  },
  /** The load balancers find a gateway that answers. Nothing comes after them: the root would wait for a refused one. */
  ingress: {
    what: "the front doors",
    wave: 40,
    creates: { namespaced: kinds("networking.k8s.io", "Ingress") },
    syncOptions: skipDryRun,
    retries: 5,
    retryPauseSeconds: 10,
  },
  manifestsIngress: {
    what: "own objects of the front doors",
    wave: 40,
    folder: manifestFolders.ingress,
    creates: { namespaced: istioApi },
    syncOptions: skipDryRun,
    retries: 5,
    retryPauseSeconds: 10,
  },
  /**
   * The PostSync hook of a gateway's doors, and no Ingress: a hook makes the operation wait for everything in its
   * Application, and beside a door that never gets an address no commit would ever be synced again.
   */
  healthcheck: {
    what: "the health-check hook",
    wave: 40,
    creates: { namespaced: [...program, ...kinds("batch", "Job")] },
    syncOptions: skipDryRun,
    // What it missed the recheck makes good: a hook that cannot start is to show within three minutes, and its Job runs
    // into its time limit twice.
    retries: 1,
    retryPauseSeconds: 1,
  },
  /** On its own: a failing CronJob turns its Application Degraded, which must never hold back the hook. */
  recheck: {
    what: "the recheck",
    wave: 40,
    creates: { namespaced: [...program, ...kinds("batch", "CronJob")] },
    syncOptions: skipDryRun,
    retries: 5,
    retryPauseSeconds: 10,
  },
} as const satisfies Readonly<Record<string, ApplicationRow>>;

/** The AppProject comes before the Applications that refer to it: custom kinds of one wave are applied by name. */
export const projectWave = -10;

export type ApplicationRole = keyof typeof applicationTable;

const rows: readonly ApplicationRow[] = Object.values(applicationTable);

type RoleWith<Field extends keyof ApplicationRow> = {
  [Role in ApplicationRole]: (typeof applicationTable)[Role] extends Readonly<Record<Field, string>>
    ? Role
    : never;
}[ApplicationRole];

/** Those that install a chart. */
export type ChartRole = RoleWith<"chart">;

/** Those of the charts that a cluster has once. */
export type MeshRole = RoleWith<"key">;

export const meshRoles = (Object.keys(applicationTable) as ApplicationRole[]) // Object.keys forgets the names
  .filter((role): role is MeshRole => "key" in applicationTable[role]);

export type IstioChart = (typeof applicationTable)[ChartRole]["chart"];

/** Istio's charts in the order of their installation. */
export const istioCharts = rows.flatMap(({ chart }) => chart ?? []) as readonly IstioChart[]; // by the type above

/**
 * The row of an Application by its Helm chart, by the name of its folder, or by the kinds in that; undefined where none
 * fits, or nothing is there.
 */
export function tryFindRow(
  chart: string,
  folder: readonly GroupKind[],
  folderName = "",
): ApplicationRow | undefined {
  if (chart !== "") return rows.find((row) => row.chart === chart);
  const named = rows.find((row) => row.folder === folderName);
  if (named !== undefined) return named;
  if (folder.length === 0) return undefined;
  const wanted = folder.map(nameOfKind);
  return rows.find(({ chart: own, creates: { cluster = [], namespaced = [] } }) => {
    const known = new Set([...cluster, ...namespaced].map(nameOfKind));
    return own === undefined && wanted.every((name) => known.has(name));
  });
}

export const nameOfKind = ({ group, kind }: GroupKind): string => (group === "" ? kind : `${group}/${kind}`);

/** What the kinds depend on. */
interface ForKinds {
  readonly cluster: Pick<ClusterConfig, "loadBalancerController">;
}

/** Whatever the Applications of a cluster may create, with any configuration; classes only where meshfront writes them. */
export const allKinds = ({ cluster: { loadBalancerController } }: ForKinds): CreatedKinds => {
  const isAutoMode = loadBalancerController === "eks-auto-mode";
  const all = rows
    .filter((row) => isAutoMode || row !== applicationTable.ingressClass)
    .flatMap(({ creates, switches = [] }) => [creates, ...switches.map(({ adds }) => adds)]);
  return {
    cluster: all.flatMap(({ cluster = [] }) => cluster),
    namespaced: all.flatMap(({ namespaced = [] }) => namespaced),
  };
};

/** What a row creates with these values; of a folder all that may stand in it. */
export function kindsOfRow(
  { creates, switches = [] }: Pick<ApplicationRow, "creates" | "switches">,
  values: JsonObject,
): CreatedKinds {
  const all = [creates, ...switches.filter(({ isOn }) => isOn(values)).map(({ adds }) => adds)];
  return {
    cluster: all.flatMap(({ cluster = [] }) => cluster),
    namespaced: all.flatMap(({ namespaced = [] }) => namespaced),
  };
}
