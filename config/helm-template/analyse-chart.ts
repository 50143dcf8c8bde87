// A Helm chart -> which of its values the templates read. Nothing is rendered: what cannot be decided is unknown.
import { deepMerge, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { MadeObject, nothing, ofObject, ofPath, other, type ValuePath } from "./abstract-value.ts";
import { Interpreter, TooLarge } from "./interpreter.ts";
import { parseTemplate } from "./parse-template.ts";
import type { Node } from "./syntax.ts";
import { TemplateSyntaxError } from "./tokens.ts";
import { judge, type Read, type Verdict } from "./value-reads.ts";

/** A chart as it lies in a folder or an archive. */
export interface ChartSource {
  /** Chart.yaml. */
  readonly metadata: JsonObject;
  /** values.yaml. */
  readonly values: JsonObject;
  /** Text of every file by its path inside the chart, without those of subcharts. */
  readonly files: ReadonlyMap<string, string>;
  readonly subcharts: readonly ChartSource[];
}

export interface NotUnderstood {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export interface ChartReads {
  readonly name: string;
  readonly version: string;
  /** Templates that could not be read: with any, nothing is never read. */
  readonly notUnderstood: readonly NotUnderstood[];
  readonly judge: (path: ValuePath) => Verdict;
}

/** Never throws for what a template says. */
export function analyseChart(chart: ChartSource): ChartReads {
  const parsed = parseFiles(chart, "");
  const notUnderstood = parsed.flatMap(({ failure }) => failure ?? []);
  const definitions = definitionsOf(parsed, textOf(chart.metadata.name));
  const interpreter = new Interpreter(definitions);
  const all = ofPath([]);
  for (const { file, line, reason } of notUnderstood)
    interpreter.unknown(all, `${file}:${line} is not understood: ${reason}`);
  try {
    for (const { nodes, context } of inHelmsOrder(install(interpreter, chart, [])))
      interpreter.run(nodes, ofObject(context));
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    interpreter.unknown(all, "the templates are too large to follow");
  }
  const reads: readonly Read[] = interpreter.log.all;
  const defaults = defaultsOf(chart.values);
  return {
    name: textOf(chart.metadata.name),
    version: textOf(chart.metadata.version),
    notUnderstood,
    judge: (path) => judge(reads, defaults, path),
  };
}

/** What `include` may name: definitions, and files by their path from the chart or behind `$.Template.BasePath`. */
function definitionsOf(
  parsed: readonly ParsedFile[],
  chartName: string,
): ReadonlyMap<string, readonly (readonly Node[])[]> {
  const definitions = new Map<string, (readonly Node[])[]>();
  const add = (name: string, nodes: readonly Node[]) =>
    definitions.set(name, [...(definitions.get(name) ?? []), nodes]);
  for (const { file, nodes, definitions: own } of parsed) {
    add(`${chartName}/${file}`, nodes);
    add(file.replace(/^.*?templates(?=\/)/, ""), nodes);
    for (const [name, body] of own) add(name, body);
  }
  return definitions;
}

const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** Istio's charts keep their defaults one level down; their templates see them at the root. */
const defaultsOf = (values: JsonObject): JsonObject => {
  const wrapped = values._internal_defaults_do_not_set;
  return isJsonObject(wrapped) ? deepMerge(wrapped, values) : values;
};

interface ParsedFile {
  /** Path from the outermost chart. */
  readonly file: string;
  readonly nodes: readonly Node[];
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
  readonly failure?: NotUnderstood;
}

const parsedFiles = new WeakMap<ChartSource, readonly ParsedFile[]>();

/** The templates of a chart and its subcharts: their definitions are known to all of them. */
function parseFiles(chart: ChartSource, prefix: string): readonly ParsedFile[] {
  const own = [...chart.files]
    .filter(([path]) => path.startsWith("templates/"))
    .map(([path, text]) => parseFile(`${prefix}${path}`, text));
  parsedFiles.set(chart, own);
  return [
    ...own,
    ...chart.subcharts.flatMap((sub) => parseFiles(sub, `${prefix}charts/${textOf(sub.metadata.name)}/`)),
  ];
}

function parseFile(file: string, text: string): ParsedFile {
  try {
    const { nodes, definitions } = parseTemplate(text);
    return { file, nodes, definitions };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return {
      file,
      nodes: [],
      definitions: new Map(),
      failure: { file, line: error.line, reason: error.message },
    };
  }
}

interface InstalledChart {
  readonly chart: ChartSource;
  readonly context: MadeObject;
}

/** Contexts of a chart whose values stand at `place`, and of its subcharts. */
function install(interpreter: Interpreter, chart: ChartSource, place: ValuePath): InstalledChart[] {
  const below = chart.subcharts.flatMap((sub) => {
    const names = placesOf(chart, textOf(sub.metadata.name));
    return names.map((name) => {
      const subPlace = [...place, name];
      // A subchart sees the parent's `global` as its own.
      interpreter.assign(ofPath(subPlace), "global", ofPath(["global"]));
      return { name, charts: install(interpreter, sub, subPlace) };
    });
  });
  readDependencies(interpreter, chart, place);
  const context = new MadeObject({
    Values: ofPath(place),
    Files: ofObject(new MadeObject({}, chart.files)),
    Subcharts: ofObject(
      new MadeObject(
        Object.fromEntries(below.map(({ name, charts }) => [name, ofContext(charts.at(-1)?.context)])),
      ),
    ),
    ...Object.fromEntries(["Chart", "Release", "Capabilities", "Template"].map((key) => [key, other])),
  });
  return [...below.flatMap(({ charts }) => charts), { chart, context }];
}

const ofContext = (context: MadeObject | undefined) => (context === undefined ? nothing : ofObject(context));

const dependenciesOf = ({ metadata }: ChartSource): readonly JsonObject[] =>
  isJsonArray(metadata.dependencies) ? metadata.dependencies.filter(isJsonObject) : [];

/** Under which keys a subchart has its values: its aliases, or its name. */
function placesOf(chart: ChartSource, name: string): readonly string[] {
  const listed = dependenciesOf(chart).filter((dependency) => dependency.name === name);
  return listed.length === 0 ? [name] : [...new Set(listed.map((each) => textOf(each.alias) || name))];
}

/** Helm itself reads the values that switch subcharts on and off. */
function readDependencies(interpreter: Interpreter, chart: ChartSource, place: ValuePath): void {
  const at = (...path: ValuePath) => ofPath([...place, ...path]);
  for (const dependency of dependenciesOf(chart)) {
    const name = textOf(dependency.name);
    const key = textOf(dependency.alias) || name;
    for (const condition of textOf(dependency.condition)
      .split(",")
      .filter((each) => each !== ""))
      interpreter.whole(at(...condition.trim().split(".")));
    if (isJsonArray(dependency.tags))
      for (const tag of dependency.tags) interpreter.whole(ofPath(["tags", textOf(tag)]));
    const isHere = chart.subcharts.some(({ metadata }) => metadata.name === name);
    if (!isHere) interpreter.unknown(at(key), `the subchart ${name} is not in the chart`);
    if (dependency["import-values"] !== undefined)
      interpreter.unknown(at(key), `values of the subchart ${name} are imported`);
  }
}

/**
 * What one template sets, the next one reads, as with Istio's zzz_profile.yaml. Helm 4.2 (pkg/engine, sortTemplates)
 * runs the deepest path first, then from Z to A.
 */
const inHelmsOrder = (charts: readonly InstalledChart[]): readonly (ParsedFile & InstalledChart)[] =>
  charts
    .flatMap((installed) =>
      (parsedFiles.get(installed.chart) ?? []).map((file) => ({ ...file, ...installed })),
    )
    .filter(({ file }) => !isPartial(file))
    .sort((a, b) => depthOf(b.file) - depthOf(a.file) || (a.file < b.file ? 1 : -1));

/** Helm runs such a file only where another one includes it. */
const isPartial = (path: string): boolean => (path.split("/").at(-1) ?? "").startsWith("_");

const depthOf = (path: string): number => path.split("/").length;
