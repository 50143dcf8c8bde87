import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadResult } from "../../config/load.ts";
import type { JsonValue } from "../../core/json.ts";
import { isError } from "../../core/problem.ts";
import { load, loadFleet, minimalCluster, printed } from "./minimal-cluster.ts";
import { shuffled, textOf, validCluster } from "./valid-config.ts";

/** Raise it for a long run: `CONFIG_RUNS=5000 npx vitest run test/config/properties`. */
const numRuns = Number(process.env.CONFIG_RUNS ?? 25);

/** Words that the schema knows, words that trip programs, and any others. */
const key = fc.oneof(
  fc.constantFrom(
    ..."cluster name region repository url ingresses services hosts certificate domain arn subnets ids tags webAcl istio gateway values base istiod replicas min routes hook healthCheck mode annotations".split(
      " ",
    ),
  ),
  fc.constantFrom("__proto__", "constructor", "toString", "", "<<", "a.b", "1", "\u{1F600}", "x".repeat(300)),
  fc.string(),
);
const leaf = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    "",
    "no",
    "*",
    "https://a:b@c/d",
    "demo",
    "a\u0000b",
    "\ud800",
  ),
  fc.string(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);
const anyDocument = fc.letrec<{ value: JsonValue; map: JsonValue; list: JsonValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, leaf, tie("map"), tie("list")),
  // fromEntries, so that __proto__ stays a key.
  map: fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  list: fc.array(tie("value"), { maxLength: 3 }),
})).value;

/** What every problem must be, whatever the input. */
function expectWellFormed({ problems }: LoadResult): void {
  for (const { code, severity, message, file, line, column, suggestion } of problems) {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(["error", "warning"]).toContain(severity);
    expect(message).toMatch(/^\S.{4,2000}$/);
    expect(suggestion ?? "X.").toMatch(/^\S.*[.?]$/);
    expect(file).toMatch(/^clusters\/\w+\.yaml$/);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(column).toBeGreaterThanOrEqual(1);
  }
}

describe("loading never throws, and every problem has a code, a message and a place", {
  timeout: 600_000,
}, () => {
  it("whatever document the file holds", () => {
    fc.assert(
      fc.property(anyDocument, fc.option(anyDocument, { nil: undefined }), (content, defaults) => {
        expectWellFormed(load(textOf(content), defaults === undefined ? minimalCluster : textOf(defaults)));
      }),
      { numRuns: 3 * numRuns },
    );
  });

  it("whatever text or bytes it holds", () => {
    const yamlish = fc
      .array(
        fc.constantFrom(
          ..."ab:-[]{},&*!|>'\"%@#?<~ \n\t\r\u0000é\u2028".split(""),
          "a: ",
          "- ",
          "\n  ",
          "<<: ",
          "---\n",
          "*a",
          "&a ",
        ),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string(), fc.uint8Array()), (content) => {
        expectWellFormed(load(content));
        expectWellFormed(load(minimalCluster, content));
      }),
      { numRuns: 3 * numRuns },
    );
  });

  it("whatever replaces one value of a good file", () => {
    fc.assert(
      fc.property(validCluster, fc.nat(), anyDocument, ({ content }, which, value) => {
        const places = pathsOf(content);
        expectWellFormed(load(textOf(replaced(content, places[which % places.length] ?? [], value))));
      }),
      { numRuns },
    );
  });
});

describe("a valid file", { timeout: 600_000 }, () => {
  it("has no error", () => {
    fc.assert(
      fc.property(validCluster, ({ name, content }) => {
        const result = loadFleet({ [name]: textOf(content) });
        expect(result.problems.filter(isError), printed(result)).toEqual([]);
        expect(result.clusters).toHaveLength(1);
      }),
      { numRuns },
    );
  });

  it("gives the same configuration in whatever order its keys stand", () => {
    const pair = validCluster.chain((cluster) => fc.tuple(fc.constant(cluster), shuffled(cluster.content)));
    fc.assert(
      fc.property(pair, ([{ name, content }, other]) => {
        const [a, b] = [content, other].map(
          (text) => loadFleet({ [name]: textOf(text) }).clusters[0]?.config,
        );
        expect(b).toEqual(a);
        expect(a).toBeDefined();
      }),
      { numRuns },
    );
  });

  it("gives the same configuration split into a file and its defaults", () => {
    fc.assert(
      fc.property(validCluster, fc.nat(), ({ name, content }, seed) => {
        const entries = Object.entries(content);
        const own = Object.fromEntries(
          entries.filter((_, index) => (seed >> index) % 2 === 0 || index === 0),
        );
        const rest = Object.fromEntries(entries.filter(([rootKey]) => !Object.hasOwn(own, rootKey)));
        const whole = loadFleet({ [name]: textOf(content) }).clusters[0]?.config;
        expect(loadFleet({ [name]: textOf(own) }, textOf(rest)).clusters[0]?.config).toEqual(whole);
      }),
      { numRuns },
    );
  });
});

/** Paths of all values below `value`. */
function pathsOf(value: JsonValue, path: readonly string[] = []): readonly (readonly string[])[] {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...entries.flatMap(([name, item]) => pathsOf(item as JsonValue, [...path, name]))]; // JSON
}

/** A copy of `value` with something else at `path`. */
function replaced(value: JsonValue, path: readonly string[], by: JsonValue): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === first ? replaced(item, rest, by) : item));
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === first ? replaced(item as JsonValue, rest, by) : item]), // JSON
  );
}
