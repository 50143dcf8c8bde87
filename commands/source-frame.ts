// The line of a file that a problem is about, with a mark under the place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visible } from "../core/format-value.ts";
import type { Problem } from "../core/problem.ts";

/** Of a longer line the part around the place is shown. */
const longest = 100;

/** Lines of the files below `root`, which are read when they are asked for, once. */
export function sourceFrames(root: string): (problem: Problem) => readonly string[] {
  const files = new Map<string, readonly string[]>();
  return ({ file, line, column }) => {
    if (file === undefined || line === undefined) return [];
    const lines = files.get(file) ?? readLines(join(root, file));
    files.set(file, lines);
    return frameOf(lines[line - 1], line, column);
  };
}

/** A problem is told without its line where that cannot be read. */
function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** `12 |   port: http` and the mark below it; nothing for a line that may hold a credential. */
export function frameOf(text: string | undefined, line: number, column = 1): readonly string[] {
  if (text === undefined || text.trim() === "" || mayHoldCredential(text)) return [];
  // Each character keeps its column: a tab is one, as in the place that the problem names.
  const shown = Array.from(text.trimEnd(), (character) => (character === "\t" ? " " : visible(character)));
  const start = Math.max(0, column - 1 - longest / 2);
  const part = shown.slice(start, start + longest).join("");
  const before = shown.slice(start, column - 1).join("").length;
  const width = tokenAt(text.slice(column - 1)).length;
  const gutter = " ".repeat(String(line).length);
  const [left, right] = [start > 0 ? "…" : "", start + longest < shown.length ? "…" : ""];
  const mark = " ".repeat(left.length + before) + "^".repeat(Math.max(1, Math.min(width, longest - before)));
  return [`  ${line} | ${left}${part}${right}`, `  ${gutter} | ${mark}`];
}

/** A quoted text or a word. */
const tokenAt = (text: string): string =>
  /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,:[\]{}#]+(?::(?!\s|$)[^\s,:[\]{}]+)*)/.exec(text)?.[0] ?? "";

/** As `redact` (core/format-value.ts) sees it: what stands in front of an @, the query of a URL, a password without its @. */
const mayHoldCredential = (line: string): boolean =>
  /@(?!sha256:)|:\/\/\S*\?|:\/\/[^\s/]*:(?!\d+(?:[/"'\s]|$))/.test(line);
