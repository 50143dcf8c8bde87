// Stage 2, the edge: reads the lock file of one cluster.
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { type ReadFileSystem, tryFindDiskErrorCode } from "../core/read-disk.ts";
import { type EditedLock, parseEditedLock, parseLock } from "./lock.ts";
import type { LockFile } from "./lock-schema.ts";
import { lookupCommand } from "./resolve.ts";

export const lockPath = (cluster: string): string => `clusters/${cluster}.lock.json`;

/** The lock file, undefined if there is none, or what is wrong with it. */
export const readLock = (
  disk: ReadFileSystem,
  root: string,
  cluster: string,
): LockFile | undefined | readonly Problem[] => readLockWith(parseLock, disk, root, cluster);

/** The same, but a file that was edited by hand or merged is read as well. */
export const readEditedLock = (
  disk: ReadFileSystem,
  root: string,
  cluster: string,
): EditedLock | undefined | readonly Problem[] => readLockWith(parseEditedLock, disk, root, cluster);

type Parse<Parsed> = (file: string, bytes: Uint8Array, fix: string) => Parsed | readonly Problem[];

function readLockWith<Parsed>(
  parse: Parse<Parsed>,
  disk: ReadFileSystem,
  root: string,
  cluster: string,
): Parsed | undefined | readonly Problem[] {
  const file = lockPath(cluster);
  let bytes: Uint8Array;
  try {
    bytes = disk.readFile(join(root, file));
  } catch (error) {
    if (tryFindDiskErrorCode(error) === "ENOENT") return undefined;
    const message = `expected a readable file: ${error instanceof Error ? error.message : "unknown error"}`;
    return [
      {
        code: "facts/unreadable-file",
        severity: "error",
        message,
        suggestion: "Check its permissions.",
        file,
      },
    ];
  }
  return parse(file, bytes, lookupCommand(cluster));
}
