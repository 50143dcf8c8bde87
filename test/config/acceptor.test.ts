// What the bundle says yes to without zod is what zod says yes to, with the same result.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { accept, acceptFirst, type Shape } from "../../config/acceptor.ts";
import { parserOf } from "../../config/parser.ts";
import type { JsonValue } from "../../core/json.ts";
import { serialiseLock } from "../../facts/lock.ts";
import { loadSchemas, shapeOf } from "../../tools/acceptors.mjs";
import { validCluster, validConfig } from "./valid-config.ts";
import { lockFor } from "./valid-lock.ts";

const numRuns = Number(process.env.CONFIG_RUNS ?? 60);

const { refinements, ...schemas } = await loadSchemas();
const shapes: Readonly<Record<string, Shape>> = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, shapeOf(schema, refinements)]),
);
const shapeNamed = (name: string): Shape => shapes[name] ?? { is: "undecided" };

/** Both answers as text: the order of keys counts. */
const answersOf = (name: string, data: unknown) => {
  const parsed = schemas[name].safeParse(data);
  return {
    accepted: JSON.stringify(accept(shapeNamed(name), data)),
    parsed: parsed.success ? JSON.stringify(parsed.data) : undefined,
  };
};

/** A few: each takes a whole configuration to make. */
const validLock = fc.constantFrom(
  ...fc
    .sample(validConfig, { numRuns: 20, seed: 1 })
    .map((config): JsonValue => JSON.parse(serialiseLock(lockFor(config)))),
);
const validClusterFile = validCluster.map(({ content }): JsonValue => content);
const cases = [
  ["clusterFile", validClusterFile],
  ["lockFile", validLock],
] as const;

describe.each(cases)("the shape of %s", (name, valid) => {
  test("accepts what is valid, with zod's own result", () => {
    fc.assert(
      fc.property(valid, (data) => {
        const { accepted, parsed } = answersOf(name, withoutIpv6(data));
        expect(accepted).toBeDefined();
        expect(accepted).toBe(parsed);
      }),
      { numRuns },
    );
  });

  test("never accepts what zod refuses, and never with another result", () => {
    for (const data of fc.sample(valid, { numRuns: 6, seed: 1 })) {
      for (const spoilt of changesOf(withoutIpv6(data))) {
        const { accepted, parsed } = answersOf(name, spoilt);
        if (accepted !== undefined) expect(accepted).toBe(parsed);
      }
    }
  }, 60_000);
});

test("shapes have words for everything but IPv6 ranges, which only zod judges", () => {
  expect(undecided(shapeNamed("clusterFile"), "")).toEqual([".ingresses.*.inboundCidrs[]"]);
  expect(undecided(shapeNamed("lockFile"), "")).toEqual([]);
});

test("what a shape has no words for is left to zod", () => {
  const others = [
    z.object({ name: z.string() }), // other keys pass
    z.string().check(z.minLength(2)), // code points
    z.string().check(z.regex(/a/i)),
    z.email(),
    z.number(),
    z.int().check(z.lt(3)),
    z.pipe(z.string(), z.transform(Number)),
  ];
  for (const schema of others) expect(shapeOf(schema, {})).toEqual({ is: "undecided" });
  expect(shapeOf(z.int().check(z.maximum(3)), {})).toMatchObject({ is: "whole", maximum: 3 });
});

test("zod judges what the shape does not accept", () => {
  const parser = acceptFirst(shapeNamed("clusterFile"), () => parserOf(schemas.clusterFile));
  const result = parser.parse({ cluster: { nam: "demo" } });
  expect(result.success).toBe(false);
  const issues = result.success ? [] : result.error.issues;
  expect(parser.findings({}, issues).map(({ message }) => message)).toContain("unknown key cluster.nam");
});

test("a refinement that is not in config/refinements.ts is an error of the build", () => {
  expect(() => shapeOf(schemas.clusterFile, {})).toThrow("not in config/refinements.ts");
});

const values: readonly JsonValue[] = [
  ...[null, true, "", "no", "demo", "a b", "203.0.113.0/24", "*/5 * * * *", [], ["x"], {}],
  ...[0, -1, 1.5, 3, 301, 3601, 8080, 31000, 70000, 1e21],
];
const keys = ["arn", "ids", "tags", "nodePort", "constructor", "__proto__", "unknown", "", "Not A Name"];

/** Every change that a person might make in one place: a value replaced or left out, a key added. */
function changesOf(data: JsonValue): JsonValue[] {
  return pathsOf(data).flatMap((path) => [
    ...values.map((value) => withChange(data, path, () => [value])),
    withChange(data, path, () => []),
    ...keys.map((key) => withChange(data, path, (value) => [withKey(value, key)])),
  ]);
}

/** With an entry like the others, or any where there are none. */
function withKey(value: JsonValue, key: string): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries([...entries, [key, entries[0]?.[1] ?? "x"]]);
}

/** With what `change` makes of the value at `path`: one value, or none. */
function withChange(
  data: JsonValue,
  [first, ...rest]: readonly string[],
  change: (value: JsonValue) => readonly JsonValue[],
): JsonValue {
  if (first === undefined) return change(data)[0] ?? null;
  const entries = Object.entries(data as object).flatMap(([name, item]): [string, JsonValue][] => {
    if (name !== first) return [[name, item]];
    const changed = rest.length === 0 ? change(item) : [withChange(item, rest, change)];
    return changed.map((value) => [name, value]);
  });
  return Array.isArray(data) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

const pathsOf = (data: JsonValue): string[][] => [
  [],
  ...(typeof data === "object" && data !== null
    ? Object.entries(data).flatMap(([key, value]) => pathsOf(value).map((path) => [key, ...path]))
    : []),
];

const withoutIpv6 = (data: JsonValue): JsonValue =>
  JSON.parse(JSON.stringify(data), (key, value) =>
    key === "inboundCidrs" ? value.map(() => "203.0.113.0/24") : value,
  );

/** Where the shape leaves the answer to zod. */
function undecided(shape: Shape, path: string): string[] {
  switch (shape.is) {
    case "undecided":
      return [path];
    case "object":
      return Object.entries(shape.fields).flatMap(([name, field]) => undecided(field, `${path}.${name}`));
    case "map":
      return [...undecided(shape.keys, `${path} (key)`), ...undecided(shape.of, `${path}.*`)];
    case "list":
      return undecided(shape.of, `${path}[]`);
    case "either":
      return shape.of.flatMap((one) => undecided(one, path));
    case "optional":
    case "default":
    case "prefault":
      return undecided(shape.of, path);
    default:
      return [];
  }
}
