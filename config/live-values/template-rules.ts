// The rule on dead values, answered by the templates of charts that somebody has at hand instead of by measurements.

import { isJsonObject, type JsonValue } from "../../core/json.ts";
import { nameOf } from "../../core/show.ts";
import type { IstioChart } from "../applications.ts";
import { type ChartRelease, chartReleases } from "../chart-releases.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import type { ChartReads } from "../helm-template/analyse-chart.ts";
import type { Verdict } from "../helm-template/value-reads.ts";
import { valuesPath } from "../rules/own-values.ts";

/** The charts that a cluster asks for, as far as somebody wrote values for them. */
export type ChartsByName = Partial<Readonly<Record<IstioChart, ChartReads>>>;

/** A value with what the templates do with it. Maps are judged key by key, unless nothing in them is read. */
export interface JudgedValue {
  readonly release: ChartRelease;
  readonly path: readonly string[];
  readonly verdict: Verdict;
}

export const judgedValues = (config: Config, charts: ChartsByName): readonly JudgedValue[] =>
  chartReleases(config).flatMap((release) => {
    const reads = charts[release.chart];
    return reads === undefined ? [] : [...walk(release, reads, release.values, [])];
  });

function* walk(
  release: ChartRelease,
  reads: ChartReads,
  value: JsonValue,
  path: readonly string[],
): Generator<JudgedValue> {
  const keys = isJsonObject(value) ? Object.entries(value) : [];
  if (path.length > 0) {
    const verdict = reads.judge(path);
    if (keys.length === 0 || verdict.kind === "never") {
      yield { release, path, verdict };
      return;
    }
  }
  for (const [key, item] of keys) yield* walk(release, reads, item, [...path, key]);
}

export const templateRule = (charts: ChartsByName): ConfigRule => ({
  code: "istio/dead-value",
  severity: "warning",
  check: (config) => judgedValues(config, charts).flatMap((judged) => findingsOf(judged, charts)),
});

const findingsOf = ({ release, path, verdict }: JudgedValue, charts: ChartsByName): Finding[] =>
  verdict.kind !== "never"
    ? []
    : [
        {
          path: valuesPath(release, ...path),
          message: `no template of the ${release.chart} chart ${charts[release.chart]?.version} reads ${nameOf(path)}`,
          suggestion: "Remove it, or write the value that the chart's values.yaml names.",
        },
      ];
