// Stage 1: the grammars of annotation values, as small functions that say what they expected.
import { formatPath } from "../core/format-value.ts";

/** What is expected instead of this value, completing "expected …"; undefined where the value fits. */
export type Grammar = (value: string) => string | undefined;

export const matching =
  (expected: string, regex: RegExp): Grammar =>
  (value) =>
    regex.test(value) ? undefined : expected;

export const oneOf =
  (...words: readonly string[]): Grammar =>
  (value) =>
    words.includes(value) ? undefined : `one of ${words.join(", ")}`;

/** As Go's strconv.ParseInt reads it: decimal digits, perhaps with a sign or leading zeros. */
export const wholeNumber =
  (lowest: number, highest: number): Grammar =>
  (value) =>
    /^\+?\d{1,9}$/.test(value) && Number(value) >= lowest && Number(value) <= highest
      ? undefined
      : `a whole number from ${lowest} to ${highest}`;

export const bool = matching("true or false", /^(?:true|false)$/);

/** As Go's strconv.ParseBool reads it. */
export const goBool = matching("true or false", /^(?:[tTfF01]|true|True|TRUE|false|False|FALSE)$/);

/** The same value as people spell it. */
export const canonicalBool = (value: string): string => String(/^[tT1]/.test(value));

export const text = matching("text on one line", /^.+$/);

/** As the controller splits a list: blanks and line breaks around an item do not count, nor do empty items. */
export const itemsOf = (value: string): readonly string[] =>
  value
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

export const listOf =
  (what: string, item: Pick<RegExp, "test">): Grammar =>
  (value) => {
    const items = itemsOf(value);
    return items.length > 0 && items.every((each) => item.test(each)) ? undefined : what;
  };

/** A list of at least `fewest` items, each of them once. */
export const listOfDifferent =
  (what: string, item: RegExp, fewest: number): Grammar =>
  (value) => {
    const items = itemsOf(value);
    const isEnough = items.length >= fewest && new Set(items).size === items.length;
    return isEnough ? listOf(what, item)(value) : what;
  };

/** `key=value,key=value`, split as a list is. `\,` is a comma inside a value; the controller drops any other backslash. */
export const pairsOf = (value: string): readonly string[] =>
  value
    .split(/(?<!\\),/)
    .map((each) => each.trim())
    .filter((each) => each !== "");

export interface PairRules {
  /** What is wrong with one of them, completing "expected …". */
  readonly each?: (key: string, value: string) => string | undefined;
  /** What they demand of each other. */
  readonly together?: (values: Readonly<Record<string, string>>) => string | undefined;
}

/** The value takes every further character as it comes: a pattern that also splits at the commas tries each of them in two ways. */
const pairShape = /^[^=,\s]+=[^\r\n]*$/;

export const pairs =
  ({ each, together }: PairRules = {}): Grammar =>
  (value) => {
    const found = pairsOf(value);
    if (found.length === 0 || !found.every((pair) => pairShape.test(pair)))
      return "key=value pairs separated by commas";
    if (found.some((pair) => /\\(?!,)/.test(pair)))
      return "a backslash in front of a comma only (the controller drops any other)";
    const values = new Map<string, string>();
    for (const pair of found) {
      const split = pair.indexOf("=");
      const [key, text] = [pair.slice(0, split), pair.slice(split + 1).replaceAll("\\,", ",")];
      if (values.has(key))
        return `each name once, not ${formatPath([key])} again (the controller would take the last)`;
      values.set(key, text);
      const complaint = each?.(key, text);
      if (complaint !== undefined) return complaint;
    }
    return together?.(Object.fromEntries(values));
  };

const parsed = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON list whose items all pass; `judge` completes "expected …". */
export const jsonList =
  (what: string, judge: (item: Readonly<Record<string, unknown>>) => string | undefined): Grammar =>
  (value) => {
    const items = parsed(value);
    if (!Array.isArray(items) || items.length === 0) return what;
    for (const item of items) {
      const complaint = isObject(item) ? judge(item) : what;
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };

export const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535;
