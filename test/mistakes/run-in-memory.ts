// The commands on a project in memory: what a person would be told, without a process and without a disk.

import { check } from "../../commands/check.ts";
import type { CommandResult } from "../../commands/command.ts";
import type { CommittedFiles } from "../../commands/committed.ts";
import { compareCommitted } from "../../commands/compare-committed.ts";
import { loadProject } from "../../commands/load-project.ts";
import { renderProject } from "../../commands/plan-output.ts";
import { synth } from "../../commands/synth.ts";
import { nodeReadFileSystem, type ReadFileSystem } from "../../core/read-disk.ts";
import { diffOutput, reportOf } from "../../manifests/diff/index.ts";
import { contentHash, serialiseInventory } from "../../manifests/inventory.ts";
import { memoryDisk, memoryRoot } from "../manifests/memory-disk.ts";
import type { Tree } from "../manifests/output-tree.ts";

/** What is said: problems, and what a diff leads to. */
export interface Said {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface Told {
  readonly exitCode: number;
  readonly said: readonly Said[];
}

const toldBy = ({ exitCode, problems }: CommandResult): Told => ({ exitCode, said: problems });

export const synthDryRun = async (tree: Tree): Promise<Told> =>
  toldBy(await synth.run({ ...inputOf(tree), options: { "dry-run": true } }));

export const checkAll = async (tree: Tree): Promise<Told> =>
  toldBy(await check.run({ ...inputOf(tree), options: {} }));

/** What the change from one project to another leads to; what hinders the comparison counts as said. */
export function diffBetween(before: Tree, after: Tree): Told {
  const { disk, root, words } = inputOf(after);
  const project = loadProject({ disk, root, words });
  if (project.exitCode !== 0) return { exitCode: project.exitCode, said: project.problems };
  const { problems, failure: _, ...versions } = compareCommitted(disk, project, committed(outputOf(before)));
  const { consequences } = reportOf(diffOutput(versions), {});
  return {
    exitCode: 0,
    said: [
      ...project.problems,
      ...problems,
      ...consequences.map(({ code, level, message, object }) => ({
        code,
        severity: level,
        message,
        file: object.file,
      })),
    ],
  };
}

/** The files that `synth` would write for a project. */
export function outputOf(tree: Tree): Tree {
  const { disk, root, words } = inputOf(tree);
  const output: Record<string, string> = {};
  for (const { scope, files, writtenBy } of renderProject(disk, loadProject({ disk, root, words }))) {
    for (const { path, text } of files) output[path] = text;
    output[scope.inventoryPath] = serialiseInventory(
      new Map(files.map(({ path, text }) => [path, contentHash(text)])),
      writtenBy,
    );
  }
  return output;
}

function inputOf(tree: Tree) {
  const bytes = Object.entries(tree).map(([path, text]) => [path, Buffer.from(text).toString("latin1")]);
  const disk = withPrograms(memoryDisk(Object.fromEntries(bytes)));
  return { disk, root: memoryRoot, words: [], progress: () => {} };
}

/** The hook and the health checks are files of meshfront, not of the project. */
function withPrograms(project: ReadFileSystem): ReadFileSystem {
  const readFile: ReadFileSystem["readFile"] = (path) =>
    (path.startsWith(`${memoryRoot}/`) ? project : nodeReadFileSystem).readFile(path);
  return { ...project, readFile };
}

const committed = (tree: Tree): CommittedFiles => ({
  revision: undefined,
  paths: Object.keys(tree).sort(),
  isFile: () => true,
  isEqual: (path, text) => tree[path] === text,
  read: (paths) => new Map(paths.map((path) => [path, Buffer.from(tree[path] ?? "")])),
});
