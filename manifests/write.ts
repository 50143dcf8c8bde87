// Stage 4, output: applies plans. The only file of this stage that changes the disk.

import { mkdirSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path/posix";
import { isError, type Problem } from "../core/problem.ts";
import { nodeReadFileSystem, type ReadFileSystem, tryFindDiskErrorCode } from "../core/read-disk.ts";
import { ancestorsOf } from "./compare-file.ts";
import { diskProblem } from "./disk-problem.ts";
import type { ScopePlan } from "./plan.ts";

/** The calls that reading and writing take. Paths are absolute, errors are Node's. */
export interface FileSystem extends ReadFileSystem {
  /** Makes a folder and those above it; it may be there. */
  makeFolder(path: string): void;
  /** Writes a file that must not be there. */
  createFile(path: string, text: string): void;
  /** Replaces the file at `to` in one step. */
  rename(from: string, to: string): void;
  /** It may be gone. */
  removeFile(path: string): void;
  /** Removes a folder, unless something is in it. */
  removeEmptyFolder(path: string): void;
}

export const nodeFileSystem: FileSystem = {
  ...nodeReadFileSystem,
  makeFolder,
  createFile: (path, text) => writeFileSync(path, text, { flag: "wx" }),
  rename: renameSync,
  removeFile: (path) => tolerate(["ENOENT"], () => unlinkSync(path)),
  removeEmptyFolder: (path) => tolerate(["ENOENT", "ENOTEMPTY", "EEXIST"], () => rmdirSync(path)),
};

/** What was done, inventories aside. With a `problem` the run stopped there; running again finishes it. */
export interface ApplyResult {
  readonly written: number;
  readonly removed: number;
  readonly problem?: Problem;
}

/**
 * Makes the disk what the plans say. Throws if a plan has an error, or a loss that is not allowed: callers look first.
 *
 * A run may be killed between any two calls. Each file is then its old or its new self, because it comes to its name
 * complete, by a rename; and the next run compares bytes and does the rest. Removals come after writes, so that an object
 * which moves to another file is in one of them at any time, and so that a full disk removes nothing; the inventory
 * comes last, because a file that no record lists any more would never be removed.
 *
 * There is no fsync: it triples the time (measured on a virtual disk: 0.46 ms a file for 0.14), and what it saves is in
 * Git.
 */
export function applyPlans(
  fs: FileSystem,
  root: string,
  plans: readonly ScopePlan[],
  { allowRemoval = false }: { readonly allowRemoval?: boolean } = {},
): ApplyResult {
  assertApplicable(plans, allowRemoval);
  const writer = new OutputWriter(fs, root);
  let [written, removed] = [0, 0];
  try {
    // Nothing reads what a killed run left, and its space may be what is short.
    for (const path of plans.flatMap(({ leftovers }) => leftovers)) writer.removeFile(path);
    for (const { scope, writes, removals, inventory } of plans) {
      for (const { path, text } of writes) {
        writer.replaceFile(path, text);
        written += 1;
      }
      for (const path of removals) {
        writer.removeFile(path);
        removed += 1;
      }
      if (inventory.kind === "write") writer.replaceFile(scope.inventoryPath, inventory.text);
      if (inventory.kind === "remove") writer.removeFile(scope.inventoryPath);
    }
    return { written, removed };
  } catch (error) {
    const done = `${written} files were written and ${removed} removed before; each is complete. Running meshfront synth again is safe and does the rest.`;
    return { written, removed, problem: diskProblem(error, writer.path, done) };
  }
}

function assertApplicable(plans: readonly ScopePlan[], allowRemoval: boolean): void {
  if (plans.some(({ problems }) => problems.some(isError))) throw new Error("A plan with errors was applied");
  if (!allowRemoval && plans.some(({ losses }) => losses.length > 0)) {
    throw new Error("A plan with losses was applied without leave");
  }
}

/** One run's changes to the disk. `path`: what it works on, in a person's words, for the message if that fails. */
class OutputWriter {
  path = "";
  private temporaryCount = 0;
  private readonly made = new Set<string>();
  private readonly token = `${process.pid.toString(36)}${Date.now().toString(36)}`;
  private readonly fs: FileSystem;
  private readonly root: string;

  constructor(fs: FileSystem, root: string) {
    this.fs = fs;
    this.root = root;
  }

  replaceFile(path: string, text: string): void {
    this.path = path;
    const target = `${this.root}/${path}`;
    const folder = dirname(target);
    if (!this.made.has(folder)) this.fs.makeFolder(folder);
    this.made.add(folder);
    // In the same folder, because a rename is one step only within a file system. read-output.ts knows such names.
    this.temporaryCount += 1;
    const temporary = `${folder}/.${this.token}-${this.temporaryCount}.meshfront-tmp`;
    this.fs.createFile(temporary, text);
    this.fs.rename(temporary, target);
  }

  /** With the folders that are empty then; `dist` and `argocd` stay. */
  removeFile(path: string): void {
    this.path = path;
    this.fs.removeFile(`${this.root}/${path}`);
    for (const folder of ancestorsOf(path).slice(0, -1)) this.fs.removeEmptyFolder(`${this.root}/${folder}`);
  }
}

/** Node 20 reports a recursive call that a read-only file system refuses as ENOENT; a plain one says EROFS. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if (tryFindDiskErrorCode(error) !== "ENOENT") throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}

function tolerate(codes: readonly string[], call: () => void): void {
  try {
    call();
  } catch (error) {
    if (!codes.includes(tryFindDiskErrorCode(error) ?? "")) throw error;
  }
}
