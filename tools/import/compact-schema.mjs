// @ts-check

/** @typedef {import("./schema.ts").Schema} Schema */
/** @typedef {import("../../manifests/object-schema.ts").Schema} Compact */

const bounds = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/**
 * A JSON Schema in the form of imports/schemas.json (manifests/object-schema.ts). A keyword that it does not know is an
 * error: it would be a limit that nobody checks.
 *
 * @param {Schema} schema
 * @param {string} path where it stands, for the message
 * @returns {Compact}
 */
export function compactSchema(schema, path) {
  const { description: _, "x-kubernetes-int-or-string": __, ...known } = schema;
  // A patched field keeps its `type: string` beside the reference to what the string looks like.
  if (known.$ref !== undefined) return only(known, ["$ref", "type"], path, known.$ref);
  if (known.anyOf !== undefined) {
    return only(known, ["anyOf"], path, { anyOf: known.anyOf.map((one) => compactSchema(one, path)) });
  }
  if (known.type === "array") return compactList(known, path);
  if (known.type === "object") return compactObject(known, path);
  if (known.type === "boolean") return only(known, ["type"], path, "boolean");
  return compactScalar(schema, path);
}

/**
 * @param {Schema} schema
 * @param {string} path
 * @returns {Compact}
 */
function compactList(
  { items, minItems, maxItems, uniqueItems, "x-kubernetes-list-map-keys": uniqueBy, ...rest },
  path,
) {
  if (items === undefined) throw new Error(`${path}: expected a list to say what its items are`);
  return only(rest, ["type"], path, {
    items: compactSchema(items, `${path}[]`),
    ...defined({ minItems, maxItems, unique: uniqueItems, uniqueBy }),
  });
}

/**
 * @param {Schema} schema
 * @param {string} path
 * @returns {Compact}
 */
function compactObject(
  { properties, additionalProperties, propertyNames, maxBytes, required, atMostOne, ...rest },
  path,
) {
  if (properties === undefined) {
    const values = additionalProperties ? compactSchema(additionalProperties, `${path}{}`) : "any";
    const keys = propertyNames && compactSchema(propertyNames, `${path}{}`);
    return only(rest, ["type", "x-kubernetes-preserve-unknown-fields"], path, {
      values,
      ...defined({ keys, maxBytes }),
    });
  }
  const fields = Object.fromEntries(
    Object.entries(properties)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, compactSchema(field, `${path}.${name}`)]),
  );
  const names = required?.length ? [...required].sort() : undefined;
  return only(rest, ["type"], path, { fields, ...defined({ required: names, atMostOne }) });
}

/**
 * @param {Schema} schema
 * @param {string} path
 * @returns {Compact}
 */
function compactScalar({ type, format, description, enum: values, pattern, ...limits }, path) {
  const { minLength, maxLength, minimum, maximum, ...rest } = limits;
  if (type !== "string" && type !== "number" && type !== "integer") throw unknown(path, { type });
  const isInteger = type === "integer" && (format === "int32" || format === "int64");
  const [lowest, highest] = isInteger ? bounds[format] : [];
  const form = pattern && description;
  const checks = defined({ enum: values, pattern, form, minLength, maxLength, minimum, maximum });
  if (Object.keys(checks).length === 0) return only(rest, [], path, isInteger ? format : type);
  return only(rest, [], path, { type, ...defined({ minimum: lowest, maximum: highest }), ...checks });
}

/** The types behind the names `int32` and `int64`; what a number of JavaScript cannot hold exactly, it cannot write. */
export const integerTypes = Object.fromEntries(
  Object.entries(bounds).map(([name, [minimum, maximum]]) => [name, { type: "integer", minimum, maximum }]),
);

/**
 * `result`, if `schema` has no keywords but these.
 *
 * @template T
 * @param {object} schema
 * @param {readonly string[]} keywords
 * @param {string} path
 * @param {T} result
 * @returns {T}
 */
function only(schema, keywords, path, result) {
  const others = Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword));
  if (others.length > 0) throw unknown(path, Object.fromEntries(others));
  return result;
}

/**
 * @param {string} path
 * @param {object} found
 */
const unknown = (path, found) =>
  new Error(
    `${path}: tools/import/compact-schema.mjs does not know what to make of ${JSON.stringify(found)}.`,
  );

/**
 * @template {object} T
 * @param {T} object
 * @returns {{ [K in keyof T]?: Exclude<T[K], undefined> }}
 */
const defined = (object) =>
  /** @type {any} */ (Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)));
