// Stage 2, the edge: writes the lock file of one cluster, all of it or nothing.
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { serialiseLock } from "./lock.ts";
import type { LockFile } from "./lock-schema.ts";
import { lockPath } from "./read-lock.ts";

export type WriteResult = "written" | "unchanged" | "removed" | Problem;

/** Without a lock the file is removed: nothing in the configuration needs one. */
export function writeLock(root: string, cluster: string, lock: LockFile | undefined): WriteResult {
  const file = lockPath(cluster);
  const path = join(root, file);
  const temporary = join(dirname(path), `.${cluster}.lock.json.${process.pid}.meshfront-tmp`);
  try {
    const before = statSync(path, { throwIfNoEntry: false });
    if (lock === undefined) {
      rmSync(path, { force: true });
      return before === undefined ? "unchanged" : "removed";
    }
    const text = serialiseLock(lock);
    if (before?.isFile() && readFileSync(path, "utf8") === text) return "unchanged";
    writeFileSync(temporary, text);
    if (before !== undefined) chmodSync(temporary, before.mode & 0o777);
    // One step within a folder: a reader sees the old file or the new one.
    renameSync(temporary, path);
    return "written";
  } catch (error) {
    rmSync(temporary, { force: true });
    return {
      code: "lookup/disk",
      severity: "error",
      message: `expected to write the lock file: ${error instanceof Error ? error.message.replace(/, \w+ '.*'$/, "") : "unknown error"}`,
      suggestion: "Check the space and the permissions of the folder; the file is what it was before.",
      file,
    };
  }
}
