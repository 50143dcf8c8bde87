// Values of Istio's charts as they are live -> the cluster file's: versions, replicas, and what remains.

import {
  compareIstioVersions,
  defaultCharts,
  defaultHub,
  defaultIstioVersion,
  newestKnown,
  oldestIstioMinor,
  parseIstioVersion,
  retiredChartRepositories,
  retiredHubs,
} from "../../config/istio-versions.ts";
import { istioVersion } from "../../config/patterns.ts";
import {
  deepMerge,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  valueAt,
} from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import type { LiveRelease, LiveState } from "../live.ts";
import { kindOf, mapOf, mapsOf, numberOf, specOf, textOf, titleOf } from "./objects.ts";

export const releaseTitle = ({ namespace, name, chart }: LiveRelease): string =>
  `release ${namespace}/${name} (${chart})`;

/** Without nulls, and with what stands under the charts' internal key moved up, where every version reads it. */
export function plainValues(release: LiveRelease, findings: Findings): JsonObject {
  const about = releaseTitle(release);
  const { _internal_defaults_do_not_set: wrapped, defaults, ...own } = release.values;
  if (isJsonObject(wrapped) || isJsonObject(defaults))
    findings.decision(
      "internal-defaults",
      about,
      "Values stand under the charts' internal key (_internal_defaults_do_not_set, or defaults): moved to the top level, where they do the same.",
    );
  const values = withoutNulls(deepMerge(deepMerge(mapOf(defaults), mapOf(wrapped)), own));
  for (const path of release.withheld)
    findings.leftOut(
      "secret-value",
      about,
      `The value ${path} is secret, or looks so: it is not carried over, and not shown. Git is no place for it; give the chart a Secret by name.`,
    );
  if (release.guess !== undefined) findings.step("guessed-values", about, release.guess);
  return values;
}

function withoutNulls(value: JsonObject): JsonObject {
  const entries = Object.entries(value).flatMap(([key, item]): [string, JsonValue][] => {
    if (item === null) return [];
    if (isJsonArray(item)) return [[key, item.filter((each) => each !== null)]];
    if (!isJsonObject(item)) return [[key, item]];
    const inner = withoutNulls(item);
    return Object.keys(inner).length === 0 && Object.keys(item).length > 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}

/** A copy without the value at `path`, and without maps that are empty then. */
export function without(values: JsonObject, path: readonly string[]): JsonObject {
  const [head, ...rest] = path;
  if (head === undefined || values[head] === undefined) return values;
  const { [head]: inner, ...others } = values;
  if (rest.length === 0) return others;
  if (!isJsonObject(inner)) return values;
  const left = without(inner, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [head]: left };
}

/** `replicas`, where the values say another number than ours; and the values without it. */
export function replicasOf(
  values: JsonObject,
  paths: {
    readonly min: readonly (readonly string[])[];
    readonly max: readonly (readonly string[])[];
    readonly enabled: readonly (readonly string[])[];
    readonly count: readonly (readonly string[])[];
  },
): { readonly replicas: JsonObject; readonly rest: JsonObject; readonly isSaid: boolean } {
  const first = (candidates: readonly (readonly string[])[]) =>
    candidates.map((path) => valueAt(values, path)).find((value) => value !== undefined);
  const isFixed = first(paths.enabled) === false;
  const fixed = numberOf(first(paths.count)) ?? 1;
  const min = isFixed ? fixed : numberOf(first(paths.min));
  const max = isFixed ? fixed : numberOf(first(paths.max));
  const all = [...paths.min, ...paths.max, ...paths.enabled, ...(isFixed ? paths.count : [])];
  const rest = all.reduce<JsonObject>(without, values);
  const replicas: JsonObject = {
    ...(min !== undefined && min !== 2 && { min }),
    ...(max !== undefined && max !== 5 && { max }),
  };
  // Ours has at least min, whatever the chart's default for max is.
  const top = max ?? 5;
  const raised = min !== undefined && min > top ? { ...replicas, max: min } : replicas;
  return { replicas: raised, rest, isSaid: min !== undefined };
}

export interface IstioDraft {
  readonly config: JsonObject;
  readonly comments: Readonly<Record<string, string>>;
  readonly version: string;
}

/** `istio`: the control plane's version, registries and values. */
export function istioOf(state: LiveState, findings: Findings): IstioDraft {
  const base = state.releases.find(({ chart }) => chart === "base");
  const istiod = state.releases.find(({ chart }) => chart === "istiod");
  const comments: Record<string, string> = {};
  const version = versionOf(istiod ?? base, findings, comments);
  const fromRelease = istiod === undefined ? {} : plainValues(istiod, findings);
  const values = deepMerge(operatorMesh(state, findings), fromRelease);
  const { config: istiodConfig, hub } = istiodOf(values, istiod, findings);
  const baseValues = base === undefined ? {} : without(plainValues(base, findings), ["defaultRevision"]);
  const revision = textOf(values.revision);
  sayReleaseNames([base, istiod], findings);
  return {
    version: version ?? defaultIstioVersion,
    comments,
    config: {
      ...(version !== undefined && { version }),
      ...chartsOf(istiod ?? base, findings),
      ...(hub !== undefined && { hub }),
      ...(revision !== "" && { revision }),
      ...(Object.keys(baseValues).length > 0 && { base: { values: baseValues } }),
      ...(Object.keys(istiodConfig).length > 0 && { istiod: istiodConfig }),
    },
  };
}

function versionOf(
  release: LiveRelease | undefined,
  findings: Findings,
  comments: Record<string, string>,
): string | undefined {
  if (release === undefined) return undefined;
  const about = releaseTitle(release);
  if (release.isValuesFile === true) {
    findings.step(
      "unknown-version",
      about,
      `A values file does not tell which version of the charts is live, so the file has none and means ${defaultIstioVersion}. Write the live one as istio.version before the first sync, or the adoption is an upgrade too: \`helm list -A\` tells it.`,
    );
    return undefined;
  }
  const live = (release.version ?? "").replace(/^v/, "");
  if (!istioVersion.regex.test(live)) {
    findings.refuse(
      "chart-version",
      about,
      `The chart's version is ${release.version ?? "not in the input"}, which is no exact version of Istio: nothing can be said about what an adoption would change. Give a state that has it, or the release Secrets.`,
    );
    return undefined;
  }
  const oldest = `${oldestIstioMinor}.0`;
  if (compareIstioVersions(live, oldest) >= 0) return live;
  const { major, minor } = parseIstioVersion(live);
  const nearest = newestKnown(oldestIstioMinor) ?? oldest;
  comments.version = `Live is ${live}: ${nearest} is the nearest that meshfront compiles.`;
  const isNext = major === parseIstioVersion(oldest).major && minor === parseIstioVersion(oldest).minor - 1;
  findings.difference(
    "rolls pods",
    "old-istio",
    about,
    `Istio ${live} is live, and ${oldestIstioMinor} is the oldest minor that meshfront compiles: the file says ${nearest}, the nearest. ${isNext ? "As it stands the adoption is an upgrade by one minor too: upgrade first with the means of today and run migrate again, so that the adoption changes nothing." : `Istio supports an upgrade by one minor at a time, so do not sync this over ${live}: upgrade minor by minor with the means of today to ${oldestIstioMinor}, and run migrate again.`}`,
  );
  return nearest;
}

function chartsOf(release: LiveRelease | undefined, findings: Findings): JsonObject {
  const repository = (release?.repository ?? "").replace(/\/$/, "");
  if (release === undefined || repository === "") return {};
  const isRetired = retiredChartRepositories.some((retired) => repository.includes(retired));
  if (isRetired) {
    findings.fault(
      "retired-repository",
      releaseTitle(release),
      `The charts come from ${repository}, which the Istio project switches off in December 2026: with Terraform's helm provider 3 every plan fails from then on. Ours takes ${defaultCharts}; the charts are the same.`,
    );
    return {};
  }
  if (repository === defaultCharts) return {};
  return { charts: repository.replace(/^oci:\/\//, "") };
}

const istiodReplicas = {
  min: [["autoscaleMin"], ["pilot", "autoscaleMin"]],
  max: [["autoscaleMax"], ["pilot", "autoscaleMax"]],
  enabled: [["autoscaleEnabled"], ["pilot", "autoscaleEnabled"]],
  count: [["replicaCount"], ["pilot", "replicaCount"]],
} as const;

function istiodOf(values: JsonObject, release: LiveRelease | undefined, findings: Findings) {
  const about = release === undefined ? "istiod" : releaseTitle(release);
  const { replicas, rest, isSaid } = replicasOf(values, istiodReplicas);
  if (release !== undefined && !isSaid)
    findings.difference(
      "rolls pods",
      "istiod-replicas",
      about,
      "No number of replicas is said: the chart keeps 1 to 5, ours 2 to 5. A second istiod starts; none stops.",
    );
  const hub = textOf(valueAt(rest, ["global", "hub"]));
  const isRetired = retiredHubs.some((retired) => hub.includes(retired));
  if (isRetired)
    findings.fault(
      "retired-hub",
      about,
      `Images come from ${hub}, which the Istio project switches off in December 2026. Ours takes ${defaultHub}.`,
      "rolls pods",
    );
  if (valueAt(rest, ["global", "tag"]) !== undefined)
    findings.leftOut(
      "image-tag",
      about,
      "global.tag fixes the images' version beside the chart's. Ours takes the version of istio.version for both.",
    );
  const dropped = [["global", "hub"], ["global", "tag"], ["revision"], ["base", "validationFailurePolicy"]];
  const own = dropped.reduce<JsonObject>(without, rest);
  return {
    hub: hub === "" || isRetired || hub === defaultHub ? undefined : hub,
    config: {
      ...(Object.keys(own).length > 0 && { values: own }),
      ...(Object.keys(replicas).length > 0 && { replicas }),
    } satisfies JsonObject,
  };
}

/** Settings of the mesh in an IstioOperator go to istiod's values; how it deploys is what the charts do now. */
function operatorMesh({ objects }: LiveState, findings: Findings): JsonObject {
  return objects
    .filter((object) => kindOf(object) === "IstioOperator")
    .reduce<JsonObject>((values, object) => {
      const spec = specOf(object);
      findings.leftOut(
        "operator",
        titleOf(object),
        "An IstioOperator installs without Helm releases: istioctl's labels are not those of the charts, and a Deployment's selector cannot be changed. Install the charts beside it under other names and move the doors over, or uninstall in a window; the in-place adoption that MIGRATION.md describes is for Helm releases.",
      );
      for (const gateway of mapsOf(valueAt(spec, ["components", "ingressGateways"])))
        sayOperatorGateway(gateway, titleOf(object), findings);
      return deepMerge(values, meshOf(spec, titleOf(object), findings));
    }, {});
}

/** numTrustedProxies: 1 is what ours says anyway. */
function meshOf(spec: JsonObject, about: string, findings: Findings): JsonObject {
  const mesh = mapOf(spec.meshConfig);
  const path = ["defaultConfig", "gatewayTopology", "numTrustedProxies"];
  const isOurs = valueAt(mesh, path) === 1;
  if (isOurs)
    findings.decision(
      "trusted-proxies",
      about,
      "meshConfig trusts one proxy (numTrustedProxies: 1), the load balancer: gateways.<key>.trustedProxies says 1 by default, so it is not written.",
    );
  const own = isOurs ? without(mesh, path) : mesh;
  return Object.keys(own).length === 0 ? {} : { meshConfig: own };
}

function sayOperatorGateway(gateway: JsonObject, about: string, findings: Findings): void {
  const ports = mapsOf(valueAt(gateway, ["k8s", "service", "ports"]));
  const fixed = ports
    .filter(({ nodePort }) => nodePort !== undefined)
    .map(({ nodePort }) => String(nodePort));
  if (fixed.length > 0)
    findings.decision(
      "fixed-node-ports",
      about,
      `The ports ${fixed.join(", ")} of ${textOf(gateway.name)} are fixed as NodePorts. The load balancer finds them by itself, so they are not carried over: write service.ports with status-port, http2 and https into the gateway's values if somebody else uses these numbers.`,
    );
  const { minReplicas, maxReplicas } = mapOf(valueAt(gateway, ["k8s", "hpaSpec"]));
  if (minReplicas !== undefined && (minReplicas !== 2 || maxReplicas !== 5))
    findings.difference(
      "rolls pods",
      "operator-replicas",
      about,
      `${textOf(gateway.name)} has ${String(minReplicas)} to ${String(maxReplicas ?? minReplicas)} replicas, ours 2 to 5: write gateways.<key>.replicas if that matters.`,
    );
}

/** Ours are called istio-base and istiod, whatever theirs are. */
function sayReleaseNames(releases: readonly (LiveRelease | undefined)[], findings: Findings): void {
  for (const release of releases) {
    const ours = release?.chart === "base" ? "istio-base" : "istiod";
    if (release !== undefined && release.isValuesFile !== true && release.name !== ours)
      findings.step(
        "release-name",
        releaseTitle(release),
        `The release is called ${release.name}, ours ${ours}: the objects carry the chart's names and stay, the label release changes. Helm's Secret of the old release is left over; MIGRATION.md removes it.`,
      );
  }
}

export const sameValue = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
