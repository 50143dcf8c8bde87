// The edge: what reads a project. A command that must not write (`check`) gets by with these calls.
import {
  closeSync,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
} from "node:fs";

export type EntryKind = "file" | "folder" | "symlink" | "other";

export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** The calls that reading takes; tests put a failing disk in its place. Paths are absolute, errors are Node's. */
export interface ReadFileSystem {
  /** What a path itself is (a symlink is a symlink), undefined if nothing is there. */
  tryFindKind(path: string): EntryKind | undefined;
  /** Undefined if nothing is there. */
  tryListFolder(path: string): readonly FolderEntry[] | undefined;
  readFile(path: string): Uint8Array;
  /** The first `length` bytes, or all if there are fewer. */
  readHead(path: string, length: number): Uint8Array;
}

export const nodeReadFileSystem: ReadFileSystem = {
  tryFindKind: (path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? undefined : kindOf(stats);
  },
  tryListFolder: (path) => {
    try {
      return readdirSync(path, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: kindOf(entry),
      }));
    } catch (error) {
      if (tryFindDiskErrorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  },
  readFile: (path) => readFileSync(path),
  readHead: (path, length) => {
    const descriptor = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(descriptor, buffer));
    } finally {
      closeSync(descriptor);
    }
  },
};

function kindOf(entry: Dirent | Stats): EntryKind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  return entry.isSymbolicLink() ? "symlink" : "other";
}

/** The code of an error that the operating system reported (`ENOSPC`, …), or undefined for any other error. */
export function tryFindDiskErrorCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && "syscall" in error && "code" in error;
  return isSystemError && typeof error.code === "string" ? error.code : undefined;
}
