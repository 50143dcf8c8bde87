// A string that cannot be plain: quoted, or a literal block. The choice and the bytes are those of the `yaml` package
// 2.9.1, as cdk8s calls it, except where its text does not read back (test/manifests/yaml-ambiguous.ts lists these).
import { unprintable } from "./yaml-plain.ts";

/** One line in quotes: single ones where the text holds only double quotes, as JSON in an annotation does. */
export function quoted(text: string): string {
  const single = text.includes('"') && !text.includes("'") && !text.includes("\n") && !unprintable.test(text);
  return single ? `'${text}'` : `"${escapedLines(text).join("\\n")}"`;
}

/** A literal block where it is exact, else quotes. Further lines stand at `indent` and are never folded. */
export function blockOrQuoted(text: string, indent: string): string {
  if (!text.includes("\n")) return quoted(text);
  return text.length < 1000 ? multiLine(text, indent) : longText(text, indent);
}

const multiLine = (text: string, indent: string): string =>
  isExactAsBlock(text) ? literalBlock(text, indent) : doubleQuotedLines(text, indent);

/** The hook's program stands in every door of every cluster: what was last made of a long text, by its indent. */
const lastLongTexts = new Map<string, { readonly text: string; readonly emitted: string }>();

function longText(text: string, indent: string): string {
  const last = lastLongTexts.get(indent);
  if (last?.text === text) return last.emitted;
  const emitted = multiLine(text, indent);
  lastLongTexts.set(indent, { text, emitted });
  return emitted;
}

function isExactAsBlock(text: string): boolean {
  if (unprintable.test(text)) return false;
  if (/^[\t ]+$/.test(lastLineOf(text))) return false; // it would vanish
  if (/^\n*\t/.test(text)) return false; // go-yaml: "found a tab character where an indentation space is expected"
  return /[^\n\t ]/.test(text) || !/[\t ]/.test(text); // nothing but spaces: they would pass for indentation
}

function literalBlock(text: string, indent: string): string {
  const startsWithSpace = /^\n* /.test(text); // then the reader cannot find the indentation itself
  const isComplete = text.endsWith("\n");
  const body = isComplete ? text.slice(0, -1) : text;
  const endsWithBlankLine = isComplete && /^[\t ]*$/.test(lastLineOf(body));
  const chomping = endsWithBlankLine ? "+" : isComplete ? "" : "-";
  const [first = "", ...others] = body.split("\n");
  const indented = others.map((line) => (line === "" ? "\n" : `\n${indent}${line}`)).join("");
  return `|${startsWithSpace ? "2" : ""}${chomping}\n${indent}${first}${indented}`;
}

/** All of it where there is no line break. */
const lastLineOf = (text: string): string => text.slice(text.lastIndexOf("\n") + 1);

/** The `yaml` package breaks at line breaks from this length of the JSON text on (doubleQuotedMinMultiLineLength). */
const shortestBrokenJson = 40;

/** Text with line breaks in double quotes. A break is written as two, because a single one reads as a space. */
function doubleQuotedLines(text: string, indent: string): string {
  if (JSON.stringify(text).length < shortestBrokenJson) return quoted(text);
  const lines = escapedLines(text);
  const end = lines.at(-1) === "" ? "\\n" : "";
  const body = (end ? lines.slice(0, -1) : lines)
    .map((line, index) => (index > 0 && line.startsWith(" ") ? `\\${line}` : line))
    .join("\n");
  return `"${body.replace(/\n+/g, `\n$&${indent}`)}${end}"`;
}

/** The lines of the text with escapes; a space before a line break is escaped, for a reader drops it. */
function escapedLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(escapable, escapeOf));
  return lines.map((line, index) => (index < lines.length - 1 ? line.replace(/ $/, "\\ ") : line));
}

const escapable = new RegExp(`["\\\\\\t]|${unprintable.source}`, "gu");
const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\x1b", "\\e"],
  ["\x85", "\\N"],
  ["\u2028", "\\L"],
  ["\u2029", "\\P"],
]);

function escapeOf(character: string): string {
  const hex = character.charCodeAt(0).toString(16);
  return (
    shortEscapes.get(character) ??
    (hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`)
  );
}
