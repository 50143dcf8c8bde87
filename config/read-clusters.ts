// Stage 1, the edge: which files are cluster files. Reads the disk, understands nothing.
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { type ReadFileSystem, tryFindDiskErrorCode } from "../core/read-disk.ts";
import type { InputFile } from "./load.ts";

export const clustersFolder = "clusters";

export interface ClusterFiles {
  /** Sorted by name. */
  readonly files: readonly InputFile[];
  readonly defaults: InputFile | undefined;
  readonly problems: readonly Problem[];
}

/** Reads `clusters/*.yaml` below `root`. A file that would be ignored silently is a problem. */
export function readClusterFiles(disk: ReadFileSystem, root: string): ClusterFiles {
  let entries: readonly string[] | undefined;
  try {
    entries = listFolder(disk, join(root, clustersFolder));
  } catch (error) {
    return { files: [], defaults: undefined, problems: [unreadable(clustersFolder, error)] };
  }
  if (entries === undefined || !entries.some((name) => name.endsWith(".yaml") && name !== "defaults.yaml")) {
    return { files: [], defaults: undefined, problems: [nothingHere(entries)] };
  }
  const problems: Problem[] = [];
  const read = (name: string): InputFile[] => {
    const file = `${clustersFolder}/${name}`;
    try {
      return [{ file, bytes: disk.readFile(join(root, file)) }];
    } catch (error) {
      problems.push(unreadable(file, error));
      return [];
    }
  };
  problems.push(
    ...entries.filter(hasWrongEnding).map(wrongEnding),
    ...entries.filter((name) => name.endsWith(lockEnding)).flatMap((name) => strayLock(name, entries)),
  );
  const files = entries.filter((name) => name.endsWith(".yaml") && name !== "defaults.yaml").flatMap(read);
  const [defaults] = entries.includes("defaults.yaml") ? read("defaults.yaml") : [];
  return { files, defaults, problems };
}

/** Code-unit order, so that messages come in the same order on every machine. Hidden files are nobody's configuration. */
function listFolder(disk: ReadFileSystem, folder: string): readonly string[] | undefined {
  try {
    return disk
      .tryListFolder(folder)
      ?.map(({ name }) => name)
      .filter((name) => !name.startsWith("."))
      .sort();
  } catch (error) {
    if (tryFindDiskErrorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

const nothingHere = (entries: readonly string[] | undefined): Problem => ({
  code: "config/no-clusters",
  severity: "error",
  message: `expected cluster files ${clustersFolder}/<name>.yaml, found ${entries === undefined ? `no folder ${clustersFolder}/ here` : "none"}`,
  suggestion: "Run meshfront in the project's folder, or name it with --chdir.",
});

function hasWrongEnding(name: string): boolean {
  const ending = name.slice(name.lastIndexOf("."));
  return ending !== ".yaml" && [".yaml", ".yml"].includes(ending.toLowerCase());
}

const wrongEnding = (name: string): Problem => ({
  code: "config/file-ending",
  severity: "error",
  message: `expected the ending .yaml, found ${name}: it would be ignored`,
  suggestion: "Rename it.",
  file: `${clustersFolder}/${name}`,
});

const lockEnding = ".lock.json";

/** What a renamed or removed cluster leaves behind: nothing would ever read or remove it. */
function strayLock(name: string, entries: readonly string[]): readonly Problem[] {
  const clusterFile = `${name.slice(0, -lockEnding.length)}.yaml`;
  if (entries.includes(clusterFile)) return [];
  return [
    {
      code: "config/stray-lock",
      severity: "warning",
      message: `expected ${clustersFolder}/${clusterFile} beside this lock file, found no such file`,
      suggestion:
        "If the cluster was renamed, rename this file too, and let `meshfront lookup` confirm it. Otherwise delete it.",
      file: `${clustersFolder}/${name}`,
    },
  ];
}

const unreadable = (file: string, error: unknown): Problem => ({
  code: "config/unreadable-file",
  severity: "error",
  message: `expected a readable file: ${error instanceof Error ? error.message.replace(/, \w+ '.*'$/, "") : "unknown error"}`,
  suggestion: "Check its permissions.",
  file,
});
