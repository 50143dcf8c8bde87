// Stage 2: the lock file, clusters/<name>.lock.json: what AWS answered, committed. `lookup` writes it; `init` a first one of
// examples.
import { schemaFindings } from "../config/schema-problems.ts";
import { tryFindConflict } from "../core/conflict-marker.ts";
import { decodeText } from "../core/decode-text.ts";
import { formatPath } from "../core/format-value.ts";
import { type Path, sortedByKey } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import { sha256 } from "../core/sha256.ts";
import { parseYaml } from "../core/yaml-source.ts";
import { isExample } from "./example-lock.ts";
import { type LockFile, lockFile } from "./lock-schema.ts";

/** The text of a lock file: sorted, two blanks, final newline. The same facts give the same bytes. */
export function serialiseLock(lock: LockFile): string {
  const { formatVersion, generatedBy, account, region } = lock;
  const answers = Object.fromEntries(Object.entries(lock.answers).sort(([a], [b]) => (a < b ? -1 : 1)));
  const written = { formatVersion, generatedBy, account, region, answers, checksum: checksumOf(lock) };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/**
 * Of the values and not of the bytes: a formatter changes no fact. It stands in one line of the file, so two branches
 * that look up different things conflict there, and a merge cannot mix answers that no look-up gave together.
 */
function checksumOf(lock: LockFile): string {
  const { account, region, answers } = lock;
  const mark = isExample(lock) ? ["example"] : []; // nobody makes facts of examples with an editor
  const text = JSON.stringify([account, region, sortedByKey(answers), ...mark]);
  return `sha256-${sha256(text)}`;
}

/** Parses a lock file, or says what is wrong with it and how to get a good one. */
export function parseLock(file: string, bytes: Uint8Array, fix: string): LockFile | readonly Problem[] {
  const parsed = parseEditedLock(file, bytes, fix);
  if (!("lock" in parsed)) return parsed;
  return parsed.isEdited ? [edited(file, bytes, fix)] : parsed.lock;
}

/** What `lookup` reads: of a file edited by hand or merged, it may still keep what AWS confirms. */
export interface EditedLock {
  readonly lock: LockFile;
  /** The checksum belongs to other answers. */
  readonly isEdited: boolean;
}

export function parseEditedLock(
  file: string,
  bytes: Uint8Array,
  fix: string,
): EditedLock | readonly Problem[] {
  const text = decodeText(file, bytes);
  if (typeof text !== "string") return [text];
  const conflict = tryFindConflict(text);
  if (conflict !== undefined) {
    return [
      {
        code: "facts/merge-conflict",
        severity: "error",
        message: "expected JSON, found the markers of a merge conflict",
        suggestion: `Take either side of the file and run \`${fix}\`.`,
        file,
        line: conflict,
        column: 1,
      },
    ];
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return [
      {
        ...malformed(file, "expected JSON, found a mistake in its syntax", fix),
        ...placeOfMistake(message, text, file, bytes),
      },
    ];
  }
  const parsed = lockFile.safeParse(data);
  if (parsed.success) {
    // Of a repeated key JSON.parse keeps the last, and zod drops `__proto__`: a reviewer would read what nobody uses.
    if (countWrittenKeys(text) !== countKeys(parsed.data)) return [lostKey(file, bytes, fix)];
    const { checksum, ...lock } = parsed.data;
    return { lock, isEdited: checksum !== checksumOf(lock) };
  }
  const { locate } = positionsOf(file, bytes);
  return schemaFindings(lockFile, data, parsed.error.issues).map(({ path, message }) => ({
    ...malformed(file, message, fix),
    ...locate(path),
    path: formatPath(path),
  }));
}

/** In JSON that parses: each text with a colon behind it. */
const countWrittenKeys = (json: string): number =>
  Array.from(json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g), ([, colon]) => colon).filter(Boolean).length;

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const items = Object.values(value);
  return items.reduce((sum, item) => sum + countKeys(item), Array.isArray(value) ? 0 : items.length);
}

function lostKey(file: string, bytes: Uint8Array, fix: string): Problem {
  const source = parseYaml(file, bytes);
  const [found] = "locate" in source ? source.problems : source;
  const message = found?.message ?? "expected each key once, found one that is lost";
  return { ...malformed(file, message, fix), line: found?.line ?? 1, column: found?.column ?? 1 };
}

/** Some of Node's messages tell the offset; where they do not, what is no JSON is mostly no YAML either. */
function placeOfMistake(
  message: string,
  text: string,
  file: string,
  bytes: Uint8Array,
): Pick<Problem, "line" | "column"> {
  const [, offset] = /at position (\d+)/.exec(message) ?? [];
  if (offset !== undefined) {
    const linesBefore = text.slice(0, Number(offset)).split("\n");
    return { line: linesBefore.length, column: (linesBefore.at(-1)?.length ?? 0) + 1 };
  }
  const source = parseYaml(file, bytes);
  const [problem] = "locate" in source ? [] : source;
  return { line: problem?.line ?? 1, column: problem?.column ?? 1 };
}

const malformed = (file: string, message: string, fix: string): Problem => ({
  code: "facts/malformed",
  severity: "error",
  message,
  suggestion: `The file is written by meshfront and not by hand: restore it from Git, or delete it and run \`${fix}\`.`,
  file,
});

const edited = (file: string, bytes: Uint8Array, fix: string): Problem => ({
  code: "facts/edited",
  severity: "error",
  message:
    "expected the answers that `lookup` wrote, found others: they do not belong to the checksum below them (an edit by hand, or a merge of two branches)",
  suggestion: `Run \`${fix}\`: it asks AWS again and keeps what is still right. Or restore the file from Git.`,
  file,
  ...positionsOf(file, bytes).locate(["checksum"]),
});

/** JSON is YAML, and the YAML parser knows positions. */
function positionsOf(file: string, bytes: Uint8Array): { readonly locate: (path: Path) => object } {
  const source = parseYaml(file, bytes);
  return "locate" in source ? { locate: (path) => source.locate(path) } : { locate: () => ({}) };
}
