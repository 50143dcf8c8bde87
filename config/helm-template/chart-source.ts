// The files of a chart -> ChartSource, its subcharts included. Pure: who reads a folder or an archive brings the bytes.
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import type { ChartSource } from "./analyse-chart.ts";
import { ArchiveError, readArchive } from "./read-archive.ts";

export type ChartFiles = ReadonlyMap<string, Uint8Array>;

/** Reads a YAML document as plain data. The reader is the caller's: this bundle has none. */
export type ParseYaml = (text: string) => unknown;

/** Deeper subcharts are nobody's chart. */
const deepest = 10;

/** The chart of which `files` are the content. Throws ArchiveError where they are none. */
export function chartSource(files: ChartFiles, parseYaml: ParseYaml, depth = 0): ChartSource {
  const metadata = readMap(files, "Chart.yaml", parseYaml);
  if (metadata === undefined || typeof metadata.name !== "string")
    throw new ArchiveError("there is no Chart.yaml with a name");
  if (depth > deepest) throw new ArchiveError("subcharts are nested too deeply");
  return {
    metadata,
    values: readMap(files, "values.yaml", parseYaml) ?? {},
    files: new Map(
      [...files]
        .filter(([path]) => !path.startsWith("charts/"))
        .map(([path, bytes]) => [path, decode(bytes)]),
    ),
    subcharts: [...subchartFiles(files).values()].map((sub) => chartSource(sub, parseYaml, depth + 1)),
  };
}

function readMap(files: ChartFiles, path: string, parseYaml: ParseYaml): JsonObject | undefined {
  const bytes = files.get(path);
  if (bytes === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = parseYaml(decode(bytes));
  } catch (error) {
    throw new ArchiveError(
      `${path} is no YAML (${error instanceof Error ? error.message.split("\n")[0] : ""})`,
    );
  }
  if (parsed === null || parsed === undefined) return {};
  if (!isJsonObject(parsed)) throw new ArchiveError(`${path} is no map`);
  return parsed;
}

/** Folders and packages below `charts/`, by name. Helm skips what begins with an underscore or a dot. */
function subchartFiles(files: ChartFiles): ReadonlyMap<string, ChartFiles> {
  const folders = new Map<string, Map<string, Uint8Array>>();
  const packages = new Map<string, ChartFiles>();
  for (const [path, bytes] of files) {
    const [charts, name = "", ...rest] = path.split("/");
    if (charts !== "charts" || /^[._]/.test(name)) continue;
    if (rest.length === 0) {
      if (name.endsWith(".tgz")) packages.set(name, readArchive(bytes));
      continue;
    }
    const folder = folders.get(name) ?? new Map<string, Uint8Array>();
    folders.set(name, folder.set(rest.join("/"), bytes));
  }
  const withChart = [...folders].filter(([, content]) => content.has("Chart.yaml"));
  return new Map<string, ChartFiles>([...withChart, ...packages]);
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
