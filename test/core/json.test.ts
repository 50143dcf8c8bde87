import { describe, expect, it } from "vitest";
import { deepMerge, valueAt } from "../../core/json.ts";

describe("a deep merge", () => {
  it("merges maps and replaces everything else", () => {
    const under = { map: { a: 1, b: { c: 2 } }, list: [1, 2, 3], kept: "x", scalar: 1 };
    const over = { map: { b: { d: 3 } }, list: [4], scalar: { now: "a map" } };
    expect(deepMerge(under, over)).toEqual({
      map: { a: 1, b: { c: 2, d: 3 } },
      list: [4],
      kept: "x",
      scalar: { now: "a map" },
    });
  });

  it("lets null, false, 0 and the empty string win", () => {
    const over = { a: null, b: false, c: 0, d: "" };
    expect(deepMerge({ a: { x: 1 }, b: true, c: 1, d: "x" }, over)).toEqual(over);
  });

  it("changes neither side", () => {
    const under = { map: { a: 1 } };
    const over = { map: { b: 2 } };
    deepMerge(under, over);
    expect([under, over]).toEqual([{ map: { a: 1 } }, { map: { b: 2 } }]);
  });

  it("keeps __proto__ a key like any other", () => {
    const merged = deepMerge(JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"b": 2}}'));
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1,"b":2}}');
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it("does not find inherited keys on the other side", () => {
    expect(deepMerge({}, { constructor: { a: 1 }, toString: "x" })).toEqual({
      constructor: { a: 1 },
      toString: "x",
    });
  });
});

describe("the value at a path", () => {
  const value = { a: [{ b: 1 }, null], "0": "zero" };

  it.each([
    [[], value],
    [["a", 0, "b"], 1],
    [["a", 1], null],
    [["a", "0"], undefined],
    [["a", 5, "b"], undefined],
    [["0"], "zero"],
    [["toString"], undefined],
    [["a", 0, "b", "c"], undefined],
  ])("%j", (path, expected) => {
    expect(valueAt(value, path)).toEqual(expected);
  });
});
