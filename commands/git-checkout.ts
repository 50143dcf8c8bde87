// What the Git checkout around a project says, from its files: read through the disk of the run, so that a clean run
// (ADR 0015) depends on them, and also where there is no `git` or it refuses another user's folder.
import { dirname, join, relative, resolve } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { ReadFileSystem } from "../core/read-disk.ts";

export interface GitRemote {
  readonly name: string;
  readonly url: string;
}

export interface GitCheckout {
  /** The folder that holds `.git`, absolute. */
  readonly top: string;
  /** The project's folder inside of it, posix, without a final slash; `.` at the top. */
  readonly prefix: string;
  /** As in `.git/config`, `origin` first. */
  readonly remotes: readonly GitRemote[];
  /** The branch that the remote calls its own, else the one that is checked out. */
  readonly branch: string | undefined;
}

/** `root`: the project's folder, absolute and without symlinks. Undefined outside of Git. */
export function tryReadCheckout(disk: ReadFileSystem, root: string): GitCheckout | undefined {
  for (let top = root; ; top = dirname(top)) {
    const folder = tryFindGitFolder(disk, top);
    if (folder !== undefined) {
      const prefix = relative(top, root).replaceAll("\\", "/");
      return { top, prefix: prefix === "" ? "." : prefix, ...readGitFolder(disk, folder) };
    }
    if (dirname(top) === top) return undefined;
  }
}

/** In a worktree and a submodule `.git` is a file that names the folder. */
function tryFindGitFolder(disk: ReadFileSystem, top: string): string | undefined {
  const dotGit = join(top, ".git");
  if (tryRead(disk, join(dotGit, "HEAD")) !== undefined) return dotGit;
  const [, target] = /^gitdir: (.+)$/m.exec(tryRead(disk, dotGit) ?? "") ?? [];
  return target === undefined ? undefined : resolve(top, target);
}

function readGitFolder(disk: ReadFileSystem, folder: string): Pick<GitCheckout, "remotes" | "branch"> {
  const commonDir = tryRead(disk, join(folder, "commondir"))?.trim() ?? ".";
  const common = resolve(folder, commonDir);
  const branchIn = (file: string, prefix: string): string | undefined => {
    const reference = tryRead(disk, file)?.trim() ?? "";
    return reference.startsWith(`ref: ${prefix}`) ? reference.slice(`ref: ${prefix}`.length) : undefined;
  };
  return {
    remotes: parseRemotes(tryRead(disk, join(common, "config")) ?? ""),
    branch:
      branchIn(join(common, "refs/remotes/origin/HEAD"), "refs/remotes/origin/") ??
      branchIn(join(folder, "HEAD"), "refs/heads/"),
  };
}

/** Of git-config's syntax what `git remote add` writes. */
function parseRemotes(config: string): readonly GitRemote[] {
  const remotes: GitRemote[] = [];
  let name: string | undefined;
  for (const line of config.split("\n")) {
    if (/^\s*\[/.test(line)) name = /^\s*\[remote "(.+)"\]/.exec(line)?.[1];
    const url = /^\s*url\s*=\s*"?([^"]+?)"?\s*$/.exec(line)?.[1];
    if (name !== undefined && url !== undefined) remotes.push({ name, url });
  }
  return remotes.sort((a, b) => Number(b.name === "origin") - Number(a.name === "origin"));
}

/**
 * Says of paths below the project (those of folders end with a slash) whether Git leaves them out of `git add`, by the
 * `.gitignore` files from the top down and `.git/info/exclude`: the last pattern that says something decides, and below
 * an ignored folder nothing can be included.
 */
export function readIgnoreRules(
  disk: ReadFileSystem,
  { top, prefix }: Pick<GitCheckout, "top" | "prefix">,
): (path: string) => boolean {
  const above = prefix === "." ? [] : prefix.split("/");
  const files = new Map<string, Ignore | undefined>();
  const rulesOf = (file: string): Ignore | undefined => {
    if (!files.has(file)) {
      const text = tryRead(disk, join(top, file));
      files.set(file, text === undefined ? undefined : ignore().add(text));
    }
    return files.get(file);
  };
  return (path) => {
    const parts = [...above, ...path.replace(/\/$/, "").split("/")];
    return parts.some((_, depth) => {
      const isFolder = depth < parts.length - 1 || path.endsWith("/");
      const sources = [
        { rules: rulesOf(".git/info/exclude"), from: 0 },
        ...parts.slice(0, depth + 1).map((_, from) => ({
          rules: rulesOf([...parts.slice(0, from), ".gitignore"].join("/")),
          from,
        })),
      ];
      const verdicts = sources.map(({ rules, from }) =>
        rules?.test(`${parts.slice(from, depth + 1).join("/")}${isFolder ? "/" : ""}`),
      );
      return verdicts.findLast((verdict) => verdict?.ignored || verdict?.unignored)?.ignored === true;
    });
  };
}

export function tryRead(disk: ReadFileSystem, path: string): string | undefined {
  try {
    return Buffer.from(disk.readFile(path)).toString();
  } catch {
    return undefined;
  }
}
