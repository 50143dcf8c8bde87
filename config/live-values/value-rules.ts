// Rules on values that the charts read not at all, not now, or not here: warnings. Values on which a chart fails are
// errors (config/rules/istio-value-rules.ts).

import { formatPath, show } from "../../core/format-value.ts";
import { type JsonValue, valueAt } from "../../core/json.ts";
import { type GatewayChartRelease, gatewayChartRelease } from "../chart-releases.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { helmValues } from "../helm-values.ts";
import { proxyConfigAnnotation } from "../proxy-config.ts";
import { valuesPath } from "../rules/own-values.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import { effectiveValues, pilotLayer } from "./effective-values.ts";
import { liveAlternative } from "./live-alternative.ts";
import { type WrittenValue, writtenValues } from "./written-values.ts";

/** Judged by the nearest version that was measured, and said so where that is another one. */
const byVersion = ({ release, measured }: WrittenValue): string =>
  measured === release.version ? "" : ` (measured at ${measured})`;

export const isDead = ({ row }: WrittenValue): boolean => row === undefined || row.live === "no";

function deadFindings(config: Config): Finding[] {
  return writtenValues(config)
    .filter((written) => isDead(written) && !isRefusedAtRoot(written))
    .map((written) => ({
      path: valuesPath(written.release, ...written.path),
      message: `nothing in the ${written.release.chart} chart reads ${formatPath(written.path)}${byVersion(written)}`,
      suggestion: liveAlternative(written),
    }));
}

/** The gateway chart's schema refuses unknown keys at the root but for a few: `istio/unknown-root-value` says so. */
const isRefusedAtRoot = ({ release, path, row }: WrittenValue): boolean =>
  release.chart === "gateway" && path.length === 1 && row === undefined;

function inertFindings(config: Config): Finding[] {
  return writtenValues(config).flatMap((written) => {
    const unmet = unmetConditions(config, written);
    const [first] = unmet;
    if (first === undefined || shadowOf(config, written) !== undefined) return [];
    const [only, want] = first.isWanted
      ? ["it is read only with", unmet.map(({ text }) => text)]
      : ["it is not read with", [first.text]];
    return [
      {
        path: valuesPath(written.release, ...written.path),
        message: `${formatPath(written.path)} has no effect in the ${written.release.chart} chart: ${only} ${[...new Set(want)].join(", or with ")}${byVersion(written)}`,
        suggestion:
          first.advice ??
          (first.isWanted ? "Write that as well, or remove the value." : "Remove it, or change that."),
      },
    ];
  });
}

type Unmet = Condition & { readonly isWanted: boolean };

/** The conditions that keep a value from having an effect; none where it has one. */
function unmetConditions(config: Config, { release, row }: WrittenValue): readonly Unmet[] {
  const values = effectiveValues(config, release);
  const wanted = (row?.when ?? []).map(conditionOf);
  if (wanted.length > 0 && !wanted.some(({ isMet }) => isMet(values)))
    return wanted.map((condition) => ({ ...condition, isWanted: true }));
  if (row?.injection === true) return []; // the injection templates read it in any case
  return (row?.unless ?? [])
    .map(conditionOf)
    .filter(({ isMet, isOtherKey }) => isOtherKey !== true && isMet(values))
    .map((condition) => ({ ...condition, isWanted: false }));
}

function shadowedFindings(config: Config): Finding[] {
  return writtenValues(config)
    .filter((written) => !isDead(written))
    .flatMap((written) => {
      const shadow = shadowOf(config, written);
      if (shadow === undefined) return [];
      const { message, suggestion } = shadow;
      return [
        {
          path: valuesPath(written.release, ...written.path),
          message: `${message}${byVersion(written)}`,
          suggestion,
        },
      ];
    });
}

type Shadow = Pick<Required<Finding>, "message" | "suggestion">;

const shadowOf = (config: Config, written: WrittenValue): Shadow | undefined => {
  if (written.release.chart === "istiod")
    return pilotShadow(config, written) ?? imageShadow(config, written) ?? otherKeyShadow(config, written);
  if (written.release.chart === "gateway")
    return globalShadow(config, written) ?? otherKeyShadow(config, written);
  return otherKeyShadow(config, written);
};

/** `pilot.X` wins over `X`, also where only a profile or a compatibility version wrote it. */
function pilotShadow(config: Config, { path, canonical, value }: WrittenValue): Shadow | undefined {
  if (path[0] === "pilot") return undefined;
  const winner = firstWinner(pilotLayer(config), canonical, value);
  if (winner === undefined) return undefined;
  const own = valueAt(config.istio.istiod.values, ["pilot", ...winner.path]);
  const name = formatPath(["pilot", ...winner.path]);
  const source = own === undefined ? ", which the profile or compatibility version sets" : "";
  return {
    message: `${formatPath([...winner.path])} has no effect in the istiod chart: ${name} wins${source} (${show(winner.value)})`,
    suggestion: `Write ${name} instead, or remove one of the two.`,
  };
}

/** The first place at or below `path` at which both have a value. Maps are merged, anything else is replaced. */
function firstWinner(
  layer: JsonValue,
  path: readonly string[],
  value: JsonValue,
): { readonly path: readonly string[]; readonly value: JsonValue } | undefined {
  const over = valueAt(layer, path);
  if (over === undefined) return undefined;
  if (typeof over !== "object" || over === null || Array.isArray(over)) return { path, value: over };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const winner = firstWinner(layer, [...path, key], item);
    if (winner !== undefined) return winner;
  }
  return undefined;
}

/** istiod's image takes hub, tag and variant from the root before `global`; the proxies take them from `global` only. */
function imageShadow(config: Config, { release, path, value }: WrittenValue): Shadow | undefined {
  const [first, key = "", ...rest] = path;
  if (first !== "global" || rest.length > 0 || !["hub", "tag", "variant"].includes(key)) return undefined;
  const values = effectiveValues(config, release);
  const winner = valueAt(values, [key]);
  if (winner === undefined || winner === "" || winner === value) return undefined;
  if (conditionOf("image contains /").isMet(values)) return undefined; // then hub, tag and variant have a finding each
  return {
    message: `global.${key} reaches the proxies only: istiod's own image takes ${key} (${show(winner)})`,
    suggestion: `Remove ${key} if both should be the same.`,
  };
}

/** In the gateway `global.X` is `X`, below what stands at the root, where meshfront writes values too. */
function globalShadow(config: Config, { release, path, canonical, value }: WrittenValue): Shadow | undefined {
  if (path[0] !== "global" || canonical === path) return undefined;
  const winner = firstWinner(helmValues(config, release), canonical, value);
  if (winner === undefined || winner.path.at(-1) === proxyConfigAnnotation) return undefined; // that one is merged
  const name = formatPath(winner.path);
  return {
    message: `global.${name} has no effect in the gateway chart: ${name} wins (${show(winner.value)})`,
    suggestion: `Write ${name} instead.`,
  };
}

/** Rows that are without effect beside another key. */
function otherKeyShadow(config: Config, { release, path, row }: WrittenValue): Shadow | undefined {
  if (row?.injection === true) return undefined; // it still reaches the proxies
  const values = effectiveValues(config, release);
  const other = (row?.unless ?? [])
    .map(conditionOf)
    .find(({ isMet, isOtherKey }) => isOtherKey === true && isMet(values));
  return (
    other && {
      message: `${formatPath(path)} has no effect in the ${release.chart} chart beside ${other.text}`,
      suggestion: "Remove one of the two.",
    }
  );
}

/** istiod's chart takes names, the gateway's takes `{name: …}`; under `global` no schema says so. */
const pullSecretFindings = (config: Config): Finding[] =>
  config.gateways.flatMap((gateway) => wrongPullSecrets(gatewayChartRelease(config, gateway)));

function wrongPullSecrets(release: GatewayChartRelease): Finding[] {
  const secrets = valueAt(release.values, ["global", "imagePullSecrets"]);
  const isShadowed = valueAt(release.values, ["imagePullSecrets"]) !== undefined;
  if (isShadowed || !Array.isArray(secrets)) return [];
  return secrets.flatMap((secret, index) =>
    typeof secret !== "string"
      ? []
      : [
          {
            path: valuesPath(release, "global", "imagePullSecrets", index),
            message: `expected {name: …} in global.imagePullSecrets of the gateway chart, found ${show(secret)}: it is printed into the Deployment as it stands, where a map must stand`,
            suggestion: `Write {name: ${secret}}, at imagePullSecrets, where the chart's schema checks it.`,
          },
        ],
  );
}

/** By what was measured. */
export const valueRules: readonly ConfigRule[] = [
  { code: "istio/dead-value", severity: "warning", check: deadFindings },
  { code: "istio/inert-value", severity: "warning", check: inertFindings },
  { code: "istio/shadowed-value", severity: "warning", check: shadowedFindings },
  { code: "istio/pull-secret-names", severity: "warning", check: pullSecretFindings },
];
