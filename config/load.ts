// Stage 1, the whole of it: the bytes of a cluster file and of defaults.yaml -> Config, with every problem at once.

import { formatPath, show } from "../core/format-value.ts";
import { isJsonObject, type Path } from "../core/json.ts";
import { PathSet } from "../core/path-set.ts";
import type { Position, Problem, Severity } from "../core/problem.ts";
import { emptySource, parseYaml, type YamlSource } from "../core/yaml-source.ts";
import { acceptFindings } from "./acceptable-warnings.ts";
import { ambiguousScalarFindings } from "./ambiguous-scalars.ts";
import type { Config } from "./config.ts";
import type { ConfigRule, Finding } from "./finding.ts";
import { foreignTemplateFindings } from "./foreign-templates.ts";
import { mergeSources } from "./merge-sources.ts";
import { nameOfFile } from "./name-of-file.ts";
import { normalise } from "./normalise.ts";
import { usablePart } from "./partial-config.ts";
import { fileNameRule } from "./rules/file-name-rules.ts";
import { configRules, fleetRules, valueRules } from "./rules/index.ts";
import { clusterFile } from "./schema.ts";
import { type SchemaIssue, schemaFindings } from "./schema-problems.ts";

/** A file as it was read: its name relative to the project root, and its bytes. */
export interface InputFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export type Locate = (path: Path) => Position;

/** One cluster that the schema accepts, with the way back from a key to its place in a file. */
export interface LoadedCluster {
  readonly config: Config;
  readonly locate: Locate;
}

export interface LoadResult {
  /** In the order of the files; a cluster whose file cannot be understood is missing here and has problems. */
  readonly clusters: readonly LoadedCluster[];
  readonly problems: readonly Problem[];
}

/** Loads all cluster files of a project, with `defaults` below each of them. */
export function loadClusters(files: readonly InputFile[], defaults: InputFile | undefined): LoadResult {
  const below = defaults === undefined ? emptySource : readMap(defaults, defaultsAdvice);
  const results = files.map((file) => {
    const { config, problems } = loadCluster(readMap(file, clusterAdvice), below);
    return { cluster: config && { config, locate: locateLater(file, below) }, problems };
  });
  const clusters = results.flatMap(({ cluster }) => cluster ?? []);
  const problems = [...results.flatMap((result) => result.problems), ...fleetProblems(clusters)];
  return { clusters, problems: withoutRepeats(problems).sort(inReadingOrder) };
}

type Unreadable = readonly Problem[];

/** The file must hold a map; an empty file is the commonest way not to. */
function readMap({ file, bytes }: InputFile, suggestion: string): YamlSource | Unreadable {
  const source = parseYaml(file, bytes);
  if (isUnreadable(source) || isJsonObject(source.data)) return source;
  const found = source.data === null ? "nothing" : Array.isArray(source.data) ? "a list" : show(source.data);
  const message = `expected a map with keys such as cluster, istio and ingresses, found ${found}`;
  return [{ code: "config/not-a-map", severity: "error", message, suggestion, ...source.locate([]) }];
}

const clusterAdvice = "`meshfront init` writes one to start from.";
const defaultsAdvice = "Write what all clusters share, or remove the file.";

/** From the file, parsed once more: parsed files of a whole fleet would stay in memory for what is seldom asked. */
function locateLater(file: InputFile, below: YamlSource | Unreadable): Locate {
  const parse = (): Locate => {
    const source = readMap(file, clusterAdvice);
    if (isUnreadable(source) || isUnreadable(below)) throw new Error(`${file.file} was readable just now`);
    return mergeSources(source, below).locate;
  };
  let locate: Locate | undefined;
  return (path) => {
    locate ??= parse();
    return locate(path);
  };
}

interface ClusterResult {
  readonly config?: Config;
  readonly problems: readonly Problem[];
}

function loadCluster(source: YamlSource | Unreadable, defaults: YamlSource | Unreadable): ClusterResult {
  if (isUnreadable(source) || isUnreadable(defaults)) {
    return { problems: [source, defaults].flatMap((one) => (isUnreadable(one) ? one : problemsOfPart(one))) };
  }
  const merged = mergeSources(source, defaults);
  const { data, locate } = merged;
  const parsed = clusterFile.safeParse(data);
  const templates = foreignTemplateFindings(data);
  const refused = [...merged.refused, ...templates.map(({ path }) => path)];
  const findings = schemaFindingsOf({ ...merged, refused }, parsed);
  const problems: Problem[] = [
    ...merged.problems,
    ...templates.map((finding) => located("config/template", "error", finding, locate)),
    ...findings.map((finding) => located(finding.code, "error", finding, locate)),
    ...ambiguousScalarFindings(merged).map((finding) =>
      located("config/ambiguous-scalar", "error", finding, locate),
    ),
  ];
  const invalid = [
    ...refused,
    ...findings.flatMap(({ path, meant }) => (meant === undefined ? [path] : [path, meant])),
  ];
  if (parsed.success) {
    const config = normalise(source.file, parsed.data);
    const unknown = acceptFindings(config.accept).map((finding) =>
      located("config/accept", "error", finding, locate),
    );
    return { config, problems: [...problems, ...unknown, ...ruleProblems(config, refused, locate)] };
  }
  const usable = usablePart(data, invalid, nameOfFile(source.file));
  if (usable === undefined) return { problems };
  const config = normalise(source.file, usable.input);
  const unsaid = [...invalid, ...usable.placeholders];
  const news = ruleProblems(config, unsaid, locate).filter(({ code }) => !usable.mutedRules.includes(code));
  return { problems: [...problems, ...news, ...fileNameProblems(config, unsaid, locate)] };
}

/** The one rule of a fleet that a file alone can break: the others see whole configurations only. */
const fileNameProblems = (config: Config, unsaid: readonly Path[], locate: Locate): Problem[] =>
  findingsOf([{ ...fileNameRule, check: (one) => fileNameRule.check([one]) }], config, unsaid).map(
    ({ rule, finding }) => located(rule.code, rule.severity, finding, locate),
  );

/** What can be said of one file while the other cannot be read: nothing about keys that the other may hold. */
function problemsOfPart(source: YamlSource): Problem[] {
  const findings = schemaFindingsOf(source, clusterFile.safeParse(source.data));
  const own = findings.filter(({ isAboutWhole }) => !isAboutWhole);
  return [
    ...source.problems,
    ...own.map((finding) => located(finding.code, "error", finding, source.locate)),
  ];
}

type Parsed = ReturnType<typeof clusterFile.safeParse>;
type Readable = Pick<YamlSource, "data" | "locate" | "plainText" | "problems" | "refused">;

function schemaFindingsOf({ data, plainText, refused }: Readable, parsed: Parsed): SchemaIssue[] {
  if (parsed.success) return [];
  const places = new PathSet(refused);
  return schemaFindings(clusterFile, data, parsed.error.issues, plainText).filter(
    ({ path, isAboutWhole }) => !places.covers(path) && !(isAboutWhole && places.reachesInto(path)),
  );
}

/** What a value does is asked only where nothing is wrong with it. */
function ruleProblems(config: Config, invalid: readonly Path[], locate: Locate): Problem[] {
  const found = findingsOf(configRules, config, invalid);
  const wrong = found.flatMap(({ rule, finding }) => (rule.severity === "error" ? [finding.path] : []));
  const ofValues = findingsOf(valueRules, config, [...invalid, ...wrong]);
  return [...found, ...ofValues].flatMap(({ rule, finding }) => {
    const problem = located(rule.code, rule.severity, finding, locate);
    return rule.isOfOwnFile && problem.file !== config.file ? [] : [problem];
  });
}

function findingsOf(rules: readonly ConfigRule[], config: Config, without: readonly Path[]) {
  const places = new PathSet(without);
  return rules.flatMap((rule) =>
    rule
      .check(config)
      .filter(({ path }) => !places.covers(path))
      .map((finding) => ({ rule, finding })),
  );
}

function fleetProblems(clusters: readonly LoadedCluster[]): Problem[] {
  const places = new Map(clusters.map(({ config, locate }) => [config, locate]));
  return fleetRules.flatMap((rule) =>
    rule.check([...places.keys()]).flatMap(({ config, ...finding }) => {
      const locate = places.get(config);
      return locate === undefined ? [] : [located(rule.code, rule.severity, finding, locate)];
    }),
  );
}

/** A finding where the file has it. */
export function located(code: string, severity: Severity, finding: Finding, locate: Locate): Problem {
  const { path, message, suggestion } = finding;
  return {
    code,
    severity,
    message,
    ...locate(path),
    path: formatPath(path),
    ...(suggestion !== undefined && { suggestion }),
  };
}

const isUnreadable = (result: YamlSource | Unreadable): result is Unreadable => Array.isArray(result);

/** A mistake in defaults.yaml shows in every cluster, and is said once. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = JSON.stringify([problem.code, problem.file, problem.line, problem.column, problem.message]);
    return !seen.has(key) && seen.add(key);
  });
}

/** By file, then from top to bottom; what stands at one place stays in the order of the rules. */
export const inReadingOrder = (a: Problem, b: Problem): number =>
  compare(a.file ?? "", b.file ?? "") ||
  compare(a.line ?? 0, b.line ?? 0) ||
  compare(a.column ?? 0, b.column ?? 0);

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
