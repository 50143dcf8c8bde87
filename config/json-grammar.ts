// Stage 1: annotations that hold JSON, read as Go's encoding/json reads them into the controller's types: names of keys in
// any case, `null` as absent. What it would ignore, an unknown key, is refused here.
import { formatPath, show } from "../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Grammar } from "./alb-grammars.ts";

export type JsonSchema =
  | { readonly type: "text"; readonly form?: RegExp; readonly expected?: string }
  | { readonly type: "words"; readonly words: readonly string[] }
  | { readonly type: "flag" }
  | { readonly type: "whole"; readonly from: number; readonly to: number }
  | { readonly type: "texts"; readonly most: number }
  | { readonly type: "list"; readonly of: JsonSchema; readonly most?: number; readonly once?: string }
  | {
      readonly type: "map";
      readonly needs: Readonly<Record<string, JsonSchema>>;
      readonly may: Readonly<Record<string, JsonSchema>>;
      /** What the keys demand of each other, completing "expected …". */
      readonly together?: (value: JsonObject) => string | undefined;
    };

/** What is expected, thrown by the readers and caught where the reading began. */
class Unexpected extends Error {}

function unexpected(expected: string, name: string, found?: JsonValue): never {
  throw new Unexpected(`${expected} for ${name}${found === undefined ? "" : `, not ${show(found)}`}`);
}

/** A grammar of such an annotation; `what` says the whole in words. */
export const json =
  (schema: JsonSchema, what: string): Grammar =>
  (text) => {
    try {
      readValue(schema, JSON.parse(text), "");
      return undefined;
    } catch (error) {
      return error instanceof Unexpected ? error.message : what;
    }
  };

/** The data with its keys as the controller's documentation spells them; undefined where it does not fit. */
export function readJsonText(schema: JsonSchema, text: string): JsonValue | undefined {
  try {
    return readValue(schema, JSON.parse(text), "");
  } catch {
    return undefined;
  }
}

/** `name` is the way to the value, empty at the top. */
function readValue(schema: JsonSchema, value: JsonValue, name: string): JsonValue {
  switch (schema.type) {
    case "text": {
      if (typeof value !== "string") return unexpected("text", name, value);
      const isGood = value !== "" && (schema.form?.test(value) ?? true);
      return isGood ? value : unexpected(schema.expected ?? "text that is not empty", name, value);
    }
    case "words":
      if (typeof value === "string" && schema.words.includes(value)) return value;
      return unexpected(
        schema.words.length === 2 ? schema.words.join(" or ") : `one of ${schema.words.join(", ")}`,
        name,
        value,
      );
    case "flag":
      return typeof value === "boolean" ? value : unexpected("true or false without quotes", name, value);
    case "whole": {
      const { from, to } = schema;
      const isGood = Number.isInteger(value) && Number(value) >= from && Number(value) <= to;
      return isGood
        ? value
        : unexpected(from === to ? String(from) : `a whole number from ${from} to ${to}`, name, value);
    }
    case "texts":
      return readTexts(value, name, schema.most);
    case "list":
      return readList(schema, value, name);
    case "map":
      return readMap(schema, value, name);
  }
}

function readTexts(value: JsonValue, name: string, most: number): JsonValue {
  if (!isJsonObject(value)) return unexpected("a map of texts", name, value);
  const entries = Object.entries(value);
  if (entries.length > most) return unexpected(`at most ${most} entries`, name);
  for (const [key, item] of entries)
    if (typeof item !== "string") return unexpected("text in quotes", `${name}.${formatPath([key])}`, item);
  return value;
}

type ListSchema = Extract<JsonSchema, { type: "list" }>;

function readList({ of, most = 100, once }: ListSchema, value: JsonValue, name: string): JsonValue {
  if (!isJsonArray(value) || value.length === 0)
    return unexpected("a list with entries", name || "the whole", value);
  if (value.length > most) return unexpected(`at most ${most} entries`, name);
  const items = value.map((item, index) => readValue(of, item, `${name}[${index}]`));
  const keys = once === undefined ? [] : items.map((item) => (isJsonObject(item) ? item[once] : undefined));
  if (new Set(keys).size < keys.length) return unexpected("each value once", `${once} of the entries`);
  return items;
}

type MapSchema = Extract<JsonSchema, { type: "map" }>;

function readMap({ needs, may, together }: MapSchema, value: JsonValue, name: string): JsonValue {
  if (!isJsonObject(value)) return unexpected("a JSON object", name || "the whole", value);
  const known = { ...needs, ...may };
  const spellings = new Map(Object.keys(known).map((key) => [key.toLowerCase(), key]));
  const below = (key: string): string => (name === "" ? key : `${name}.${key}`);
  const found: Record<string, JsonValue> = {};
  for (const [written, item] of Object.entries(value)) {
    const key = spellings.get(written.toLowerCase());
    const schema = key === undefined ? undefined : known[key];
    if (key === undefined || schema === undefined) {
      const keys = Object.keys(known).join(", ");
      throw new Unexpected(`the keys ${keys} and no ${below(formatPath([written]))}`);
    }
    // As the controller takes it: `null`, and an empty text where none is needed, as absent.
    if (item !== null && (item !== "" || key in needs)) found[key] = readValue(schema, item, below(key));
  }
  const missing = Object.keys(needs).find((key) => found[key] === undefined);
  if (missing !== undefined) return unexpected("a value", below(missing));
  const complaint = together?.(found);
  return complaint === undefined ? found : unexpected(complaint, name || "the whole");
}
