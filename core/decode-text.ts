// Stage 1: bytes of a file -> text, or the reason why they are not text that a person maintains.
import { isUtf8 } from "node:buffer";
import type { Position, Problem } from "./problem.ts";
import { codePointOf, controlCharacters } from "./refusals.ts";

/** A cluster file that people maintain is a few kilobytes; the YAML parser needs two seconds for the worst of this size. */
const maxFileKibibytes = 256;

/** The text without its byte-order mark; undefined where the bytes are not UTF-8. */
export const tryDecodeUtf8 = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined;

/** UTF-8 text without control characters (a byte-order mark is dropped), or the problem with it. */
export function decodeText(file: string, bytes: Uint8Array): string | Problem {
  const start: Position = { file, line: 1, column: 1 };
  if (bytes.length > maxFileKibibytes * 1024) {
    const found = Math.ceil(bytes.length / 1024);
    return unreadable(
      start,
      `expected a file of at most ${maxFileKibibytes} KiB, found ${found} KiB`,
      "Split it: one small file per cluster.",
    );
  }
  const text = tryDecodeUtf8(bytes);
  if (text === undefined) {
    return unreadable(
      { ...start, line: lineOfBadBytes(bytes) },
      "expected UTF-8 text, found other bytes",
      "Save the file as UTF-8.",
    );
  }
  // A carriage return alone ended lines on the Macs of the nineties; YAML parsers disagree on it.
  const found = new RegExp(`${controlCharacters.source}|\\r(?!\\n)`).exec(text);
  if (!found) return text;
  const linesBefore = text.slice(0, found.index).split("\n");
  return unreadable(
    { file, line: linesBefore.length, column: (linesBefore.at(-1)?.length ?? 0) + 1 },
    `expected text, found the control character ${codePointOf(found[0])}`,
    found[0] === "\r" ? "Save the file with LF as line ends." : "Remove it.",
  );
}

/** A line feed is never part of another character in UTF-8, so each line can be tried alone. */
function lineOfBadBytes(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const lineFeed = bytes.indexOf(0x0a, start);
    const end = lineFeed < 0 ? bytes.length : lineFeed + 1;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end;
  }
  return line;
}

const unreadable = (position: Position, message: string, suggestion: string): Problem => ({
  code: "config/unreadable-file",
  severity: "error",
  message,
  suggestion,
  ...position,
});
