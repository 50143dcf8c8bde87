// @ts-check
// What of a published schema goes into imports/schemas.json: as published, without what limits nothing. A keyword that is
// in no list here is an error: it might be a limit that manifests/schema-check.ts does not check.
import { ruleSchemas } from "./cel-rules.mjs";

/** @typedef {import("../../manifests/object-schema.ts").Schema} Schema */

/**
 * A schema as its project publishes it: `openAPIV3Schema` of a CRD (apiextensions.k8s.io/v1, JSONSchemaProps), or a
 * definition in Kubernetes' OpenAPI document.
 *
 * @typedef {object} PublishedProperties
 * @property {Readonly<Record<string, Published>>} [properties]
 * @property {readonly import("./cel-rules.mjs").Rule[]} [x-kubernetes-validations]
 * @typedef {PublishedProperties & { readonly [keyword: string]: unknown }} Published
 */

/** Keywords that are kept as they are. */
const kept = new Set([
  ...["$ref", "type", "nullable", "required"],
  ...[
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minProperties",
    "maxProperties",
    "minItems",
    "maxItems",
  ],
  ...["x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-list-map-keys"],
]);

/** Keywords that refuse nothing: texts, what the API server fills in, how it merges. */
const dropped = new Set([
  ...["description", "default", "x-kubernetes-map-type", "x-kubernetes-group-version-kind"],
  ...["x-kubernetes-patch-merge-key", "x-kubernetes-patch-strategy", "x-kubernetes-unions"],
]);

/**
 * Keywords of which some values are kept: a value of the second list refuses nothing.
 *
 * @type {Readonly<Record<string, readonly [readonly unknown[], readonly unknown[]]>>}
 */
const byValue = {
  format: [
    ["byte", "int32", "int64"],
    ["binary", "double"],
  ],
  "x-kubernetes-list-type": [["map", "set"], ["atomic"]],
};

const nested = ["additionalProperties", "items", "not"];
const combinations = ["allOf", "anyOf", "oneOf"];

/**
 * @param {Published} published
 * @param {string} path where it stands, for messages
 * @returns {Schema}
 */
export function plainSchema(published, path) {
  // OpenAPI 2 has no other word for it.
  if (published.format === "int-or-string") return { "x-kubernetes-int-or-string": true };
  /** @type {Schema} */
  const plain = Object.fromEntries(
    Object.entries(published).flatMap(([keyword, value]) => plainKeyword(keyword, value, path)),
  );
  const isFree = plain["x-kubernetes-preserve-unknown-fields"] || plain.additionalProperties;
  if (plain.type === "object" && !plain.properties && !isFree)
    throw new Error(`${path}: expected an object to say what is in it, found ${JSON.stringify(published)}.`);
  const rules = ruleSchemas(published["x-kubernetes-validations"] ?? [], path);
  return rules.length === 0 ? plain : { ...plain, allOf: [...(plain.allOf ?? []), ...rules] };
}

/**
 * @param {string} keyword
 * @param {any} value
 * @param {string} path
 * @returns {[string, unknown][]} none or one
 */
function plainKeyword(keyword, value, path) {
  const [known, idle] = byValue[keyword] ?? [[], []];
  if (kept.has(keyword) || known.includes(value)) return [[keyword, value]];
  if (dropped.has(keyword) || idle.includes(value) || keyword === "x-kubernetes-validations") return [];
  if (keyword === "enum" && value.every((/** @type {unknown} */ one) => typeof one === "string"))
    return [[keyword, value]];
  if (keyword === "pattern") return [[keyword, expression(value, path)]];
  if (keyword === "properties") return [[keyword, plainProperties(value, path)]];
  if (nested.includes(keyword) && typeof value === "object") return [[keyword, plainSchema(value, path)]];
  if (combinations.includes(keyword))
    return [[keyword, value.map((/** @type {Published} */ one) => plainSchema(one, path))]];
  throw new Error(
    `${path}: tools/import/plain-schema.mjs does not know \`${keyword}\`: ${JSON.stringify(value)}. Teach manifests/schema-check.ts to check it, or name it among what refuses nothing.`,
  );
}

/**
 * @param {Readonly<Record<string, Published>>} properties
 * @param {string} path
 */
const plainProperties = (properties, path) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, plainSchema(field, `${path}.${name}`)]),
  );

/**
 * Go's expressions are JavaScript's, as far as the published ones go.
 *
 * @param {string} pattern
 * @param {string} path
 */
function expression(pattern, path) {
  try {
    new RegExp(pattern);
    return pattern;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
