// JSON values as plain types, and the operations that configuration needs on them.

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Where a value stands inside another: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isJsonArray = (value: unknown): value is readonly JsonValue[] => Array.isArray(value);

/** `over` laid over `under`: maps deeply, everything else replaced. */
export function deepMerge(under: JsonObject, over: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  // fromEntries defines properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(
    [...keys].map((key) => {
      const [below, above] = [own(under, key), own(over, key)];
      if (above === undefined) return [key, below as JsonValue]; // the key is in one of the two
      return [key, isJsonObject(below) && isJsonObject(above) ? deepMerge(below, above) : above];
    }),
  );
}

/** The value at `path`, undefined where something on the way is absent. */
export function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const segment of path) {
    if (isJsonArray(current)) current = typeof segment === "number" ? current[segment] : undefined;
    else current = isJsonObject(current) ? own(current, String(segment)) : undefined;
  }
  return current;
}

const own = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** The same with the keys of every map in order, for texts that must not depend on it. */
export function sortedByKey(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedByKey);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedByKey(item)]));
}
