// Rendered scopes against committed files: which differ, and what is in those.
import { isError, type Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { hasGeneratedHeader } from "../manifests/compare-file.ts";
import type { FileVersions, OutputVersions } from "../manifests/diff/diff-output.ts";
import {
  clusterScope,
  contentHash,
  isSafeSegment,
  type Scope,
  serialiseInventory,
} from "../manifests/inventory.ts";
import { judgeObjects } from "../manifests/judge-objects.ts";
import type { RenderedFile } from "../manifests/render.ts";
import type { CommittedFiles } from "./committed.ts";
import type { Project } from "./load-project.ts";
import { renderProject } from "./plan-output.ts";

export interface Comparison extends OutputVersions {
  readonly problems: readonly Problem[];
  /** The committed files could not be read. */
  readonly failure: Problem | undefined;
}

interface Candidate {
  readonly path: string;
  readonly isCommitted: boolean;
  readonly after: Pick<RenderedFile, "text" | "objects"> | undefined;
}

/**
 * Renders the selected clusters and keeps those of which a file differs, byte for byte; of the others nothing stays in
 * memory, and nothing is read. A comparison of all clusters also finds those that have no file any more.
 */
export function compareCommitted(
  disk: ReadFileSystem,
  project: Project,
  committed: CommittedFiles,
): Comparison {
  const byFolder = groupByScope(committed.paths);
  const candidates: Candidate[] = [];
  const equal: RenderedFile[] = [];
  const problems: Problem[] = [];
  for (const { scope, files, configs, partial = false } of renderProject(disk, project)) {
    problems.push(...judgeObjects(files, configs));
    const desired = new Map<string, Candidate["after"]>(files.map((file) => [file.path, file]));
    // What it lists depends on the clusters that this run is not about.
    if (!partial) desired.set(scope.inventoryPath, inventoryFile(files));
    const present = (byFolder.get(scope.folder) ?? []).filter((path) => !partial || desired.has(path));
    const differing = findDiffering(desired, present, committed);
    candidates.push(...differing);
    // All clusters of `argocd/` at once: the root Applications say who syncs what.
    if (differing.length === 0 && scope.folder !== "argocd") continue;
    const changed = new Set(differing.map(({ path }) => path));
    equal.push(...files.filter(({ path }) => !changed.has(path)));
  }
  for (const scope of orphanedScopes(project, byFolder)) {
    candidates.push(...findDiffering(new Map(), byFolder.get(scope.folder) ?? [], committed));
  }
  const nothing = { differing: [], equal, problems };
  if (problems.some(isError)) return { ...nothing, failure: undefined };
  const contents = committed.read(candidates.filter((each) => each.isCommitted).map(({ path }) => path));
  if (!(contents instanceof Map)) return { ...nothing, failure: contents as Problem }; // one of the two
  const differing = candidates.flatMap((each) => versionsOf(each, contents, committed, problems));
  return { differing, equal, problems, failure: undefined };
}

/** By the folder of their scope; the record of `argocd/` stands in `dist/`. */
function groupByScope(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [top = "", cluster = "", ...rest] = path.split("/");
    const folder = top === "dist" && rest.length > 0 ? `${top}/${cluster}` : "argocd";
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [path]);
    else group.push(path);
  }
  return groups;
}

function orphanedScopes(
  { selected, allNames }: Project,
  byFolder: ReadonlyMap<string, unknown>,
): readonly Scope[] {
  if (selected.length < allNames.length) return [];
  const folders = [...byFolder.keys()].filter((folder) => folder.startsWith("dist/"));
  const names = folders.map((folder) => folder.slice("dist/".length));
  const known = new Set(allNames);
  return names.filter((name) => !known.has(name) && isSafeSegment(name)).map(clusterScope);
}

const inventoryFile = (files: readonly RenderedFile[]) => ({
  text: serialiseInventory(new Map(files.map(({ path, text }) => [path, contentHash(text)]))),
  objects: [],
});

function findDiffering(
  desired: ReadonlyMap<string, Candidate["after"]>,
  present: readonly string[],
  committed: CommittedFiles,
): readonly Candidate[] {
  const isCommitted = new Set(present);
  const wanted = [...desired].flatMap(([path, after]) =>
    after !== undefined && isCommitted.has(path) && committed.isEqual(path, after.text)
      ? []
      : [{ path, after, isCommitted: isCommitted.has(path) }],
  );
  const others = present.filter((path) => !desired.has(path));
  return [...wanted, ...others.map((path) => ({ path, after: undefined, isCommitted: true }))];
}

function versionsOf(
  { path, isCommitted, after }: Candidate,
  contents: ReadonlyMap<string, Uint8Array>,
  committed: CommittedFiles,
  problems: Problem[],
): readonly FileVersions[] {
  if (!isCommitted) return [{ path, before: undefined, after }];
  if (!committed.isFile(path)) {
    problems.push(linkProblem(path));
    return after === undefined ? [] : [{ path, before: undefined, after }];
  }
  const before = contents.get(path) ?? new Uint8Array();
  const isOurs = path.endsWith("/inventory.json") || hasGeneratedHeader(before);
  if (after === undefined && !isOurs) {
    problems.push(foreignProblem(path));
    return [];
  }
  return [{ path, before, after }];
}

const linkProblem = (path: string): Problem => ({
  code: "diff/unreadable-file",
  severity: "warning",
  message: "expected a regular file, found a symbolic link or a submodule: what it changes cannot be told",
  suggestion: "Remove it from that folder: meshfront writes regular files only.",
  file: path,
});

const foreignProblem = (path: string): Problem => ({
  code: "output/foreign-file",
  severity: "warning",
  message: "expected only generated files here, found a committed one that meshfront did not write; it stays",
  suggestion: "Move it out of this folder, or delete it.",
  file: path,
});
