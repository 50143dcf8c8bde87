// @ts-check
/** @typedef {import("../../manifests/object-schema.ts").Schema} Schema */

/** In characters. What is smaller stays in place, where it is easier to read. */
const smallestShared = 200;

/**
 * Gives every large object that stands in several places a name, as Kubernetes' own types have them: CRDs spell out an
 * Application's source four times, and whoever asks for one field of a type reads all of it.
 *
 * @param {readonly (readonly [string, Schema])[]} types
 * @returns {readonly (readonly [string, Schema])[]}
 */
export function shareRepeated(types) {
  const named = new Map(types);
  for (;;) {
    const found = largestRepeated(named);
    if (found === undefined) return [...named];
    const { schema, name } = found;
    if (named.has(name)) throw new Error(`two types would be named ${name}`);
    const text = JSON.stringify(schema);
    for (const [type, whole] of named) {
      named.set(type, JSON.parse(JSON.stringify(whole).replaceAll(text, JSON.stringify(name))));
    }
    named.set(name, schema);
  }
}

/**
 * Its name is that of the type and of the field in which it stands first.
 *
 * @param {ReadonlyMap<string, Schema>} types
 */
function largestRepeated(types) {
  /** @type {Map<string, { schema: Schema, name: string, count: number }>} */
  const seen = new Map();
  for (const [type, schema] of types) {
    for (const { field, object } of objectsBelow(schema)) {
      const text = JSON.stringify(object);
      const name = `${type}${field.charAt(0).toUpperCase()}${field.slice(1)}`;
      const { count = 0, ...first } = seen.get(text) ?? { schema: object, name };
      seen.set(text, { ...first, count: count + 1 });
    }
  }
  const repeated = [...seen].filter(([text, { count }]) => count > 1 && text.length >= smallestShared);
  return repeated.sort(([a], [b]) => b.length - a.length)[0]?.[1];
}

/**
 * @param {Schema} schema
 * @param {string} field the one in which the schema stands
 * @returns {readonly { field: string, object: Schema }[]}
 */
function objectsBelow(schema, field = "") {
  if (typeof schema === "string" || "type" in schema) return [];
  if ("items" in schema) return objectsIn(schema.items, field);
  if ("values" in schema) return objectsIn(schema.values, field);
  if ("anyOf" in schema) return schema.anyOf.flatMap((item) => objectsIn(item, field));
  return Object.entries(schema.fields).flatMap(([name, value]) => objectsIn(value, name));
}

/**
 * @param {Schema} schema
 * @param {string} field
 */
const objectsIn = (schema, field) => [
  ...(typeof schema === "object" && "fields" in schema ? [{ field, object: schema }] : []),
  ...objectsBelow(schema, field),
];
