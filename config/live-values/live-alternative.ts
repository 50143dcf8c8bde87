// What to write instead of a value that nothing reads.

import { formatPath } from "../../core/format-value.ts";
import { isJsonObject, type JsonValue } from "../../core/json.ts";
import { didYouMean } from "../../core/suggest.ts";
import { type IstioChart, istioCharts } from "../applications.ts";
import { livePaths, measuredVersions } from "./live-paths.ts";
import type { WrittenValue } from "./written-values.ts";

/** Advice on a dead value: the known way, another version or chart that reads it, or the nearest name that is read. */
export function liveAlternative({ release: { chart }, canonical, value, measured }: WrittenValue): string {
  const path = [...canonical, ...onlyWayDown(value)];
  return (
    knownAlternative(chart, path) ??
    newerVersion(chart, path, measured) ??
    otherChart(chart, path, measured) ??
    nearestPath(chart, canonical, measured) ??
    "Remove it."
  );
}

/** The keys of a map with one key, and so on below it. */
function onlyWayDown(value: JsonValue): readonly string[] {
  const [only, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  return only === undefined || others.length > 0 ? [] : [only[0], ...onlyWayDown(only[1])];
}

const knownAlternative = (chart: IstioChart, path: readonly string[]): string | undefined => {
  const known = alternatives[chart] ?? {};
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join(".");
    if (Object.hasOwn(known, name)) return known[name];
  }
  return undefined;
};

function newerVersion(chart: IstioChart, path: readonly string[], measured: string): string | undefined {
  const later = measuredVersions.slice(measuredVersions.indexOf(measured) + 1);
  const reads = later.find((version) => {
    const row = livePaths(chart, version).find(path);
    return row !== undefined && row.live !== "no";
  });
  return reads && `The chart of Istio ${reads.split(".").slice(0, 2).join(".")} is the first that reads it.`;
}

function otherChart(chart: IstioChart, path: readonly string[], measured: string): string | undefined {
  const reads = istioCharts.find((other) => {
    const live = other === chart ? "no" : (livePaths(other, measured).find(path)?.live ?? "no");
    return live !== "no" && live !== "rejected" && live !== "check";
  });
  return reads && `The ${reads} chart reads it: write ${placeOf(reads)}.values.${formatPath(path)}.`;
}

const placeOf = (chart: IstioChart): string => (chart === "gateway" ? "gateways.<key>" : `istio.${chart}`);

/** A key beside it that is spelt alike, or the only place where the chart reads a key of that name. */
function nearestPath(chart: IstioChart, path: readonly string[], measured: string): string | undefined {
  const { readPaths } = livePaths(chart, measured);
  const parent = path.slice(0, -1);
  const key = path.at(-1) ?? "";
  const siblings = readPaths
    .filter((read) => parent.every((segment, index) => read[index] === segment))
    .map((read) => read[parent.length] ?? "");
  const sameKey = readPaths.filter((read) => read.at(-1) === key);
  const under = parent.length === 0 ? "" : `${formatPath(parent)}.`;
  const spelling = didYouMean(key, [...new Set(siblings)])?.replace("mean ", `mean ${under}`);
  return spelling ?? (sameKey.length === 1 ? `Did you mean ${formatPath(sameKey[0] ?? [])}?` : undefined);
}

const notOfThisChart = (what: string): string => `It is no value of this chart: ${what}`;

const fromPatch = "The first charts that read it are those of 1.28.6, 1.29.2 and 1.30.0.";

/** By chart and dotted path: for this path and all below it. */
const alternatives: Partial<Readonly<Record<IstioChart, Readonly<Record<string, string>>>>> = {
  base: {
    "base.validationFailurePolicy": fromPatch,
    "base.enableIstioConfigCRDs": "Write base.enableCRDTemplates or base.excludedCRDs.",
    "global.base.enableIstioConfigCRDs": "Write base.enableCRDTemplates or base.excludedCRDs.",
    "global.validationURL": "Write base.validationURL.",
    "global.hub": notOfThisChart("istio.hub sets it for istiod."),
    hub: notOfThisChart("istio.hub sets it for istiod."),
    revision: notOfThisChart("istio.revision sets it in all charts."),
    pilot: notOfThisChart("write istio.istiod.values."),
  },
  istiod: {
    "base.validationFailurePolicy": fromPatch,
    autoscaling: "In this chart it is autoscaleMin and autoscaleMax: set istio.istiod.replicas.",
    podDisruptionBudget: "In this chart it is pdb.",
    replicas: "Set istio.istiod.replicas.",
    minReplicas: "Set istio.istiod.replicas.",
    maxReplicas: "Set istio.istiod.replicas.",
    service: "This chart has serviceAnnotations, ipFamilies and ipFamilyPolicy.",
    serviceAccount: "This chart has serviceAccountAnnotations.",
    defaultRevision: notOfThisChart("istio.revision sets it in base."),
    "base.enableIstioConfigCRDs": "Write istio.base.values.base.enableCRDTemplates.",
    istio_cni: "Write cni.enabled.",
    gateways: "The ingress gateway is a chart of its own: write gateways.<key>.values.",
    enabled: "Remove it: istiod is always installed.",
    "global.mtls": "Write a PeerAuthentication; automatic mutual TLS is meshConfig.enableAutoMtls.",
    "global.defaultNodeSelector": "Write nodeSelector.",
    "global.defaultTolerations": "Write tolerations.",
    "global.outboundTrafficPolicy": "Write meshConfig.outboundTrafficPolicy.",
    "global.localityLbSetting": "Write meshConfig.localityLbSetting.",
    "global.enableTracing": "Write meshConfig.enableTracing.",
    "global.proxy.concurrency": "Write meshConfig.defaultConfig.concurrency.",
    "global.proxy.accessLogFile": "Write meshConfig.accessLogFile.",
    "global.proxy.accessLogFormat": "Write meshConfig.accessLogFormat.",
    imagePullSecrets: "Write global.imagePullSecrets.",
    imagePullPolicy: "Write global.imagePullPolicy.",
    priorityClassName: "Write global.priorityClassName.",
  },
  gateway: {
    "autoscaling.behavior": "In this chart it is autoscaling.autoscaleBehavior.",
    "autoscaling.metrics":
      "This chart has autoscaling.targetCPUUtilizationPercentage and targetMemoryUtilizationPercentage.",
    "service.nodePorts":
      "A NodePort stands in service.ports; to fix that of the health check, use healthCheck.mode: pinned.",
    "service.labels": "Write labels.",
    "serviceAccount.labels": "Write labels.",
    enabled: "Remove it: the gateway is always installed.",
    runAsRoot: "Write securityContext and containerSecurityContext.",
    unprivilegedPort: "Write securityContext and containerSecurityContext.",
    defaultRevision: notOfThisChart("istio.revision sets it in base."),
    pilot: notOfThisChart("write istio.istiod.values."),
    hub: "The gateway's image comes from its injection: set istio.hub.",
    tag: "The gateway's image comes from its injection: istio.version says which.",
    proxy: notOfThisChart("write istio.istiod.values.global.proxy."),
    meshID: notOfThisChart("write istio.istiod.values.global.meshID."),
    network: notOfThisChart("write istio.istiod.values.global.network."),
  },
};
