// The conditions of live-paths.json, as one can ask the values for them.
import { isJsonObject, type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";
import { splitPath } from "./live-paths.ts";

export interface Condition {
  /** Completes "only with …" and "beside …". */
  readonly text: string;
  readonly isMet: (values: JsonObject) => boolean;
  /** What a user of meshfront does to meet it, where that is more than writing `text`. */
  readonly advice?: string;
  /** True where the value is not without effect for want of something, but because another key takes its place. */
  readonly isOtherKey?: boolean;
}

/** The charts' defaults meet none of `unless`, so a value that is absent never does. */
export function conditionOf(spelling: string): Condition {
  const named = conditions[spelling];
  if (named !== undefined) return named;
  const [, setPath] = /^(.*) set$/.exec(spelling) ?? [];
  if (setPath !== undefined) {
    return { text: setPath, isMet: (values) => isSet(at(values, setPath)), isOtherKey: true };
  }
  const [path = "", expected = ""] = spelling.split("=");
  if (expected === "") throw new Error(`live-paths.json has an unknown condition: ${spelling}`);
  return { text: `${path}: ${expected}`, isMet: (values) => String(at(values, path)) === expected };
}

const at = (values: JsonObject, path: string): JsonValue | undefined => valueAt(values, splitPath(path));

/** As a template's `if` sees it. */
const isSet = (value: JsonValue | undefined): boolean => {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== "" && value !== false && value !== 0;
};

const isOff = (value: JsonValue | undefined): boolean => value === false;
const isAbove1 = (value: JsonValue | undefined): boolean => typeof value === "number" && value > 1;
const isRemote = (values: JsonObject): boolean => isSet(at(values, "istiodRemote.enabled"));
const hasRemoteAddress = (values: JsonObject): boolean => isSet(at(values, "global.remotePilotAddress"));

const placeOf = (chart: "istiod" | "gateway"): string =>
  chart === "gateway" ? "gateways.<key>" : "istio.istiod";

const fixedReplicas = (chart: "istiod" | "gateway"): string =>
  `Set ${placeOf(chart)}.replicas with min equal to max, and remove the value: meshfront writes both.`;
const twoReplicas = (chart: "istiod" | "gateway"): string =>
  `Set ${placeOf(chart)}.replicas.min to 2 or more: with one replica the chart makes no disruption budget.`;

const tracer = (name: string): Condition => ({
  text: `global.proxy.tracer: ${name}`,
  isMet: (values) => at(values, "global.proxy.tracer") === name,
});

const remoteWithAddress: Condition = {
  text: "istiodRemote.enabled and global.remotePilotAddress",
  isMet: (values) => isRemote(values) && hasRemoteAddress(values),
};

const conditions: Readonly<Record<string, Condition>> = {
  "autoscaleEnabled off": {
    text: "autoscaleEnabled: false",
    isMet: (values) => isOff(at(values, "autoscaleEnabled")),
    advice: fixedReplicas("istiod"),
  },
  "autoscaleMin>1": {
    text: "more than one replica",
    isMet: (values) => !isOff(at(values, "autoscaleEnabled")) && isAbove1(at(values, "autoscaleMin")),
    advice: twoReplicas("istiod"),
  },
  "autoscaleEnabled off+replicaCount>1": {
    text: "more than one replica",
    isMet: (values) => isOff(at(values, "autoscaleEnabled")) && isAbove1(at(values, "replicaCount")),
    advice: twoReplicas("istiod"),
  },
  "autoscaling off": {
    text: "autoscaling.enabled: false",
    isMet: (values) => isOff(at(values, "autoscaling.enabled")),
    advice: fixedReplicas("gateway"),
  },
  "minReplicas>1": {
    text: "more than one replica",
    isMet: (values) =>
      !isOff(at(values, "autoscaling.enabled")) && isAbove1(at(values, "autoscaling.minReplicas")),
    advice: twoReplicas("gateway"),
  },
  "autoscaling off+replicaCount>1": {
    text: "more than one replica",
    isMet: (values) => isOff(at(values, "autoscaling.enabled")) && isAbove1(at(values, "replicaCount")),
    advice: twoReplicas("gateway"),
  },
  networkGateway: {
    text: "networkGateway",
    isMet: (values) => isSet(at(values, "networkGateway")),
    advice: "Remove it: the gateway of an ingress is no network gateway.",
  },
  // `resources: null` alone does it, and nulls are refused.
  "resources empty": {
    text: "resources: null",
    isMet: (values) => at(values, "resources") === null,
    advice:
      "Write istio.istiod.values.resources: the chart has requests of its own, so the defaults never apply.",
  },
  "taint.enabled": { text: "taint.enabled: true", isMet: (values) => isSet(at(values, "taint.enabled")) },
  revision: {
    text: "a revision",
    isMet: (values) => isSet(at(values, "revision")),
    advice: "Set istio.revision: all three charts follow it.",
  },
  "pilotCertProvider signer": {
    text: "global.pilotCertProvider: k8s.io/…",
    isMet: (values) => String(at(values, "global.pilotCertProvider")).startsWith("k8s.io/"),
  },
  "env.EXTERNAL_CA": { text: "env.EXTERNAL_CA", isMet: (values) => isSet(at(values, "env.EXTERNAL_CA")) },
  "istiodRemote+address IP": remoteWithAddress,
  "istiodRemote+address host": remoteWithAddress,
  "istiodRemote+local injector": {
    text: "istiodRemote.enabledLocalInjectorIstiod and global.remotePilotAddress",
    isMet: (values) =>
      isRemote(values) &&
      hasRemoteAddress(values) &&
      isSet(at(values, "istiodRemote.enabledLocalInjectorIstiod")),
  },
  "istiodRemote+configCluster": {
    text: "istiodRemote.enabled and global.configCluster",
    isMet: (values) => isRemote(values) && isSet(at(values, "global.configCluster")),
  },
  "tracer lightstep": tracer("lightstep"),
  "tracer zipkin": tracer("zipkin"),
  "tracer datadog": tracer("datadog"),
  readerServiceAccount: {
    text: "global.readerServiceAccount.name",
    isMet: (values) => isSet(at(values, "global.readerServiceAccount.name")),
  },
  "defaultRevision empty": {
    text: 'defaultRevision: ""',
    isMet: (values) => at(values, "defaultRevision") === "",
  },
  "service.type=NodePort": {
    text: "service.type: NodePort",
    isMet: (values) => at(values, "service.type") === "NodePort",
    advice: "Remove it: the load balancers reach the gateway through NodePorts.",
  },
  "image contains /": {
    text: 'an image with a "/", which is taken as it is',
    isMet: (values) => String(at(values, "image")).includes("/"),
    isOtherKey: true,
  },
  "platform set at root": {
    text: "platform",
    isMet: (values) => isSet(at(values, "platform")),
    isOtherKey: true,
  },
};
