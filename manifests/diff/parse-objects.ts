// A committed file -> its objects, read as Kubernetes reads them.
import {
  type Document,
  type DocumentOptions,
  type ParseOptions,
  parseAllDocuments,
  type SchemaOptions,
} from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";

/** The objects of a YAML text in order, or a sentence that says why there are none to be had. */
export function parseObjects(text: string): readonly JsonObject[] | string {
  const objects: JsonObject[] = [];
  for (const document of parseDocuments(text)) {
    const [error] = document.errors;
    if (error !== undefined) return error.message.replace(/:?\n.*/s, "");
    let data: unknown;
    try {
      data = document.toJS();
    } catch (error) {
      return error instanceof Error ? error.message : String(error); // an alias that leads nowhere, or to itself
    }
    if (data === null || data === undefined) continue; // nothing between two separators
    if (!isJsonObject(data) || !isPlainData(data)) return "a document in it is not a map of plain values";
    if (typeof data.kind !== "string") return "a document in it has no kind";
    objects.push(data);
  }
  return objects;
}

/** YAML 1.1, as the parsers of kubectl and Argo CD: `on` is true. A date is text to them. */
export function parseDocuments(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    ...options,
    version: "1.1",
    customTags: (tags) => tags.filter((tag) => typeof tag !== "object" || tag.tag !== timestampTag),
  });
  return Array.isArray(documents) ? documents : [];
}

const timestampTag = "tag:yaml.org,2002:timestamp";

/** YAML has more than JSON: binary, sets, dates, a list that is an item of itself. */
export function isPlainData(value: unknown, above: readonly unknown[] = []): value is JsonValue {
  if (typeof value !== "object" || value === null) {
    return value === null || ["string", "boolean", "number"].includes(typeof value);
  }
  if (above.includes(value)) return false;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every((inner) => isPlainData(inner, [...above, value]));
}
