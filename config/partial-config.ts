// Stage 1: what remains of a cluster file that the schema refused, so that the rules can report in the same run.

import {
  deepMerge,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../core/json.ts";
import { type ConfigWithDefaults, clusterFile } from "./schema.ts";

export interface UsablePart {
  readonly input: ConfigWithDefaults;
  /** Where something was put in for what is necessary; findings there are about nothing that a person wrote. */
  readonly placeholders: readonly Path[];
  /** Rules that would compare with a placeholder. */
  readonly mutedRules: readonly string[];
}

const aboutClosedDoors: readonly string[] = [
  "alb/wildcard-over-closed-host",
  "alb/wildcard-beside-security-groups",
  "alb/open-console",
];

/** While a gateway is not known. */
const aboutGateways: readonly string[] = [
  "istio/unknown-gateway",
  "istio/gateway-without-host",
  "istio/gateway-without-object",
  "istio/own-load-balancer",
  "istio/release-name",
  "istio/gateway-labels",
  "istio/gateway-name-twice",
  "alb/ingress-name-twice",
];

/** Rules that would judge wrongly, this door or another, while a key of a door is not known. */
const mutedWithout: ReadonlyMap<unknown, readonly string[]> = new Map(
  Object.entries({
    hosts: ["istio/route-host-not-covered"],
    certificate: ["alb/listeners"],
    listeners: ["alb/listeners"],
    targetType: ["alb/target-type", "istio/service-type"],
    backendTls: ["alb/backend-tls", "istio/service-ports"],
    scheme: [...aboutClosedDoors, "alb/http-only"],
    inboundCidrs: aboutClosedDoors,
    prefixLists: aboutClosedDoors,
    securityGroups: aboutClosedDoors,
    annotations: [...aboutClosedDoors, "alb/authentication", "alb/without-effect", "istio/service-ip-family"],
    gateway: [...aboutGateways, ...aboutClosedDoors, "alb/host-twice", "istio/host-without-gateway"],
    ingressName: ["alb/ingress-name-twice"],
    healthCheck: ["hook/recheck-off"], // it looks for doors with a hook
  }),
);

const placeholderDoor = "placeholder";

/** `.invalid` is outside of every domain (RFC 6761). */
const placeholders = (clusterName: string): JsonObject => ({
  cluster: { name: clusterName, region: "xx-placeholder-1" },
  repository: { url: "https://placeholder.invalid/repository.git" },
});

/** A private copy: many values may go, one by one. */
type Draft = { [key: string]: JsonValue };

/** The file without the values at `invalid`; undefined if that is no configuration either. */
export function usablePart(
  data: JsonObject,
  invalid: readonly Path[],
  clusterName: string,
): UsablePart | undefined {
  const kept: Draft = structuredClone(data);
  // What is left of a map without one of its keys may be wrong in another way: then the map goes too.
  for (let [round, gone] = [0, invalid]; round < maxRounds; round += 1) {
    for (const path of gone) remove(kept, path);
    removeRoutesWithoutDoor(kept, gone);
    const parsed = clusterFile.safeParse(deepMerge(placeholders(clusterName), withNecessaryKeys(kept)));
    if (parsed.success) return usablePartOf(parsed.data, kept, invalid);
    gone = parsed.error.issues
      .map(({ path }) => path.map((key) => (typeof key === "number" ? key : String(key))))
      .map((path) => (has(kept, path) ? path : path.slice(0, -1))); // of a map without a key that it needs
  }
  return undefined;
}

const maxRounds = 3;

const usablePartOf = (input: ConfigWithDefaults, kept: Draft, invalid: readonly Path[]): UsablePart => ({
  input,
  placeholders: [
    ...necessaryPaths.filter((path) => !has(kept, path)),
    ["ingresses", placeholderDoor],
    ...Object.keys(input.ingresses)
      .flatMap((key) => necessaryDoorKeys.map((name) => ["ingresses", key, name]))
      .filter((path) => !has(kept, path)),
  ],
  mutedRules: [
    ...(has(kept, ["cluster", "region"]) ? [] : ["alb/certificate-region"]),
    ...invalid.flatMap(([root, , key]) => (root === "ingresses" ? (mutedWithout.get(key) ?? []) : [])),
    ...(invalid.some(([root]) => root === "gateways") ? aboutGateways : []),
    ...(invalid.some(([root]) => root === "ingresses") ? ["hook/without-effect"] : []), // it looks for doors with a hook
  ],
});

const has = (data: JsonObject, path: Path): boolean => valueAt(data, path) !== undefined;

const necessaryDoorKeys = ["hosts"];

const necessaryPaths: readonly Path[] = [
  ["cluster", "name"],
  ["cluster", "region"],
  ["repository", "url"],
];

/** Removes the value at `path`; of a list the whole, because places in it would move. */
function remove(draft: Draft, path: Path): void {
  const firstIndex = path.findIndex((segment) => typeof segment === "number");
  const keys = firstIndex < 0 ? path : path.slice(0, firstIndex);
  const parent = valueAt(draft, keys.slice(0, -1));
  if (isJsonObject(parent)) delete (parent as Draft)[String(keys.at(-1))]; // a part of the private copy
}

/** A route may lead to a door that is gone as a whole. */
function removeRoutesWithoutDoor(draft: Draft, gone: readonly Path[]): void {
  const isDoor = ({ length, 0: root }: Path): boolean => root === "ingresses" && length <= 2;
  if (gone.some(isDoor) || !has(draft, ["ingresses"])) delete draft.routes;
}

/** Nothing is reported of these values: what a person wrote in their place is. */
function withNecessaryKeys(draft: Draft): JsonObject {
  const domain = "placeholder.invalid";
  const door: JsonObject = { hosts: [domain] };
  const doors = isJsonObject(draft.ingresses) ? Object.entries(draft.ingresses) : [];
  const complete = doors.map(([key, value]) => [key, isJsonObject(value) ? { ...door, ...value } : value]);
  return {
    ...draft,
    ingresses: complete.length > 0 ? Object.fromEntries(complete) : { [placeholderDoor]: door },
  };
}
