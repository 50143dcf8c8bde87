import { describe, expect, it } from "vitest";
import type { Schema } from "../../manifests/object-schema.ts";
import { shareRepeated } from "../../tools/import/share-repeated.mjs";

const names = (prefix: string): readonly string[] =>
  [..."abcdefghijklmnopqrst"].map((end) => `${prefix}${end}`);
const large = (prefix: string, more: Readonly<Record<string, Schema>> = {}): Schema => ({
  fields: { ...Object.fromEntries(names(prefix).map((name) => [name, "string"])), ...more },
});

describe("shareRepeated", () => {
  it("names a large object that stands twice after the type and the field where it stands first", () => {
    const source = large("of");
    const types: [string, Schema][] = [
      ["App", { fields: { source, sources: { items: source }, text: "string" } }],
      ["Other", { fields: { old: { values: source } } }],
    ];
    expect(shareRepeated(types)).toEqual([
      ["App", { fields: { source: "AppSource", sources: { items: "AppSource" }, text: "string" } }],
      ["Other", { fields: { old: { values: "AppSource" } } }],
      ["AppSource", source],
    ]);
  });

  it("names the inner of two that stand in each other, where that stands elsewhere too", () => {
    const inner = large("in");
    const outer = large("out", { inner });
    const types: [string, Schema][] = [
      ["App", { fields: { outer, again: outer, inner, either: { anyOf: ["string", inner] } } }],
    ];
    const shared = new Map(shareRepeated(types));
    expect(shared.get("App")).toEqual({
      fields: {
        outer: "AppOuter",
        again: "AppOuter",
        inner: "AppInner",
        either: { anyOf: ["string", "AppInner"] },
      },
    });
    expect(shared.get("AppOuter")).toEqual(large("out", { inner: "AppInner" }));
    expect(shared.get("AppInner")).toEqual(inner);
  });

  it("leaves alone what is small or stands once", () => {
    const small: Schema = { fields: { a: "string" } };
    const types: [string, Schema][] = [["App", { fields: { one: small, two: small, three: large("of") } }]];
    expect(shareRepeated(types)).toEqual(types);
  });

  it("refuses a name that is taken", () => {
    const source = large("of");
    const types: [string, Schema][] = [
      ["App", { fields: { source, sources: { items: source } } }],
      ["AppSource", { fields: {} }],
    ];
    expect(() => shareRepeated(types)).toThrow("two types would be named AppSource");
  });
});
