import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { emitDocument, type JsonObject, type JsonValue } from "../../manifests/yaml.ts";
import { anyDocument, hostileText, numRuns } from "./yaml-arbitrary.ts";
import { libraries } from "./yaml-readers.ts";

describe("every JSON document", { timeout: 600_000 }, () => {
  it("reads back as the same data in every library", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = emitDocument(document);
        for (const { read } of libraries) expect(read(text)).toStrictEqual(document);
      }),
      { numRuns },
    );
  });

  it("has the same bytes whatever the order of the keys", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(emitDocument(reversed(document) as JsonObject)).toBe(emitDocument(document)); // maps stay maps
      }),
      { numRuns },
    );
  });

  it("has the same bytes in every locale and time zone", () => {
    const documents = fc.sample(anyDocument, 100);
    const expected = documents.map(emitDocument);
    const forbidden = (): never => {
      throw new Error("the emitter asked for the locale");
    };
    const zone = process.env.TZ;
    const spies = [
      vi.spyOn(String.prototype, "localeCompare").mockImplementation(forbidden),
      vi.spyOn(String.prototype, "toLocaleLowerCase").mockImplementation(forbidden),
      vi.spyOn(Number.prototype, "toLocaleString").mockImplementation(forbidden),
    ];
    vi.stubGlobal("Intl", undefined);
    try {
      process.env.TZ = "Pacific/Kiritimati";
      expect(documents.map(emitDocument)).toEqual(expected);
    } finally {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllGlobals();
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("has no tab or control character at the margin, no carriage return and one final line break", () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = emitDocument(document);
        expect(text).not.toMatch(/^\t|\r|[\0\x7f\x85\u2028\u2029\ufeff]/m);
        expect(text).toMatch(/\n$/);
      }),
      { numRuns },
    );
  });
});

it("text with half of a surrogate pair is refused, as key and as value", { timeout: 600_000 }, () => {
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
  const broken = fc
    .tuple(hostileText, half, fc.constantFrom("", "a", "\n", "é"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(broken, (text) => {
      expect(() => emitDocument({ a: [text] })).toThrow("a[0]: expected Unicode text");
      expect(() => emitDocument({ [text]: 1 })).toThrow("expected Unicode text");
    }),
    { numRuns },
  );
});

function reversed(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reversed(child)]),
  );
}
