// A project in a Git repository, as its users have it.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeProject } from "../manifests/output-tree.ts";

/** Nobody's settings, and an author that is nobody. */
const environment = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

/** What Git printed; throws where it fails. */
export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd: folder, env: environment, encoding: "utf8", stdio: "pipe" });

/** Whether Git did it; a merge with conflicts did not. */
export function tryGit(folder: string, ...args: readonly string[]): boolean {
  try {
    git(folder, ...args);
    return true;
  } catch {
    return false;
  }
}

/** A new repository on branch main with all that is in `source` in its `folder`, in one commit. */
export function repositoryOf(source: string, folder = "."): string {
  const root = makeProject();
  cpSync(source, join(root, folder), { recursive: true });
  initialise(root);
  commitAll(root);
  return root;
}

/** Without the samples of hooks that Git puts into a new repository. */
export function initialise(root: string, ...options: readonly string[]): void {
  git(root, "init", "--quiet", "--initial-branch=main", "--template=", ...options);
}

export function commitAll(root: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message=test");
}

/** Changes the text of a file; throws where that changes nothing. */
export function edit(root: string, path: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(root, path), "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(join(root, path), after);
}
