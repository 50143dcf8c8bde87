// Stage 4, pure: desired files and what is on disk -> what to write, what to remove, what to leave alone and name.
// `synth` applies the plan, `check` demands that it is empty, `--dry-run` prints it.

import { tryFindConflict } from "../core/conflict-marker.ts";
import { isError, type Problem } from "../core/problem.ts";
import {
  type ExistingEntries,
  type ExistingEntry,
  foldersAbove,
  isGenerated,
  tryFindObstacle,
  tryFindWriteReason,
  type WriteReason,
} from "./compare-file.ts";
import { type FirstDifference, tryFindFirstDifference } from "./first-difference.ts";
import {
  contentHash,
  generatedHeader,
  type Inventory,
  isRecorded,
  ownsPath,
  type Scope,
  serialiseInventory,
} from "./inventory.ts";
import { type DoomedFile, findLosses, type IdentitiesOf, type Loss } from "./removal-guard.ts";

/** A file of the output. `identities` are those of its objects, `group/Kind/namespace/name`, core group empty. */
export interface DesiredFile {
  /** Posix, relative to the project root, for example `dist/demo/gateway/gateway.yaml`. */
  readonly path: string;
  readonly text: string;
  readonly identities: readonly string[];
}

/** What a scope shall hold after the run. Without any file the scope goes as a whole, its inventory included. */
export interface DesiredScope {
  readonly scope: Scope;
  readonly files: readonly DesiredFile[];
  /** The run covers part of the scope only: recorded files that are not among `files` stay, and stay recorded. */
  readonly partial?: boolean;
  /** Version of this meshfront, where the inventory of the scope says which one wrote the tree. */
  readonly writtenBy?: string;
}

/** What `readScope` found on disk. Paths are relative to the project root, symlinks were not followed. */
export interface ExistingScope {
  /** Undefined if there is none: a first run, or an interrupted one. */
  readonly inventory:
    | { readonly files: Inventory; readonly bytes: Uint8Array; readonly writtenBy?: string | undefined }
    | undefined;
  /** The scope's folder and everything in it, but for the inventory and `leftovers`. */
  readonly entries: ExistingEntries;
  /** Temporary files of an interrupted run. */
  readonly leftovers: readonly string[];
  readonly problems: readonly Problem[];
}

export interface PlannedWrite {
  readonly path: string;
  readonly text: string;
  readonly reason: WriteReason;
  /** Where what is on disk departs from `text`; undefined where nothing is there. */
  readonly firstDifference?: FirstDifference;
}

export type InventoryChange =
  | { readonly kind: "none" | "remove" }
  | { readonly kind: "write"; readonly text: string };

/** What a run does to one scope. Nothing may be applied while `problems` has an error. */
export interface ScopePlan {
  readonly scope: Scope;
  /** Sorted by path, like every list here. */
  readonly writes: readonly PlannedWrite[];
  /** How many desired files are there already, byte for byte. */
  readonly unchanged: number;
  readonly removals: readonly string[];
  readonly inventory: InventoryChange;
  /** Version of the meshfront that wrote what is there, where the scope's inventory says so. */
  readonly writtenBy?: string | undefined;
  /** What needs a person's word first (`--allow-removal`). */
  readonly losses: readonly Loss[];
  readonly leftovers: readonly string[];
  /** Errors, and warnings that name what is in the scope and not ours: that is left alone. */
  readonly problems: readonly Problem[];
}

/**
 * Decides what happens to one scope. `identitiesOf` is called for files that go or change, never for others. Throws
 * on files that no configuration may lead to (outside the scope, twice, without the header): that is a bug.
 */
export function planScope(
  desired: DesiredScope,
  existing: ExistingScope,
  identitiesOf: IdentitiesOf,
): ScopePlan {
  assertRendered(desired);
  const { scope, partial = false } = desired;
  const { entries, leftovers } = existing;
  // Without a record that can be trusted nothing below would be right, so what is wrong with it stands alone.
  if (existing.problems.some(isError)) return emptyPlan(scope, existing.problems);

  const files = desired.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const recorded: Inventory = existing.inventory?.files ?? new Map();
  const record = nextRecord(files, recorded, partial);
  const { writes, unchanged, obstacles } = planWrites(files, recorded, entries);
  const removals = findRemovals(record, recorded, entries);
  const foreign = findRemaining(entries, removals).filter(
    (path) => !record.has(path) && !obstacles.has(path) && !(partial && isGenerated(entries.get(path))),
  );
  const losses = findLosses(
    doomedFiles(writes, removals, entries),
    () => new Set(files.flatMap((file) => file.identities)),
    identitiesOf,
  );
  const losesAll = record.size === 0 && removals.length > 0;
  return {
    scope,
    writes,
    unchanged,
    removals,
    inventory: inventoryChange(record, existing, desired.writtenBy),
    writtenBy: existing.inventory?.writtenBy,
    losses: losesAll ? [{ kind: "scope", path: scope.folder }, ...losses] : losses,
    leftovers,
    problems: [
      ...existing.problems,
      ...obstacles.values(),
      ...foreign.map((path) => foreignProblem(scope, path, isGenerated(entries.get(path)))),
    ],
  };
}

/** Whether the disk is as it should be, down to what an interrupted run left. */
export const changesNothing = (plan: ScopePlan): boolean =>
  plan.inventory.kind === "none" &&
  [plan.writes, plan.removals, plan.leftovers].every(({ length }) => length === 0);

/** What the inventory lists after the run: the desired files and, in a partial run, what it listed before. */
function nextRecord(files: readonly DesiredFile[], recorded: Inventory, partial: boolean): Inventory {
  const record = new Map(
    partial ? [...recorded].map(([path, hashes]) => [path, hashes.split(" ")[0] ?? ""]) : [],
  );
  for (const { path, text } of files) record.set(path, contentHash(text));
  return record;
}

/** The files to write; and what is in the way of others, by the path of the obstacle, once each. */
function planWrites(files: readonly DesiredFile[], recorded: Inventory, entries: ExistingEntries) {
  const writes: PlannedWrite[] = [];
  const obstacles = new Map<string, Problem>();
  let unchanged = 0;
  for (const { path, text } of files) {
    const obstacle = tryFindObstacle(path, entries, recorded.has(path));
    const found = entries.get(path);
    const reason = tryFindWriteReason(text, found, recorded.get(path));
    if (obstacle !== undefined) obstacles.set(obstacle.path, obstacle.problem);
    else if (reason !== undefined) writes.push({ path, text, reason, ...compareLines(text, found) });
    else unchanged += 1;
  }
  return { writes, unchanged, obstacles };
}

function compareLines(text: string, found: ExistingEntry | undefined): Pick<PlannedWrite, "firstDifference"> {
  if (found?.kind !== "file") return {};
  const firstDifference = tryFindFirstDifference(text, Buffer.from(found.bytes).toString());
  return firstDifference === undefined ? {} : { firstDifference };
}

/** Recorded files that are not wanted any more. One that a person has replaced altogether is theirs now. */
function findRemovals(record: Inventory, recorded: Inventory, entries: ExistingEntries): readonly string[] {
  const isOurs = (path: string, hash: string): boolean => {
    const entry = entries.get(path);
    if (entry?.kind !== "file") return false;
    // A merge may have put its marker where the header was.
    const text = Buffer.from(entry.bytes).toString("latin1");
    return (
      isGenerated(entry) || isRecorded(hash, contentHash(entry.bytes)) || tryFindConflict(text) !== undefined
    );
  };
  return [...recorded]
    .filter(([path, hash]) => !record.has(path) && isOurs(path, hash))
    .map(([path]) => path)
    .sort();
}

/** What is on disk in the scope and stays there, folders aside. */
function findRemaining(entries: ExistingEntries, removals: readonly string[]): readonly string[] {
  const going = new Set(removals);
  return [...entries]
    .filter(([path, { kind }]) => kind !== "folder" && !going.has(path))
    .map(([path]) => path)
    .sort();
}

/** An inventory that lists nothing would make an empty folder look like a cluster: it goes instead. */
function inventoryChange(
  record: Inventory,
  { inventory }: ExistingScope,
  writtenBy: string | undefined,
): InventoryChange {
  if (record.size === 0) return { kind: inventory === undefined ? "none" : "remove" };
  const text = serialiseInventory(record, writtenBy);
  const isSame = inventory !== undefined && Buffer.from(text).equals(inventory.bytes);
  return isSame ? { kind: "none" } : { kind: "write", text };
}

function doomedFiles(
  writes: readonly PlannedWrite[],
  removals: readonly string[],
  entries: ExistingEntries,
): readonly DoomedFile[] {
  const doom = (path: string, fate: DoomedFile["fate"]): readonly DoomedFile[] => {
    const entry = entries.get(path);
    return entry?.kind === "file" ? [{ path, bytes: entry.bytes, fate }] : [];
  };
  return [
    ...removals.flatMap((path) => doom(path, "removed")),
    ...writes.flatMap(({ path, reason }) => (reason === "line-endings" ? [] : doom(path, "overwritten"))),
  ];
}

function foreignProblem(scope: Scope, path: string, generated: boolean): Problem {
  if (generated) {
    return {
      code: "output/unrecorded-file",
      severity: "warning",
      file: path,
      message: `generated by meshfront, but no configuration asks for it and ${scope.inventoryPath} does not record it: an interrupted run or a merge left it here`,
      suggestion: "Delete it: Argo CD applies what it holds for as long as it is in Git.",
    };
  }
  const consequence = isReadByArgocd(path)
    ? "; Argo CD applies what it holds where it syncs this folder"
    : "";
  return {
    code: "output/foreign-file",
    severity: "warning",
    file: path,
    message: `expected only generated files in ${scope.folder}/, found one that meshfront did not write; it is left alone${consequence}`,
    suggestion: "Move it out of this folder, or delete it.",
  };
}

/** Endings that Argo CD takes for manifests (reposerver/repository/repository.go:1965, v3.5.1). */
const isReadByArgocd = (path: string): boolean => /\.(?:yaml|yml|json|jsonnet)$/.test(path);

function emptyPlan(scope: Scope, problems: readonly Problem[]): ScopePlan {
  return {
    scope,
    writes: [],
    unchanged: 0,
    removals: [],
    inventory: { kind: "none" },
    losses: [],
    leftovers: [],
    problems,
  };
}

function assertRendered({ scope, files }: DesiredScope): void {
  const paths = new Set(files.map((file) => file.path));
  const folders = foldersAbove(paths);
  const isWrong = ({ path, text }: DesiredFile): boolean =>
    !ownsPath(scope, path) || folders.has(path) || !text.startsWith(generatedHeader);
  const wrong = files.find(isWrong)?.path;
  if (wrong !== undefined) {
    throw new Error(
      `Not a plain path under ${scope.folder}/ to a text with our header: ${JSON.stringify(wrong)}`,
    );
  }
  if (paths.size < files.length) throw new Error(`Two rendered files in ${scope.folder}/ have the same path`);
}
