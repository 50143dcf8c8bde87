// Writes the files of one command into a project: all of them, or none.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { type ReadFileSystem, tryFindDiskErrorCode } from "../core/read-disk.ts";
import { replaceFile } from "../core/write-file.ts";
import { diskProblem } from "../manifests/disk-problem.ts";

export interface FileToWrite {
  /** Relative to the project, posix; above it with `..`. */
  readonly path: string;
  readonly text: string;
  /** A new file never takes the place of one that is there. */
  readonly isNew: boolean;
}

/** False where the disk does not tell (no rights, a file in place of a folder): writing says so. */
export function isThere(disk: ReadFileSystem, path: string): boolean {
  try {
    return disk.tryFindKind(path) !== undefined;
  } catch (error) {
    if (tryFindDiskErrorCode(error) === undefined) throw error;
    return false;
  }
}

/** Where one cannot be written, those before it are taken back; only new folders stay. */
export function writeFiles(root: string, files: readonly FileToWrite[]): Problem | undefined {
  const undo: (() => void)[] = [];
  for (const { path, text, isNew } of files) {
    const file = join(root, path);
    try {
      if (isNew) create(file, text, undo);
      else replace(file, text, undo);
    } catch (error) {
      for (const step of undo.reverse()) step();
      return diskProblem(error, path, "The files are as they were.");
    }
  }
  return undefined;
}

function create(file: string, text: string, undo: (() => void)[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, "wx");
  // Before its text: a disk that is full takes the file and not what is in it.
  undo.push(() => rmSync(file, { force: true }));
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

function replace(file: string, text: string, undo: (() => void)[]): void {
  const before = readFileSync(file, "utf8");
  replaceFile(file, text);
  undo.push(() => replaceFile(file, before));
}
