import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../core/json.ts";
import { alignLists } from "../../../manifests/diff/align-lists.ts";
import { compareObjects } from "../../../manifests/diff/compare-values.ts";

const compareSpecs = (kind: string, before: JsonValue, after: JsonValue) =>
  compareObjects({ kind, spec: before }, { kind, spec: after });

describe("a field", () => {
  it.each<[string, JsonValue | undefined, JsonValue | undefined]>([
    ["another text", "a", "b"],
    ["a number that becomes a text", 1, "1"],
    ["a boolean that becomes a text", true, "true"],
    ["a value that becomes null", "a", null],
    ["null that becomes empty", null, ""],
    ["a map that becomes a list", {}, []],
    ["zero that becomes minus zero", 0, -0],
  ])("differs: %s", (_, before, after) => {
    expect(compareSpecs("Thing", { a: before ?? null }, { a: after ?? null })).toEqual([
      { path: "spec.a", before, after },
    ]);
  });

  it("that is null is not one that is absent", () => {
    expect(compareSpecs("Thing", { a: null }, {})).toEqual([{ path: "spec.a", before: null }]);
    expect(compareSpecs("Thing", {}, { a: {} })).toEqual([{ path: "spec.a", after: {} }]);
  });

  it("does not differ where only the order of keys does", () => {
    expect(compareSpecs("Thing", { a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 })).toEqual([]);
  });

  it("with a name that is no plain word stands in quotes, and no two paths look the same", () => {
    const paths = compareSpecs("Thing", {}, { "a.b": 1, "0": 1, "x]": 1, __proto__x: 1, "\u200b": 1 });
    expect(paths.map(({ path }) => path)).toEqual([
      'spec["0"]',
      "spec.__proto__x",
      'spec["a.b"]',
      'spec["x]"]',
      'spec["\\u200b"]',
    ]);
  });

  it("named __proto__ is a field like any other", () => {
    const before = JSON.parse('{"kind":"Thing","__proto__":{"a":1}}') as JsonObject;
    expect(compareObjects(before, { kind: "Thing" })).toEqual([{ path: "__proto__", before: { a: 1 } }]);
  });
});

describe("a list with a key", () => {
  const ports = (...names: string[]) => names.map((name, index) => ({ port: { name, number: 80 + index } }));

  it("shows one more item as one more item, wherever it stands", () => {
    const before = { servers: [{ port: { name: "https" } }] };
    const after = { servers: [{ port: { name: "http" } }, { port: { name: "https" } }] };
    expect(compareSpecs("Gateway", before, after)).toEqual([
      { path: "spec.servers[port.name=http]", after: { port: { name: "http" } } },
    ]);
  });

  it("shows a field of an item under the item's key", () => {
    const rule = (number: number) => ({
      host: "*.example.com",
      http: { paths: [{ path: "/", pathType: "Prefix", backend: { number } }] },
    });
    expect(compareSpecs("Ingress", { rules: [rule(80)] }, { rules: [rule(81)] })).toEqual([
      {
        path: "spec.rules[host=*.example.com].http.paths[path=/ pathType=Prefix].backend.number",
        before: 80,
        after: 81,
      },
    ]);
  });

  it("shows another order of the same items as that", () => {
    const before = { servers: ports("a", "b") };
    const after = { servers: before.servers.toReversed() };
    expect(compareSpecs("Gateway", before, after)).toEqual([
      {
        path: "spec.servers",
        order: true,
        before: ["[port.name=a]", "[port.name=b]"],
        after: ["[port.name=b]", "[port.name=a]"],
      },
    ]);
  });

  it.each([
    ["two items have the same key", [{ port: { name: "a" } }, { port: { name: "a" } }]],
    ["an item has no key", [{ port: { name: "a" } }, {}]],
    ["an item is no map", [{ port: { name: "a" } }, "text"]],
  ])("is compared by place where %s", (_, before) => {
    expect(compareSpecs("Gateway", { servers: before }, { servers: before.slice(0, 1) })).toEqual([
      { path: "spec.servers[1]", before: before[1] },
    ]);
  });
});

describe("any other list", () => {
  it.each<[string, JsonValue[], JsonValue[], object[]]>([
    ["one item comes", ["a", "c"], ["a", "b", "c"], [{ path: "spec.list[1]", after: "b" }]],
    ["one item goes", ["a", "b", "c"], ["a", "c"], [{ path: "spec.list[1]", before: "b" }]],
    [
      "one item is replaced",
      ["a", "b", "c"],
      ["a", "x", "c"],
      [{ path: "spec.list[1]", before: "b", after: "x" }],
    ],
    [
      "an item moves",
      ["a", "b", "c"],
      ["b", "c", "a"],
      [
        { path: "spec.list[0]", before: "a" },
        { path: "spec.list[2]", after: "a" },
      ],
    ],
    ["the same item once more", ["a", "a"], ["a"], [{ path: "spec.list[1]", before: "a" }]],
    [
      "a field of a map in it",
      [{ a: 1, b: 1 }],
      [{ a: 1, b: 2 }],
      [{ path: "spec.list[0].b", before: 1, after: 2 }],
    ],
    ["all of it", ["a"], [], [{ path: "spec.list[0]", before: "a" }]],
  ])("is edited as little as can be: %s", (_, before, after, changes) => {
    expect(compareSpecs("Thing", { list: before }, { list: after })).toEqual(changes);
  });

  it("is aligned the same way in both directions, and by a smallest edit", () => {
    const texts = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 6 });
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const gaps = alignLists(left, right);
        expect(alignLists(right, left)).toEqual(
          gaps.map(({ before, after }) => ({ before: after, after: before })),
        );
        const [gone, come] = [gaps.flatMap(({ before }) => before), gaps.flatMap(({ after }) => after)];
        expect(left.filter((_, index) => !gone.includes(index))).toEqual(
          right.filter((_, index) => !come.includes(index)),
        );
        expect(left.length - gone.length).toBe(longestCommon(left, right));
      }),
      { numRuns: 500 },
    );
  });

  it("of ten thousand items is compared in no time that a person would notice", () => {
    const list = (from: number) => Array.from({ length: 10_000 }, (_, index) => from + index);
    expect(compareSpecs("Thing", { list: list(0) }, { list: list(1) })).toHaveLength(2);
    expect(compareSpecs("Thing", { list: list(0) }, { list: list(10_000) })).toHaveLength(10_000);
    expect(compareSpecs("Thing", { list: list(0) }, { list: [...list(0), 1] })).toHaveLength(1);
  });
});

/** By the definition, in exponential time. */
function longestCommon(left: readonly string[], right: readonly string[]): number {
  const [first, ...rest] = left;
  const [other, ...others] = right;
  if (first === undefined || other === undefined) return 0;
  if (first === other) return 1 + longestCommon(rest, others);
  return Math.max(longestCommon(rest, right), longestCommon(left, others));
}

describe("an annotation that is a list", () => {
  const compareAnnotations = (name: string, before: string, after: string) =>
    compareObjects(
      { kind: "Ingress", metadata: { annotations: { [name]: before } } },
      { kind: "Ingress", metadata: { annotations: { [name]: after } } },
    )[0]?.items;
  const alb = "alb.ingress.kubernetes.io/";

  it.each([
    [`${alb}subnets`, "a,b", "b, c", { removed: ["a"], added: ["c"] }],
    [`${alb}subnets`, "a,b", "a, b", { removed: [], added: [] }],
    [`${alb}tags`, "a=1\\,2,b=1", "a=1\\,2,b=2", { removed: ["b=1"], added: ["b=2"] }],
    [`${alb}tags`, "a=1\\,2", "a=1\\,3", { removed: ["a=1\\,2"], added: ["a=1\\,3"] }],
    [
      `${alb}listen-ports`,
      '[{"HTTP":80}]',
      '[{"HTTP":80},{"HTTPS":443}]',
      { removed: [], added: ['{"HTTPS":443}'] },
    ],
    [`${alb}jwt-validation`, '{"a":1}', '{"a":2}', { removed: ["a: 1"], added: ["a: 2"] }],
    [`${alb}listener-attributes.HTTPS-443`, "a=1", "a=2", { removed: ["a=1"], added: ["a=2"] }],
  ])("shows its items: %s", (name, before, after, items) => {
    expect(compareAnnotations(name, before, after)).toEqual(items);
  });

  it.each([
    [`${alb}scheme`, "a,b", "b"],
    [`${alb}listen-ports`, "no JSON", "[]"],
  ])("shows %s as it is, where there are no items to be read", (name, before, after) => {
    expect(compareAnnotations(name, before, after)).toBeUndefined();
  });
});
