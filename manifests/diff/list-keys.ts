// Which lists are maps in disguise: their items are compared by key, so that one more item is one more item.
import { isJsonObject, type JsonValue, valueAt } from "../../core/json.ts";

interface ListKey {
  /** The kinds of object it is in. */
  readonly kinds: readonly string[];
  /** The keys on the way to the list, without the places in lists; `**` stands for any beginning. */
  readonly list: string;
  /** The fields that make an item the same one, dotted; an item may lack all but one of them. */
  readonly by: readonly string[];
  readonly because: string;
}

const withPods = ["Job", "CronJob", "Deployment", "DaemonSet", "Pod"];
const api = "the Kubernetes API merges it by this key";

const listKeys: readonly ListKey[] = [
  { kinds: withPods, list: "**.containers", by: ["name"], because: api },
  { kinds: withPods, list: "**.initContainers", by: ["name"], because: api },
  { kinds: withPods, list: "**.containers.ports", by: ["containerPort", "protocol"], because: api },
  { kinds: withPods, list: "**.containers.env", by: ["name"], because: api },
  { kinds: withPods, list: "**.containers.volumeMounts", by: ["mountPath"], because: api },
  { kinds: withPods, list: "**.volumes", by: ["name"], because: api },
  { kinds: withPods, list: "**.imagePullSecrets", by: ["name"], because: api },
  { kinds: ["Service"], list: "spec.ports", by: ["port", "protocol"], because: api },
  {
    kinds: ["Ingress"],
    list: "spec.rules",
    by: ["host"],
    because: "a host has one rule in the output",
  },
  {
    kinds: ["Ingress"],
    list: "spec.rules.http.paths",
    by: ["path", "pathType"],
    because: "a path has one backend",
  },
  {
    kinds: ["Gateway"],
    list: "spec.servers",
    by: ["port.name"],
    because: "Istio's webhook demands unique names of ports",
  },
  {
    kinds: ["VirtualService"],
    list: "spec.http",
    by: ["name"],
    because: "Istio identifies a route by it where it has one",
  },
  {
    kinds: ["AppProject"],
    list: "spec.destinations",
    by: ["server", "name", "namespace"],
    because: "a set of places, any of which allows",
  },
  {
    kinds: ["AppProject"],
    list: "spec.clusterResourceWhitelist",
    by: ["group", "kind", "name"],
    because: "a set of kinds, any of which allows",
  },
  {
    kinds: ["AppProject"],
    list: "spec.namespaceResourceWhitelist",
    by: ["group", "kind"],
    because: "a set of kinds, any of which allows",
  },
  {
    kinds: ["Application"],
    list: "spec.ignoreDifferences",
    by: ["group", "kind", "namespace", "name"],
    because: "one row per object",
  },
  {
    kinds: ["Application"],
    list: "spec.source.helm.valuesObject.service.ports",
    by: ["name"],
    because: "the gateway chart copies it into a Service, where names are unique",
  },
  {
    kinds: ["RoleBinding", "ClusterRoleBinding"],
    list: "subjects",
    by: ["kind", "namespace", "name"],
    because: "a set of subjects",
  },
];

/** The fields that identify an item of the list at `keys` (without places in lists), or undefined. */
export function tryFindListKey(kind: string, keys: readonly string[]): readonly string[] | undefined {
  const list = keys.join(".");
  return listKeys.find((row) => row.kinds.includes(kind) && isList(row.list, list))?.by;
}

const isList = (pattern: string, list: string): boolean =>
  pattern.startsWith("**.") ? `.${list}`.endsWith(pattern.slice(2)) : pattern === list;

export type ItemKey = ReadonlyMap<string, string | number>;

/** The key of each item, in order; undefined if one has none or two have the same: then only the place tells them apart. */
export function tryKeyItems(
  items: readonly JsonValue[],
  by: readonly string[],
): readonly ItemKey[] | undefined {
  const keys = items.map((item) => keyOf(item, by));
  const isComplete = keys.every((key) => key.size > 0);
  return isComplete && new Set(keys.map(keyText)).size === keys.length ? keys : undefined;
}

export const keyText = (key: ItemKey): string => JSON.stringify([...key]);

function keyOf(item: JsonValue, by: readonly string[]): ItemKey {
  const key = new Map<string, string | number>();
  if (!isJsonObject(item)) return key;
  for (const field of by) {
    const value = valueAt(item, field.split("."));
    if (typeof value === "string" || typeof value === "number") key.set(field, value);
  }
  return key;
}
