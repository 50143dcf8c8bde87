// Stage 4, pure: one desired file against what is on disk at its path, and what is in its way.

import { tryFindConflict } from "../core/conflict-marker.ts";
import type { Problem } from "../core/problem.ts";
import type { EntryKind } from "../core/read-disk.ts";
import { contentHash, generatedHeader, isRecorded } from "./inventory.ts";

export type ExistingEntry =
  /** `bytes`: all of a file that is desired or recorded, of any other at least enough to see its header. */
  { readonly kind: "file"; readonly bytes: Uint8Array } | { readonly kind: "folder" | "symlink" | "other" };

/** What is on disk, by path relative to the project root. */
export type ExistingEntries = ReadonlyMap<string, ExistingEntry>;

/**
 * Why a file is written: `new` was never recorded and is not there; `changed` is as an earlier run wrote it; `edited`
 * and `missing` were altered or deleted since; `edited-and-changed` was altered and would be written otherwise now;
 * `merge-conflict` holds the markers of one; `line-endings` has CRLF for LF and is the same otherwise (Git's autocrlf).
 */
export type WriteReason =
  | "new"
  | "changed"
  | "edited"
  | "edited-and-changed"
  | "missing"
  | "merge-conflict"
  | "line-endings";

/** Why a file has to be written, or undefined if its bytes are there already. `recordedHash`: the inventory's. */
export function tryFindWriteReason(
  text: string,
  found: ExistingEntry | undefined,
  recordedHash: string | undefined,
): WriteReason | undefined {
  if (found?.kind !== "file") return recordedHash === undefined ? "new" : "missing";
  const desired = Buffer.from(text);
  if (desired.equals(found.bytes)) return undefined;
  const unixBytes = withUnixLineEndings(found.bytes);
  if (desired.equals(unixBytes)) return "line-endings";
  // Generated text holds no marker at the margin: what a program in it may print is indented.
  if (tryFindConflict(Buffer.from(found.bytes).toString("latin1")) !== undefined) return "merge-conflict";
  // Not recorded but with our header: an interrupted run wrote it before it could write the inventory.
  if (recordedHash === undefined) return "changed";
  if ([found.bytes, unixBytes].some((bytes) => isRecorded(recordedHash, contentHash(bytes))))
    return "changed";
  return isRecorded(recordedHash, contentHash(desired)) ? "edited" : "edited-and-changed";
}

/** Whether a file carries the header of generated files, so that nobody expects it to keep what they write in it. */
export const isGenerated = (entry: ExistingEntry | undefined): boolean =>
  entry?.kind === "file" && hasGeneratedHeader(entry.bytes);

export const hasGeneratedHeader = (bytes: Uint8Array): boolean =>
  headerBytes.equals(bytes.subarray(0, headerBytes.length));

/** What keeps a file from being written without destroying something that is not ours; `path` says where. */
export function tryFindObstacle(
  path: string,
  entries: ExistingEntries,
  isRecorded: boolean,
): { readonly path: string; readonly problem: Problem } | undefined {
  const entry = entries.get(path);
  if (entry !== undefined && entry.kind !== "file") {
    return obstacle(path, `expected a file to write, found ${kindNames[entry.kind]}`);
  }
  // An empty file has nothing to lose; a power cut during a first run leaves such.
  const isOurs = isRecorded || isGenerated(entry) || entry?.bytes.length === 0;
  if (entry !== undefined && !isOurs) {
    return obstacle(path, "expected no file or a generated one, found a file that meshfront did not write");
  }
  for (const folder of ancestorsOf(path)) {
    const kind = entries.get(folder)?.kind;
    if (kind !== undefined && kind !== "folder") {
      return obstacle(folder, `expected a folder, found ${kindNames[kind]}`);
    }
  }
  return undefined;
}

/** The folders a path lies in, deepest first, without the project root. */
export function ancestorsOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    folders.push(path.slice(0, end));
  }
  return folders;
}

/** All folders that any of the paths lies in. */
export function foldersAbove(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

export const kindNames: Readonly<Record<EntryKind, string>> = {
  file: "a file",
  folder: "a folder",
  symlink: "a symbolic link",
  other: "something that is neither a file nor a folder",
};

const headerBytes = Buffer.from(generatedHeader);

function obstacle(path: string, message: string) {
  const suggestion = "Move it away or remove it, then run meshfront synth again. Nothing was written.";
  const problem: Problem = { code: "output/blocked", severity: "error", message, file: path, suggestion };
  return { path, problem };
}

function withUnixLineEndings(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0x0d)) return bytes;
  // latin1 maps every byte to one character and back, so this holds for files that are not UTF-8 too.
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
