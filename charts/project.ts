// What the child Applications of one cluster may create, and where. Nothing that they do not need.
import type { Construct } from "constructs";
import { allKinds, type GroupKind, nameOfKind, projectWave } from "../config/applications.ts";
import { children } from "../config/children.ts";
import type { Config } from "../config/config.ts";
import { type JsonObject, valueAt } from "../core/json.ts";
import { AppProject } from "../imports/argoproj.io.ts";
import { inWave } from "./argocd-application.ts";
import type { OwnObjects } from "./own-objects.ts";

/**
 * The kinds do not follow the configuration. Argo CD deletes and prunes nothing that the AppProject does not permit any
 * more, and it applies the AppProject first: a list that shrinks with what goes would leave it in the cluster (run on
 * 3.5.7: the CronJob of a recheck stayed; controller/appcontroller.go, getPermittedAppLiveObjects).
 */
export function clusterProject(scope: Construct, config: Config, ownObjects: OwnObjects): void {
  const { name, destination } = config.cluster;
  const { managedBy, namespace: argocdNamespace, ownCluster } = config.argocd;
  // Then a person applies it, and the root lives in it too: it cannot create the project that it runs under.
  const isOfRoot = managedBy === "eks";
  const { cluster, namespaced } = allKinds(config);
  const brought = [...ownObjects.values()].flat();
  const namespaces = new Set([
    ...children(config).map(({ namespace }) => namespace),
    ...brought.map((object) => String(valueAt(object, ["metadata", "namespace"]))),
  ]);
  new AppProject(scope, "project", {
    metadata: {
      name,
      namespace: argocdNamespace,
      ...(!isOfRoot && { annotations: inWave(projectWave) }),
    },
    spec: {
      description: `Istio ingress of the cluster ${name}`,
      sourceRepos: [config.istio.charts, config.repository.url],
      // The EKS capability wants it; elsewhere it changes nothing (Argo CD's own namespace is permitted in any case).
      sourceNamespaces: [argocdNamespace],
      destinations: [
        ...(isOfRoot ? [{ ...ownCluster, namespace: argocdNamespace }] : []),
        ...[...namespaces].map((namespace) => ({ ...destination, namespace })),
      ],
      // CreateNamespace=true goes through the same check.
      clusterResourceWhitelist: inOrder([namespaceKind, ...cluster]),
      namespaceResourceWhitelist: inOrder([
        ...(isOfRoot ? [{ group: "argoproj.io", kind: "Application" }] : []),
        ...namespaced,
        ...brought.map(kindOf),
      ]),
    },
  });
}

const namespaceKind: GroupKind = { group: "", kind: "Namespace" };

/** Of an object that people brought: `networking.istio.io/v1alpha3` is of the group networking.istio.io. */
const kindOf = ({ apiVersion, kind }: JsonObject): GroupKind => ({
  group: /^(.*)\//.exec(String(apiVersion))?.[1] ?? "",
  kind: String(kind),
});

/** Each once. */
function inOrder(kinds: readonly GroupKind[]): GroupKind[] {
  const byName = new Map(kinds.map((each) => [nameOfKind(each), each]));
  return [...byName.values()].sort((a, b) => compare(a.group, b.group) || compare(a.kind, b.kind));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
