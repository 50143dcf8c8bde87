// Stage 4, pure: the type of a value, and the limits of those that hold no others.
import { isJsonArray, isJsonObject, type JsonValue } from "../core/json.ts";
import type { Schema } from "./object-schema.ts";

/** What was expected of the value, in words, or undefined if it is that. */
export function tryFindMismatch(schema: Schema, value: JsonValue): string | undefined {
  const isText = typeof value === "string";
  if (schema["x-kubernetes-int-or-string"] && !isText && !Number.isInteger(value))
    return "an integer or a string";
  if (schema.type !== undefined && !hasType(schema.type, value)) return typeNames[schema.type];
  if (isText) return tryFindTextMismatch(schema, value);
  return typeof value === "number" ? tryFindRangeMismatch(schema, value) : undefined;
}

type Type = NonNullable<Schema["type"]>;

function hasType(type: Type, value: JsonValue): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return isJsonArray(value);
  return type === "object" ? isJsonObject(value) : typeof value === type;
}

const typeNames: Readonly<Record<Type, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "an integer",
  number: "a number",
  object: "a map",
  string: "a string",
};

function tryFindTextMismatch(schema: Schema, value: string): string | undefined {
  const { enum: values, format, pattern, minLength = 0, maxLength = Infinity } = schema;
  if (values !== undefined && !values.includes(value)) {
    return values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;
  }
  if (value.length < minLength) return `at least ${minLength} character${minLength === 1 ? "" : "s"}`;
  // By code point, as the API server counts.
  if (value.length > maxLength && [...value].length > maxLength) return `at most ${maxLength} characters`;
  if (pattern !== undefined && !expression(pattern).test(value)) {
    return schema.description ?? `text like ${pattern}`;
  }
  return format === "byte" && !base64.test(value) ? "base64" : undefined;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a number of JavaScript cannot hold exactly, it cannot write. */
const ranges = {
  int32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int64: { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
};

function tryFindRangeMismatch({ format, ...limits }: Schema, value: number): string | undefined {
  const range = format === "int32" || format === "int64" ? ranges[format] : undefined;
  const { minimum = range?.minimum, maximum = range?.maximum } = limits;
  if (minimum !== undefined && value < minimum) return `at least ${minimum}`;
  if (maximum !== undefined && value > maximum) return `at most ${maximum}`;
  return undefined;
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern);
  expressions.set(pattern, known);
  return known;
}
