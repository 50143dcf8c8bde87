// One field that differs as lines of text: `+ came`, `- went`, `~ changed`.
import { isJsonArray, isJsonObject, type JsonValue } from "../../../core/json.ts";
import { visible } from "../../../core/show.ts";
import { indexPath, keyPath } from "../field-path.ts";
import type { FieldChange, FileDiff } from "../output-diff.ts";
import { diffLines } from "./diff-lines.ts";

const longestValue = 160;
const longestLineDiff = 12;
/** How much of what is equal stands before the first difference of two long values. */
const lead = 40;

export function changeLines(change: FieldChange): readonly string[] {
  const { path, before, after, items } = change;
  if (before === undefined) return after === undefined ? [] : leafLines("+", path, after);
  if (after === undefined) return leafLines("-", path, before);
  if (change.order) return [`~ ${path}: other order, ${joined(before)} -> ${joined(after)}`];
  if (isText(before) && isText(after) && `${before}${after}`.includes("\n")) {
    const { removed, added, lines } = diffLines(before, after, longestLineDiff);
    return [`~ ${path}: ${removed} lines go, ${added} come`, ...lines.map((line) => `    ${visible(line)}`)];
  }
  if (items !== undefined && items.removed.length + items.added.length > 0) {
    return [
      `~ ${path}`,
      ...items.removed.map((item) => `    - ${visible(item)}`),
      ...items.added.map((item) => `    + ${visible(item)}`),
    ];
  }
  const [old, next] = clipBoth(showValue(before), showValue(after));
  return [`~ ${path}: ${old} -> ${next}`];
}

/** What differs in the text of a file and is no field. */
export function fileLines({ path, fate, notes, texts }: FileDiff): readonly string[] {
  const what = notes.includes("inventory") ? "the record of what meshfront wrote" : notes.join(", ");
  const heading = fate === "changed" ? what : [fate, what].filter((word) => word !== "").join(", ");
  const lines = texts === undefined ? [] : diffLines(texts.before, texts.after, longestLineDiff).lines;
  return [`${visible(path)}: ${heading}`, ...lines.map((line) => `    ${visible(line)}`)];
}

/** A value that came or went, leaf by leaf where it is long. */
function leafLines(sign: "+" | "-", path: string, value: JsonValue): readonly string[] {
  if (isText(value) && value.includes("\n")) {
    return [`${sign} ${path}: ${value.replace(/\n$/, "").split("\n").length} lines`];
  }
  const text = showValue(value);
  const isSplit = (path === "" || text.length > longestValue) && typeof value === "object" && value !== null;
  if (!isSplit) return [`${sign} ${path}: ${clipBoth(text, text)[0]}`];
  if (isJsonArray(value))
    return value.flatMap((item, index) => leafLines(sign, indexPath(path, index), item));
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return entries.flatMap(([key, inner]) => leafLines(sign, keyPath(path, key), inner));
}

const isText = (value: JsonValue): value is string => typeof value === "string";

const joined = (value: JsonValue): string => (isJsonArray(value) ? value.join(" ") : showValue(value));

// Without quotes only what nobody takes for a number, a boolean or null.
const plainText = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9_.,/:*@=-]*$/i;
const versionText = /^\d+\.\d+\.\d+(?:[A-Za-z.-][A-Za-z0-9.-]*)?$/;

function showValue(value: JsonValue): string {
  if (isText(value) && (plainText.test(value) || versionText.test(value))) return value;
  return visible(Object.is(value, -0) ? "-0" : JSON.stringify(value));
}

/** Both cut to the part in which they differ. */
function clipBoth(before: string, after: string): readonly [string, string] {
  if (Math.max(before.length, after.length) <= longestValue) return [before, after];
  let common = 0;
  while (common < before.length && before[common] === after[common]) common += 1;
  const start = common >= before.length && common >= after.length ? 0 : Math.max(0, common - lead);
  const clip = (text: string): string =>
    `${start > 0 ? "…" : ""}${text.slice(start, start + longestValue)}${text.length > start + longestValue ? "…" : ""}`;
  return [clip(before), clip(after)];
}
