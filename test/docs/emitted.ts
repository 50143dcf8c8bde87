// What the compiler emits for the files of clusters/ and for the variants.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { buildArgocd, buildCluster } from "../../charts/cluster.ts";
import { readPrograms } from "../../commands/read-programs.ts";
import type { IstioChart } from "../../config/applications.ts";
import { chartReleases } from "../../config/chart-releases.ts";
import { helmValues } from "../../config/helm-values.ts";
import { type LoadedCluster, loadClusters } from "../../config/load.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { isError } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { resolve } from "../../facts/resolve.ts";
import { render } from "../../manifests/render.ts";
import { outputFor } from "../golden/golden-cases.ts";
import { readTree } from "../manifests/output-tree.ts";
import { variants } from "./variants.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every object of the output for clusters/ and of the variants. */
export function emittedObjects(): readonly JsonObject[] {
  const ofClusters = Object.entries(outputFor(readTree(root, "clusters")))
    .filter(([path]) => path.endsWith(".yaml"))
    .map(([, text]) => text);
  return [...ofClusters, ...loadVariants().flatMap(renderVariant)].flatMap(parseObjects);
}

/** The values that meshfront computes for a chart in any variant; what the variant's own file says is taken out. */
export function computedValuePaths(chart: IstioChart): readonly string[] {
  const values = [...loadVariants(), ...loadFiles(["demo"])].flatMap(({ config }) =>
    chartReleases(config)
      .filter((release) => release.chart === chart)
      .map((release) => helmValues(config, { ...release, values: {} })),
  );
  return distinct(values.flatMap((value) => leafPaths(value)));
}

/**
 * Dotted paths of the leaves of an object, `[]` for each item of a list. A subtree at one of `opaque` counts as a leaf.
 */
export function leafPaths(value: JsonValue, opaque: readonly string[] = [], path = ""): readonly string[] {
  if (opaque.includes(path)) return [path];
  if (isJsonArray(value)) return value.flatMap((item) => leafPaths(item, opaque, `${path}[]`));
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    leafPaths(item, opaque, path === "" ? key : `${path}.${key}`),
  );
}

export const distinct = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();

const loadVariants = (): readonly LoadedCluster[] =>
  load(
    Object.entries(variants).map(([name, text]) => ({
      file: `clusters/${name}.yaml`,
      bytes: new TextEncoder().encode(text),
    })),
  );

const loadFiles = (names: readonly string[]): readonly LoadedCluster[] =>
  load(
    names.map((name) => ({
      file: `clusters/${name}.yaml`,
      bytes: readFileSync(join(root, `clusters/${name}.yaml`)),
    })),
  );

function load(files: Parameters<typeof loadClusters>[0]): readonly LoadedCluster[] {
  const { clusters, problems } = loadClusters(files, undefined);
  const errors = problems.filter(isError);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return clusters;
}

function renderVariant({ config, locate }: LoadedCluster): readonly string[] {
  const { facts } = resolve({ config, locate, lock: undefined, lockName: "" });
  const programs = readPrograms(nodeReadFileSystem);
  const apps = [buildCluster(config, facts, programs), buildArgocd([config], programs)];
  return apps.flatMap((app) => render(app, () => config.file)).map(({ text }) => text);
}

function parseObjects(text: string): readonly JsonObject[] {
  const objects: unknown[] = [...parseAllDocuments(text)].map((document) => document.toJS());
  return objects.filter(isJsonObject);
}
