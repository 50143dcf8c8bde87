// Stage 4: cdk8s charts of a person's own program -> what `manifests` would say of them, with the objects in each.
import { type AddCharts, buildOwnCharts, type OwnChart } from "../../charts/own-charts.ts";
import type { OwnObjects } from "../../charts/own-objects.ts";
import type { Config, ManifestConfig } from "../../config/config.ts";
import { type ManifestWave, manifestFileName } from "../../config/own-manifests.ts";
import { dnsLabel } from "../../config/patterns.ts";
import { show } from "../../core/format-value.ts";
import type { Problem } from "../../core/problem.ts";
import { ownObject } from "./own-file.ts";
import { problemsOf } from "./own-rules.ts";
import { OwnSchemas } from "./own-schemas.ts";
import { repeatedObjects } from "./read-own-objects.ts";

/** What a program adds in each of the waves that `manifests` has. */
export type ChartsByWave = Readonly<Record<ManifestWave, AddCharts | undefined>>;

export interface OwnChartsRead {
  readonly manifests: readonly ManifestConfig[];
  readonly ownObjects: OwnObjects;
  readonly problems: readonly Problem[];
}

/** Held to what `manifests` is held to: kinds, namespaces, schemas. */
export function readOwnCharts(
  charts: ChartsByWave,
  config: Config,
  readSchemas: () => string,
): OwnChartsRead {
  const built = waves.flatMap((wave) => tryBuild(charts[wave], wave, config));
  const [schemas, problems] = [new OwnSchemas(readSchemas()), built.flatMap((each) => each.problem ?? [])];
  const entries = built.flatMap(({ chart, wave }) => (chart === undefined ? [] : [entryOf(chart, wave)]));
  problems.push(...nameProblems(entries, config), ...copyProblems(entries, config));
  for (const { manifest, objects } of entries)
    for (const object of objects)
      problems.push(
        ...problemsOf(object, { config, manifest, schemas }).map((each) => inChart(each, object.source)),
      );
  return {
    manifests: entries.map(({ manifest }) => manifest),
    ownObjects: new Map(entries.map(({ manifest, chart }) => [manifest.path, chart.objects])),
    problems: [...problems, ...repeatedObjects(entries.flatMap(({ objects }) => objects))],
  };
}

const waves = ["gateway", "ingress"] as const satisfies readonly ManifestWave[];

interface Built {
  readonly wave: ManifestWave;
  readonly chart?: OwnChart;
  readonly problem?: Problem;
}

function tryBuild(addCharts: AddCharts | undefined, wave: ManifestWave, config: Config): readonly Built[] {
  if (addCharts === undefined) return [];
  try {
    return buildOwnCharts(addCharts, config).map((chart) => ({ wave, chart }));
  } catch (error) {
    return [{ wave, problem: failed(error, config) }];
  }
}

type Entry = ReturnType<typeof entryOf>;

function entryOf(chart: OwnChart, wave: ManifestWave) {
  const manifest: ManifestConfig = {
    path: chart.name,
    isChart: true,
    wave,
    namespaces: chart.namespace === undefined ? [] : [chart.namespace],
  };
  const source = `the chart ${chart.name}`;
  return { chart, manifest, objects: chart.objects.map((data) => ownObject(source, data, () => ({}))) };
}

const inChart = (problem: Problem, source: string): Problem => ({
  ...problem,
  message: `in ${source}: ${problem.message}`,
});

/** The program's own stack is what helps its author: of it the first place outside of packages. */
function failed(error: unknown, { cluster }: Config): Problem {
  const text = error instanceof Error ? error.message : String(error);
  const frame = (error instanceof Error ? (error.stack ?? "") : "")
    .split("\n")
    .find((line) => line.startsWith("    at ") && !/node_modules|node:internal/.test(line));
  const where = frame === undefined ? "" : ` (${frame.trim()})`;
  return {
    code: "charts/failed",
    severity: "error",
    message: `expected charts for the cluster ${cluster.name}, the program failed: ${text}${where}`,
    suggestion: "Correct the program that calls `run`.",
  };
}

const isName = new RegExp(dnsLabel.regex);

function nameProblems(entries: readonly Entry[], { manifests }: Config): readonly Problem[] {
  const sources = new Map(manifests.map(({ path }) => [manifestFileName(path).toLowerCase(), path]));
  return entries.flatMap(({ manifest: { path } }) => {
    const file = manifestFileName(path);
    const other = sources.get(file);
    sources.set(file, `the chart ${path}`);
    if (!isName.test(file.slice(0, -".yaml".length)))
      return [name(`${dnsLabel.expected} as the id of a chart, found ${show(path)}`)];
    return other === undefined
      ? []
      : [name(`${file} to be one thing, found the chart ${path} beside ${other}`)];
  });
}

const name = (text: string): Problem => ({
  code: "charts/name",
  severity: "error",
  message: `expected ${text}`,
  suggestion: "Give the chart another id: its file in dist/ is called after it.",
});

function copyProblems(entries: readonly Entry[], { cluster }: Config): readonly Problem[] {
  const others = entries.filter(({ chart }) => chart.isOfOtherCopy).map(({ chart }) => chart.name);
  if (others.length === 0) return [];
  return [
    {
      code: "charts/two-copies",
      severity: "error",
      message: `expected charts made with the cdk8s that meshfront found, found another copy of it in ${others.join(", ")} of the cluster ${cluster.name}`,
      suggestion: "Run `npm ls cdk8s constructs`, and leave one version of each in package.json.",
    },
  ];
}
