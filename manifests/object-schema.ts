// Stage 4: the form of imports/schemas.json: JSON Schema as Kubernetes spells it, with what schema-check.ts checks and no
// other keyword. An object with `type: object` is closed: it has the fields that are named, as the API server sees it.

export interface Schema {
  /** Alone in its schema. */
  readonly $ref?: `#/types/${string}`;
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly nullable?: boolean;
  /** What `pattern` or a combination stands for, in words: `a DNS label (…)`. */
  readonly description?: string;

  readonly enum?: readonly string[];
  readonly format?: "int32" | "int64" | "byte";
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;

  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;

  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;

  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;

  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-list-type"?: "map" | "set";
  /** Fields whose values together are different for each item. */
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  /** Of all keys and values of a map together, in UTF-8; a keyword of our own. */
  readonly "x-meshfront-max-bytes"?: number;
}

/** All kinds that are emitted, `<apiVersion>/<kind>`, and the types that they are made of. */
export interface Schemas {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Schema>>;
}
