// The last stage before the files: JSON data -> YAML text. A string is plain where every reader takes it for that string,
// else a literal block or quoted; nothing is folded.
import { loneSurrogate } from "../core/decode-text.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import { cycle, notJson, notUnicode, type Place } from "./not-json.ts";
import { isPlain } from "./yaml-plain.ts";
import { blockOrQuoted, quoted } from "./yaml-scalar.ts";

export type { JsonObject, JsonValue } from "../core/json.ts";

const indentStep = "  ";
/** The keys that identify an object come first, as cdk8s and kubectl write them. */
const leadingKeys: readonly string[] = ["apiVersion", "kind", "metadata"];
/** YAML 1.1 and 1.2: a key that is longer needs a `?` in front. */
const longestImplicitKey = 1024;

/**
 * One YAML document in block style: `apiVersion`, `kind`, `metadata`, then all other keys by code unit, and so at every
 * depth; LF, final newline, no anchors, no folded lines. The text depends on nothing but the data.
 *
 * @throws TypeError naming the dotted path of the first value that is not JSON: undefined (also a hole in an array),
 *   NaN, an infinity, a bigint, a function, a symbol, a class instance, half of a surrogate pair, a cycle. An object
 *   without a prototype is plain. Properties that JSON leaves out (symbols, not enumerable) are left out.
 * @throws RangeError where the call stack ends, beyond a thousand levels.
 */
export function emitDocument(object: JsonObject): string {
  if (!isPlainObject(object)) throw notJson(object, undefined);
  return `${mapText(object, "", undefined)}\n`;
}

/** Several documents, separated by `---`; see {@link emitDocument}. No documents are no text. */
export function emitDocuments(objects: readonly JsonObject[]): string {
  return objects.map(emitDocument).join("---\n");
}

// The text of a node starts where the writer stands and ends without a line break; `indent` is for its further lines.

function mapText(map: JsonObject, indent: string, parent: Place | undefined): string {
  const place = enter(map, parent);
  const keys = sorted(Object.keys(map));
  let text = "";
  for (const key of parent ? keys : leadingKeysFirst(keys)) {
    place.key = key;
    if (text) text += `\n${indent}`;
    text += pairText(key, map[key], indent, place);
  }
  return text || "{}";
}

function pairText(key: string, value: JsonValue | undefined, indent: string, place: Place): string {
  const name = keyText(key, place);
  const inner = indent + indentStep;
  const text = nodeText(value, inner, place);
  if (name.length > longestImplicitKey) return `? ${name}\n${indent}: ${text}`;
  const ownLines = typeof value === "object" && value !== null && text !== "{}" && text !== "[]";
  return ownLines ? `${name}:\n${inner}${text}` : `${name}: ${text}`;
}

function listText(list: readonly JsonValue[], indent: string, parent: Place): string {
  const place = enter(list, parent);
  const inner = indent + indentStep;
  let text = "";
  for (let index = 0; index < list.length; index++) {
    place.key = index;
    if (text) text += `\n${indent}`;
    text += `- ${nodeText(list[index], inner, place)}`;
  }
  return text || "[]";
}

function nodeText(value: JsonValue | undefined, indent: string, place: Place): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return isPlain(value) ? value : blockOrQuoted(unicode(value, place), indent);
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw notJson(value, place);
      return Object.is(value, -0) ? "-0" : String(value); // every reader keeps the sign, unlike JSON.stringify
    case "object":
      if (isList(value)) return listText(value, indent, place);
      if (isPlainObject(value)) return mapText(value, indent, place);
  }
  throw notJson(value, place);
}

function keyText(key: string, place: Place): string {
  // At the margin these part documents.
  const isMarker = place.parent === undefined && (key.startsWith("---") || key.startsWith("..."));
  return isPlain(key) && !isMarker ? key : quoted(unicode(key, place));
}

/** By code unit: no locale, and no integers first. Most maps come sorted, and looking costs less than sorting. */
function sorted(keys: string[]): string[] {
  for (let index = 1; index < keys.length; index++) {
    if ((keys[index - 1] ?? "") > (keys[index] ?? "")) return keys.sort();
  }
  return keys;
}

function leadingKeysFirst(keys: readonly string[]): string[] {
  const leading = leadingKeys.filter((key) => keys.includes(key));
  return [...leading, ...keys.filter((key) => !leadingKeys.includes(key))];
}

/** A new step on the way down, unless the container is one of those that lead to it. */
function enter(container: object, parent: Place | undefined): Place {
  for (let at = parent; at; at = at.parent) if (at.container === container) throw cycle(at, parent);
  return { container, parent, key: "" };
}

function unicode(text: string, place: Place): string {
  if (loneSurrogate.test(text)) throw notUnicode(text, place);
  return text;
}

// Array.isArray alone does not narrow a readonly array.
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
