// `check --charts DIR`: the charts in a folder, and which of them belong to a version of Istio.
import { resolve } from "node:path";
import { parse } from "yaml";
import { type IstioChart, istioCharts } from "../config/applications.ts";
import type { ChartReads, ChartsByName } from "../config/live-values/index.ts";
import { type ChartEntry, readCharts } from "../config/read-charts.ts";
import type { Problem } from "../core/problem.ts";

/** The part of config/live-values that reads charts; loaded by the caller. */
type Library = Pick<
  typeof import("../config/live-values/index.ts"),
  "analyseChart" | "ArchiveError" | "chartSource" | "readArchive"
>;

export interface FoundCharts {
  /** The charts of `names` for a version: the only one of its name, or among several the one of that version. */
  readonly forVersion: (version: string, names: readonly IstioChart[]) => ChartsByName | readonly Problem[];
}

/** Reads the charts in `folder` (relative to `root`). */
export function findCharts(root: string, folder: string, library: Library): FoundCharts | readonly Problem[] {
  let entries: readonly ChartEntry[] | undefined;
  try {
    entries = readCharts(resolve(root, folder));
  } catch (error) {
    return [problem(`expected readable charts in ${folder}: ${error instanceof Error ? error.message : ""}`)];
  }
  if (entries === undefined) return [problem(`expected a folder with charts, found none at ${folder}`)];
  const problems: Problem[] = [];
  const charts: ChartReads[] = [];
  for (const entry of entries) {
    try {
      charts.push(readChart(entry, library));
    } catch (error) {
      if (!(error instanceof library.ArchiveError)) throw error;
      problems.push(problem(`expected a Helm chart in ${folder}/${entry.name}: ${error.message}`));
    }
  }
  if (problems.length > 0) return problems;
  return { forVersion: (version, names) => choose(charts, version, names, folder) };
}

function readChart({ content }: ChartEntry, { analyseChart, chartSource, readArchive }: Library): ChartReads {
  const files = content instanceof Uint8Array ? readArchive(content) : content;
  return analyseChart(chartSource(files, (text) => parse(text, { maxAliasCount: 100 })));
}

function choose(
  charts: readonly ChartReads[],
  version: string,
  names: readonly IstioChart[],
  folder: string,
): ChartsByName | readonly Problem[] {
  const chosen = names.map((name) => {
    const sameName = charts.filter((chart) => chart.name === name);
    const [only] = sameName.length === 1 ? sameName : sameName.filter((chart) => chart.version === version);
    return [name, only] as const;
  });
  const missing = chosen.filter(([, chart]) => chart === undefined).map(([name]) => name);
  if (missing.length === 0) return Object.fromEntries(chosen);
  const known = charts
    .filter(({ name }) => istioCharts.some((chart) => chart === name))
    .map(({ name, version: found }) => `${name} ${found}`);
  return [
    problem(
      `expected the ${missing.length === 1 ? "chart" : "charts"} ${missing.map((name) => `${name} ${version}`).join(", ")} in ${folder}, found ${known.join(", ") || "none of Istio's"}`,
    ),
  ];
}

const problem = (message: string): Problem => ({
  code: "usage/charts",
  severity: "error",
  message,
  suggestion:
    "Fill the folder with `helm pull --repo https://blob.istio.io/istio-release/charts <chart> --version <version>`, or correct --charts.",
});
