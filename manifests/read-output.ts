// Stage 4, input: what is on disk where the output goes. Reads only, follows no symlink, opens nothing that is not a
// regular file.

import type { Problem } from "../core/problem.ts";
import type { EntryKind, FolderEntry, ReadFileSystem } from "../core/read-disk.ts";
import { ancestorsOf, type ExistingEntry, kindNames } from "./compare-file.ts";
import { diskProblem } from "./disk-problem.ts";
import { clusterScope, generatedHeader, isSafeSegment, parseInventory, type Scope } from "./inventory.ts";
import type { DesiredScope, ExistingScope } from "./plan.ts";

// Ends so that Argo CD does not read it: it takes `^.*\.(yaml|yml|json|jsonnet)$`
// (reposerver/repository/repository.go:1965, v3.5.1).
const temporaryName = /^\.[0-9a-z]+-\d+\.meshfront-tmp$/;

/** Whether it is a name that `applyPlans` gives to a file that is not complete yet. */
export const isTemporaryName = (name: string): boolean => name.startsWith(".") && temporaryName.test(name);

/** Reads what `planScope` needs to know about a scope: its inventory, and all that is in its folder. */
export function readScope(fs: ReadFileSystem, root: string, desired: DesiredScope): ExistingScope {
  const { scope, files, partial = false } = desired;
  const disk: Disk = { fs, root, problems: [] };
  const inventoryFolder = ancestorsOf(scope.inventoryPath)[0] ?? "";
  const entries = new Map<string, ExistingEntry>();
  const leftovers: string[] = [];
  const folders = new Set([scope.folder, inventoryFolder]);
  if (![...folders].every((folder) => isUsableFolder(disk, folder))) {
    return { inventory: undefined, entries, leftovers, problems: disk.problems };
  }

  const inventory = tryReadInventory(disk, scope);
  // Of a file that is neither desired nor recorded only the header matters, and it may be of any size.
  const wholePaths = new Set(files.map((file) => file.path));
  if (!partial) for (const path of inventory?.files.keys() ?? []) wholePaths.add(path);
  visitFolder(disk, scope.folder, (path, kind) => {
    if (kind !== "file") entries.set(path, { kind });
    else if (isTemporaryName(path.slice(path.lastIndexOf("/") + 1))) leftovers.push(path);
    else if (path !== scope.inventoryPath) {
      entries.set(path, { kind, bytes: readBytes(disk, path, wholePaths.has(path)) });
    }
  });
  if (inventoryFolder !== scope.folder) {
    const files = (tryListFolder(disk, inventoryFolder) ?? []).filter(({ kind }) => kind === "file");
    const names = files.map(({ name }) => name).filter(isTemporaryName);
    leftovers.push(...names.map((name) => `${inventoryFolder}/${name}`));
  }
  return { inventory, entries, leftovers: leftovers.sort(), problems: disk.problems };
}

/**
 * The folders in `dist/` that no cluster's configuration asks for. `clusters`: the names of all that there are, not
 * only of those this run is about. What such a folder holds without a record is named by its plan, and stays.
 */
export function listOrphanedScopes(
  fs: ReadFileSystem,
  root: string,
  clusters: ReadonlySet<string>,
): readonly Scope[] {
  return foldersInDist(fs, root)
    .filter((name) => isSafeSegment(name) && !clusters.has(name))
    .map(clusterScope);
}

/** The folders in `dist/` with a name that no cluster can have, but for what an interrupted run left. */
export const listNamelessFolders = (fs: ReadFileSystem, root: string): readonly string[] =>
  foldersInDist(fs, root).filter((name) => !isSafeSegment(name) && !isTemporaryName(name));

function foldersInDist(fs: ReadFileSystem, root: string): readonly string[] {
  // What is wrong with `dist` itself is for `readScope` to report: every scope stands on it.
  const disk: Disk = { fs, root, problems: [] };
  if (!isUsableFolder(disk, "dist")) return [];
  return (tryListFolder(disk, "dist") ?? []).filter(({ kind }) => kind === "folder").map(({ name }) => name);
}

interface Disk {
  readonly fs: ReadFileSystem;
  readonly root: string;
  readonly problems: Problem[];
}

/**
 * Whether a folder and those above it may be entered, or are not there yet. A symlink never may, not even one that
 * stays inside the project: two scopes could then own the same file.
 */
function isUsableFolder(disk: Disk, folder: string): boolean {
  const before = disk.problems.length;
  for (const path of [folder, ...ancestorsOf(folder)].reverse()) {
    const kind = attempt(disk, path, () => disk.fs.tryFindKind(`${disk.root}/${path}`));
    if (kind === undefined) break;
    if (kind === "folder") continue;
    disk.problems.push({
      code: "output/folder",
      severity: "error",
      message: `expected a folder, found ${kindNames[kind]}`,
      file: path,
      suggestion: `Put a real folder in its place: meshfront follows no symbolic link. ${nothingWritten}`,
    });
    break;
  }
  return disk.problems.length === before;
}

function tryReadInventory(disk: Disk, scope: Scope): ExistingScope["inventory"] {
  const path = scope.inventoryPath;
  const kind = attempt(disk, path, () => disk.fs.tryFindKind(`${disk.root}/${path}`));
  if (kind === undefined) return undefined;
  if (kind !== "file") {
    disk.problems.push({
      code: "output/blocked",
      severity: "error",
      message: `expected the inventory, found ${kindNames[kind]}`,
      file: path,
      suggestion: `Move it away or remove it, then run meshfront synth again. ${nothingWritten}`,
    });
    return undefined;
  }
  const bytes = attempt(disk, path, () => disk.fs.readFile(`${disk.root}/${path}`));
  if (bytes === undefined) return undefined;
  const parsed = parseInventory(scope, new TextDecoder().decode(bytes));
  if (parsed.ok) return { files: parsed.inventory, bytes, writtenBy: parsed.writtenBy };
  disk.problems.push(parsed.problem);
  return undefined;
}

/** Visits a folder, if it is there, and everything below it. */
function visitFolder(disk: Disk, folder: string, visit: (path: string, kind: EntryKind) => void): void {
  const entries = tryListFolder(disk, folder);
  if (entries === undefined) return;
  visit(folder, "folder");
  for (const { name, kind } of entries) {
    const path = `${folder}/${name}`;
    // What is in a folder whose name is no UTF-8 cannot be asked for.
    if (kind === "folder" && name.includes("\ufffd")) visit(path, "other");
    else if (kind === "folder") visitFolder(disk, path, visit);
    else visit(path, kind);
  }
}

const tryListFolder = (disk: Disk, folder: string): readonly FolderEntry[] | undefined =>
  attempt(disk, folder, () => disk.fs.tryListFolder(`${disk.root}/${folder}`));

function readBytes({ fs, root, problems }: Disk, path: string, whole: boolean): Uint8Array {
  try {
    return whole ? fs.readFile(`${root}/${path}`) : fs.readHead(`${root}/${path}`, generatedHeader.length);
  } catch (error) {
    const problem = diskProblem(error, path, nothingWritten);
    // A file that is not ours need not be readable: it is named as foreign.
    if (whole) problems.push(problem);
    return new Uint8Array();
  }
}

/** Runs one call on the disk. If it fails, that is one more problem, and the result undefined. */
function attempt<T>(disk: Disk, path: string, call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    disk.problems.push(diskProblem(error, path, nothingWritten));
    return undefined;
  }
}

const nothingWritten = "Nothing was written.";
