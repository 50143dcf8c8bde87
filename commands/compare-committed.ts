// Rendered scopes against committed files: which differ, and what is in those.
import { groupBy } from "../core/group-by.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { hasGeneratedHeader } from "../manifests/compare-file.ts";
import type { FileVersions, OutputVersions } from "../manifests/diff/diff-output.ts";
import { contentHash, isSafeSegment, serialiseInventory, sharedScope } from "../manifests/inventory.ts";
import type { RenderedFile } from "../manifests/render.ts";
import { validateObjects } from "../manifests/validate-objects.ts";
import type { CommittedFiles } from "./committed.ts";
import type { Project } from "./load-project.ts";
import { namelessFolderProblem, renderProject } from "./plan-output.ts";

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
  for (const { scope, files, configs, elsewhere, partial = false, writtenBy } of renderProject(
    disk,
    project,
  )) {
    problems.push(...validateObjects(files, configs, elsewhere));
    const desired = new Map<string, Candidate["after"]>(files.map((file) => [file.path, file]));
    // What it lists depends on the clusters that this run is not about.
    if (!partial) desired.set(scope.inventoryPath, inventoryFile(files, writtenBy));
    const present = (byFolder.get(scope.folder) ?? []).filter((path) => !partial || desired.has(path));
    const differing = findDiffering(desired, present, committed);
    candidates.push(...differing);
    // All clusters of `argocd/` at once: the root Applications say who syncs what.
    if (differing.length === 0 && scope.folder !== "argocd") continue;
    const changed = new Set(differing.map(({ path }) => path));
    equal.push(...files.filter(({ path }) => !changed.has(path)));
  }
  for (const name of project.isWhole ? otherFolders(project, byFolder) : []) {
    if (!isSafeSegment(name)) problems.push(namelessFolderProblem(name));
    else candidates.push(...findDiffering(new Map(), byFolder.get(`dist/${name}`) ?? [], committed));
  }
  const nothing = { differing: [], equal, problems };
  if (problems.some(isError)) return { ...nothing, failure: undefined };
  const contents = committed.read(candidates.filter((each) => each.isCommitted).map(({ path }) => path));
  if (!(contents instanceof Map)) return { ...nothing, failure: contents as Problem }; // one of the two
  const differing = candidates.flatMap((each) => versionsOf(each, contents, committed, problems));
  return { differing, equal, problems, failure: undefined };
}

/** By the folder of their scope; the record of `argocd/` stands in `dist/`, where other files are nobody's. */
function groupByScope(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const isOfScope = (path: string) => path.split("/").length > (path.startsWith("dist/") ? 2 : 1);
  return groupBy(
    paths.filter((path) => isOfScope(path) || path === sharedScope.inventoryPath),
    (path) => {
      const [top, cluster] = path.split("/");
      return top === "dist" && path !== sharedScope.inventoryPath ? `dist/${cluster}` : sharedScope.folder;
    },
  );
}

/** Names of folders in `dist/` that no cluster's configuration asks for. */
function otherFolders({ allNames }: Project, byFolder: ReadonlyMap<string, unknown>): readonly string[] {
  const folders = [...byFolder.keys()].filter((folder) => folder.startsWith("dist/"));
  const known = new Set(allNames);
  return folders.map((folder) => folder.slice("dist/".length)).filter((name) => !known.has(name));
}

const inventoryFile = (files: readonly RenderedFile[], writtenBy: string | undefined) => ({
  text: serialiseInventory(new Map(files.map(({ path, text }) => [path, contentHash(text)])), writtenBy),
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
