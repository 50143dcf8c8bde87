import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../tools/import/schema.ts";

// TypeScript 5.9 comes with `npm run import` only: whoever works on the generator has it.
const installed = existsSync(new URL("../../tools/import/node_modules/typescript5", import.meta.url));

/** The schema of `interface I { value: <type> }`'s property, described if `comment` is given. */
async function schemaOfType(type: string, comment = ""): Promise<Schema | undefined> {
  const { interfaceToSchema } = await import("../../tools/import/type-to-schema.mjs");
  const text = `export interface I {\n${comment}\n"value": ${type};\n}`;
  return interfaceToSchema("example.d.ts", text, "I").properties?.value;
}

describe.skipIf(!installed)("interfaceToSchema", () => {
  it.each([
    ["string", { type: "string" }],
    ["Array<boolean>", { type: "array", items: { type: "boolean" } }],
    ['"A" | "B"', { type: "string", enum: ["A", "B"] }],
    [
      "number | string",
      { anyOf: [{ type: "integer" }, { type: "string" }], "x-kubernetes-int-or-string": true },
    ],
    ["{}", { type: "object", "x-kubernetes-preserve-unknown-fields": true }],
    ["{ [key: string]: string }", { type: "object", additionalProperties: { type: "string" } }],
    ["IObjectMeta", { type: "object" }],
  ])("turns %s into its schema", async (type, schema) => {
    expect(await schemaOfType(type)).toEqual(schema);
  });

  it("requires what is not optional", async () => {
    expect(await schemaOfType('{ "a": string; "b"?: string }')).toEqual({
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      required: ["a"],
    });
  });

  it("turns a oneOf into one object that requires only what every alternative requires", async () => {
    const base = '{ "x": string; "a"?: string; "b"?: string }';
    const a = '{ "x": string; "a": string; "b"?: string }';
    const b = '{ "x": string; "a"?: string; "b": string }';
    const oneOf = `${base} & (Exclude<${base}, ${base} & (${a} | ${b})> | ${a} | ${b})`;
    expect(await schemaOfType(oneOf)).toMatchObject({ required: ["x"], properties: { a: {}, b: {}, x: {} } });
  });

  it("remembers that the alternatives of a oneOf exclude each other", async () => {
    const base = '{ "a"?: string; "b"?: string }';
    const alternatives = '{ "a": string; "b"?: string } | { "a"?: string; "b": string }';
    const oneOf = `${base} & (Exclude<${base}, ${base} & (${alternatives})> | ${alternatives})`;
    expect(await schemaOfType(oneOf)).toMatchObject({ atMostOne: ["a", "b"] });
  });

  it("keeps descriptions with their lines, bullets and indentation", async () => {
    const comment = "/**\n * One:\n * \\* a bullet\n *   indented\n *\n * end.\n */";
    expect(await schemaOfType("string", comment)).toEqual({
      description: "One:\n* a bullet\n  indented\n\nend.",
      type: "string",
    });
  });

  it.each(["IUnknown", "unknown", "string | boolean", "() => void", '{ "a": string } | { "b": string }'])(
    "refuses %s rather than guess",
    async (type) => {
      await expect(schemaOfType(type)).rejects.toThrow(
        /^example\.d\.ts:3: expected .+, found `.+`\. Teach tools\/import\/type-to-schema\.mjs what it means\.$/,
      );
    },
  );
});
