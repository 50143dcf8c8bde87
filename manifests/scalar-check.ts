// Stage 4, pure: the values in which a schema ends.
import type { JsonValue } from "../core/json.ts";
import type { ScalarSchema } from "./object-schema.ts";

/** What was expected of the value, in words, or undefined if it is that. */
export function tryFindMismatch(schema: ScalarSchema, value: JsonValue): string | undefined {
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "string":
      return typeof value === "string" ? tryFindTextMismatch(schema, value) : "a string";
    case "number":
      return typeof value === "number" ? tryFindRangeMismatch(schema, value) : "a number";
    case "integer":
      return Number.isInteger(value) ? tryFindRangeMismatch(schema, Number(value)) : "an integer";
  }
}

function tryFindTextMismatch(schema: ScalarSchema, value: string): string | undefined {
  const { enum: values, pattern, form, minLength = 0, maxLength = Infinity } = schema;
  if (values !== undefined && !values.includes(value)) {
    return values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;
  }
  if (value.length < minLength) return `at least ${minLength} character`;
  // By code point, as the API server counts.
  if (value.length > maxLength && [...value].length > maxLength) return `at most ${maxLength} characters`;
  if (pattern !== undefined && !wholeMatch(pattern).test(value)) return form ?? `text like ${pattern}`;
  return undefined;
}

function tryFindRangeMismatch({ minimum, maximum }: ScalarSchema, value: number): string | undefined {
  if (minimum !== undefined && value < minimum) return `at least ${minimum}`;
  if (maximum !== undefined && value > maximum) return `at most ${maximum}`;
  return undefined;
}

const expressions = new Map<string, RegExp>();

function wholeMatch(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "s");
  expressions.set(pattern, known);
  return known;
}
