// Stage 4: kinds that nobody may bring: whoever may change this repository would give themselves rights with them.

/** By API group, core group empty; `*` is every kind of it. */
const refused: Readonly<Record<string, readonly (readonly [kinds: readonly string[], reason: string])[]>> = {
  "": [
    [["Secret"], "a secret in Git is none: bring it by an operator (External Secrets, Sealed Secrets)"],
    [
      ["Pod", "ReplicationController"],
      "a pod runs as any ServiceAccount of its namespace, istiod's included: deploy it with its application",
    ],
    [["Namespace", "Node", "PersistentVolume"], "it belongs to the whole cluster"],
  ],
  apps: [
    [
      ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
      "its pods run as any ServiceAccount of their namespace, istiod's included: deploy it with its application",
    ],
  ],
  batch: [
    [
      ["CronJob", "Job"],
      "its pods run as any ServiceAccount of their namespace, istiod's included: deploy it with its application",
    ],
  ],
  "admissionregistration.k8s.io": [[["*"], "it decides what the whole cluster accepts"]],
  "apiextensions.k8s.io": [[["*"], "it belongs to the whole cluster"]],
  "apiregistration.k8s.io": [[["*"], "it belongs to the whole cluster"]],
  "argoproj.io": [[["*"], "it would tell Argo CD what to deploy, where, and with which rights"]],
  "certificates.k8s.io": [[["*"], "it belongs to the whole cluster"]],
  "elbv2.k8s.aws": [[["IngressClassParams"], "it belongs to the whole cluster"]],
  "eks.amazonaws.com": [[["IngressClassParams", "NodeClass"], "it belongs to the whole cluster"]],
  "flowcontrol.apiserver.k8s.io": [[["*"], "it belongs to the whole cluster"]],
  "gateway.networking.k8s.io": [[["GatewayClass"], "it belongs to the whole cluster"]],
  "networking.k8s.io": [[["IngressClass", "IPAddress", "ServiceCIDR"], "it belongs to the whole cluster"]],
  "node.k8s.io": [[["*"], "it belongs to the whole cluster"]],
  "cert-manager.io": [[["ClusterIssuer"], "it belongs to the whole cluster"]],
  "external-secrets.io": [
    [["ClusterExternalSecret", "ClusterPushSecret", "ClusterSecretStore"], "it belongs to the whole cluster"],
  ],
  "kyverno.io": [[["ClusterCleanupPolicy", "ClusterPolicy"], "it belongs to the whole cluster"]],
  "rbac.authorization.k8s.io": [[["*"], "it gives rights"]],
  "scheduling.k8s.io": [[["PriorityClass"], "it belongs to the whole cluster"]],
  "storage.k8s.io": [
    [["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"], "it belongs to the whole cluster"],
  ],
};

/** Why nobody may bring a kind; undefined where everybody may. */
export function tryFindRefusal(group: string, kind: string): string | undefined {
  if (!Object.hasOwn(refused, group)) return undefined;
  return refused[group]?.find(([kinds]) => kinds.includes("*") || kinds.includes(kind))?.[1];
}
