// A file of Helm values, as people keep beside their manifests: which chart it is for stands nowhere, and its keys tell.
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { LiveRelease } from "../live.ts";
import { withheldValues } from "../secret-values.ts";

const keysOfCharts: Readonly<Record<string, readonly string[]>> = {
  istiod: [
    ...[
      "meshConfig",
      "pilot",
      "global",
      "sidecarInjectorWebhook",
      "istiodRemote",
      "telemetry",
      "autoscaleMin",
    ],
    ...[
      "autoscaleMax",
      "autoscaleEnabled",
      "istio_cni",
      "cni",
      "revisionTags",
      "experimental",
      "env",
      "ownerName",
    ],
  ],
  gateway: [
    ...[
      "service",
      "autoscaling",
      "labels",
      "podAnnotations",
      "serviceAccount",
      "securityContext",
      "replicaCount",
    ],
    ...["podDisruptionBudget", "rbac", "networkGateway", "nodeSelector", "topologySpreadConstraints"],
    ...["containerSecurityContext", "unprivilegedPort", "name", "extraManifests"],
  ],
  base: ["defaultRevision", "base", "enableCRDTemplates", "validationURL"],
};

/** Undefined for what looks like no values of Istio's charts. Its release has no name: the recognition gives it one. */
export function tryReadValues(document: JsonValue, file: string): LiveRelease | undefined {
  if (!isJsonObject(document) || document.kind === "Service" || document.apiVersion !== undefined)
    return undefined;
  const chart = chartOf(inner(document), file);
  if (chart === undefined) return undefined;
  const { values, withheld } = withheldValues(document);
  return {
    name: chart === "istiod" ? "istiod" : chart === "base" ? "istio-base" : "",
    namespace: chart === "gateway" ? "" : "istio-system",
    chart,
    version: undefined,
    repository: undefined,
    values,
    isValuesFile: true,
    withheld,
    origin: { file },
  };
}

const inner = (document: JsonObject): JsonObject =>
  isJsonObject(document._internal_defaults_do_not_set) ? document._internal_defaults_do_not_set : document;

/** The chart with most of the keys; the file's name decides between equals, as it does for an empty file. */
function chartOf(values: JsonObject, file: string): string | undefined {
  const counts = Object.entries(keysOfCharts).map(([chart, keys]) => ({
    chart,
    count: Object.keys(values).filter((key) => keys.includes(key)).length,
  }));
  const most = Math.max(...counts.map(({ count }) => count));
  const best = counts.filter(({ count }) => count === most).map(({ chart }) => chart);
  if (most > 0 && best.length === 1) return best[0];
  const named = /values/i.test(file) ? best.find((chart) => file.toLowerCase().includes(chart)) : undefined;
  return named ?? (most > 0 ? best[0] : undefined);
}
