import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../core/json.ts";
import type { Schema } from "../../manifests/object-schema.ts";
import { checkSchema, type SchemaViolation } from "../../manifests/schema-check.ts";

const text: Schema = { type: "string" };
const types: Readonly<Record<string, Schema>> = {
  Name: {
    type: "string",
    pattern: "^[a-z]+$",
    description: "a name (lower-case letters)",
    maxLength: 5,
  },
  Port: {
    type: "object",
    properties: {
      name: { $ref: "#/types/Name" },
      number: { type: "integer", minimum: 1, maximum: 65535 },
    },
    required: ["name"],
  },
  Tree: {
    type: "object",
    properties: { children: { type: "array", items: { $ref: "#/types/Tree" } } },
  },
};
const name: Schema = { $ref: "#/types/Name" };
const port: Schema = { $ref: "#/types/Port" };

const listOf = (items: Schema): Schema => ({ type: "array", items });
const mapOf = (additionalProperties: Schema): Schema => ({ type: "object", additionalProperties });
const objectOf = (properties: Readonly<Record<string, Schema>>): Schema => ({ type: "object", properties });

/** As Istio's CRDs say that fields exclude each other. */
const aOrB: Schema = {
  ...objectOf({ a: text, b: text }),
  oneOf: [
    { not: { anyOf: [{ required: ["a"] }, { required: ["b"] }] } },
    { required: ["a"] },
    { required: ["b"] },
  ],
};
const exactlyOne: Schema = {
  ...objectOf({ a: text, b: text }),
  oneOf: [{ required: ["a"] }, { required: ["b"] }],
};
const ruled: Schema = {
  type: "integer",
  allOf: [{ minimum: 1 }, { maximum: 9, not: { minimum: 5, maximum: 6 }, description: "a good number" }],
};
const intOrString: Schema = { "x-kubernetes-int-or-string": true };
const free: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const portsByName: Schema = {
  ...listOf(port),
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": ["name"],
};

function findType(reference: string): Schema {
  const type = types[reference.slice("#/types/".length)];
  if (type === undefined) throw new Error(`no type ${reference}`);
  return type;
}

const check = (schema: Schema, value: JsonValue): readonly SchemaViolation[] =>
  checkSchema(findType, schema, value);

/** `path: expected, found` of each finding. */
const texts = (schema: Schema, value: JsonValue): readonly string[] =>
  check(schema, value).map(({ path, expected, found }) => `${path.join("/")}: ${expected}, ${found}`);

describe("checkSchema", () => {
  it.each<[string, Schema, JsonValue]>([
    ["any value where anything goes", {}, [null, { a: 1 }]],
    ["a closed object with its optional field left out", port, { name: "http" }],
    [
      "a number at either end of its range",
      listOf(port),
      [
        { name: "a", number: 1 },
        { name: "b", number: 65535 },
      ],
    ],
    [
      "an empty list and an empty map without limits",
      objectOf({ a: listOf(text), b: mapOf(text) }),
      { a: [], b: {} },
    ],
    ["any field where unknown ones are preserved", free, { a: null, b: [{}] }],
    ["an integer and a string where both may be", listOf(intOrString), ["80", 80]],
    ["either of a union", listOf({ anyOf: [text, { type: "boolean" }] }), ["80", true]],
    ["null where the schema says so", { type: "boolean", nullable: true }, null],
    ["a type that contains itself", { $ref: "#/types/Tree" }, { children: [{ children: [] }] }],
    ["one of two fields that exclude each other", aOrB, { b: "" }],
    ["none of two fields that exclude each other", aOrB, {}],
    ["one of two fields of which one has to be", exactlyOne, { a: "" }],
    ["items of which each is different", portsByName, [{ name: "a" }, { name: "b" }]],
    ["a fraction where a number is asked for", { type: "number" }, 0.5],
    ["what all rules allow", ruled, 4],
    ["as many characters as allowed, of two units each", { type: "string", maxLength: 2 }, "🚪🚪"],
    ["base64", { type: "string", format: "byte" }, "aGk="],
    ["the largest int32", { type: "integer", format: "int32" }, 2147483647],
    ["as many entries as a map may have", { ...mapOf(text), minProperties: 1, maxProperties: 1 }, { a: "" }],
  ])("takes %s", (_, schema, value) => {
    expect(texts(schema, value)).toEqual([]);
  });

  it.each<[string, Schema, JsonValue, string]>([
    ["an unknown field", port, { name: "a", nmuber: 1 }, "nmuber: a field that exists, an unknown one"],
    [
      "a field that every JavaScript object inherits",
      port,
      { name: "a", constructor: 1 },
      "constructor: a field that exists, an unknown one",
    ],
    ["a missing field", port, { number: 1 }, ": a field `name`, a map (number)"],
    ["a string for a number", port, { name: "a", number: "80" }, 'number: an integer, "80"'],
    ["a number for a string", mapOf(text), { a: 7 }, "a: a string, 7"],
    ["a fraction for an integer", { type: "integer" }, 1.5, ": an integer, 1.5"],
    ["a string for a boolean", { type: "boolean" }, "true", ': true or false, "true"'],
    [
      "null, even where the field is optional",
      port,
      { name: "a", number: null },
      "number: an integer, null (an empty value)",
    ],
    ["a number below its range", port, { name: "a", number: 0 }, "number: at least 1, 0"],
    ["a number above its range", port, { name: "a", number: 65536 }, "number: at most 65535, 65536"],
    [
      "a number beyond its format",
      { type: "integer", format: "int32" },
      2147483648,
      ": at most 2147483647, 2147483648",
    ],
    ["a text that is no base64", { type: "string", format: "byte" }, "aGk", ': base64, "aGk"'],
    ["a text of another form", name, "a-b", ': a name (lower-case letters), "a-b"'],
    ["a line break behind what matches", name, "ab\n", ': a name (lower-case letters), "ab\\n"'],
    ["a text that is too long", name, "abcdef", ': at most 5 characters, "abcdef"'],
    ["an empty text", { type: "string", minLength: 1 }, "", ': at least 1 character, ""'],
    ["none of the values that there are", { type: "string", enum: ["A", "B"] }, "C", ': one of A, B, "C"'],
    ["a list for a map", port, [], ": a map, an empty list"],
    ["a map for a list", listOf(text), {}, ": a list, an empty map"],
    ["a list for a map of anything", free, [], ": a map, an empty list"],
    [
      "a wrong item, with its index",
      objectOf({ ports: listOf(port) }),
      { ports: [{ name: "a" }, { name: 1 }] },
      "ports/1/name: a string, 1",
    ],
    ["a list that is too short", { type: "array", minItems: 1 }, [], ": at least 1 in the list, 0"],
    ["a list that is too long", { type: "array", maxItems: 1 }, ["a", "b"], ": at most 1 in the list, 2"],
    ["a map that is too small", { ...mapOf(text), minProperties: 1 }, {}, ": at least 1 in the map, 0"],
    [
      "a map that is too large",
      { ...mapOf(text), maxProperties: 1 },
      { a: "", b: "" },
      ": at most 1 in the map, 2",
    ],
    [
      "an item twice",
      { type: "array", "x-kubernetes-list-type": "set" },
      [1, 2, 1],
      ": each item once, 1 again",
    ],
    [
      "two items of one name",
      portsByName,
      [{ name: "a" }, { name: "a", number: 2 }],
      ': each name once, ["a"] again',
    ],
    [
      "a key of another form",
      { ...mapOf(text), propertyNames: name },
      { "A!": "" },
      'A!: a name (lower-case letters), "A!"',
    ],
    [
      "more bytes than there may be",
      { ...mapOf(text), "x-meshfront-max-bytes": 4 },
      { k: "äé" },
      ": at most 4 bytes, 5",
    ],
    ["neither an integer nor a string", intOrString, 1.5, ": an integer or a string, 1.5"],
    ["none of a union", { anyOf: [text, { type: "integer" }] }, true, ": a string or an integer, true"],
    [
      "both of two fields that exclude each other",
      aOrB,
      { a: "", b: "" },
      ": one of `a`, `b` at most, `a`, `b`",
    ],
    ["none of two fields of which one has to be", exactlyOne, {}, ": one of `a`, `b`, an empty map"],
    ["what a rule forbids", ruled, 0, ": at least 1, 0"],
    ["what a rule with a text of its own forbids", ruled, 10, ": a good number, 10"],
    ["what a rule excludes", ruled, 5, ": a good number, 5"],
    ["what is excluded without a word", { not: text }, "a", ': another value, "a"'],
  ])("reports %s", (_, schema, value, expected) => {
    expect(texts(schema, value)).toEqual([expected]);
  });

  it("reports everything at once", () => {
    expect(texts(listOf(port), [{ nam: "a" }, { name: 1, number: "x" }])).toHaveLength(4);
  });

  it("suggests the nearest field and the nearest value", () => {
    expect(check(port, { name: "a", nmuber: 1 })[0]?.suggestion).toBe("Did you mean number?");
    expect(check({ type: "string", enum: ["Prefix", "Exact"] }, "prefix")[0]?.suggestion).toBe(
      "Did you mean Prefix?",
    );
  });

  it("suggests no field that is there already, and none that is far off", () => {
    expect(check(port, { name: "a", names: "b" })[0]).not.toHaveProperty("suggestion");
    expect(check(port, { name: "a", timeout: "b" })[0]).not.toHaveProperty("suggestion");
  });

  it("says what it lacks where the schemas refer to a type that they have not", () => {
    expect(() => check({ $ref: "#/types/Service" }, {})).toThrow("no type #/types/Service");
  });
});
