// What the bundle says yes to without zod is what zod says yes to, with the same result.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accept, acceptFirst, type Shape } from "../../config/acceptor.ts";
import type { JsonValue } from "../../config/json.ts";
import { parserOf } from "../../config/parser.ts";
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
    fc.assert(
      fc.property(valid.chain(changed), (data) => {
        const { accepted, parsed } = answersOf(name, data);
        if (accepted !== undefined) expect(accepted).toBe(parsed);
      }),
      { numRuns: numRuns * 10 },
    );
  });
});

test("shapes have words for everything but IPv6 ranges, which only zod judges", () => {
  expect(undecided(shapeNamed("clusterFile"), "")).toEqual([".ingresses.*.inboundCidrs[]"]);
  expect(undecided(shapeNamed("lockFile"), "")).toEqual([]);
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

/** A change that a person might make, or a program: a value replaced, a key left out or added. */
const changed = (data: JsonValue): fc.Arbitrary<JsonValue> => {
  const places = pathsOf(data);
  return fc
    .tuple(
      fc.constantFrom(...places),
      fc.constantFrom("replace", "remove", "add"),
      fc.constantFrom<JsonValue>(
        null,
        true,
        0,
        -1,
        1.5,
        8080,
        31000,
        1e21,
        "",
        "no",
        "demo",
        "a b",
        [],
        ["x"],
        {},
      ),
      fc.constantFrom("arn", "ids", "tags", "nodePort", "constructor", "__proto__", "hosts", "unknown"),
    )
    .map(([path, how, value, key]) => applied(data, path, how, value, key));
};

function applied(
  data: JsonValue,
  path: readonly (string | number)[],
  how: string,
  value: JsonValue,
  key: string,
): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) {
    return how === "add" && typeof data === "object" && data !== null && !Array.isArray(data)
      ? Object.fromEntries([...Object.entries(data), [key, value]])
      : value;
  }
  const entries = Object.entries(data as object).flatMap(([name, item]) => {
    if (name !== String(first)) return [[name, item]];
    return how === "remove" && rest.length === 0 ? [] : [[name, applied(item, rest, how, value, key)]];
  });
  return Array.isArray(data) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

const pathsOf = (data: JsonValue): (string | number)[][] => [
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
