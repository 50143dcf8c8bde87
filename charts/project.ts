// What the child Applications of one cluster may create, and where. Nothing that they do not need.
import type { Construct } from "constructs";
import {
  applicationTable,
  type CreatedKinds,
  type GroupKind,
  kindsOfRow,
  nameOfKind,
  projectWave,
} from "../config/applications.ts";
import { type Child, children } from "../config/children.ts";
import type { Config } from "../config/config.ts";
import { helmValues } from "../config/helm-values.ts";
import { type JsonObject, valueAt } from "../core/json.ts";
import { AppProject } from "../imports/argoproj.io.ts";
import { inWave } from "./argocd-application.ts";
import type { OwnObjects } from "./own-objects.ts";

export function clusterProject(scope: Construct, config: Config, ownObjects: OwnObjects): void {
  const { name, destination } = config.cluster;
  const all = children(config);
  const created = all.map((child) => kindsOf(config, child));
  const brought = [...ownObjects.values()].flat();
  const namespaces = new Set([
    ...all.map(({ namespace }) => namespace),
    ...brought.map((object) => String(valueAt(object, ["metadata", "namespace"]))),
  ]);
  new AppProject(scope, "project", {
    metadata: { name, namespace: config.argocd.namespace, annotations: inWave(projectWave) },
    spec: {
      description: `Istio ingress of the cluster ${name}`,
      sourceRepos: [config.istio.charts, config.repository.url],
      destinations: [...namespaces].map((namespace) => ({ ...destination, namespace })),
      // CreateNamespace=true goes through the same check.
      clusterResourceWhitelist: inOrder([namespaceKind, ...created.flatMap(({ cluster }) => cluster)]),
      namespaceResourceWhitelist: inOrder([
        ...created.flatMap(({ namespaced }) => namespaced),
        ...brought.map(kindOf),
      ]),
    },
  });
}

const namespaceKind: GroupKind = { group: "", kind: "Namespace" };

function kindsOf(config: Config, child: Child): CreatedKinds {
  const row = applicationTable[child.role];
  if ("release" in child) return kindsOfRow(row, helmValues(config, child.release));
  const { cluster, namespaced } = kindsOfRow(row, {});
  const hasRoutes = config.routes.length > 0;
  return { cluster, namespaced: namespaced.filter(({ kind }) => kind !== "VirtualService" || hasRoutes) };
}

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
