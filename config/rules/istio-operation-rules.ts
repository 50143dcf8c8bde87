// What goes wrong only when nodes are drained or versions drift apart.

import { show } from "../../core/format-value.ts";
import { isJsonObject, type JsonObject, type JsonValue, type Path, valueAt } from "../../core/json.ts";
import {
  type ChartRelease,
  chartReleases,
  type GatewayChartRelease,
  gatewayChartRelease,
  istiodRelease,
} from "../chart-releases.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { withGlobalsAtRoot } from "../gateway-release.ts";
import { helmValues } from "../helm-values.ts";
import { parseIstioVersion } from "../istio-versions.ts";
import { valuesPath } from "./own-values.ts";

/** As the disruption controller reads it: percentages of the pods, rounded up. */
function podsOf(amount: JsonValue | undefined, replicas: number): number | undefined {
  if (typeof amount === "number") return amount;
  const [, percent] = typeof amount === "string" ? (/^(\d+)%$/.exec(amount) ?? []) : [];
  return percent === undefined ? undefined : Math.ceil((Number(percent) * replicas) / 100);
}

interface Budget {
  readonly path: Path;
  readonly spec: JsonObject;
  /** Pods when nothing is busy. */
  readonly replicas: number;
  /** istiod's chart prints one of the two keys, maxUnavailable where there is one; the gateway's prints what it gets. */
  readonly isPrintedAsIs: boolean;
}

function budgetFindings({ path, spec, replicas, isPrintedAsIs }: Budget): Finding[] {
  if (replicas < 2) return []; // neither chart renders a budget then
  if (isPrintedAsIs && spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
    const message = "expected minAvailable or maxUnavailable, found both: Kubernetes refuses the budget";
    return [{ path, message, suggestion: "Keep one of the two." }];
  }
  const key = spec.maxUnavailable === undefined ? "minAvailable" : "maxUnavailable";
  const pods = podsOf(spec[key], replicas);
  if (pods === undefined) return [];
  const evictable = key === "maxUnavailable" ? pods : replicas - pods;
  if (evictable > 0) return [];
  return [
    {
      path: [...path, key],
      message: `expected a disruption budget that lets one of ${replicas} pods go, found ${key}: ${show(spec[key])}: no node with such a pod could be drained`,
      suggestion: `Write minAvailable: ${replicas - 1} at most, or maxUnavailable: 1.`,
    },
  ];
}

/** A DaemonSet's pods are no matter to a drain. */
function gatewayBudget(config: Config, release: GatewayChartRelease): Budget[] {
  const values = withGlobalsAtRoot(helmValues(config, release));
  const { podDisruptionBudget: spec, kind } = values;
  if (!isJsonObject(spec) || kind === "DaemonSet") return [];
  const isFixed = valueAt(values, ["autoscaling", "enabled"]) === false;
  const replicas = isFixed ? values.replicaCount : valueAt(values, ["autoscaling", "minReplicas"]);
  const path = valuesPath(release, "podDisruptionBudget");
  return [{ path, spec, replicas: numberOr(replicas, 1), isPrintedAsIs: true }];
}

/** `pilot.X` is the same value as `X` to istiod's chart, and wins. */
function istiodBudget(config: Config): Budget[] {
  const release = istiodRelease(config);
  const values = helmValues(config, release);
  const of = (key: string) => valueAt(values, ["pilot", key]) ?? values[key];
  const spec = of("pdb");
  const isOff = valueAt(values, ["global", "defaultPodDisruptionBudget", "enabled"]) === false;
  if (!isJsonObject(spec) || isOff) return [];
  const replicas = of("autoscaleEnabled") === false ? of("replicaCount") : of("autoscaleMin");
  const path = isJsonObject(valueAt(values, ["pilot", "pdb"])) ? ["pilot", "pdb"] : ["pdb"];
  return [
    { path: valuesPath(release, ...path), spec, replicas: numberOr(replicas, 1), isPrintedAsIs: false },
  ];
}

const numberOr = (value: JsonValue | undefined, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;

/** Where istiod's values say which image runs: a tag alone, or an image with one. */
const imagePlaces: readonly Path[] = [
  ["tag"],
  ["pilot", "tag"],
  ["global", "tag"],
  ["image"],
  ["pilot", "image"],
  ["global", "proxy", "image"],
  ["global", "proxy_init", "image"],
];

/** `1.30.2`, `1.30.2-distroless`, `example.com/istio/pilot:1.30.2`; undefined for a tag that says no version. */
const versionIn = (image: JsonValue | undefined): string | undefined =>
  typeof image === "string" ? /(?:^|:)(\d+\.\d+)(?:\.\d+)?(?:-[\w.-]+)?$/.exec(image)?.[1] : undefined;

/** How many minors `version` is ahead of the chart; another major counts as far away. */
function minorsAhead(release: ChartRelease, version: string): number {
  const chart = parseIstioVersion(release.version);
  const { major, minor } = parseIstioVersion(`${version}.0`);
  return major === chart.major ? minor - chart.minor : Number.POSITIVE_INFINITY;
}

function imageFindings(config: Config): Finding[] {
  const release = istiodRelease(config);
  return imagePlaces.flatMap((path) => {
    const image = valueAt(release.values, path);
    const version = versionIn(image);
    if (version === undefined || Math.abs(minorsAhead(release, version)) <= 1) return [];
    return [
      {
        path: valuesPath(release, ...path),
        message: `expected an image at most one minor away from the charts of ${config.istio.version}, found ${show(image)}: Istio supports no more between control plane and proxies`,
        suggestion: "Remove the value, and upgrade with istio.version, one minor at a time.",
      },
    ];
  });
}

function compatibilityFindings(config: Config): Finding[] {
  const places = chartReleases(config).flatMap((release) =>
    [["compatibilityVersion"], ["global", "compatibilityVersion"]].map((path) => ({ release, path })),
  );
  return places.flatMap(({ release, path }) => {
    const version = versionIn(valueAt(release.values, path));
    if (version === undefined || minorsAhead(release, version) >= -1) return [];
    return [
      {
        path: valuesPath(release, ...path),
        message: `expected a compatibilityVersion at most one minor behind ${release.version}, found ${version}: it goes away when that release does`,
        suggestion: "Move on to the behaviour of a newer release, one minor at a time.",
      },
    ];
  });
}

export const istioOperationRules: readonly ConfigRule[] = [
  {
    code: "istio/disruption-budget",
    severity: "error",
    check: (config) =>
      [
        ...istiodBudget(config),
        ...config.gateways.flatMap((gateway) => gatewayBudget(config, gatewayChartRelease(config, gateway))),
      ].flatMap(budgetFindings),
  },
  { code: "istio/image-skew", severity: "error", check: imageFindings },
  { code: "istio/compatibility-skew", severity: "warning", check: compatibilityFindings },
];
