// Stage 1, the edge: which files are cluster files. Reads the disk, understands nothing.
import { join } from "node:path";
import { count } from "../core/count.ts";
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

/** Root keys that no other tool has in a file of this kind; `cluster` alone makes a project. */
const ownKeys = /^["']?(?:cluster|repository|ingresses|gateways|routes|istio|argocd)["']?\s*:/m;
const clusterKey = /^["']?cluster["']?\s*:/m;
const kubernetesKeys = /^(?:apiVersion|kind)\s*:/m;

/** By a look at its lines: a file with a mistake in it is still a cluster's. */
export const isClusterFileText = (text: string): boolean =>
  clusterKey.test(text) || (/^\s*\{/.test(text) && text.includes('"cluster"'));

/** What other tools keep in `clusters/`, such as a Flux Kustomization, is none of ours to complain of. */
function apart(
  files: readonly InputFile[],
): readonly [own: readonly InputFile[], foreign: readonly InputFile[]] {
  const texts = files.map((each) => ({ each, text: Buffer.from(each.bytes).toString() }));
  const hasClusters = texts.some(({ text }) => isClusterFileText(text));
  const isForeign = (text: string): boolean =>
    !ownKeys.test(text) && !isClusterFileText(text) && (hasClusters || kubernetesKeys.test(text));
  return [
    texts.filter(({ text }) => !isForeign(text)).map(({ each }) => each),
    texts.filter(({ text }) => isForeign(text)).map(({ each }) => each),
  ];
}

/** Reads `clusters/*.yaml` below `root`. A file that would be ignored silently is a problem. */
export function readClusterFiles(disk: ReadFileSystem, root: string): ClusterFiles {
  let entries: readonly string[] | undefined;
  try {
    entries = listFolder(disk, join(root, clustersFolder));
  } catch (error) {
    return { files: [], defaults: undefined, problems: [unreadable(clustersFolder, error)] };
  }
  if (entries === undefined) return { files: [], defaults: undefined, problems: [nothingHere(entries)] };
  const problems: Problem[] = [];
  const isYaml = (name: string) => /\.ya?ml$/i.test(name) && name !== "defaults.yaml";
  const read = (name: string): InputFile[] => {
    const file = `${clustersFolder}/${name}`;
    try {
      return [{ file, bytes: disk.readFile(join(root, file)) }];
    } catch (error) {
      problems.push(unreadable(file, error));
      return [];
    }
  };
  const [defaults] = entries.includes("defaults.yaml") ? read("defaults.yaml") : [];
  const [own, foreign] = apart(entries.filter(isYaml).flatMap(read));
  const files = own.filter(({ file }) => file.endsWith(".yaml"));
  if (files.length === 0 && problems.length === 0 && own.length === 0) {
    return { files: [], defaults, problems: [nothingHere(entries)] };
  }
  problems.push(
    ...own.filter(({ file }) => !file.endsWith(".yaml")).map(wrongEnding),
    ...(foreign.length > 0 ? [leftAlone(foreign)] : []),
    ...entries.filter((name) => name.endsWith(lockEnding)).flatMap((name) => strayLock(name, entries)),
  );
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
  suggestion:
    "Run meshfront in the project's folder or below it, or name it with --chdir; `meshfront init` begins one.",
});

const wrongEnding = ({ file }: InputFile): Problem => ({
  code: "config/file-ending",
  severity: "error",
  message: `expected the ending .yaml, found ${file.slice(`${clustersFolder}/`.length)}: it would be ignored`,
  suggestion: "Rename it.",
  file,
});

const leftAlone = (files: readonly InputFile[]): Problem => ({
  code: "config/foreign-file",
  severity: "warning",
  message: `expected cluster files with the root key cluster, found ${count(files.length, "file")} without it: ${files.map(({ file }) => file).join(", ")}; left alone`,
  suggestion: "A file of another tool may stay. A cluster file begins with `cluster:`.",
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
