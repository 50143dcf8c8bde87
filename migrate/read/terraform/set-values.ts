// Terraform's `set`, `set_list` and documents of `values` -> values, as Helm lays them over each other.
// Syntax of names and values: Helm's --set (pkg/strvals): a backslash takes a character as it is, `servers[0].port` is an item.
import {
  deepMerge,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
} from "../../../core/json.ts";
import { mapOf, mapsOf, textOf, textsOf } from "../../recognise/objects.ts";
import { readDocuments } from "../manifests.ts";

/** Documents of `values`, later ones over earlier; then `set` and `set_list`. */
export function configuredValues(attributes: JsonObject): JsonObject {
  const documents = textsOf(attributes.values).map(valuesIn);
  const set = mapsOf(attributes.set).map(({ name, value, type }) => ({
    path: pathOf(textOf(name)),
    value: type === "string" || type === "literal" ? textOf(value) : parsed(textOf(value)),
  }));
  const lists = mapsOf(attributes.set_list).map(({ name, value }) => ({
    path: pathOf(textOf(name)),
    value: isJsonArray(value) ? value.map((item) => (typeof item === "string" ? scalar(item) : item)) : [],
  }));
  const merged = documents.reduce(deepMerge, {});
  return [...set, ...lists].reduce((values, each) => mapOf(withValue(values, each.path, each.value)), merged);
}

/** What is no map of values reads as none. */
export function valuesIn(text: string): JsonObject {
  const documents = readDocuments(text, "");
  return "code" in documents ? {} : mapOf(documents[0]);
}

/** `a.b\.c[0].d` -> a, b.c, 0, d. */
export const pathOf = (name: string): Path =>
  [...name.matchAll(/\[(\d+)\]|((?:\\.|[^.[\\])+)/gs)].map(([, index, key]) =>
    index !== undefined ? Number(index) : (key ?? "").replace(/\\(.)/gs, "$1"),
  );

/** A list of `{a,b}`, or one value. */
function parsed(text: string): JsonValue {
  if (!/^\{.*\}$/s.test(text)) return scalar(text.replace(/\\(.)/gs, "$1"));
  const items = text.slice(1, -1);
  return items === "" ? [] : items.split(/(?<!\\),/).map((item) => scalar(item.replace(/\\(.)/gs, "$1")));
}

/** Whole numbers, true, false and null; the rest is text. */
function scalar(text: string): JsonValue {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function withValue(under: JsonValue | undefined, path: Path, value: JsonValue): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === "string") {
    const map = mapOf(under);
    const inner = Object.hasOwn(map, first) ? map[first] : undefined;
    return { ...map, ...pair(first, withValue(inner, rest, value)) };
  }
  const list: JsonValue[] = isJsonArray(under) ? [...under] : [];
  while (list.length < Math.min(first, 999)) list.push(null);
  list[Math.min(first, 999)] = withValue(list[first], rest, value);
  return list;
}

/** fromEntries defines a property, so that a key `__proto__` stays a key. */
const pair = (key: string, value: JsonValue): JsonObject => Object.fromEntries([[key, value]]);

/** Without what stands at the path; what is around it stays, also where nothing else is in it. */
export const withoutPath = (values: JsonObject, path: Path): JsonObject => mapOf(without(values, path));

function without(value: JsonValue, [first, ...rest]: Path): JsonValue {
  const inside = (key: string | number, inner: JsonValue): readonly JsonValue[] =>
    key !== first ? [inner] : rest.length === 0 ? [] : [without(inner, rest)];
  if (isJsonArray(value)) return value.flatMap((item, index) => inside(index, item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => inside(key, inner).map((kept) => [key, kept])),
  );
}
