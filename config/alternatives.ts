// Stage 1: keys of one map of which only one can hold. Merged key by key, a default and what replaces it would meet in
// one map, and a cluster could never choose the other one. Nor is a default wrong where it does not apply.
import { isJsonObject, type JsonObject } from "../core/json.ts";

interface Alternatives {
  /** Where the map stands; `*` is any key. */
  readonly at: readonly string[];
  /** Keys of defaults.yaml that do not hold where a cluster file says `own` in that map, or nothing. */
  readonly replaced: (own: JsonObject, defaults: JsonObject) => readonly string[];
}

/** The first key of a group chooses it; the others only go with it. */
const oneOf =
  (...groups: readonly (readonly [string, ...string[]])[]) =>
  (own: JsonObject): readonly string[] => {
    const isChosen = ([key]: readonly [string, ...string[]]) => Object.hasOwn(own, key);
    return groups.some(isChosen) ? groups.filter((group) => !isChosen(group)).flat() : [];
  };

const alternatives: readonly Alternatives[] = [
  {
    at: ["argocd"],
    replaced: (own, defaults) =>
      (own.managedBy ?? defaults.managedBy ?? "self") === "self" ? ["clusterName"] : [],
  },
  { at: ["cluster"], replaced: oneOf(["server"], ["argocdName"]) },
  { at: ["cluster", "vpc"], replaced: oneOf(["id"], ["tags"]) },
  { at: ["gateways", "*"], replaced: ({ object }) => (object === "none" ? ["hosts"] : []) },
  {
    at: ["ingresses", "*"],
    replaced: ({ listeners }) => (listeners === "http" ? ["certificate", "sslPolicy"] : []),
  },
  {
    at: ["ingresses", "*"],
    replaced: ({ securityGroups, inboundCidrs, prefixLists }) =>
      securityGroups !== undefined
        ? ["inboundCidrs", "prefixLists"]
        : inboundCidrs !== undefined || prefixLists !== undefined
          ? ["securityGroups"]
          : [],
  },
  { at: ["ingresses", "*", "certificate"], replaced: oneOf(["domain", "keyAlgorithm"], ["arn"]) },
  { at: ["ingresses", "*", "subnets"], replaced: oneOf(["ids"], ["tags"]) },
  { at: ["ingresses", "*", "webAcl"], replaced: oneOf(["arn"], ["name"]) },
  {
    at: ["ingresses", "*", "healthCheck"],
    replaced: ({ mode }) => (mode === undefined || mode === "pinned" ? [] : ["nodePort"]),
  },
];

/** `defaults` without what `own`, which will lie over it, replaces by an alternative. */
export const withoutReplaced = (defaults: JsonObject, own: JsonObject): JsonObject =>
  alternatives.reduce((kept, { at, replaced }) => dropReplaced(kept, own, at, replaced), defaults);

const nothing: JsonObject = {};

function dropReplaced(
  defaults: JsonObject,
  own: JsonObject,
  [key, ...rest]: readonly string[],
  replaced: Alternatives["replaced"],
): JsonObject {
  if (key === undefined) {
    const gone = replaced(own, defaults);
    if (!gone.some((name) => Object.hasOwn(defaults, name))) return defaults;
    return Object.fromEntries(Object.entries(defaults).filter(([name]) => !gone.includes(name)));
  }
  let kept = defaults;
  for (const name of key === "*" ? Object.keys(own) : [key]) {
    const [below, above] = [kept[name], own[name] ?? nothing];
    if (!isJsonObject(below) || !isJsonObject(above)) continue;
    const next = dropReplaced(below, above, rest, replaced);
    if (next !== below) kept = { ...kept, [name]: next };
  }
  return kept;
}
