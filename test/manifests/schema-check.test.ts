import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../core/json.ts";
import type { Schema } from "../../manifests/object-schema.ts";
import { checkSchema, type SchemaFinding } from "../../manifests/schema-check.ts";

const types: Readonly<Record<string, Schema>> = {
  Name: { type: "string", pattern: "[a-z]+", form: "a name (lower-case letters)", maxLength: 5 },
  Port: {
    fields: { name: "Name", number: { type: "integer", minimum: 1, maximum: 65535 } },
    required: ["name"],
  },
  Tree: { fields: { children: { items: "Tree" } } },
};

function findType(name: string): Schema {
  const type = types[name];
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

const check = (schema: Schema, value: JsonValue): readonly SchemaFinding[] =>
  checkSchema(findType, schema, value);

/** `path: expected, found` of each finding. */
const texts = (schema: Schema, value: JsonValue): readonly string[] =>
  check(schema, value).map(({ path, expected, found }) => `${path.join("/")}: ${expected}, ${found}`);

describe("checkSchema", () => {
  it.each<[string, Schema, JsonValue]>([
    ["any value where anything goes", "any", [null, { a: 1 }]],
    ["a closed object with its optional field left out", "Port", { name: "http" }],
    [
      "a number at either end of its range",
      { items: "Port" },
      [
        { name: "a", number: 1 },
        { name: "b", number: 65535 },
      ],
    ],
    [
      "an empty list and an empty map without limits",
      { fields: { a: { items: "string" }, b: { values: "string" } } },
      { a: [], b: {} },
    ],
    ["either of a union", { items: { anyOf: ["string", "integer"] } }, ["80", 80]],
    ["a type that contains itself", "Tree", { children: [{ children: [] }] }],
    [
      "one of two fields that exclude each other",
      { fields: { a: "string", b: "string" }, atMostOne: ["a", "b"] },
      { b: "" },
    ],
    [
      "items of which each is different",
      { items: "Port", uniqueBy: ["name"] },
      [{ name: "a" }, { name: "b" }],
    ],
    ["a fraction where a number is asked for", "number", 0.5],
  ])("takes %s", (_, schema, value) => {
    expect(texts(schema, value)).toEqual([]);
  });

  it.each<[string, Schema, JsonValue, string]>([
    ["an unknown field", "Port", { name: "a", nmuber: 1 }, "nmuber: a field that exists, an unknown one"],
    [
      "a field that every JavaScript object inherits",
      "Port",
      { name: "a", constructor: 1 },
      "constructor: a field that exists, an unknown one",
    ],
    ["a missing field", "Port", { number: 1 }, ": a field `name`, a map (number)"],
    ["a string for a number", "Port", { name: "a", number: "80" }, 'number: an integer, "80"'],
    ["a number for a string", { values: "string" }, { a: 7 }, "a: a string, 7"],
    ["a fraction for an integer", "integer", 1.5, ": an integer, 1.5"],
    ["a string for a boolean", "boolean", "true", ': true or false, "true"'],
    [
      "null, even where the field is optional",
      "Port",
      { name: "a", number: null },
      "number: an integer, null (an empty value)",
    ],
    ["a number below its range", "Port", { name: "a", number: 0 }, "number: at least 1, 0"],
    ["a number above its range", "Port", { name: "a", number: 65536 }, "number: at most 65535, 65536"],
    [
      "a text of another form, whatever part of it matches",
      "Name",
      "a-b",
      ': a name (lower-case letters), "a-b"',
    ],
    ["a line break behind what matches", "Name", "ab\n", ': a name (lower-case letters), "ab\\n"'],
    ["a text that is too long", "Name", "abcdef", ': at most 5 characters, "abcdef"'],
    ["an empty text", { type: "string", minLength: 1 }, "", ': at least 1 character, ""'],
    ["none of the values that there are", { type: "string", enum: ["A", "B"] }, "C", ': one of A, B, "C"'],
    ["a list for a map", "Port", [], ": a map, an empty list"],
    ["a map for a list", { items: "string" }, {}, ": a list, an empty map"],
    [
      "a wrong item, with its index",
      { fields: { ports: { items: "Port" } } },
      { ports: [{ name: "a" }, { name: 1 }] },
      "ports/1/name: a string, 1",
    ],
    ["a list that is too short", { items: "string", minItems: 1 }, [], ": at least 1 in the list, 0"],
    ["a list that is too long", { items: "string", maxItems: 1 }, ["a", "b"], ": at most 1 in the list, 2"],
    ["an item twice", { items: "integer", unique: true }, [1, 2, 1], ": each item once, 1 again"],
    [
      "two items of one name",
      { items: "Port", uniqueBy: ["name"] },
      [{ name: "a" }, { name: "a", number: 2 }],
      ': each name once, ["a"] again',
    ],
    [
      "a key of another form",
      { values: "string", keys: "Name" },
      { "A!": "" },
      'A!: a name (lower-case letters), "A!"',
    ],
    ["more bytes than there may be", { values: "string", maxBytes: 4 }, { k: "äé" }, ": at most 4 bytes, 5"],
    ["none of a union", { anyOf: ["string", "integer"] }, true, ": a string or an integer, true"],
    [
      "both of two fields that exclude each other",
      { fields: { a: "string", b: "string" }, atMostOne: ["a", "b"] },
      { a: "", b: "" },
      ": one of `a`, `b` at most, `a`, `b`",
    ],
  ])("reports %s", (_, schema, value, expected) => {
    expect(texts(schema, value)).toEqual([expected]);
  });

  it("reports everything at once", () => {
    expect(texts({ items: "Port" }, [{ nam: "a" }, { name: 1, number: "x" }])).toHaveLength(4);
  });

  it("suggests the nearest field and the nearest value", () => {
    expect(check("Port", { name: "a", nmuber: 1 })[0]?.suggestion).toBe("Did you mean number?");
    expect(check({ type: "string", enum: ["Prefix", "Exact"] }, "prefix")[0]?.suggestion).toBe(
      "Did you mean Prefix?",
    );
  });

  it("suggests no field that is there already, and none that is far off", () => {
    expect(check("Port", { name: "a", names: "b" })[0]).not.toHaveProperty("suggestion");
    expect(check("Port", { name: "a", timeout: "b" })[0]).not.toHaveProperty("suggestion");
  });

  it("says what it lacks where the schemas refer to a type that they have not", () => {
    expect(() => check("Service", {})).toThrow("no type Service");
  });
});
