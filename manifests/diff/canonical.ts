import { isJsonArray, isJsonObject, type JsonValue } from "../../core/json.ts";

/** Equal for equal data whatever the order of keys, and for nothing else: `1` is not `"1"`, `0` is not `-0`. */
export function canonical(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isJsonObject(value)) {
    const pairs = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
    return `{${pairs.join(",")}}`;
  }
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}
