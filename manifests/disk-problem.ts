// Stage 4, pure: an error of the operating system as a problem a person can act on.

import type { Problem } from "../core/problem.ts";
import { tryFindDiskErrorCode } from "../core/read-disk.ts";

/** What to do about the error codes that people meet (errno(3)); for others the system's own words have to do. */
const advice: ReadonlyMap<string, string> = new Map([
  ["EACCES", "Give the user that runs meshfront the right to it (ls -l shows who has it)."],
  ["EPERM", "Give the user that runs meshfront the right to it (ls -l and lsattr show what forbids it)."],
  ["EROFS", "The file system is mounted read-only: run meshfront where the checkout is writable."],
  ["ENOSPC", "Free space on this disk (df -h and df -i show what is short)."],
  ["EDQUOT", "The user's disk quota is used up: free space or have it raised."],
  ["EMFILE", "Too many files are open: raise the limit (ulimit -n)."],
  ["ENAMETOOLONG", "Shorten the name in the configuration that this path is made from."],
  ["ENOENT", "Something removed it meanwhile: let one meshfront run at a time."],
  ["ENOTEMPTY", "Something wrote to it meanwhile: let one meshfront run at a time."],
  ["EEXIST", "Something wrote to it meanwhile: let one meshfront run at a time."],
]);

/** `path` is the file or folder that a person knows, not a temporary one; `consequence` says what state that leaves. */
export function diskProblem(error: unknown, path: string, consequence: string): Problem {
  const code = tryFindDiskErrorCode(error);
  // Not the disk's fault, so not to be reported as such.
  if (code === undefined) throw error;
  const words = error instanceof Error ? error.message : code;
  return {
    code: "output/disk",
    severity: "error",
    message: `cannot use ${path}: ${words}`,
    file: path,
    suggestion: `${advice.get(code) ?? "See what the system says above."} ${consequence}`,
  };
}
