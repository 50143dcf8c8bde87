// Reading objects of any shape: what is not there, or of another type, is empty.
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../core/json.ts";

export function textAt(data: JsonObject | undefined, path: Path): string {
  const value = valueAt(data, path);
  return typeof value === "string" ? value : "";
}

/** The texts in a list. */
export const textsIn = (list: JsonValue | undefined): readonly string[] =>
  isJsonArray(list) ? list.filter((item) => typeof item === "string") : [];

/** The maps in a list. */
export const mapsIn = (list: JsonValue | undefined): readonly JsonObject[] =>
  isJsonArray(list) ? list.filter(isJsonObject) : [];

export const textsAt = (data: JsonObject, path: Path): readonly string[] => textsIn(valueAt(data, path));

export const mapsAt = (data: JsonObject, path: Path): readonly JsonObject[] => mapsIn(valueAt(data, path));

export function mapAt(data: JsonObject, path: Path): JsonObject {
  const value = valueAt(data, path);
  return isJsonObject(value) ? value : {};
}
