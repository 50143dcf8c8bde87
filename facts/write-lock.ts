// Stage 2, the edge: writes the lock file of one cluster, all of it or nothing.
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { replaceFile } from "../core/write-file.ts";
import { serialiseLock } from "./lock.ts";
import type { LockFile } from "./lock-schema.ts";
import { lockPath } from "./read-lock.ts";

export type WriteResult = "written" | "unchanged" | "removed" | Problem;

/** Without a lock the file is removed: nothing in the configuration needs one. */
export function writeLock(root: string, cluster: string, lock: LockFile | undefined): WriteResult {
  const file = lockPath(cluster);
  const path = join(root, file);
  try {
    const before = statSync(path, { throwIfNoEntry: false });
    if (lock === undefined) {
      rmSync(path, { force: true });
      return before === undefined ? "unchanged" : "removed";
    }
    const text = serialiseLock(lock);
    if (before?.isFile() && readFileSync(path, "utf8") === text) return "unchanged";
    replaceFile(path, text);
    return "written";
  } catch (error) {
    return {
      code: "lookup/disk",
      severity: "error",
      message: `expected to write the lock file: ${error instanceof Error ? error.message.replace(/, \w+ '.*'$/, "") : "unknown error"}`,
      suggestion: "Check the space and the permissions of the folder; the file is what it was before.",
      file,
    };
  }
}
