// The files of a Git revision, by plumbing that reads only: no checkout, no index, no network, no configuration of hooks.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { visible } from "../core/format-value.ts";
import type { Problem } from "../core/problem.ts";
import { type CommittedFiles, filesOnDisk, outputFolders } from "./committed.ts";

/** Of one file list or one batch of contents. */
const maximumBytes = 2 ** 30;

/**
 * The output as committed in `revision` (default HEAD) of the repository that `root` is in. Without Git's word on HEAD
 * (no repository, no commit yet) the files on disk stand in; for a revision that somebody named that is a problem.
 */
export function readCommitted(root: string, revision: string | undefined): CommittedFiles | Problem {
  const name = revision ?? "HEAD";
  const found = runGit(root, ["rev-parse", "--verify", "--end-of-options", `${name}^{commit}`]);
  if (found.isOk) return filesOfCommit(root, name, found.output.toString("utf8").trim());
  const isUnborn = found.error.includes("Needed a single revision");
  const isOutside = found.error.includes("not a git repository");
  if (revision === undefined && (isUnborn || isOutside)) return filesOnDisk(root);
  if (found.isMissing) return missingGit;
  if (isOutside)
    return gitProblem(`expected a Git repository for --against ${quote(name)}, found none`, initFirst);
  if (isUnborn) return unknownRevision(root, name, "--against");
  return refusal(found.error);
}

/**
 * Paths of the project, relative to it, that differ between a revision and the files on disk: committed or not, new ones
 * and those that are gone.
 */
export function readChangedPaths(
  root: string,
  revision: string,
): { readonly paths: readonly string[] } | Problem {
  const found = runGit(root, ["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`]);
  if (found.isMissing) return missingGit;
  if (found.error.includes("not a git repository"))
    return gitProblem(
      `expected a Git repository for --affected-by ${quote(revision)}, found none`,
      "Leave --affected-by out: all clusters are looked at then.",
    );
  if (!found.isOk)
    return found.error.includes("Needed a single revision") || found.error.includes("unknown revision")
      ? unknownRevision(root, revision, "--affected-by")
      : refusal(found.error);
  const commit = found.output.toString("utf8").trim();
  const runs = [
    ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--", "."],
    ["ls-files", "-z", "--others", "--exclude-standard", "--", "."],
  ].map((args) => runGit(root, args));
  const failed = runs.find(({ isOk }) => !isOk);
  if (failed !== undefined) return refusal(failed.error);
  const paths = runs
    .flatMap(({ output }) => output.toString("utf8").split("\0"))
    .filter((path) => path !== "");
  return { paths: [...new Set(paths)] };
}

interface GitRun {
  readonly isOk: boolean;
  readonly isMissing: boolean;
  readonly output: Buffer;
  readonly error: string;
}

function runGit(root: string, args: readonly string[], input = ""): GitRun {
  // --no-replace-objects: the commit that was pushed, not what this checkout makes of it.
  const fixed = ["--no-replace-objects", "-c", "core.quotePath=false"];
  const child = spawnSync("git", [...fixed, ...args], {
    cwd: root,
    env: gitEnvironment(),
    input,
    maxBuffer: maximumBytes,
    windowsHide: true,
  });
  const code = child.error !== undefined && "code" in child.error ? String(child.error.code) : "";
  return {
    isOk: child.status === 0,
    isMissing: code === "ENOENT",
    output: child.stdout ?? Buffer.alloc(0),
    error: child.error?.message ?? child.stderr.toString("utf8"),
  };
}

function gitEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  // A Git hook that runs meshfront names its own repository and index there: the one that holds the project counts.
  for (const key of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"]) delete env[key];
  // Messages are recognised by their English words. A partial clone must not fetch what it lacks.
  return {
    ...env,
    LC_ALL: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
}

interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

function filesOfCommit(root: string, name: string, commit: string): CommittedFiles | Problem {
  // Relative to the folder it runs in, wherever in the repository that is.
  const listed = runGit(root, ["ls-tree", "-r", "-z", commit, "--", ...outputFolders]);
  if (!listed.isOk) return refusal(listed.error);
  const entries = new Map<string, TreeEntry>();
  for (const line of listed.output.toString("utf8").split("\0")) {
    const [, mode = "", id = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (path !== "") entries.set(path, { mode, id });
  }
  const isFile = (path: string): boolean => entries.get(path)?.mode.startsWith("100") === true;
  return {
    revision: { name, commit },
    paths: [...entries.keys()].sort(),
    isFile,
    isEqual: (path, text) => isFile(path) && entries.get(path)?.id === blobId(text, commit.length),
    read: (paths) => readBlobs(root, new Map(paths.map((path) => [path, entries.get(path)?.id ?? ""]))),
  };
}

/** The id that Git gives to a file's content; ids of SHA-256 repositories are longer. */
function blobId(text: string, length: number): string {
  const bytes = Buffer.from(text);
  return createHash(length === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

/** Contents by path, from one process for all. `ids`: by path. */
function readBlobs(
  root: string,
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, Uint8Array> | Problem {
  const contents = new Map<string, Uint8Array>();
  if (ids.size === 0) return contents;
  const batch = runGit(root, ["cat-file", "--batch"], [...ids.values()].map((id) => `${id}\n`).join(""));
  if (!batch.isOk) return refusal(batch.error);
  let at = 0;
  for (const [path, id] of ids) {
    const end = batch.output.indexOf("\n", at);
    const header = batch.output.subarray(at, end).toString("latin1");
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    if (end < 0 || size === undefined) return missingBlob(path, id);
    contents.set(path, batch.output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}

function unknownRevision(root: string, name: string, option: "--against" | "--affected-by"): Problem {
  const shallow = runGit(root, ["rev-parse", "--is-shallow-repository"]);
  const isShallow = shallow.output.toString("utf8").trim() === "true";
  const branch = /^origin\/(\S+)$/.exec(name)?.[1];
  const fetch =
    branch === undefined ? undefined : `git fetch --depth=1 origin ${branch}:refs/remotes/${name}`;
  return gitProblem(
    `expected ${option} to name a commit, found ${quote(name)}: this ${isShallow ? "shallow clone" : "repository"} has none of that name`,
    fetch !== undefined
      ? `Run \`${fetch}\` first.`
      : isShallow
        ? `Fetch it first: \`git fetch --depth=1 origin <branch>\`, then \`${option} FETCH_HEAD\`.`
        : "See `git branch --all` and `git tag`; `git fetch` gets what the remote has.",
  );
}

/** Unlike in other messages nothing is left out: `main@{1}` holds no credential. */
const quote = (text: string): string => visible(JSON.stringify(text));

const initFirst = "Leave --against out to compare with the files on disk.";

const missingGit: Problem = gitProblem(
  "expected the program `git` on the PATH, found none",
  "Install Git 2.24 or newer: what is committed can only be read with it.",
);

const missingBlob = (path: string, id: string): Problem =>
  gitProblem(
    `expected Git to have the content of ${quote(path)} (${id.slice(0, 12)}), found it missing`,
    "A partial clone leaves contents out: clone without --filter, or fetch them with a checkout of that revision.",
  );

/** Git's own words, on one line. */
const refusal = (words: string): Problem =>
  gitProblem(
    `expected Git to read the repository; it says ${quote(words.trim().replace(/\s+/g, " ").slice(0, 300))}`,
    words.includes("dubious ownership")
      ? "The folder belongs to another user: `git config --global --add safe.directory <folder>` allows it."
      : "Try the same with `git log -1` in this folder.",
  );

function gitProblem(message: string, suggestion: string): Problem {
  return { code: "diff/git", severity: "error", message, suggestion };
}
