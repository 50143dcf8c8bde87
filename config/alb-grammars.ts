// Stage 1: the grammars of annotation values, as small functions that say what they expected.
import { show } from "../core/show.ts";

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

/** Decimal digits only, which is less than the controller's parser takes. */
export const wholeNumber =
  (lowest: number, highest: number): Grammar =>
  (value) =>
    /^\d{1,9}$/.test(value) && Number(value) >= lowest && Number(value) <= highest
      ? undefined
      : `a whole number from ${lowest} to ${highest}`;

// Go's strconv.ParseBool takes more spellings; one is enough here.
export const bool = matching("true or false", /^(?:true|false)$/);
export const text = matching("text on one line", /^.+$/);
export const list = matching("values separated by commas", /^[^\s,]+(?:, ?[^\s,]+)*$/);

const itemsOf = (value: string): readonly string[] => value.split(",").map((each) => each.trim());

export const listOf =
  (what: string, item: Pick<RegExp, "test">): Grammar =>
  (value) =>
    itemsOf(value).every((each) => item.test(each)) ? undefined : what;

/** A list of at least `fewest` items, each of them once. */
export const listOfDifferent =
  (what: string, item: RegExp, fewest: number): Grammar =>
  (value) => {
    const items = itemsOf(value);
    const isEnough = items.length >= fewest && new Set(items).size === items.length;
    return isEnough ? listOf(what, item)(value) : what;
  };

/** One of the pairs; split at the commas first, because one expression for all of them tries each comma in two ways. */
const pairShape = /^[^=,\s]+=[^\r\n]*$/;

/** `key=value,key=value`; `\,` is a comma inside a value. `judgeValue` may say more of a pair. */
export const pairs =
  (judgeValue: (key: string, value: string) => string | undefined = () => undefined): Grammar =>
  (value) => {
    const each = value.split(/(?<!\\),/);
    if (!each.every((pair) => pairShape.test(pair))) return "key=value pairs separated by commas";
    for (const pair of each) {
      const split = pair.indexOf("=");
      const complaint = judgeValue(pair.slice(0, split), pair.slice(split + 1).replaceAll("\\,", ","));
      if (complaint !== undefined) return complaint;
    }
    return undefined;
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

/** A JSON object in which these keys hold text. The controller leaves it to AWS to miss one of them. */
export const jsonObject =
  (...keys: readonly string[]): Grammar =>
  (value) => {
    const object = parsed(value);
    if (!isObject(object)) return `a JSON object with ${keys.join(", ")}`;
    const missing = keys.find((key) => typeof object[key] !== "string" || object[key] === "");
    return missing === undefined ? undefined : `a JSON object with ${missing}`;
  };

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

/** For `pairs`: known keys with the grammars of their values. */
export const byKey =
  (grammars: Readonly<Record<string, Grammar>>, judgeUnknown: (key: string) => string | undefined) =>
  (key: string, value: string): string | undefined => {
    const grammar = Object.hasOwn(grammars, key) ? grammars[key] : undefined;
    if (grammar === undefined) return judgeUnknown(key);
    const expected = grammar(value);
    return expected === undefined ? undefined : `${expected} for ${key}, not ${show(value)}`;
  };
