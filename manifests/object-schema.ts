// Stage 4: the form of imports/schemas.json. Less than JSON Schema: every object is closed, and nothing is optional to check.

/** A type's name, a built-in one (`string`, `number`, `integer`, `boolean`, `any`), or a schema in place. */
export type Schema = string | ObjectSchema | MapSchema | ListSchema | ScalarSchema | UnionSchema;

/** An object of known fields and no others. */
export interface ObjectSchema {
  readonly fields: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Fields of which the object has one at most. */
  readonly atMostOne?: readonly string[];
}

/** An object whose keys are its own. */
export interface MapSchema {
  readonly values: Schema;
  readonly keys?: Schema;
  /** Of all keys and values together, in UTF-8. */
  readonly maxBytes?: number;
}

export interface ListSchema {
  readonly items: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly unique?: true;
  /** Fields whose values together are different for each item. */
  readonly uniqueBy?: readonly string[];
}

export interface ScalarSchema {
  readonly type: "string" | "number" | "integer" | "boolean";
  readonly enum?: readonly string[];
  /** Of the whole value. */
  readonly pattern?: string;
  /** What `pattern` stands for, in words: `a DNS label (…)`. */
  readonly form?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface UnionSchema {
  readonly anyOf: readonly Schema[];
}

/** All kinds that are emitted, `<apiVersion>/<kind>`, and the types that they are made of. */
export interface Schemas {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Schema>>;
}
