// `npm run measure -- VERSION [--charts DIR]`. Without --charts the charts come from Istio's repository, by `helm pull`.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Helm, isRefusal, withHelm } from "../../commands/helm/helm.ts";
import { documentsOf } from "../../commands/helm/rendered-objects.ts";
import { type IstioChart, istioCharts, tryFindRow } from "../../config/applications.ts";
import { type Group, rowsAt } from "../../config/live-values/live-paths.ts";
import type { JsonObject, JsonValue } from "../../core/json.ts";
import { type ChartFiles, readChartFiles } from "./chart-files.ts";
import { flattenSchema } from "./gateway-schema.ts";
import { differencesOf, type Rows, withVersion } from "./live-data.ts";
import { measureChart } from "./measure-chart.ts";
import { withNewest } from "./versions.ts";

const livePathsFile = "config/live-values/live-paths.json";
const refusalsFile = "config/istio-values.json";
const repository = "https://blob.istio.io/istio-release/charts";

/** Release and namespace, as meshfront installs it. */
function releaseOf(chart: IstioChart): { readonly name: string; readonly namespace: string } {
  const release = tryFindRow(chart, [])?.release;
  return release === undefined
    ? { name: "istio-ingress", namespace: "istio-ingress" }
    : { name: release, namespace: "istio-system" };
}

/** A chart that was never measured is not in it. */
interface LivePathsFile extends Partial<Readonly<Record<IstioChart, readonly Group[]>>> {
  readonly $comment: string;
  /** Where the charts of each version are from. */
  readonly versions: Readonly<Record<string, string>>;
}

const usage =
  "expected a version of Istio, for example: npm run measure -- 1.31.4 [--charts DIR] [--source TEXT]";

/** @param folder for the charts; removed by the caller. Returns the exit code. */
export async function main(args: readonly string[], folder: string): Promise<number> {
  const { values: options, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { charts: { type: "string" }, source: { type: "string" } },
  });
  const [version = "", ...others] = positionals;
  if (others.length > 0 || !/^1\.\d+\.\d+/.test(version)) {
    console.error(usage);
    return 1;
  }
  const source = options.source ?? (options.charts === undefined ? "published" : "a copy");
  for (const chart of istioCharts) unpackChart(chart, version, options.charts, folder);
  const files = Object.fromEntries(istioCharts.map((chart) => [chart, readChartFiles(join(folder, chart))]));
  const rows = await measureCharts(version, folder, files as Readonly<Record<IstioChart, ChartFiles>>); // fromEntries forgets
  writeLivePaths(version, source, rows);
  writeRefusals(version, source, rows, files as Readonly<Record<IstioChart, ChartFiles>>); // the same
  execFileSync("npx", ["biome", "format", "--write", livePathsFile, refusalsFile], { stdio: "ignore" });
  console.error(
    `${livePathsFile} and ${refusalsFile} have ${version}: read the differences, then run the tests`,
  );
  return 0;
}

/** A folder or package of `charts`, or the published one. */
function unpackChart(chart: IstioChart, version: string, charts: string | undefined, folder: string): void {
  if (charts === undefined) {
    const args = ["pull", chart, "--repo", repository, "--version", version, "--untar", "--untardir", folder];
    execFileSync("helm", args, { stdio: "inherit" });
  } else if (existsSync(join(charts, chart))) {
    cpSync(join(charts, chart), join(folder, chart), { recursive: true });
  } else {
    execFileSync("tar", ["-xzf", join(charts, `${chart}-${version}.tgz`), "-C", folder], {
      stdio: "inherit",
    });
  }
}

type RowsByChart = Readonly<Record<IstioChart, Rows>>;

const measureCharts = (
  version: string,
  folder: string,
  files: Readonly<Record<IstioChart, ChartFiles>>,
): Promise<RowsByChart> =>
  withHelm(120, async (helm) => {
    const known = readLivePaths();
    const measure = async (chart: IstioChart, groups: readonly Group[]): Promise<Rows> => {
      const before = rowsAt(groups, version);
      const render = counted(chart, helm, join(folder, chart));
      const rows = await measureChart(chart, files[chart], [...before.keys()], render);
      for (const line of differencesOf(before, rows)) console.log(`${chart} ${line}`);
      return rows;
    };
    const rows: [IstioChart, Rows][] = [];
    for (const chart of istioCharts) rows.push([chart, await measure(chart, known[chart] ?? [])]);
    return Object.fromEntries(rows) as RowsByChart; // of all charts
  });

/** Says how far it is: thousands of renders take minutes. */
function counted(chart: IstioChart, helm: Helm, path: string) {
  const { name, namespace } = releaseOf(chart);
  let renders = 0;
  return async (values: JsonObject): Promise<readonly string[] | undefined> => {
    renders += 1;
    if (renders % 100 === 0) console.error(`${chart}: ${renders} renders`);
    const answer = await helm.template({ chart: path, name, namespace, values });
    return isRefusal(answer) ? undefined : documentsOf(answer.text);
  };
}

function writeLivePaths(version: string, source: string, rows: RowsByChart): void {
  const before = readLivePaths();
  const versions = withNewest(Object.keys(before.versions), version);
  const groups = (chart: IstioChart) => withVersion(before[chart] ?? [], versions, version, rows[chart]);
  writeJson(livePathsFile, {
    $comment: before.$comment,
    versions: Object.fromEntries(
      versions.map((each) => [each, each === version ? source : before.versions[each]]),
    ),
    ...Object.fromEntries(istioCharts.map((chart) => [chart, groups(chart)])),
  });
}

function writeRefusals(
  version: string,
  source: string,
  rows: RowsByChart,
  files: Readonly<Record<IstioChart, ChartFiles>>,
): void {
  const before = readJson(refusalsFile) as { $comment: string; versions: Record<string, JsonObject> }; // ours
  const { profile, platform, compatibilityVersion } = files.istiod.names;
  const { rootKeys, types } = flattenSchema(files.gateway.schema ?? {});
  const measured: JsonObject = {
    source,
    profiles: profile,
    platforms: platform,
    compatibilityVersions: compatibilityVersion,
    istiodRemoved: [...rows.istiod]
      .filter(([, { live }]) => live === "rejected")
      .map(([path]) => path)
      .sort(),
    gatewayRootKeys: rootKeys,
    gatewayTypes: types,
  };
  const all = withNewest(Object.keys(before.versions), version).map(
    (each): [string, JsonValue | undefined] => [each, each === version ? measured : before.versions[each]],
  );
  writeJson(refusalsFile, { $comment: before.$comment, versions: Object.fromEntries(all) });
}

const readLivePaths = (): LivePathsFile => readJson(livePathsFile) as LivePathsFile; // ours

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const writeJson = (file: string, content: unknown): void =>
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
