import { describe, expect, it } from "vitest";
import { emitDocument, emitDocuments, type JsonObject, type JsonValue } from "../../manifests/yaml.ts";
import { libraries } from "./yaml-readers.ts";

describe("a document", () => {
  it("is block style with sorted keys, apiVersion, kind and metadata first, and ends with one line break", () => {
    const service = {
      status: {},
      spec: { ports: [{ port: 80, name: "http" }, { port: 443 }], ips: [], matrix: [[1, [2]], [[]]] },
      metadata: { name: "a", labels: null },
      kind: "Service",
      data: { b: true, a: { kind: "x", apiVersion: "y" } },
      apiVersion: "v1",
    };
    expect(emitDocument(service)).toBe(
      [
        "apiVersion: v1",
        "kind: Service",
        "metadata:",
        "  labels: null",
        "  name: a",
        "data:",
        "  a:",
        '    apiVersion: "y"',
        "    kind: x",
        "  b: true",
        "spec:",
        "  ips: []",
        "  matrix:",
        "    - - 1",
        "      - - 2",
        "    - - []",
        "  ports:",
        "    - name: http",
        "      port: 80",
        "    - port: 443",
        "status: {}",
        "",
      ].join("\n"),
    );
  });

  it("without keys is {}", () => {
    expect(emitDocument({})).toBe("{}\n");
  });

  it("sorts keys by code unit, integers among them, and capitals before small letters", () => {
    const keys = ["b", "10", "ä", "2", "a", "Z", "😀", "\uff5e"];
    const lines = emitDocument(Object.fromEntries(keys.map((key) => [key, 0]))).split("\n");
    expect(lines).toEqual(['"10": 0', '"2": 0', "Z: 0", "a: 0", "b: 0", "ä: 0", "😀: 0", "\uff5e: 0", ""]);
  });

  it("writes shared objects again, without anchors", () => {
    const shared = { a: [1] };
    expect(emitDocument({ x: shared, y: [shared, shared.a] })).toBe(
      'x:\n  a:\n    - 1\n"y":\n  - a:\n      - 1\n  - - 1\n',
    );
  });

  it("may be a thousand levels deep", () => {
    let deep: JsonValue = "end";
    for (let level = 0; level < 1000; level++) deep = { a: deep };
    expect(emitDocument({ a: deep })).toMatch(new RegExp(`\\n {${2 * 1000}}a: end\\n$`));
  });

  it("keeps a key named __proto__ and reads objects without a prototype", () => {
    const object = Object.assign(Object.create(null), { b: JSON.parse('{"__proto__": {"a": 1}}') });
    expect(emitDocument(object)).toBe("b:\n  __proto__:\n    a: 1\n");
  });
});

describe("several documents", () => {
  it("are parted by --- and none are no text", () => {
    expect(emitDocuments([{ a: 1 }, { b: "x\n\n" }, { c: 3 }])).toBe("a: 1\n---\nb: |+\n  x\n\n---\nc: 3\n");
    expect(emitDocuments([{ a: 1 }])).toBe("a: 1\n");
    expect(emitDocuments([])).toBe("");
  });
});

describe("keys", () => {
  it.each([
    ["", '"": v'],
    ["y", '"y": v'],
    ["on", '"on": v'],
    ["null", '"null": v'],
    ["1", '"1": v'],
    ["12:30", '"12:30": v'],
    ["<<", '"<<": v'],
    ["a: b", '"a: b": v'],
    ["#a", '"#a": v'],
    ["a b", "a b: v"],
    ["a\nb", '"a\\nb": v'],
    [' \n"', '" \\n\\"": v'],
    ['{"a":1}', "'{\"a\":1}': v"],
    ["alb.ingress.kubernetes.io/scheme", "alb.ingress.kubernetes.io/scheme: v"],
  ])("%j comes as %s", (key, line) => {
    expect(emitDocument({ a: { [key]: "v" } })).toBe(`a:\n  ${line}\n`);
  });

  it("that start with a document marker are quoted at the margin only", () => {
    expect(emitDocument({ "---": { "---": 1 }, "...a": 1 })).toBe('"---":\n  ---: 1\n"...a": 1\n');
  });

  it("of up to 1024 characters, quotes included, are on one line with their value", () => {
    expect(emitDocument({ ["k".repeat(1024)]: 1 })).toBe(`${"k".repeat(1024)}: 1\n`);
    expect(emitDocument({ ["1".repeat(1022)]: 1 })).toBe(`"${"1".repeat(1022)}": 1\n`);
  });

  it("that are longer get a question mark, and every kind of value still reads back", () => {
    const long = (letter: string): string => letter.repeat(1025);
    const object = {
      a: {
        [long("p")]: { x: 1, y: [2] },
        [long("q")]: ["x", { y: 1 }],
        [long("r")]: "a\nb\n",
        [long("s")]: {},
      },
    };
    const text = emitDocument(object);
    expect(text.replaceAll(/(.)\1{1024}/g, "$1…")).toBe(
      [
        "a:",
        "  ? p…",
        "  : x: 1",
        '    "y":',
        "      - 2",
        "  ? q…",
        "  : - x",
        '    - "y": 1',
        "  ? r…",
        "  : |",
        "    a",
        "    b",
        "  ? s…",
        "  : {}",
        "",
      ].join("\n"),
    );
    for (const { read } of libraries) expect(read(text)).toEqual(object);
  });
});

describe("numbers", () => {
  const numbers: readonly (readonly [number, string])[] = [
    [0, "0"],
    [-0, "-0"],
    [443, "443"],
    [-1.5, "-1.5"],
    [1e21, "1e+21"],
    [1e-7, "1e-7"],
    [0.1 + 0.2, "0.30000000000000004"],
    [2 ** 53, "9007199254740992"],
    [2 ** 64, "18446744073709552000"],
    [Number.MAX_VALUE, "1.7976931348623157e+308"],
    [5e-324, "5e-324"],
  ];

  it.each(numbers)("%d is written %s and reads back as that number", (number, text) => {
    expect(emitDocument({ a: number })).toBe(`a: ${text}\n`);
    for (const { read } of libraries) expect(read(`a: ${text}\n`)).toStrictEqual({ a: number });
  });
});

describe("what is not JSON is refused with its path", () => {
  class Quantity {}
  const expected = "expected a string, a finite number, true, false, null, an array or a plain object";
  const refused: readonly (readonly [string, unknown, string])[] = [
    ["undefined", undefined, "found undefined; leave the key out, or write null"],
    ["NaN", Number.NaN, "found NaN; write a finite number or a string"],
    ["an infinity", -Infinity, "found -Infinity; write a finite number or a string"],
    ["a bigint", 1n, "found a bigint; write a finite number or a string"],
    ["a function", () => 1, "found a function; turn it into plain data first"],
    ["a symbol", Symbol("a"), "found a symbol; turn it into plain data first"],
    ["a Date", new Date(0), "found an instance of Date; turn it into plain data first"],
    ["a Map", new Map(), "found an instance of Map; turn it into plain data first"],
    ["a boxed string", Object("a"), "found an instance of String; turn it into plain data first"],
    ["an instance", new Quantity(), "found an instance of Quantity; turn it into plain data first"],
  ];

  it.each(refused)("%s", (_, value, found) => {
    const object = { spec: { "a.b/c": [{ ok: 1 }, { rate: value }] } } as unknown as JsonObject; // not JSON on purpose
    const error = new TypeError(`spec["a.b/c"][1].rate: ${expected}, ${found}`);
    expect(() => emitDocument(object)).toThrow(error);
  });

  it("with the object's kind and name, where it has them", () => {
    const object = { kind: "ConfigMap", metadata: { name: "gate" }, data: { a: undefined } };
    expect(() => emitDocument(object as unknown as JsonObject)).toThrow("data.a (ConfigMap gate): expected"); // not JSON on purpose
  });

  it("a hole in an array", () => {
    const list = Object.assign(new Array(2), { 0: "a" });
    expect(() => emitDocument({ list })).toThrow(`list[1]: ${expected}, found undefined`);
  });

  it.each([[[]], [null], ["text"], [new Date(0)]])("a document that is no plain object: %j", (document) => {
    expect(() => emitDocument(document as unknown as JsonObject)).toThrow(
      "the document: expected a plain object, found",
    ); // not JSON on purpose
  });

  it("half of a surrogate pair, which UTF-8 cannot hold", () => {
    expect(() => emitDocument({ a: "x\ud83d" })).toThrow(
      new TypeError(
        'a: expected Unicode text, found half of a surrogate pair in "x\\ud83d"; write the whole character',
      ),
    );
    expect(() => emitDocument({ a: { "\ude00": 1 } })).toThrow('a["\\ude00"]: expected Unicode text');
    expect(emitDocument({ a: "😀" })).toBe("a: 😀\n");
  });

  it("a cycle, with both of its ends", () => {
    const spec: { rules: unknown[] } = { rules: [1] };
    spec.rules.push({ again: spec });
    const object = { metadata: {}, spec } as unknown as JsonObject; // a cycle on purpose
    const error =
      "spec.rules[1].again: expected a value of its own, found spec again, which contains it; break the cycle";
    expect(() => emitDocument(object)).toThrow(new TypeError(error));
    const self: { self?: unknown } = {};
    self.self = self;
    expect(() => emitDocument(self as JsonObject)).toThrow(
      "self: expected a value of its own, found the document again",
    ); // a cycle on purpose
  });
});
