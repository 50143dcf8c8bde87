// Stage 1, the whole of it: the bytes of a cluster file and of defaults.yaml -> Config, with every problem at once.
import { ambiguousScalars } from "./ambiguous-scalars.ts";
import type { Config } from "./config.ts";
import type { Finding } from "./finding.ts";
import { deepMerge, isJsonObject, type JsonObject, type JsonValue, valueAt } from "./json.ts";
import { normalise } from "./normalise.ts";
import { isError, type Position, type Problem, type Severity } from "./problem.ts";
import { configRules, fleetRules } from "./rules/index.ts";
import { type ConfigWithDefaults, clusterFile } from "./schema.ts";
import { nameOf, schemaFindings } from "./schema-problems.ts";
import { emptySource, type Path, parseYaml, type YamlSource } from "./yaml-source.ts";

/** A file as it was read: its name relative to the project root, and its bytes. */
export interface InputFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** One cluster that the schema accepts, with the way back from a key to its place in a file. */
export interface LoadedCluster {
  readonly config: Config;
  readonly locate: (path: Path) => Position;
}

export interface LoadResult {
  /** In the order of the files; a cluster whose file cannot be understood is missing here and has problems. */
  readonly clusters: readonly LoadedCluster[];
  readonly problems: readonly Problem[];
}

/** Loads all cluster files of a project, with `defaults` below each of them. */
export function loadClusters(files: readonly InputFile[], defaults: InputFile | undefined): LoadResult {
  const below = defaults === undefined ? emptySource("") : parseYaml(defaults.file, defaults.bytes);
  if (isProblems(below)) return { clusters: [], problems: below };
  const results = files.map((file) => loadCluster(file, below));
  const clusters = results.flatMap(({ cluster }) => cluster ?? []);
  const problems = [...results.flatMap((result) => result.problems), ...fleetProblems(clusters)];
  return { clusters, problems: withoutRepeats(problems) };
}

interface ClusterResult {
  readonly cluster?: LoadedCluster;
  readonly problems: readonly Problem[];
}

function loadCluster(file: InputFile, defaults: YamlSource): ClusterResult {
  const source = parseYaml(file.file, file.bytes);
  if (isProblems(source)) return { problems: source };
  const shape = [source, defaults].flatMap(rootProblem);
  if (shape.length > 0) return { problems: shape };

  const data = deepMerge(defaults.data as JsonObject, source.data as JsonObject); // rootProblem saw to it
  const locate = locator(source, defaults);
  const parsed = clusterFile.safeParse(data);
  const findings = parsed.success ? [] : schemaFindings(clusterFile, data, parsed.error.issues);
  const problems: Problem[] = [
    ...findings.map((finding) => located(finding.code, "error", finding, locate)),
    ...ambiguityProblems(data, source, defaults, locate),
  ];
  const usable = parsed.success
    ? parsed.data
    : withoutInvalidParts(
        data,
        findings.map(({ path }) => path),
      );
  if (usable === undefined) return { problems };

  const config = normalise(source.file, usable);
  for (const rule of configRules) {
    const news = rule
      .check(config)
      .filter(({ path }) => !findings.some((finding) => isWithin(path, finding.path)));
    problems.push(...news.map((finding) => located(rule.code, rule.severity, finding, locate)));
  }
  return parsed.success ? { cluster: { config, locate }, problems } : { problems };
}

function fleetProblems(clusters: readonly LoadedCluster[]): Problem[] {
  const configs = clusters.map(({ config }) => config);
  return fleetRules.flatMap((rule) =>
    rule.check(configs).flatMap(({ config, ...finding }) => {
      const cluster = clusters.find((candidate) => candidate.config === config);
      return cluster ? [located(rule.code, rule.severity, finding, cluster.locate)] : [];
    }),
  );
}

/** The file must hold a map; an empty file is the commonest way not to. */
function rootProblem({ data, locate }: YamlSource): Problem[] {
  if (isJsonObject(data)) return [];
  const found =
    data === null || data === undefined ? "nothing" : Array.isArray(data) ? "a list" : JSON.stringify(data);
  return [
    {
      code: "config/not-a-map",
      severity: "error",
      message: `expected a map with the keys cluster, repository and ingresses, found ${found}`,
      suggestion: "Start from the example in README.md.",
      ...locate([]),
    },
  ];
}

/** Values come from the cluster's own file or, where that has none at this place, from defaults.yaml. */
const locator =
  (source: YamlSource, defaults: YamlSource) =>
  (path: Path): Position =>
    !source.has(path) && defaults.has(path) ? defaults.locate(path) : source.locate(path);

function located(
  code: string,
  severity: Severity,
  finding: Finding,
  locate: (path: Path) => Position,
): Problem {
  const { path, message, suggestion } = finding;
  return {
    code,
    severity,
    message,
    ...locate(path),
    path: nameOf(path),
    ...(suggestion !== undefined && { suggestion }),
  };
}

function ambiguityProblems(
  data: JsonObject,
  source: YamlSource,
  defaults: YamlSource,
  locate: (path: Path) => Position,
): Problem[] {
  const plainText = (path: Path) => (source.has(path) ? source : defaults).plainText(path);
  return ["base", "istiod", "gateway"].flatMap((chart) => {
    const path = ["istio", chart, "values"];
    const values = valueAt(data, path);
    if (values === undefined) return [];
    return ambiguousScalars(values, path, plainText).map((scalar) =>
      located(
        "config/ambiguous-scalar",
        "error",
        {
          path: scalar.path,
          message: `expected a value that every YAML reader takes alike, found ${scalar.text}, which YAML 1.1 (Helm) reads as ${scalar.reading}`,
          suggestion: `Quote it for text ("${scalar.text}"), or write true, false or a decimal number.`,
        },
        locate,
      ),
    );
  });
}

/**
 * What remains of a refused file without the keys that were refused, if that is a configuration: so that the rules can
 * report in the same run. Undefined where something necessary is gone.
 */
function withoutInvalidParts(data: JsonObject, paths: readonly Path[]): ConfigWithDefaults | undefined {
  const copy = structuredClone(data) as JsonObject;
  for (const path of paths) {
    const lastKey = path.findLastIndex((segment) => typeof segment === "string");
    const parent = valueAt(copy, path.slice(0, lastKey));
    const key = path[lastKey];
    if (isJsonObject(parent) && key !== undefined) delete (parent as Record<string, JsonValue>)[key]; // a private copy
  }
  const parsed = clusterFile.safeParse(copy);
  return parsed.success ? parsed.data : undefined;
}

const isWithin = (path: Path, ancestor: Path): boolean =>
  ancestor.every((segment, index) => path[index] === segment);

const isProblems = (result: YamlSource | readonly Problem[]): result is readonly Problem[] =>
  Array.isArray(result);

/** A mistake in defaults.yaml shows in every cluster, and is said once. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = JSON.stringify([problem.code, problem.file, problem.line, problem.column, problem.message]);
    return !seen.has(key) && seen.add(key);
  });
}

export const hasErrors = (problems: readonly Problem[]): boolean => problems.some(isError);
