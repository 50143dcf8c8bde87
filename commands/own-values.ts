// What `check` says of values that people wrote for Istio's charts beyond what synth refuses.
import type { Finding } from "../config/finding.ts";
import { type IstioChart, istioCharts } from "../config/helm-values.ts";
import { inReadingOrder, located, withoutRepeats } from "../config/load.ts";
import { valuesPath } from "../config/rules/own-values.ts";
import type { Path } from "../core/json.ts";
import { isError, type Problem, type Severity } from "../core/problem.ts";
import { nameOf } from "../core/show.ts";
import type { CommandInput } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { AskedValue } from "./helm/ask-charts.ts";
import { HelmFailure } from "./helm/helm-failure.ts";
import type { ProjectCluster } from "./load-project.ts";
import type { CheckKeys } from "./results/check.ts";
import { parseTimeout } from "./timeout-option.ts";

export interface OwnValues {
  /** Clean unless a problem is an error. */
  readonly exitCode: ExitCode;
  /** Warnings on values without effect; errors where `--charts` could not be asked, or the charts refuse the values. */
  readonly problems: readonly Problem[];
  /** With `--charts`: what each value does; otherwise null. */
  readonly values: CheckKeys["values"];
}

/** Loads what is known of the charts only where somebody wrote values, and asks helm with `--charts`. */
export async function checkOwnValues(
  { root, options, progress }: CommandInput,
  clusters: readonly ProjectCluster[],
): Promise<OwnValues> {
  const timeoutSeconds = parseTimeout(options.timeout);
  if (typeof timeoutSeconds !== "number") return failed(exitCodes.invalid, timeoutSeconds);
  const folder = typeof options.charts === "string" ? options.charts : undefined;
  const questions = clusters
    .map((cluster) => ({ cluster, charts: chartsWithValues(cluster.config.istio) }))
    .filter(({ charts }) => charts.length > 0);
  if (questions.length === 0) return outcome([], folder === undefined ? null : []);
  const measured = await measuredFindings(questions.map(({ cluster }) => cluster));
  if (folder === undefined) return outcome(measured.map(problemOf), null);
  try {
    const { askCharts } = await import("./helm/ask-charts.ts");
    const asked = await askCharts({ root, folder, timeoutSeconds, progress }, questions);
    const problems = [...asked.problems, ...effectFindings(asked.values, measured).map(problemOf)];
    return outcome(problems, asked.values.map(jsonOf));
  } catch (error) {
    if (!(error instanceof HelmFailure)) throw error;
    return failed(error.exitCode, error.problem);
  }
}

const failed = (exitCode: ExitCode, problem: Problem): OwnValues => ({
  exitCode,
  problems: [problem],
  values: null,
});

const outcome = (problems: readonly Problem[], values: OwnValues["values"]): OwnValues => ({
  exitCode: problems.some(isError) ? exitCodes.invalid : exitCodes.clean,
  problems: withoutRepeats(problems).sort(inReadingOrder),
  values,
});

const chartsWithValues = (istio: ProjectCluster["config"]["istio"]): readonly IstioChart[] =>
  istioCharts.filter((chart) => Object.keys(istio[chart].values).length > 0);

interface ClusterFinding extends Finding {
  readonly cluster: ProjectCluster;
  readonly code: string;
  readonly severity: Severity;
}

const problemOf = ({ code, severity, cluster, ...finding }: ClusterFinding): Problem =>
  located(code, severity, finding, cluster.locate);

async function measuredFindings(clusters: readonly ProjectCluster[]): Promise<readonly ClusterFinding[]> {
  const { valueRules } = await import("../config/live-values/index.ts");
  return clusters.flatMap((cluster) =>
    valueRules.flatMap(({ code, severity, check }) =>
      check(cluster.config).map((finding) => ({ ...finding, cluster, code, severity })),
    ),
  );
}

/**
 * helm decides whether a value has an effect. What was measured of Istio's own charts says what to do where it has none,
 * and stands in where helm could not decide.
 */
function effectFindings(
  values: readonly AskedValue[],
  measured: readonly ClusterFinding[],
): readonly ClusterFinding[] {
  const explained = measured.filter((finding) => {
    if (finding.code === "istio/pull-secret-names") return true; // is about a value that has an effect
    const concerned = values.filter((value) => isAbout(finding, value));
    return concerned.length > 0 && concerned.every(({ effect }) => effect === "no" || effect === "unknown");
  });
  const unexplained = values.filter(
    (value) => value.effect === "no" && !explained.some((finding) => isAbout(finding, value)),
  );
  return [
    ...explained.map((finding) => asAsked(finding, values)),
    ...unexplained.map((value) => withoutEffect(value, values, unexplained)),
  ];
}

const isAbout = (finding: ClusterFinding, value: AskedValue): boolean =>
  finding.cluster === value.cluster && isPrefix(finding.path, valuesPath(value.chart, ...value.path));

const isPrefix = (start: Path, path: Path): boolean => start.every((key, index) => path[index] === key);

/** The same for the chart that was asked, where that is what helm found. */
function asAsked(finding: ClusterFinding, values: readonly AskedValue[]): ClusterFinding {
  const [first, ...others] = values.filter((value) => isAbout(finding, value));
  if (finding.code !== "istio/dead-value" || first === undefined) return finding;
  if ([first, ...others].some(({ effect }) => effect === "unknown")) return finding;
  return { ...finding, message: changesNothing(finding.path.slice(3), first.title) };
}

const changesNothing = (path: Path, title: string): string =>
  `${nameOf(path)} changes nothing that the ${title} installs with these values`;

/** Says it of the whole map where it holds of all in it; that is said several times then, and kept once. */
function withoutEffect(
  { cluster, chart, title, path }: AskedValue,
  values: readonly AskedValue[],
  unexplained: readonly AskedValue[],
): ClusterFinding {
  const inSameChart = values.filter((value) => value.cluster === cluster && value.chart === chart);
  const isWhole = (start: Path): boolean =>
    inSameChart.every((value) => !isPrefix(start, value.path) || unexplained.includes(value));
  const whole = path.map((_, index) => path.slice(0, index + 1)).find(isWhole) ?? path;
  return {
    cluster,
    code: "istio/dead-value",
    severity: "warning",
    path: valuesPath(chart, ...whole),
    message: changesNothing(whole, title),
    suggestion: "Remove it, or look in the chart's values.yaml for the value that does what you mean.",
  };
}

const jsonOf = ({
  cluster,
  chart,
  path,
  effect,
  reason,
}: AskedValue): NonNullable<CheckKeys["values"]>[number] => ({
  cluster: cluster.config.cluster.name,
  path: nameOf(valuesPath(chart, ...path)),
  effect,
  reason: reason ?? null,
});
