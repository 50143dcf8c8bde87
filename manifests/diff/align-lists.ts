import { diffArrays } from "diff";

/** What stands between equal items: the items `before` were replaced by the items `after`. Indexes count from 0. */
export interface Gap {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The time grows with the square of the edits: lists with more of them than these count as replaced as a whole. */
const maxEditLength = 2000;

/** The gaps between equal items, by a smallest edit. The gaps of swapped lists are the same gaps swapped. */
export function alignLists(before: readonly string[], after: readonly string[]): readonly Gap[] {
  // Several edits may be smallest; which one is taken must not depend on the direction.
  if (JSON.stringify(before) > JSON.stringify(after)) {
    return alignLists(after, before).map((gap) => ({ before: gap.after, after: gap.before }));
  }
  const runs = diffArrays([...before], [...after], { maxEditLength });
  if (runs === undefined) return [{ before: [...before.keys()], after: [...after.keys()] }];
  const gaps: { before: number[]; after: number[] }[] = [];
  let gap: (typeof gaps)[number] | undefined;
  let [left, right] = [0, 0];
  for (const { added, removed, count } of runs) {
    if (!added && !removed) {
      [left, right, gap] = [left + count, right + count, undefined];
      continue;
    }
    if (gap === undefined) {
      gap = { before: [], after: [] };
      gaps.push(gap);
    }
    for (let index = 0; index < count; index++) {
      if (removed) gap.before.push(left++);
      else gap.after.push(right++);
    }
  }
  return gaps;
}
