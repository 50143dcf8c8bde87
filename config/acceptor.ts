// Stage 1, in the bundle only: says yes to what zod would say yes to, with the same result, or nothing at all (ADR 0014).
// The shapes are made of the zod schemas when the bundle is built (tools/acceptors.mjs).
import { isJsonObject } from "../core/json.ts";
import type { Parser } from "./parser.ts";
import { refinements } from "./refinements.ts";

/** JSON: as code it would be read from V8's code cache object by object. */
export type Shape =
  /** `forms`: sources of regular expressions without flags. */
  | { readonly is: "text"; readonly forms: readonly string[]; readonly minLength: number }
  | { readonly is: "whole"; readonly minimum: number; readonly maximum: number }
  | { readonly is: "one"; readonly of: readonly unknown[] }
  | { readonly is: "list"; readonly of: Shape; readonly minLength: number }
  | { readonly is: "map"; readonly keys: Shape; readonly of: Shape; readonly rules: readonly Rule[] }
  | {
      readonly is: "object";
      readonly fields: Readonly<Record<string, Shape>>;
      readonly rules: readonly Rule[];
    }
  | { readonly is: "either"; readonly of: readonly Shape[] }
  | { readonly is: "optional"; readonly of: Shape }
  /** Where the value is absent, `value` stands for the result. */
  | { readonly is: "default"; readonly of: Shape; readonly value: unknown }
  /** Where the value is absent, `value` is what is read. */
  | { readonly is: "prefault"; readonly of: Shape; readonly value: unknown }
  | { readonly is: "anything" }
  /** What a shape cannot express: zod decides. */
  | { readonly is: "undecided" };

/** The name of one of refinements.ts: of a whole object, after its fields. */
export type Rule = keyof typeof refinements;

type Fields = Readonly<Record<string, unknown>>;

/** Whatever the shape does not accept, `whole` judges. */
export const acceptFirst = <T>(shape: Shape, whole: () => Parser<T>): Parser<T> => ({
  parse: (data) => {
    const accepted = accept(shape, data);
    return accepted === undefined ? whole().parse(data) : { success: true, data: accepted as T }; // as zod would
  },
  findings: (...args) => whole().findings(...args),
});

/** What zod makes of JSON data; undefined where it refuses, or might. */
export function accept(shape: Shape, value: unknown): unknown {
  switch (shape.is) {
    case "text":
      return typeof value === "string" && isText(shape, value) ? value : undefined;
    case "whole":
      return isWhole(value, shape.minimum, shape.maximum) ? value : undefined;
    case "one":
      return shape.of.includes(value) ? value : undefined;
    case "list":
      return Array.isArray(value) && value.length >= shape.minLength
        ? acceptItems(shape.of, value)
        : undefined;
    case "map":
      return isJsonObject(value) ? ruled(acceptMap(shape.keys, shape.of, value), shape.rules) : undefined;
    case "object":
      return isJsonObject(value) ? ruled(acceptFields(shape.fields, value), shape.rules) : undefined;
    case "either":
      return firstAccepted(shape.of, value);
    case "anything":
      return value;
    case "undecided":
      return undefined;
    default: // optional, default, prefault: acceptFields saw to what is absent
      return accept(shape.of, value);
  }
}

function isText({ forms, minLength }: Extract<Shape, { is: "text" }>, value: string): boolean {
  for (const form of forms) if (!new RegExp(form).test(value)) return false;
  return value.length >= minLength;
}

const isWhole = (value: unknown, minimum: number, maximum: number): boolean =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= minimum && value <= maximum;

function acceptItems(shape: Shape, list: readonly unknown[]): unknown[] | undefined {
  const accepted: unknown[] = [];
  for (const item of list) {
    const result = accept(shape, item);
    if (result === undefined) return undefined;
    accepted.push(result);
  }
  return accepted;
}

function acceptMap(keys: Shape, values: Shape, map: Fields): Fields | undefined {
  const accepted: Record<string, unknown> = {};
  for (const key in map) {
    const result = accept(values, map[key]);
    if (result === undefined || key === "__proto__" || accept(keys, key) === undefined) return undefined;
    accepted[key] = result;
  }
  return accepted;
}

/** All fields and no others, in the order of the shape, as zod does. */
function acceptFields(fields: Readonly<Record<string, Shape>>, object: Fields): Fields | undefined {
  const accepted: Record<string, unknown> = {};
  for (const key in object) if (!Object.hasOwn(fields, key)) return undefined;
  for (const name in fields) {
    const shape = fields[name];
    if (shape === undefined) return undefined;
    const isAbsent = !Object.hasOwn(object, name);
    if (isAbsent && shape.is === "optional") continue;
    const result = isAbsent ? absent(shape) : accept(shape, object[name]);
    if (result === undefined) return undefined;
    accepted[name] = result;
  }
  return accepted;
}

function absent(shape: Shape): unknown {
  if (shape.is === "default") return shallowCopy(shape.value);
  return shape.is === "prefault" ? accept(shape.of, shape.value) : undefined;
}

const shallowCopy = (value: unknown): unknown =>
  Array.isArray(value) ? [...value] : isJsonObject(value) ? { ...value } : value;

function firstAccepted(shapes: readonly Shape[], value: unknown): unknown {
  for (const shape of shapes) {
    const result = accept(shape, value);
    if (result !== undefined) return result;
  }
  return undefined;
}

function ruled(value: Fields | undefined, rules: readonly Rule[]): Fields | undefined {
  // Each takes the object that its schema describes, which is what was accepted.
  const holds = (rule: Rule): boolean => (refinements[rule] as (value: unknown) => boolean)(value);
  return value !== undefined && rules.every(holds) ? value : undefined;
}
