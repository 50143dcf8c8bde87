// A disk in memory that is as strict as a real one, for tests that need thousands of runs, and a disk that breaks.
import { dirname } from "node:path/posix";
import type { FileSystem } from "../../manifests/write.ts";
import { diskError, type Tree } from "./output-tree.ts";

export interface MemoryDisk extends FileSystem {
  /** All files, sorted, by path below the root. */
  readTree(): Tree;
  /** As another hand does it: puts a file there, or takes one away (null). */
  change(path: string, content: string | null): void;
}

export const memoryRoot = "/project";

export function memoryDisk(tree: Tree = {}): MemoryDisk {
  const files = new Map<string, string>();
  const folders = new Set<string>([memoryRoot]);
  const childrenOf = (folder: string): readonly string[] =>
    [...files.keys(), ...folders].filter((path) => path.startsWith(`${folder}/`));
  const demand = (isTrue: boolean, code: string, path: string): void => {
    if (!isTrue) throw diskError(code, path);
  };
  const content = (path: string): Buffer => {
    demand(files.has(path), "ENOENT", path);
    return Buffer.from(files.get(path) ?? "", "latin1");
  };
  const makeFolder = (path: string): void => {
    demand(!files.has(path), "ENOTDIR", path);
    if (path !== memoryRoot) makeFolder(dirname(path));
    folders.add(path);
  };
  const disk: MemoryDisk = {
    tryFindKind: (path) => (files.has(path) ? "file" : folders.has(path) ? "folder" : undefined),
    tryListFolder: (path) => {
      if (!folders.has(path)) return undefined;
      return childrenOf(path)
        .filter((child) => dirname(child) === path)
        .map((child) => ({ name: child.slice(path.length + 1), kind: files.has(child) ? "file" : "folder" }));
    },
    readFile: content,
    readHead: (path, length) => content(path).subarray(0, length),
    makeFolder,
    createFile: (path, text) => {
      demand(folders.has(dirname(path)), "ENOENT", path);
      demand(!files.has(path) && !folders.has(path), "EEXIST", path);
      files.set(path, Buffer.from(text).toString("latin1"));
    },
    rename: (from, to) => {
      demand(folders.has(dirname(to)) && files.has(from), "ENOENT", from);
      demand(!folders.has(to), "EISDIR", to);
      files.set(to, files.get(from) ?? "");
      files.delete(from);
    },
    removeFile: (path) => void files.delete(path),
    removeEmptyFolder: (path) => {
      if (childrenOf(path).length === 0) folders.delete(path);
    },
    readTree: () =>
      Object.fromEntries([...files].sort().map(([path, text]) => [path.slice(memoryRoot.length + 1), text])),
    change: (path, text) => {
      makeFolder(dirname(`${memoryRoot}/${path}`));
      if (text === null) files.delete(`${memoryRoot}/${path}`);
      else files.set(`${memoryRoot}/${path}`, text);
    },
  };
  for (const [path, text] of Object.entries(tree)) disk.change(path, text);
  return disk;
}

/** How a disk breaks: the process ends (within the call or before it), or one call reports an error. */
export type Breakage = "killed before" | "killed within" | "full disk";

/** Not an error of the disk: as after `kill -9`, nothing of ours runs any more. */
export class Killed extends Error {}

export interface BreakingFileSystem extends FileSystem {
  /** The names of the calls so far. */
  readonly calls: readonly string[];
}

/** A disk that works until its call number `breakAt` (from 1). */
export function breakingFileSystem(
  disk: FileSystem,
  breakAt = Number.POSITIVE_INFINITY,
  breakage: Breakage = "killed before",
): BreakingFileSystem {
  const calls: string[] = [];
  let isDead = false;
  const count = (name: string): void => {
    if (isDead) throw new Killed();
    calls.push(name);
    if (calls.length !== breakAt) return;
    if (breakage === "full disk") throw diskError("ENOSPC", "no space left on device");
    isDead = true;
    if (breakage === "killed before") throw new Killed();
  };
  // Of all calls only this one can be cut short so that something is half done.
  const createFile: FileSystem["createFile"] = (path, text) => {
    count("createFile");
    disk.createFile(path, isDead ? text.slice(0, text.length / 2) : text);
    if (isDead) throw new Killed();
  };
  const counted =
    <A extends readonly unknown[], R>(name: string, call: (...args: A) => R) =>
    (...args: A): R => {
      count(name);
      if (isDead) throw new Killed();
      return call(...args);
    };
  return {
    calls,
    createFile,
    tryFindKind: counted("tryFindKind", disk.tryFindKind),
    tryListFolder: counted("tryListFolder", disk.tryListFolder),
    readFile: counted("readFile", disk.readFile),
    readHead: counted("readHead", disk.readHead),
    makeFolder: counted("makeFolder", disk.makeFolder),
    rename: counted("rename", disk.rename),
    removeFile: counted("removeFile", disk.removeFile),
    removeEmptyFolder: counted("removeEmptyFolder", disk.removeEmptyFolder),
  };
}
