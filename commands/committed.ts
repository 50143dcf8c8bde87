// What a diff compares with: the files of a Git revision, or those on disk where there is no Git.
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { diskProblem } from "../manifests/disk-problem.ts";

/** Paths are posix, relative to the project root. */
export interface CommittedFiles {
  /** A revision and its commit; undefined for the files on disk. */
  readonly revision: { readonly name: string; readonly commit: string } | undefined;
  /** All files below dist/ and argocd/, sorted. */
  readonly paths: readonly string[];
  /** Whether a file is a regular one; it may also be a symbolic link or a submodule. */
  readonly isFile: (path: string) => boolean;
  /** Whether a file has exactly these bytes, without reading it where that is known. */
  readonly isEqual: (path: string, text: string) => boolean;
  /** The contents of regular files, all at once; or why they cannot be had. */
  readonly read: (paths: readonly string[]) => ReadonlyMap<string, Uint8Array> | Problem;
}

export const outputFolders = ["argocd", "dist"] as const;

/** The files on disk, for a project that is in no Git repository, or in one without a commit. */
export function filesOnDisk(root: string): CommittedFiles | Problem {
  const files = new Map<string, Buffer | undefined>();
  try {
    for (const folder of outputFolders) {
      if (lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) visit(folder);
    }
  } catch (error) {
    return diskProblem(error, "dist/ or argocd/", "Nothing was compared.");
  }
  return {
    revision: undefined,
    paths: [...files.keys()].sort(),
    isFile: (path) => files.get(path) !== undefined,
    isEqual: (path, text) => files.get(path)?.equals(Buffer.from(text)) === true,
    read: (paths) => new Map(paths.map((path) => [path, files.get(path) ?? Buffer.alloc(0)])),
  };

  function visit(folder: string): void {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else files.set(path, entry.isFile() ? readFileSync(join(root, path)) : undefined);
    }
  }
}
