// Stage 1: bytes of a file -> text, or the reason why they are not text that a person maintains.
import type { Position, Problem } from "./problem.ts";

/** A cluster file that people maintain is a few kilobytes; the YAML parser needs seconds for several megabytes. */
export const maxFileBytes = 1024 * 1024;

/** UTF-8 text without control characters (a byte-order mark is dropped), or the problem with it. */
export function decodeText(file: string, bytes: Uint8Array): string | Problem {
  const start: Position = { file, line: 1, column: 1 };
  if (bytes.length > maxFileBytes) {
    const size = (bytes.length / maxFileBytes).toFixed(1);
    return unreadable(
      start,
      `expected a file of at most 1 MiB, found ${size} MiB`,
      "Split it: one small file per cluster.",
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return unreadable(start, "expected UTF-8 text, found other bytes", "Save the file as UTF-8.");
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(text);
  if (!control) return text;
  const linesBefore = text.slice(0, control.index).split("\n");
  const codePoint = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return unreadable(
    { file, line: linesBefore.length, column: (linesBefore.at(-1)?.length ?? 0) + 1 },
    `expected text, found the control character U+${codePoint}`,
    "Remove it.",
  );
}

const unreadable = (position: Position, message: string, suggestion: string): Problem => ({
  code: "config/unreadable-file",
  severity: "error",
  message,
  suggestion,
  ...position,
});
