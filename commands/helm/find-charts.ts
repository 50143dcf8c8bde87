// `check --charts DIR`: the charts in a folder, and which of them belong to a version of Istio.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { type IstioChart, istioCharts } from "../../config/helm-values.ts";
import { isJsonObject } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import { type Helm, isRefusal } from "./helm.ts";

interface FoundChart {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly path: string;
}

export interface FoundCharts {
  /** The chart of that name for a version: the only one, or among several the one of that version. */
  readonly forVersion: (name: IstioChart, version: string) => FoundChart | Problem;
}

/** Asks helm for the charts in `folder` (relative to `root`). */
export async function findCharts(
  helm: Helm,
  root: string,
  folder: string,
): Promise<FoundCharts | readonly Problem[]> {
  let paths: readonly string[] | undefined;
  try {
    paths = chartPaths(resolve(root, folder));
  } catch (error) {
    return [problem(`expected readable charts in ${folder}: ${error instanceof Error ? error.message : ""}`)];
  }
  if (paths === undefined) return [problem(`expected a folder with charts, found none at ${folder}`)];
  const named = paths.map((path) => ({ path, name: join(folder, relative(resolve(root, folder), path)) }));
  const found = await Promise.all(named.map(({ path, name }) => readChart(helm, path, name)));
  const problems = found.filter(isProblem);
  if (problems.length > 0) return problems;
  const charts = found.filter((each): each is FoundChart => !isProblem(each));
  return { forVersion: (name, version) => choose(charts, name, version, folder) };
}

/** Packages and chart folders directly in `folder`, or the chart that it is itself; undefined where there is no folder. */
function chartPaths(folder: string): readonly string[] | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  if (isChart(folder)) return [folder];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => (statSync(path).isDirectory() ? isChart(path) : /\.(?:tgz|tar\.gz)$/.test(path)));
}

const isChart = (folder: string): boolean => existsSync(join(folder, "Chart.yaml"));

const isProblem = (found: FoundChart | Problem): found is Problem => "code" in found;

/** A package is for helm to unpack. */
async function readChart(helm: Helm, path: string, name: string): Promise<FoundChart | Problem> {
  const shown = isChart(path)
    ? { text: readFileSync(join(path, "Chart.yaml"), "utf8") }
    : await helm.showChart(path);
  if (isRefusal(shown)) return problem(`expected a Helm chart in ${name}; helm says ${shown.refusal}`);
  const metadata = tryParse(shown.text);
  if (!isJsonObject(metadata) || typeof metadata.name !== "string")
    return problem(`expected a Helm chart in ${name}, found a Chart.yaml without a name`);
  return { name: metadata.name, version: String(metadata.version ?? ""), path };
}

function tryParse(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}

function choose(
  charts: readonly FoundChart[],
  name: IstioChart,
  version: string,
  folder: string,
): FoundChart | Problem {
  const sameName = charts.filter((chart) => chart.name === name);
  const [chosen] = sameName.length === 1 ? sameName : sameName.filter((chart) => chart.version === version);
  if (chosen !== undefined) return chosen;
  const known = charts
    .filter((chart) => istioCharts.some((each) => each === chart.name))
    .map((chart) => `${chart.name} ${chart.version}`);
  return problem(
    `expected the chart ${name} ${version} in ${folder}, found ${known.join(", ") || "none of Istio's"}`,
  );
}

const problem = (message: string): Problem => ({
  code: "usage/charts",
  severity: "error",
  message,
  suggestion:
    "Fill the folder with `helm pull --repo https://blob.istio.io/istio-release/charts <chart> --version <version>`, or correct --charts.",
});
