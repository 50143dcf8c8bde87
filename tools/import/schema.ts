/**
 * The JSON Schema that this import reads and writes: what it needs of a CRD's `openAPIV3Schema` (apiextensions.k8s.io/v1,
 * JSONSchemaProps) and of the definitions in Kubernetes' OpenAPI document.
 */
export interface Schema {
  readonly description?: string;
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly format?: "int32" | "int64" | "date-time" | "byte" | "quantity";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  /** What the keys of `additionalProperties` look like. */
  readonly propertyNames?: Schema;
  /** Of the keys and values of `additionalProperties` together, in UTF-8; no keyword of JSON Schema. */
  readonly maxBytes?: number;
  /** Name of another type; Kubernetes' own types only. */
  readonly $ref?: string;
  /** Properties of which an object has one at most; a CRD spells it oneOf over `required`, which cdk8s does not know. */
  readonly atMostOne?: readonly string[];
  readonly "x-kubernetes-int-or-string"?: true;
  readonly "x-kubernetes-preserve-unknown-fields"?: true;
  /** Properties that together tell the items of a list apart. */
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
}
