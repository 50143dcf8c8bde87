// Bytes of a file -> text, or the reason why they are not text that a person maintains.
import { isUtf8 } from "node:buffer";
import type { Problem } from "./problem.ts";

/** A cluster file that people maintain is a few kilobytes; the YAML parser needs two seconds for the worst of this size. */
const maxFileKibibytes = 256;

/** The text without its byte-order mark; undefined where the bytes are not UTF-8. */
export const tryDecodeUtf8 = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined;

/** Line breaks and tabs are text; half of a surrogate pair has no UTF-8 form. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
export const controlCharacters = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]/u;

/** Half of a surrogate pair. */
export const loneSurrogate = /[\ud800-\udfff]/u;

/** `U+000B`. */
export const unicodeOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** UTF-8 text without control characters (a byte-order mark is dropped), or the problem with it. */
export function decodeText(file: string, bytes: Uint8Array): string | Problem {
  const unreadable = (textBefore: string, message: string, suggestion: string): Problem => {
    const lines = textBefore.split("\n");
    const column = (lines.at(-1)?.length ?? 0) + 1;
    const place = { file, line: lines.length, column };
    return { code: "config/unreadable-file", severity: "error", message, suggestion, ...place };
  };
  const kibibytes = Math.ceil(bytes.length / 1024);
  if (kibibytes > maxFileKibibytes) {
    const message = `expected a file of at most ${maxFileKibibytes} KiB, found ${kibibytes} KiB`;
    return unreadable("", message, "Split it: one small file per cluster.");
  }
  const text = tryDecodeUtf8(bytes);
  if (text === undefined) {
    const [textBefore = ""] = new TextDecoder().decode(bytes).split("\ufffd", 1);
    return unreadable(textBefore, "expected UTF-8 text, found other bytes", "Save the file as UTF-8.");
  }
  // A carriage return alone ended lines on the Macs of the nineties; YAML parsers disagree on it.
  const found = new RegExp(`${controlCharacters.source}|\\r(?!\\n)`, "u").exec(text);
  if (found === null) return text;
  const advice = found[0] === "\r" ? "Save the file with LF as line ends." : "Remove it.";
  const message = `expected text, found the control character ${unicodeOf(found[0])}`;
  return unreadable(text.slice(0, found.index), message, advice);
}
