// Stage 4, pure: where a file on disk first departs from what would be written, so that a reader sees what was changed.
import { quote } from "../core/format-value.ts";

export interface FirstDifference {
  /** Counted from 1, in the file on disk. */
  readonly line: number;
  /** The line that would be written, in quotes and short; `the end of the file` where there is none. */
  readonly expected: string;
  /** The line that is on disk. */
  readonly found: string;
}

/** The first line that differs, line endings aside; undefined where none does. */
export function tryFindFirstDifference(expected: string, found: string): FirstDifference | undefined {
  const expectedLines = linesOf(expected);
  const foundLines = linesOf(found);
  const length = Math.max(expectedLines.length, foundLines.length);
  for (let index = 0; index < length; index++) {
    if (expectedLines[index] === foundLines[index]) continue;
    return {
      // A line that is missing at the end stands behind the last one that is there.
      line: Math.min(index + 1, Math.max(foundLines.length, 1)),
      expected: show(expectedLines[index]),
      found: show(foundLines[index]),
    };
  }
  return undefined;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  // Behind the final newline there is no line.
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

const show = (line: string | undefined): string => (line === undefined ? "the end of the file" : quote(line));
