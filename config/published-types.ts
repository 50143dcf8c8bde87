// Stage 1: values held against published names and types, as imports/mesh-schema.json and imports/pod-schema.json have them.
import { show } from "../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type Path } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";

export interface PublishedTypes {
  /** By name of the type, then of the field: a scalar, the name of a type or of an enum, `[…]` a list, `{…}` a map. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums?: Readonly<Record<string, readonly string[]>>;
  /** Whether numbers in quotes are read too. */
  readonly takesQuotedNumbers: boolean;
}

export interface TypeMismatch {
  readonly path: Path;
  readonly isUnknown: boolean;
  /** What was found instead of what, without where. */
  readonly message: string;
  readonly suggestion: string;
}

export const typeMismatches = (
  types: PublishedTypes,
  type: string,
  value: JsonValue,
): readonly TypeMismatch[] => [...judge(types, type, value, [])];

function* judge(types: PublishedTypes, type: string, value: JsonValue, path: Path): Generator<TypeMismatch> {
  if (value === null || type === "any") return; // a null of a file has a rule of its own
  const inner = type.slice(1, -1);
  if (type.startsWith("[")) {
    if (!isJsonArray(value)) yield wrongType("a list", value, path);
    else for (const [index, item] of value.entries()) yield* judge(types, inner, item, [...path, index]);
  } else if (type.startsWith("{")) {
    if (!isJsonObject(value)) yield wrongType("a map", value, path);
    else for (const [key, item] of Object.entries(value)) yield* judge(types, inner, item, [...path, key]);
  } else if (types.messages[type] !== undefined) {
    if (!isJsonObject(value)) yield wrongType("a map", value, path);
    else yield* judgeFields(types, types.messages[type], value, path);
  } else {
    const expected = expectedScalar(types, type, value);
    if (expected !== undefined) yield wrongType(expected, value, path);
  }
}

function* judgeFields(
  types: PublishedTypes,
  fields: Readonly<Record<string, string>>,
  value: JsonObject,
  path: Path,
): Generator<TypeMismatch> {
  const names = new Map(
    Object.entries(fields).flatMap(([name, type]) => [
      [name, type],
      [camelCase(name), type],
    ]),
  );
  for (const [key, item] of Object.entries(value)) {
    const type = names.get(key);
    if (type !== undefined) yield* judge(types, type, item, [...path, key]);
    else
      yield {
        path: [...path, key],
        isUnknown: true,
        message: `there is no ${key} there`,
        suggestion: didYouMean(key, Object.keys(fields).map(camelCase)) ?? "Remove it.",
      };
  }
}

/** As protoc names a field in JSON. The name of the proto is read as well. */
const camelCase = (name: string): string =>
  name.replace(/_([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function wrongType(expected: string, found: JsonValue, path: Path): TypeMismatch {
  const isQuotable = expected === "text" && typeof found !== "object";
  const suggestion = isQuotable ? "Put it in quotes." : "Correct the value.";
  return { path, isUnknown: false, message: `expected ${expected}, found ${show(found)}`, suggestion };
}

/** As time.ParseDuration of Go reads it. */
const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

function expectedScalar(
  { enums, takesQuotedNumbers }: PublishedTypes,
  type: string,
  value: JsonValue,
): string | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? undefined : "text";
    case "bool":
      return typeof value === "boolean" ? undefined : "true or false without quotes";
    case "duration":
      return typeof value === "string" && duration.test(value)
        ? undefined
        : "a duration in quotes such as 30s";
    case "integer":
      return /^-?\d+$/.test(textOf(value, takesQuotedNumbers)) ? undefined : "a whole number";
    case "number":
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(textOf(value, takesQuotedNumbers))
        ? undefined
        : "a number";
    default: {
      const words = enums?.[type] ?? [];
      const isKnown = typeof value === "number" || (typeof value === "string" && words.includes(value));
      return isKnown ? undefined : `one of ${words.join(", ")}`;
    }
  }
}

const textOf = (value: JsonValue, takesQuoted: boolean): string =>
  typeof value === "number" || (takesQuoted && typeof value === "string") ? String(value) : "";
