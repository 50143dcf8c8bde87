// What `check` says of values that people wrote for Istio's charts beyond what synth refuses.

import type { IstioChart } from "../config/applications.ts";
import { chartReleases } from "../config/chart-releases.ts";
import type { ConfigRule } from "../config/finding.ts";
import type { ChartsByName, JudgedValue } from "../config/live-values/index.ts";
import { inReadingOrder, located, withoutRepeats } from "../config/load.ts";
import { isError, type Problem } from "../core/problem.ts";
import { nameOf } from "../core/show.ts";
import type { CommandInput } from "./command.ts";
import { type FoundCharts, findCharts } from "./find-charts.ts";
import type { ProjectCluster } from "./load-project.ts";
import type { CheckKeys } from "./results/check.ts";

type ReportedValue = NonNullable<CheckKeys["values"]>[number];

export interface OwnValues {
  /** Warnings on values without effect; errors where `--charts` names no charts that can be read. */
  readonly problems: readonly Problem[];
  /** With `--charts`: what its templates do with each value; otherwise null. */
  readonly values: CheckKeys["values"];
}

/** Loads what is known of the charts only where somebody wrote values, or asks with `--charts`. */
export async function judgeOwnValues(
  { root, options, progress }: CommandInput,
  clusters: readonly ProjectCluster[],
): Promise<OwnValues> {
  const folder = typeof options.charts === "string" ? options.charts : undefined;
  const withValues = clusters.filter(hasOwnValues);
  if (withValues.length === 0 && folder === undefined) return { problems: [], values: null };
  const library = await import("../config/live-values/index.ts");
  const rules = (charts: ChartsByName | undefined): readonly ConfigRule[] =>
    charts === undefined ? library.valueRules : [library.templateRule(charts), ...library.conditionRules];
  const found = folder === undefined ? undefined : findCharts(root, folder, library);
  if (found !== undefined && isProblems(found)) return { problems: found, values: null };

  const problems: Problem[] = [];
  const judged: (JudgedValue & { readonly cluster: string })[] = [];
  for (const { config, locate } of withValues) {
    const charts = found?.forVersion(config.istio.version, chartsWithValues(config));
    if (charts !== undefined && isProblems(charts)) {
      problems.push(...charts);
      continue;
    }
    for (const { code, severity, check } of rules(charts))
      problems.push(...check(config).map((finding) => located(code, severity, finding, locate)));
    if (charts !== undefined)
      for (const each of library.judgedValues(config, charts))
        judged.push({ ...each, cluster: config.cluster.name });
  }
  sayUndecided(judged, progress);
  return {
    problems: withoutRepeats(problems).sort(inReadingOrder),
    values: found === undefined ? null : judged.map(jsonOf),
  };
}

export const isRefused = ({ problems }: OwnValues): boolean => problems.some(isError);

const isProblems = (result: ChartsByName | FoundCharts | readonly Problem[]): result is readonly Problem[] =>
  Array.isArray(result);

const chartsWithValues = (config: ProjectCluster["config"]): readonly IstioChart[] => [
  ...new Set(
    chartReleases(config)
      .filter(({ values }) => Object.keys(values).length > 0)
      .map(({ chart }) => chart),
  ),
];

const hasOwnValues = ({ config }: ProjectCluster): boolean => chartsWithValues(config).length > 0;

/** What cannot be decided is no warning: the templates may well read it. */
function sayUndecided(judged: readonly JudgedValue[], progress: CommandInput["progress"]): void {
  const reasons = new Map<string, number>();
  for (const { release, verdict } of judged) {
    if (verdict.kind !== "unknown") continue;
    const reason = `${release.chart} chart: ${verdict.reason}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of reasons)
    progress(`${count} ${count === 1 ? "value" : "values"} not decided from the templates of the ${reason}`);
}

const jsonOf = ({
  cluster,
  release,
  path,
  verdict,
}: JudgedValue & { readonly cluster: string }): ReportedValue => ({
  cluster,
  path: nameOf([...release.at, "values", ...path]),
  verdict: verdict.kind,
  guards: "guards" in verdict ? verdict.guards : [],
  reason: "reason" in verdict ? verdict.reason : null,
});
