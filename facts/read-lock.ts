// Stage 2, the edge: reads the lock file of one cluster.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../config/problem.ts";
import { type LockFile, parseLock } from "./lock.ts";
import { lookupCommand } from "./resolve.ts";

export const lockPath = (cluster: string): string => `clusters/${cluster}.lock.json`;

/** The lock file, undefined if there is none, or what is wrong with it. */
export function readLock(root: string, cluster: string): LockFile | undefined | readonly Problem[] {
  const file = lockPath(cluster);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(root, file));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
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
  return parseLock(file, bytes, lookupCommand(cluster));
}
