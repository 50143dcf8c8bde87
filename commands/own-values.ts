// `check --charts`: what helm says of values that people wrote for Istio's charts, in the place of what was measured.

import { type ChartRelease, chartReleases } from "../config/chart-releases.ts";
import type { Finding } from "../config/finding.ts";
import { inReadingOrder, located, withoutRepeats } from "../config/load.ts";
import { valueRules } from "../config/rules/index.ts";
import { valuesPath } from "../config/rules/own-values.ts";
import { formatPath } from "../core/format-value.ts";
import type { Path } from "../core/json.ts";
import { isError, type Problem, type Severity } from "../core/problem.ts";
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

/** Asks helm, where somebody wrote values. Without `--charts` there is nothing to say beyond the rules. */
export async function askAboutOwnValues(
  { root, options, progress }: CommandInput,
  clusters: readonly ProjectCluster[],
): Promise<OwnValues> {
  const timeoutSeconds = parseTimeout(options.timeout);
  if (typeof timeoutSeconds !== "number") return failed(exitCodes.invalid, timeoutSeconds);
  if (typeof options.charts !== "string") return outcome([], null);
  const folder = options.charts;
  const questions = clusters
    .map((cluster) => ({ cluster, releases: releasesWithValues(cluster) }))
    .filter(({ releases }) => releases.length > 0);
  if (questions.length === 0) return outcome([], []);
  const measured = questions.flatMap(({ cluster }) => measuredFindings(cluster));
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

const releasesWithValues = ({ config }: ProjectCluster): readonly ChartRelease[] =>
  chartReleases(config).filter(({ values }) => Object.keys(values).length > 0);

interface ClusterFinding extends Finding {
  readonly cluster: ProjectCluster;
  readonly code: string;
  readonly severity: Severity;
}

const problemOf = ({ code, severity, cluster, ...finding }: ClusterFinding): Problem =>
  located(code, severity, finding, cluster.locate);

const measuredFindings = (cluster: ProjectCluster): readonly ClusterFinding[] =>
  valueRules.flatMap(({ code, severity, check }) =>
    check(cluster.config).map((finding) => ({ ...finding, cluster, code, severity })),
  );

/** Codes of what helm is asked: its answer stands in the place of theirs. */
export const measuredCodes: readonly string[] = valueRules.map(({ code }) => code);

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
  finding.cluster === value.cluster && isPrefix(finding.path, valuesPath(value.release, ...value.path));

const isPrefix = (start: Path, path: Path): boolean => start.every((key, index) => path[index] === key);

/** The same for the chart that was asked, where that is what helm found. */
function asAsked(finding: ClusterFinding, values: readonly AskedValue[]): ClusterFinding {
  const [first, ...others] = values.filter((value) => isAbout(finding, value));
  if (finding.code !== "istio/dead-value" || first === undefined) return finding;
  if ([first, ...others].some(({ effect }) => effect === "unknown")) return finding;
  return { ...finding, message: changesNothing(finding.path.slice(3), first.title) };
}

const changesNothing = (path: Path, title: string): string =>
  `${formatPath(path)} changes nothing that the ${title} installs with these values`;

/** Says it of the whole map where it holds of all in it; that is said several times then, and kept once. */
function withoutEffect(
  { cluster, release, title, path }: AskedValue,
  values: readonly AskedValue[],
  unexplained: readonly AskedValue[],
): ClusterFinding {
  const inSameRelease = values.filter((value) => value.cluster === cluster && value.release === release);
  const isWhole = (start: Path): boolean =>
    inSameRelease.every((value) => !isPrefix(start, value.path) || unexplained.includes(value));
  const whole = path.map((_, index) => path.slice(0, index + 1)).find(isWhole) ?? path;
  return {
    cluster,
    code: "istio/dead-value",
    severity: "warning",
    path: valuesPath(release, ...whole),
    message: changesNothing(whole, title),
    suggestion: "Remove it, or look in the chart's values.yaml for the value that does what you mean.",
  };
}

const jsonOf = ({
  cluster,
  release,
  path,
  effect,
  reason,
}: AskedValue): NonNullable<CheckKeys["values"]>[number] => ({
  cluster: cluster.config.cluster.name,
  path: formatPath(valuesPath(release, ...path)),
  effect,
  reason: reason ?? null,
});
