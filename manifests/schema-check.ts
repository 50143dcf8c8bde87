// Stage 4, pure: a value against a closed schema of imports/schemas.json. The API server drops a field that it does not
// know, or refuses the object when Argo CD syncs it; here it is an error with a place and the nearest field that exists.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type Path } from "../core/json.ts";
import { show } from "../core/show.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Schema } from "./object-schema.ts";
import { tryFindMismatch } from "./scalar-check.ts";

export interface SchemaFinding {
  readonly path: Path;
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string;
}

/** The schema behind a `$ref`. Throws if there is none. */
export type FindType = (reference: string) => Schema;

/** Everything about `value` that `schema` does not allow. */
export function checkSchema(findType: FindType, schema: Schema, value: JsonValue): readonly SchemaFinding[] {
  const check = new SchemaCheck(findType);
  check.value(schema, value);
  return check.findings;
}

class SchemaCheck {
  readonly findings: SchemaFinding[] = [];
  /** Where the check stands. Copied for findings only: most objects have none. */
  private readonly path: (string | number)[] = [];
  private readonly findType: FindType;

  constructor(findType: FindType) {
    this.findType = findType;
  }

  value(schema: Schema, value: JsonValue): void {
    if (schema.$ref !== undefined) {
      this.value(this.findType(schema.$ref), value);
      return;
    }
    if (value === null && schema.nullable) return;
    const expected = tryFindMismatch(schema, value);
    if (expected !== undefined) {
      const suggestion =
        schema.enum && typeof value === "string" ? didYouMean(value, schema.enum) : undefined;
      this.report(expected, show(value), suggestion);
      return;
    }
    if (isJsonArray(value)) this.list(schema, value);
    else if (isJsonObject(value)) this.object(schema, value);
    this.combinations(schema, value);
  }

  private object(schema: Schema, value: JsonObject): void {
    const { properties = {}, additionalProperties, propertyNames, required = [] } = schema;
    const isClosed = schema.type === "object" && !schema["x-kubernetes-preserve-unknown-fields"];
    for (const key in value) {
      const field = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      if (propertyNames !== undefined) this.at(key, propertyNames, key);
      if (field !== undefined) this.at(key, field, value[key] ?? null);
      else if (isClosed) this.unknownField(key, value, properties);
    }
    for (const key of required) {
      if (!Object.hasOwn(value, key)) this.report(`a field \`${key}\``, show(value));
    }
    this.size(schema, value);
  }

  private unknownField(key: string, value: JsonObject, properties: Readonly<Record<string, Schema>>): void {
    const absent = Object.keys(properties).filter((name) => !Object.hasOwn(value, name));
    this.path.push(key);
    this.report("a field that exists", "an unknown one", didYouMean(key, absent));
    this.path.pop();
  }

  private size(schema: Schema, value: JsonObject): void {
    const { minProperties = 0, maxProperties = Infinity, "x-meshfront-max-bytes": maxBytes } = schema;
    if (minProperties > 0 || maxProperties < Infinity) {
      const count = Object.keys(value).length;
      if (count < minProperties) this.report(`at least ${minProperties} in the map`, `${count}`);
      if (count > maxProperties) this.report(`at most ${maxProperties} in the map`, `${count}`);
    }
    if (maxBytes === undefined) return;
    const bytes = Object.entries(value).reduce((sum, [key, text]) => sum + bytesOf(key) + bytesOf(text), 0);
    if (bytes > maxBytes) this.report(`at most ${maxBytes} bytes`, `${bytes}`);
  }

  private list(schema: Schema, value: readonly JsonValue[]): void {
    const { items, minItems = 0, maxItems = Infinity } = schema;
    if (items !== undefined) for (const [index, item] of value.entries()) this.at(index, items, item);
    if (value.length < minItems) this.report(`at least ${minItems} in the list`, `${value.length}`);
    if (value.length > maxItems) this.report(`at most ${maxItems} in the list`, `${value.length}`);
    if (schema["x-kubernetes-list-type"] !== undefined)
      this.unique(schema["x-kubernetes-list-map-keys"], value);
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

  private combinations({ allOf, anyOf, oneOf, not }: Schema, value: JsonValue): void {
    for (const schema of allOf ?? []) {
      if (schema.description === undefined) this.value(schema, value);
      else if (this.tryFindFirst(schema, value)) this.report(schema.description, show(value));
    }
    if (anyOf !== undefined) this.anyOf(anyOf, value);
    if (oneOf !== undefined) this.oneOf(oneOf, value);
    if (not !== undefined && !this.tryFindFirst(not, value)) this.report("another value", show(value));
  }

  private anyOf(alternatives: readonly Schema[], value: JsonValue): void {
    const expected: string[] = [];
    for (const schema of alternatives) {
      const first = this.tryFindFirst(schema, value);
      if (first === undefined) return;
      expected.push(first.expected);
    }
    this.report(expected.join(" or "), show(value));
  }

  /** In the published schemas it always says which fields exclude each other; the first alternative may be to have none. */
  private oneOf(alternatives: readonly Schema[], value: JsonValue): void {
    const matching = alternatives.filter((schema) => this.tryFindFirst(schema, value) === undefined);
    if (matching.length === 1) return;
    const fields = alternatives.flatMap(({ required }) => required ?? []);
    const found = isJsonObject(value) ? fields.filter((field) => Object.hasOwn(value, field)) : [];
    const atMost = alternatives.some((schema) => schema.not !== undefined) ? " at most" : "";
    this.report(`one of ${names(fields)}${atMost}`, found.length > 0 ? names(found) : show(value));
  }

  /** The first that is wrong with the value by this schema, without reporting it. */
  private tryFindFirst(schema: Schema, value: JsonValue): SchemaFinding | undefined {
    const start = this.findings.length;
    this.value(schema, value);
    const [first] = this.findings.splice(start);
    return first;
  }

  private at(step: string | number, schema: Schema, value: JsonValue): void {
    // Most fields end here, and this runs before any code is optimised.
    if (typeof value !== "object" && schema.type === typeof value && hasTypeOnly(schema)) return;
    this.path.push(step);
    this.value(schema, value);
    this.path.pop();
  }

  private report(expected: string, found: string, suggestion?: string): void {
    const finding = { path: [...this.path], expected, found };
    this.findings.push(suggestion === undefined ? finding : { ...finding, suggestion });
  }
}

function hasTypeOnly(schema: Schema): boolean {
  for (const keyword in schema) if (keyword !== "type") return false;
  return true;
}

const bytesOf = (value: JsonValue): number => (typeof value === "string" ? Buffer.byteLength(value) : 0);

const names = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(", ");
