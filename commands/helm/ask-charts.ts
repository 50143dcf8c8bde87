// `check --charts DIR`: asks the charts themselves what the values of each cluster do.
import type { ChartRelease } from "../../config/chart-releases.ts";
import type { Config } from "../../config/config.ts";
import { helmValues } from "../../config/helm-values.ts";
import { located } from "../../config/load.ts";
import { valuesPath } from "../../config/rules/own-values.ts";
import { count } from "../../core/count.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import type { ProjectCluster } from "../load-project.ts";
import { type FoundCharts, findCharts } from "./find-charts.ts";
import { type Helm, isRefusal, withHelm } from "./helm.ts";
import { type AskedRelease, askValueEffects, type RefusedValues, type ValueEffect } from "./value-effects.ts";

export interface ChartQuestion {
  readonly cluster: ProjectCluster;
  readonly releases: readonly ChartRelease[];
}

export interface AskOptions {
  readonly root: string;
  /** Of the charts, relative to `root`. */
  readonly folder: string;
  /** For each answer of helm. */
  readonly timeoutSeconds: number;
  readonly progress: (text: string) => void;
}

/** A value with what it does. */
export interface AskedValue extends ValueEffect {
  readonly cluster: ProjectCluster;
  readonly release: ChartRelease;
  /** For example `base chart 1.31.1`. */
  readonly title: string;
}

export interface AskedCharts {
  readonly values: readonly AskedValue[];
  /** Charts that are not there, and values that a chart refuses. */
  readonly problems: readonly Problem[];
}

/** Rejects with a HelmFailure where nothing can be asked. */
export const askCharts = (options: AskOptions, questions: readonly ChartQuestion[]): Promise<AskedCharts> =>
  withHelm(options.timeoutSeconds, async (helm) => {
    const found = await findCharts(helm, options.root, options.folder);
    return isProblems(found) ? { values: [], problems: found } : ask(helm, found, options, questions);
  });

async function ask(
  helm: Helm,
  found: FoundCharts,
  { progress }: AskOptions,
  questions: readonly ChartQuestion[],
): Promise<AskedCharts> {
  const values: AskedValue[] = [];
  const problems: Problem[] = [];
  const answers = new Map<string, ReturnType<typeof askValueEffects>>();
  for (const { cluster, releases } of questions) {
    const { config } = cluster;
    for (const release of releases) {
      const chosen = found.forVersion(release.chart, release.version);
      if ("code" in chosen) {
        problems.push(chosen);
        continue;
      }
      const title = `${release.chart} chart ${chosen.version}`;
      const asked = askedRelease(config, release, chosen.path, title);
      const key = JSON.stringify([asked, asked.valuesWith(asked.own)]); // clusters often have the same values
      if (!answers.has(key))
        progress(`asking helm ${helm.version} what the values of ${config.cluster.name} do in the ${title}`);
      const answer = await (answers.get(key) ?? askValueEffects(helm, asked));
      answers.set(key, Promise.resolve(answer));
      if (isRefusal(answer)) problems.push(...refusedProblems(cluster, release, title, answer));
      else values.push(...answer.map((effect) => ({ ...effect, cluster, release, title })));
    }
  }
  sayUnknown(values, progress);
  return { values, problems };
}

const askedRelease = (config: Config, release: ChartRelease, path: string, title: string): AskedRelease => ({
  title,
  chart: path,
  name: release.name,
  namespace: release.namespace,
  own: release.values,
  valuesWith: (values: JsonObject): JsonObject => helmValues(config, { ...release, values }),
});

function refusedProblems(
  { locate }: ProjectCluster,
  release: ChartRelease,
  title: string,
  { blamed, refusal }: RefusedValues,
): readonly Problem[] {
  const places = blamed.length === 0 ? [[]] : blamed;
  const finding = {
    message: `the ${title} does not render with ${blamed.length === 0 ? "these values" : "this value"}; helm says ${refusal}`,
    suggestion: blamed.length === 0 ? "Correct the values." : "Correct the value, or remove it.",
  };
  return places.map((path) =>
    located("istio/chart-fails", "error", { ...finding, path: valuesPath(release, ...path) }, locate),
  );
}

/** What cannot be decided is no warning. */
function sayUnknown(values: readonly AskedValue[], progress: AskOptions["progress"]): void {
  const reasons = new Map<string, number>();
  for (const { effect, title, reason } of values) {
    const key = `${title}: ${reason}`;
    if (effect === "unknown") reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  for (const [reason, number] of reasons) progress(`${count(number, "value")} not decided by the ${reason}`);
}

const isProblems = (found: FoundCharts | readonly Problem[]): found is readonly Problem[] =>
  Array.isArray(found);
