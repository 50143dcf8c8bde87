import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";

/** The same data with the keys of every map the other way round. */
export const reversedKeys = (map: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(map)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );

function reversed(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(reversed);
  return isJsonObject(value) ? reversedKeys(value) : value;
}
