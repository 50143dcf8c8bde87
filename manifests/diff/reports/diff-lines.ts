import { alignLists } from "../align-lists.ts";

export interface LineDiff {
  readonly removed: number;
  readonly added: number;
  /** `- old` and `+ new`, with the number of the line in front of each run; at most as many as asked for. */
  readonly lines: readonly string[];
}

/** What differs between two texts, line by line. */
export function diffLines(before: string, after: string, maximumLines: number): LineDiff {
  const [left, right] = [before.split("\n"), after.split("\n")];
  const gaps = alignLists(left, right);
  const lines = gaps.flatMap((gap) => [
    `@ line ${(gap.after[0] ?? gap.before[0] ?? 0) + 1}`,
    ...gap.before.map((index) => `- ${left[index]}`),
    ...gap.after.map((index) => `+ ${right[index]}`),
  ]);
  const more = lines.length - maximumLines;
  return {
    removed: gaps.reduce((sum, gap) => sum + gap.before.length, 0),
    added: gaps.reduce((sum, gap) => sum + gap.after.length, 0),
    lines: more > 1 ? [...lines.slice(0, maximumLines), `… ${more} more lines`] : lines,
  };
}
