// A chart as it lies in a folder: its defaults, its schema, and which values its texts name.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { valueReads, withoutPilot } from "../../commands/helm/rendered-objects.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { selectors } from "./known.ts";

type Key = readonly string[];

export interface ChartFiles {
  /** As the templates see them: without the wrapper in which Istio's charts keep them. */
  readonly defaults: JsonObject;
  readonly schema: JsonObject | undefined;
  /** Named in templates and in the injection templates. */
  readonly reads: readonly Key[];
  /** Named in the injection templates. */
  readonly injectionReads: readonly Key[];
  /** Quoted in the notes, which check for values that were removed. */
  readonly inNotes: readonly Key[];
  /** By selector, the names of which the chart has a file. */
  readonly names: Readonly<Record<keyof typeof selectors, readonly string[]>>;
}

/** The key under which Istio's charts keep their defaults. */
const wrapper = "_internal_defaults_do_not_set";

export function readChartFiles(folder: string): ChartFiles {
  const values = readYaml(join(folder, "values.yaml"));
  const wrapped = values[wrapper];
  const templates = textsIn(join(folder, "templates"));
  const settings = Object.keys(textsIn(join(folder, "files"))).filter(isSettings);
  const injection = Object.entries(textsIn(join(folder, "files"))).filter(
    ([name]) => !isSettings(name) && !name.startsWith("crd-"),
  );
  const injectionReads = injection.flatMap(([, text]) => valueReads(text).map(withoutPilot));
  const notes = templates["NOTES.txt"] ?? "";
  return {
    defaults: isJsonObject(wrapped) ? wrapped : values,
    schema: existsSync(join(folder, "values.schema.json"))
      ? readYaml(join(folder, "values.schema.json"))
      : undefined,
    reads: [
      ...Object.entries(templates).flatMap(([name, text]) => (name === "NOTES.txt" ? [] : valueReads(text))),
      ...injectionReads,
    ],
    injectionReads,
    inNotes: [...notes.matchAll(/"([a-zA-Z]\w*(?:\.\w+)+)"/g)].map(([, dotted = ""]) => dotted.split(".")),
    names: namesOf(settings),
  };
}

const isSettings = (name: string): boolean => name.startsWith("profile-");

/** `profile-platform-gke.yaml` is the platform `gke`. */
function namesOf(files: readonly string[]): ChartFiles["names"] {
  const stems = files.map((name) => name.replace(/^profile-(.*)\.yaml$/, "$1"));
  const named = (prefix: string): readonly string[] =>
    stems
      .filter((stem) => stem.startsWith(prefix))
      .map((stem) => stem.slice(prefix.length))
      .sort();
  const { platform, compatibilityVersion } = selectors;
  return {
    profile: stems
      .filter((stem) => ![platform, compatibilityVersion].some((prefix) => stem.startsWith(prefix)))
      .sort(),
    platform: named(platform),
    compatibilityVersion: named(compatibilityVersion),
  };
}

function textsIn(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name), "utf8")]));
}

function readYaml(file: string): JsonObject {
  const value: unknown = parse(readFileSync(file, "utf8"), { logLevel: "silent" });
  if (!isJsonObject(value)) throw new Error(`${file}: expected a map`);
  return value;
}
