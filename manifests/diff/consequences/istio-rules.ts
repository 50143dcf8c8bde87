// What a change of chart, values, release or namespace does to istiod and to the gateway's pods.
import { istioCharts } from "../../../config/applications.ts";
import { isJsonObject, type JsonObject, valueAt } from "../../../core/json.ts";
import { textAt } from "../../object-fields.ts";
import { canonical } from "../canonical.ts";
import type { OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code, codes } from "./consequence.ts";

export const istioRules: readonly ConsequenceRule[] = [
  {
    code: "diff/mesh-ca",
    level: "critical",
    check: forChart("istiod", ({ before, after }) => {
      const [old, next] = both(before, after, "spec", "destination", "namespace");
      return old === next
        ? undefined
        : `istiod moves from namespace ${code(old)} to ${code(next)}. Where it signs with a root certificate of its own, that is a Secret in its namespace: the new istiod makes another root, and proxies of the two do not trust each other.`;
    }),
    source:
      "Istio docs, Plug in CA Certificates: by default istiod generates a self-signed root certificate and key; pkg/istio-agent and security/pkg/pki/ca: Secret istio-ca-secret in istiod's namespace",
  },
  {
    code: "diff/replaces-gateway",
    level: "critical",
    check: forChart("gateway", ({ before, after }) => {
      const names = both(before, after, "spec", "source", "helm", "releaseName");
      const namespaces = both(before, after, "spec", "destination", "namespace");
      if (names[0] === names[1] && namespaces[0] === namespaces[1]) return undefined;
      return `The gateway ${code(`${namespaces[0]}/${names[0]}`)} becomes ${code(`${namespaces[1]}/${names[1]}`)}: Deployment and Service of the new name are created, with other NodePorts, and those of the old one deleted.`;
    }),
    source:
      "Istio 1.31.1, manifests/charts/gateway/templates/_helpers.tpl: all names follow from the release's name",
  },
  {
    code: "diff/istio-version",
    level: "warning",
    check: (diff) => firstPerCluster(istioCharts.flatMap((chart) => forChart(chart, describeSkew)(diff))),
    source:
      "Istio docs, Supported Releases (the control plane may be one minor ahead of the data plane, never behind; no skipping of minors in place)",
  },
  {
    code: "diff/rolls-istiod",
    level: "warning",
    check: forChart("istiod", (pair) => describeRollOut("istiod", pair)),
    source:
      "Istio charts 1.28 to 1.31, rendered with helm template; upgrade 1.30.3 to 1.31.0-rc.0 run on Argo CD 3.5.7: the chart's version is a label of the pods",
  },
  {
    code: "diff/rolls-gateway",
    level: "warning",
    check: forChart("gateway", (pair) => describeRollOut("gateway", pair)),
    source:
      "Istio charts 1.28 to 1.31, rendered with helm template; upgrade 1.30.3 to 1.31.0-rc.0 run on Argo CD 3.5.7: the chart's version is a label of the pods",
  },
];

interface ApplicationPair {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

function forChart(chart: string, describe: (pair: ApplicationPair) => string | undefined) {
  return ({ objects }: OutputDiff): readonly ConsequenceFinding[] =>
    objects.flatMap(({ before, after }) => {
      if (before === undefined || after === undefined || before.kind !== "Application") return [];
      const [old, next] = both(before.data, after.data, "spec", "source", "chart");
      const message =
        old === chart && next === chart ? describe({ before: before.data, after: after.data }) : undefined;
      return message === undefined ? [] : [{ object: after, message }];
    });
}

const both = (
  before: JsonObject,
  after: JsonObject,
  ...path: readonly string[]
): readonly [string, string] => [textAt(before, path), textAt(after, path)];

/** The three charts usually change together: one sentence is enough. */
function firstPerCluster(findings: readonly ConsequenceFinding[]): readonly ConsequenceFinding[] {
  const seen = new Set<PlacedObject["cluster"]>();
  return findings.filter(({ object }) => !seen.has(object.cluster) && seen.add(object.cluster));
}

function describeSkew({ before, after }: ApplicationPair): string | undefined {
  const [old, next] = both(before, after, "spec", "source", "targetRevision");
  const [from, to] = [tryReadVersion(old), tryReadVersion(next)];
  if (from === undefined || to === undefined) return undefined;
  const step = to.major === from.major ? to.minor - from.minor : undefined;
  const change = `Istio ${code(old)} -> ${code(next)}`;
  if (step === undefined || step > 1) {
    return `${change} skips a minor: Istio supports upgrades in place by one minor at a time.`;
  }
  const isDowngrade = step < 0 || (step === 0 && to.patch < from.patch);
  return isDowngrade
    ? `${change} is a step back: istiod must not be older than the proxies, and it changes before they do.`
    : undefined;
}

function tryReadVersion(text: string) {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined
    ? undefined
    : { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

/** What a root key of the values reaches: other objects only, or the pods; for what is in neither list: maybe. */
const reach: Readonly<
  Record<string, { readonly others: readonly string[]; readonly pods: readonly string[] }>
> = {
  gateway: {
    others: ["autoscaling", "podDisruptionBudget", "rbac", "replicaCount", "service"],
    pods: [
      "additionalContainers",
      "affinity",
      "containerSecurityContext",
      "env",
      "imagePullPolicy",
      "imagePullSecrets",
      "initContainers",
      "nodeSelector",
      "podAnnotations",
      "priorityClassName",
      "resources",
      "revision",
      "securityContext",
      "terminationGracePeriodSeconds",
      "tolerations",
      "topologySpreadConstraints",
      "volumeMounts",
      "volumes",
    ],
  },
  istiod: {
    others: [
      "autoscaleBehavior",
      "autoscaleEnabled",
      "autoscaleMax",
      "autoscaleMin",
      "base",
      "pdb",
      "replicaCount",
    ],
    pods: [
      "affinity",
      "env",
      "hub",
      "image",
      "nodeSelector",
      "podAnnotations",
      "podLabels",
      "resources",
      "tag",
      "tolerations",
      "topologySpreadConstraints",
      "traceSampling",
      "volumeMounts",
      "volumes",
    ],
  },
};

function describeRollOut(
  chart: "gateway" | "istiod",
  { before, after }: ApplicationPair,
): string | undefined {
  const pods = chart === "gateway" ? "The gateway's pods" : "istiod's pods";
  const [old, next] = both(before, after, "spec", "source", "targetRevision");
  if (old !== next) {
    const workloads =
      chart === "istiod" ? " Sidecars of other workloads keep their version until these restart." : "";
    return `${pods} are replaced: chart ${code(old)} -> ${code(next)}.${workloads}`;
  }
  const { others = [], pods: known = [] } = reach[chart] ?? {};
  const keys = changedValues(before, after).filter((key) => !others.includes(key));
  const sure = keys.filter((key) => known.includes(key));
  if (sure.length > 0) return `${pods} are replaced: ${codes(sure)} stands in their template.`;
  return keys.length === 0 ? undefined : `${pods} may be replaced: ${codes(keys)} can reach their template.`;
}

/** The root keys of the values that differ; `pilot.X` is `X` to istiod's chart. */
function changedValues(before: JsonObject, after: JsonObject): readonly string[] {
  const [old, next] = [valuesOf(before), valuesOf(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
  return keys.filter((key) => canonical(old[key] ?? null) !== canonical(next[key] ?? null));
}

function valuesOf(application: JsonObject): JsonObject {
  const values = valueAt(application, ["spec", "source", "helm", "valuesObject"]);
  if (!isJsonObject(values)) return {};
  const { pilot, ...rest } = values;
  return isJsonObject(pilot) ? { ...rest, ...pilot } : values;
}
