// Stage 1: what to write instead of a null in Helm values, where Istio's charts are known to have an answer.
// Measured by rendering, charts 1.28.10 to 1.31.0-rc.0: there null deletes no default, it becomes the value.

import type { Path } from "../core/json.ts";
import type { IstioChart } from "./applications.ts";
import { chartRefusals, expectedType } from "./chart-failures.ts";

const failsOnNull =
  "The chart fails on it: remove the line to keep the chart's default, or write single keys below it.";

/** By chart and dotted path. */
const advice: Partial<Readonly<Record<IstioChart, Readonly<Record<string, string>>>>> = {
  base: {
    base: failsOnNull,
    defaultRevision: "Remove the line: it follows istio.revision.",
    global: failsOnNull,
  },
  istiod: {
    cpu: failsOnNull,
    env: failsOnNull,
    global: failsOnNull,
    image: "Remove the line; istio.hub and istio.version say which image runs.",
    memory: failsOnNull,
    meshConfig: failsOnNull,
    "meshConfig.enablePrometheusMerge": "Write false.",
    resources: "Write the requests and limits you mean: those of the chart cannot be removed.",
    revision: "Remove the line: it follows istio.revision.",
  },
  gateway: {
    'labels["istio.io/dataplane-mode"]':
      "Remove the line: the chart's own label, none, keeps the gateway out of ambient mode.",
    podAnnotations:
      "No spelling removes the chart's annotations, {} neither: remove the line, or write single ones anew.",
    'podAnnotations["prometheus.io/scrape"]': 'Write "false".',
    replicaCount: "Remove the line and set gateways.<key>.replicas: min equal to max means no autoscaler.",
    resources: "Write the requests and limits you mean: those of the chart cannot be removed.",
    "resources.limits": "Write the limits you mean: those of the chart cannot be removed.",
    "resources.limits.cpu": "Write the limit you mean: that of the chart cannot be removed.",
    "resources.limits.memory": "Write the limit you mean: that of the chart cannot be removed.",
    revision: "Remove the line: it follows istio.revision.",
  },
};

const byDefault =
  'Remove the line to keep the chart\'s default, or write the value you mean: false, 0, "", [] or {}.';

/** What to do about a null at `path` below a chart's values. */
export function adviseOnNull(chart: IstioChart, path: Path, istioVersion: string): string {
  const known = advice[chart] ?? {};
  const name = spell(path);
  if (Object.hasOwn(known, name)) return known[name] ?? byDefault;
  const type = chart === "gateway" ? expectedType(chartRefusals(istioVersion).gatewayTypes, path) : undefined;
  return type === undefined ? byDefault : `Remove the line to keep the chart's default, or write ${type}.`;
}

/** `podAnnotations["prometheus.io/scrape"]`, as the measurements spell paths. */
const spell = (path: Path): string =>
  path
    .map((segment, index) => {
      if (typeof segment === "number") return "[]";
      if (segment.includes(".")) return `["${segment}"]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join("");
