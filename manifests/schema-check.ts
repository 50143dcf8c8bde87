// Stage 4, pure: a value against a closed schema of imports/schemas.json. The API server drops a field that it does not
// know, or refuses the object when Argo CD syncs it; here it is an error with a place and the nearest field that exists.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type Path } from "../core/json.ts";
import { show } from "../core/show.ts";
import { didYouMean } from "../core/suggest.ts";
import type { ListSchema, MapSchema, ObjectSchema, ScalarSchema, Schema } from "./object-schema.ts";
import { tryFindMismatch } from "./scalar-check.ts";

export interface SchemaFinding {
  readonly path: Path;
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string;
}

/** The schema behind a name that is not built in. Throws if there is none. */
export type FindType = (name: string) => Schema;

/** Everything about `value` that `schema` does not allow. */
export function checkSchema(findType: FindType, schema: Schema, value: JsonValue): readonly SchemaFinding[] {
  const check = new SchemaCheck(findType);
  check.value(schema, value);
  return check.findings;
}

const builtIn: ReadonlyMap<string, Schema> = new Map(
  (["string", "number", "integer", "boolean"] as const).map((type) => [type, { type }]),
);

class SchemaCheck {
  readonly findings: SchemaFinding[] = [];
  /** Where the check stands. Copied for findings only: most objects have none. */
  private readonly path: (string | number)[] = [];
  private readonly findType: FindType;

  constructor(findType: FindType) {
    this.findType = findType;
  }

  value(schema: Schema, value: JsonValue): void {
    if (typeof schema === "string") {
      if (schema !== "any") this.value(builtIn.get(schema) ?? this.findType(schema), value);
    } else if ("type" in schema) this.scalar(schema, value);
    else if ("anyOf" in schema) this.union(schema.anyOf, value);
    else if ("items" in schema) {
      if (isJsonArray(value)) this.list(schema, value);
      else this.report("a list", show(value));
    } else if (!isJsonObject(value)) this.report("a map", show(value));
    else if ("fields" in schema) this.object(schema, value);
    else this.map(schema, value);
  }

  private object({ fields, required, atMostOne }: ObjectSchema, value: JsonObject): void {
    for (const key in value) {
      const schema = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (schema === undefined) this.unknownField(key, value, fields);
      else this.at(key, schema, value[key] ?? null);
    }
    for (const key of required ?? []) {
      if (!Object.hasOwn(value, key)) this.report(`a field \`${key}\``, show(value));
    }
    const exclusive = atMostOne?.filter((key) => Object.hasOwn(value, key)) ?? [];
    if (exclusive.length > 1) this.report(`one of ${names(atMostOne ?? [])} at most`, names(exclusive));
  }

  private unknownField(key: string, value: JsonObject, fields: ObjectSchema["fields"]): void {
    const absent = Object.keys(fields).filter((name) => !Object.hasOwn(value, name));
    this.path.push(key);
    this.report("a field that exists", "an unknown one", didYouMean(key, absent));
    this.path.pop();
  }

  private map({ values, keys, maxBytes }: MapSchema, value: JsonObject): void {
    for (const key in value) {
      if (keys !== undefined) this.at(key, keys, key);
      this.at(key, values, value[key] ?? null);
    }
    if (maxBytes === undefined) return;
    const bytes = Object.entries(value).reduce((sum, [key, text]) => sum + bytesOf(key) + bytesOf(text), 0);
    if (bytes > maxBytes) this.report(`at most ${maxBytes} bytes`, `${bytes}`);
  }

  private list(schema: ListSchema, value: readonly JsonValue[]): void {
    const { items, minItems = 0, maxItems = Infinity, unique, uniqueBy } = schema;
    for (const [index, item] of value.entries()) this.at(index, items, item);
    if (value.length < minItems) this.report(`at least ${minItems} in the list`, `${value.length}`);
    if (value.length > maxItems) this.report(`at most ${maxItems} in the list`, `${value.length}`);
    if (unique || uniqueBy !== undefined) this.unique(uniqueBy, value);
  }

  private unique(fields: readonly string[] | undefined, value: readonly JsonValue[]): void {
    const seen = new Set<string>();
    for (const item of value) {
      const identity = fields && isJsonObject(item) ? fields.map((field) => item[field] ?? null) : item;
      const text = JSON.stringify(identity);
      if (seen.has(text)) this.report(`each ${fields?.join(" and ") ?? "item"} once`, `${text} again`);
      seen.add(text);
    }
  }

  private union(alternatives: readonly Schema[], value: JsonValue): void {
    const start = this.findings.length;
    const expected: string[] = [];
    for (const schema of alternatives) {
      this.value(schema, value);
      const [first] = this.findings.splice(start);
      if (first === undefined) return;
      expected.push(first.expected);
    }
    this.report(expected.join(" or "), show(value));
  }

  private scalar(schema: ScalarSchema, value: JsonValue): void {
    const expected = tryFindMismatch(schema, value);
    if (expected === undefined) return;
    const suggestion = schema.enum && typeof value === "string" ? didYouMean(value, schema.enum) : undefined;
    this.report(expected, show(value), suggestion);
  }

  private at(step: string | number, schema: Schema, value: JsonValue): void {
    // The names of built-in types are JavaScript's: most fields end here, and this runs before any code is optimised.
    if (schema === typeof value || schema === "any") return;
    this.path.push(step);
    this.value(schema, value);
    this.path.pop();
  }

  private report(expected: string, found: string, suggestion?: string): void {
    const finding = { path: [...this.path], expected, found };
    this.findings.push(suggestion === undefined ? finding : { ...finding, suggestion });
  }
}

const bytesOf = (value: JsonValue): number => (typeof value === "string" ? Buffer.byteLength(value) : 0);

const names = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(", ");
