import { describe, expect, it } from "vitest";
import type { Schema } from "../../manifests/object-schema.ts";
import { applyPatches } from "../../tools/import/apply-patches.mjs";
import { patches } from "../../tools/import/patches.mjs";

const port: Schema = {
  type: "object",
  properties: { number: { type: "number", minimum: 1 }, name: { type: "string" } },
  required: ["number"],
};
const schema: Schema = {
  type: "object",
  properties: { servers: { type: "array", items: { type: "object", properties: { port } } } },
};
const at = { kind: "Gateway", path: "servers[].port", why: "an example" };

/** What the patch makes of the port. */
function patchedPort(patch: Parameters<typeof applyPatches>[2][number]): Schema | undefined {
  return applyPatches("Gateway", schema, [patch]).properties?.servers?.items?.properties?.port;
}

describe("applyPatches", () => {
  it("replaces keywords and keeps the others", () => {
    const patch = { ...at, path: "servers[].port.number", set: { type: "integer", maximum: 9 } } as const;
    expect(patchedPort(patch)?.properties?.number).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 9,
    });
  });

  it("replaces the whole schema by a reference", () => {
    const set: Schema = { $ref: "#/types/Port" };
    expect(patchedPort({ ...at, path: "servers[].port.number", set })?.properties?.number).toEqual(set);
  });

  it("makes a property required", () => {
    expect(patchedPort({ ...at, require: ["name"] })?.required).toEqual(["number", "name"]);
  });

  it("takes a property away", () => {
    expect(patchedPort({ ...at, remove: ["name"] })?.properties).toEqual({ number: port.properties?.number });
  });

  it("leaves other kinds and the schema it was given alone", () => {
    const before = structuredClone(schema);
    expect(applyPatches("Application", schema, [{ ...at, require: ["name"] }])).toEqual(before);
    applyPatches("Gateway", schema, [{ ...at, require: ["name"] }]);
    expect(schema).toEqual(before);
  });

  it.each([
    ["set", { ...at, path: "servers[].port.number", set: { type: "number" } }],
    ["require", { ...at, require: ["number"] }],
    ["remove", { ...at, remove: ["protocol"] }],
  ] as const)("refuses a row (%s) that changes nothing and says to remove it", (_, patch) => {
    expect(() => applyPatches("Gateway", schema, [patch])).toThrow(
      /^The patch of Gateway servers\[\]\.port\S* changes nothing: the published file has it now \(.+\)\. Remove the row from tools\/import\/patches\.mjs\.$/,
    );
  });

  it.each(["servers[].prot", "servers.port", "port[]"])(
    "refuses a row for %s, which is not there",
    (path) => {
      expect(() => applyPatches("Gateway", schema, [{ ...at, path, require: ["name"] }])).toThrow(
        `Expected Gateway to have ${path}, which tools/import/patches.mjs names; the published file has no such field. Correct the row or remove it.`,
      );
    },
  );
});

describe("the patches", () => {
  it("each say where they were read", () => {
    expect(patches.filter(({ why }) => why.length < 8)).toEqual([]);
  });
});
