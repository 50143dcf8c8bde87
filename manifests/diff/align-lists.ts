// Which items of two lists are the same, by a longest common subsequence: what is left is the smallest edit.

/** A run of equal items, or a gap: the items `before` were replaced by the items `after`. Indexes count from 0. */
export interface Gap {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Beyond that many comparisons what differs counts as replaced as a whole. */
const maximumCells = 4_000_000;

/** The gaps between equal items. The gaps of swapped lists are the same gaps swapped. */
export function alignLists(before: readonly string[], after: readonly string[]): readonly Gap[] {
  // Several subsequences may be longest; which one is taken must not depend on the direction.
  if (isAfter(before, after)) {
    return alignLists(after, before).map((gap) => ({ before: gap.after, after: gap.before }));
  }
  const start = countEqual(before, after);
  const end = countEqual(before.slice(start).reverse(), after.slice(start).reverse());
  return gapsBetween(commonPairs(before, after, start, end), start, before.length - end, after.length - end);
}

const isAfter = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length ? JSON.stringify(left) > JSON.stringify(right) : left.length > right.length;

function countEqual(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count]) count += 1;
  return count;
}

type Pair = readonly [before: number, after: number];

/** The longest common subsequence of what lies between `start` and `end` (counted from the end). */
function commonPairs(
  before: readonly string[],
  after: readonly string[],
  start: number,
  end: number,
): Pair[] {
  const rows = before.length - end - start;
  const columns = after.length - end - start;
  if (rows * columns > maximumCells) return [];
  // lengths[i][j]: of the subsequence of what follows the i-th and the j-th item.
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    const line = lengths[row] ?? new Uint32Array();
    for (let column = columns - 1; column >= 0; column--) {
      const isSame = before[start + row] === after[start + column];
      line[column] = isSame
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[start + row] === after[start + column]) pairs.push([start + row++, start + column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

function gapsBetween(pairs: readonly Pair[], start: number, beforeEnd: number, afterEnd: number): Gap[] {
  const gaps: Gap[] = [];
  let [left, right] = [start, start];
  for (const [nextLeft, nextRight] of [...pairs, [beforeEnd, afterEnd] as const]) {
    if (nextLeft > left || nextRight > right) {
      gaps.push({ before: range(left, nextLeft), after: range(right, nextRight) });
    }
    [left, right] = [nextLeft + 1, nextRight + 1];
  }
  return gaps;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
