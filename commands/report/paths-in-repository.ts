// GitHub resolves the paths of annotations and of SARIF from the root of the repository, whatever folder a step ran in.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Problem } from "../../core/problem.ts";

/**
 * The folder of a project inside its Git repository, posix, with a final slash; empty at the root and outside of Git.
 * Looks for `.git` itself: `git rev-parse` refuses in a container whose user is not the owner of the checkout.
 */
export function prefixInRepository(root: string): string {
  const project = realpathSync(root);
  for (let folder = project; ; folder = dirname(folder)) {
    // A folder, or in a worktree and a submodule a file.
    if (existsSync(join(folder, ".git"))) {
      const prefix = relative(folder, project).replaceAll("\\", "/");
      return prefix === "" ? "" : `${prefix}/`;
    }
    if (dirname(folder) === folder) return "";
  }
}

/** The problems with their files as the repository names them. */
export function inRepository(root: string, problems: readonly Problem[]): readonly Problem[] {
  if (problems.every(({ file }) => file === undefined)) return problems; // the folder need not exist
  const prefix = prefixInRepository(root);
  return prefix === "" ? problems : problems.map((problem) => prefixed(prefix, problem));
}

const prefixed = (prefix: string, problem: Problem): Problem =>
  problem.file === undefined || problem.file.startsWith("/")
    ? problem
    : { ...problem, file: `${prefix}${problem.file}` };
