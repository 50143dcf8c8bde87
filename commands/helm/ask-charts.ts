// `check --charts DIR`: asks the charts themselves what the values of each cluster do.
import { istioNamespace } from "../../charts/istio-applications.ts";
import type { Config } from "../../config/config.ts";
import { helmValues, type IstioChart } from "../../config/helm-values.ts";
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
  readonly charts: readonly IstioChart[];
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
  readonly chart: IstioChart;
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
  for (const { cluster, charts } of questions) {
    const { config } = cluster;
    for (const chart of charts) {
      const chosen = found.forVersion(chart, config.istio.version);
      if ("code" in chosen) {
        problems.push(chosen);
        continue;
      }
      const title = `${chart} chart ${chosen.version}`;
      const release = releaseOf(config, chart, chosen.path, title);
      const key = JSON.stringify([release, release.valuesWith(release.own)]); // clusters often have the same values
      if (!answers.has(key))
        progress(`asking helm ${helm.version} what the values of ${config.cluster.name} do in the ${title}`);
      const answer = await (answers.get(key) ?? askValueEffects(helm, release));
      answers.set(key, Promise.resolve(answer));
      if (isRefusal(answer)) problems.push(...refusedProblems(cluster, chart, title, answer));
      else values.push(...answer.map((effect) => ({ ...effect, cluster, chart, title })));
    }
  }
  sayUnknown(values, progress);
  return { values, problems };
}

function releaseOf(config: Config, chart: IstioChart, path: string, title: string): AskedRelease {
  const { istio } = config;
  const { releaseName, namespace } = istio.gateway;
  const names: Readonly<Record<IstioChart, Pick<AskedRelease, "name" | "namespace">>> = {
    base: { name: "istio-base", namespace: istioNamespace },
    istiod: { name: "istiod", namespace: istioNamespace },
    gateway: { name: releaseName, namespace },
  };
  const valuesWith = (values: JsonObject): JsonObject =>
    helmValues({ ...config, istio: { ...istio, [chart]: { ...istio[chart], values } } }, chart);
  return { title, chart: path, ...names[chart], own: istio[chart].values, valuesWith };
}

function refusedProblems(
  { locate }: ProjectCluster,
  chart: IstioChart,
  title: string,
  { blamed, refusal }: RefusedValues,
): readonly Problem[] {
  const places = blamed.length === 0 ? [[]] : blamed;
  const finding = {
    message: `the ${title} does not render with ${blamed.length === 0 ? "these values" : "this value"}; helm says ${refusal}`,
    suggestion: blamed.length === 0 ? "Correct the values." : "Correct the value, or remove it.",
  };
  return places.map((path) =>
    located("istio/chart-fails", "error", { ...finding, path: valuesPath(chart, ...path) }, locate),
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
