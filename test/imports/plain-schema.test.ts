import { describe, expect, it } from "vitest";
import type { Schema } from "../../manifests/object-schema.ts";
import { type Published, plainSchema } from "../../tools/import/plain-schema.mjs";

describe("plainSchema", () => {
  it.each<[string, Published]>([
    ["a bound", { type: "integer", format: "int32", minimum: 0, maximum: 9 }],
    ["a pattern and lengths", { type: "string", pattern: "^a", minLength: 1, maxLength: 2 }],
    ["an enum", { type: "string", enum: ["A", ""] }],
    ["null", { type: "boolean", nullable: true }],
    ["required fields", { type: "object", properties: { a: { type: "string" } }, required: ["a"] }],
    [
      "a map",
      { type: "object", additionalProperties: { type: "string" }, minProperties: 1, maxProperties: 2 },
    ],
    [
      "a list with keys",
      { type: "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["a"] },
    ],
    ["a free-form object", { type: "object", "x-kubernetes-preserve-unknown-fields": true }],
    ["an integer or a string", { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }] }],
    [
      "combinations",
      { allOf: [{ oneOf: [{ not: { anyOf: [{ required: ["a"] }] } }, { required: ["a"] }] }] },
    ],
    ["a reference", { $ref: "#/definitions/io.k8s.api.core.v1.PodSpec" }],
  ])("keeps %s as published", (_, published) => {
    expect(plainSchema(published, "Demo")).toEqual(published);
  });

  it("drops what refuses nothing, at every depth", () => {
    const idle = {
      description: "…",
      default: "",
      "x-kubernetes-list-type": "atomic",
      "x-kubernetes-map-type": "atomic",
      "x-kubernetes-patch-strategy": "merge",
    };
    const published = { ...idle, type: "array", items: { ...idle, type: "number", format: "double" } };
    expect(plainSchema(published, "Demo")).toEqual({ type: "array", items: { type: "number" } });
  });

  it("keeps a field that is named like a keyword", () => {
    const published = { type: "object", properties: { description: { type: "string" } } };
    expect(plainSchema(published, "Demo")).toEqual(published);
  });

  it("spells OpenAPI 2's int-or-string as CRDs do", () => {
    expect(plainSchema({ type: "string", format: "int-or-string" }, "Demo")).toEqual({
      "x-kubernetes-int-or-string": true,
    });
  });

  it("puts CEL rules beside what there is", () => {
    const one: Schema = { required: ["a"] };
    const published = {
      allOf: [one],
      "x-kubernetes-validations": [{ rule: "self.size() == 0", message: "nothing" }],
    };
    expect(plainSchema(published, "Demo")).toEqual({
      allOf: [one, { maxLength: 0, description: "nothing" }],
    });
  });

  it.each<[string, Published, string]>([
    ["a keyword that it does not know", { multipleOf: 2 }, "does not know `multipleOf`: 2"],
    ["a format that it does not know", { type: "string", format: "ipv4" }, 'does not know `format`: "ipv4"'],
    ["values that are no texts", { enum: [1] }, "does not know `enum`: [1]"],
    ["a map that is said to be open", { additionalProperties: true }, "does not know `additionalProperties`"],
    ["an expression of another language", { pattern: "(?i)a" }, "Invalid regular expression"],
    [
      "an object that does not say what is in it",
      { type: "object" },
      "expected an object to say what is in it",
    ],
    [
      "a rule that nobody decided on",
      { "x-kubernetes-validations": [{ rule: "self.contains('b')", message: "b" }] },
      "does not know the rule \"self.contains('b')\" (b)",
    ],
  ])("refuses %s, and says where", (_, published, message) => {
    const outer = { type: "object", properties: { a: published } };
    expect(() => plainSchema(outer, "Demo")).toThrow(message);
    expect(() => plainSchema(outer, "Demo")).toThrow(/^Demo\.a: /);
  });
});
