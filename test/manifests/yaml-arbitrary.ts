// Random JSON documents made of strings that have broken YAML emitters.
import fc from "fast-check";
import type { JsonObject, JsonValue } from "../../manifests/yaml.ts";

/** Raise it for a long run: `YAML_RUNS=20000 npx vitest run test/manifests/yaml`. */
export const numRuns = Number(process.env.YAML_RUNS ?? 300);

const indicators = [..."-?:,[]{}#&*!|>'\"%@`\\=<~$()/^;+._"];
const pieces = [": ", " #", "- ", "? ", "---", "...", "%YAML", "--- ", "\\n", "''", "{{", "}}", "<<", "|-"];
const spaces = [
  " ",
  " ",
  "  ",
  "\t",
  "\n",
  "\n",
  "\n\n",
  "\r",
  "\r\n",
  " \n",
  "\n ",
  "\n  ",
  "\n \n",
  "\n\t",
];
const controls = ["\0", "\x01", "\x07", "\x1b", "\x7f", "\x80", "\x85", "\x9f", "\xa0", "\xad"];
const foreign = [
  "é",
  "ß",
  "日本",
  "\u2028",
  "\u2029",
  "\u200b",
  "\u3000",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "😀",
  "\u{1fffe}",
];
const words =
  "a b foo y n yes no on off true False NULL null nan inf e E x o 0 1 7 9 08 0x 0o 0b 12 60".split(" ");
const spellings = [
  ..."y Y n N yes No ON off True FALSE tRUE ~ null Null NULL nUll = << .nan .NaN .inf -.Inf +.INF . .. - ? : _ +".split(
    " ",
  ),
  ..."1e3 1E3 1e21 1e+21 .5 5. -0 +1 1_000 0755 0o17 0O17 0x1F 0XFF 0b1 0B1 1.5.2 e1 E-5 .e5 -_1 1e_5 0_x1".split(
    " ",
  ),
  ..."12:30:45 1:60 190:20:30.15 -1:30 2001-12-14 2001-1-1T1:2:3Z 2001-12-14t21:59:43.10-05:00 10.0.0.0/8".split(
    " ",
  ),
  "",
  "2001-12-14 21:59:43.10 -5",
  '[{"HTTP": 80}, {"HTTPS": 443}]',
  '{"it\'s": 1}',
  "- a\n- b\n",
  "local x = 1\nif x then\n\treturn x\nend\n",
  "a".repeat(1023),
  "é".repeat(1025),
  '"'.repeat(1023),
  `${"long line ".repeat(30)}\nand next`,
];

const piece = fc.oneof(
  ...[indicators, pieces, spaces, controls, foreign, words].map((list) => fc.constantFrom(...list)),
);
const numberLike = fc.stringMatching(/^[-+]?(?:0[xXoObB]?)?[0-9_.:eE+-]{0,6}[0-9a-fA-F_]?$/);
const dateLike = fc.stringMatching(
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?Z?)?$/,
);

/** Unicode text of every kind that needs care; never half of a surrogate pair. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: piece, maxLength: 8 }) },
  { weight: 2, arbitrary: fc.string({ unit: piece, minLength: 10, maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom("\n", " ", "\t", "a"), maxLength: 8 }) },
  { weight: 3, arbitrary: numberLike },
  { weight: 1, arbitrary: dateLike },
  { weight: 3, arbitrary: fc.constantFrom(...spellings) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
);

export const finiteNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 1e-7, 2 ** 53, 2 ** 63, 2 ** 64, -(2 ** 63), 12345678901234567000, 5e-324),
);

const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    { weight: 8, arbitrary: hostileText },
    { weight: 1, arbitrary: finiteNumber },
    { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
    { weight: 3, arbitrary: fc.array(tie("tree"), { maxLength: 4 }) },
    { weight: 4, arbitrary: fc.dictionary(hostileText, tie("tree"), { maxKeys: 5, noNullPrototype: true }) },
  ),
}));
export const anyTree: fc.Arbitrary<JsonValue> = tree;

const leading = fc.record(
  { apiVersion: hostileText, kind: hostileText, metadata: tree },
  { requiredKeys: [], noNullPrototype: true },
);
/** A document: any map, often with the keys that come first. */
export const anyDocument: fc.Arbitrary<JsonObject> = fc
  .tuple(fc.dictionary(hostileText, tree, { maxKeys: 6, noNullPrototype: true }), leading)
  .map(([rest, first]) => ({ ...rest, ...first }));
