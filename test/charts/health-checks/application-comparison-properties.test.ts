// comparedTo lacks the zero values of the spec, except in raw Helm values: for every source, the gate must neither
// wait for ever because of that nor overlook a change.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "./child-application.ts";
import { childWithSources, syncedChild } from "./child-application.ts";
import { judge } from "./judge-application.ts";
import type { Json } from "./lua.ts";
import { readHealthCheck, runHealthCheck } from "./lua.ts";

/** Each runs Lua in JavaScript. */
const numRuns = 30;

describe("for any source", () => {
  const scalar = fc.oneof(
    fc.constantFrom<Json>("", 0, false, true),
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const anyJson = fc.letrec<{ node: Json; list: Json[]; object: JsonObject }>((tie) => ({
    node: fc.oneof({ depthSize: "small" }, scalar, tie("list"), tie("object")),
    list: fc.array(tie("node"), { maxLength: 3 }),
    object: fc.dictionary(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 6 }), tie("node"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  })).object;
  const anySource = fc
    .record({ rest: anyJson, helm: anyJson, valuesObject: fc.option(anyJson, { nil: undefined }) })
    .map(
      ({ rest, helm, valuesObject }): JsonObject => ({
        ...rest,
        repoURL: "https://charts.example.com",
        helm: { ...helm, ...(valuesObject && { valuesObject }) },
      }),
    );

  it("the gate opens when comparedTo is the source without its zero values", () => {
    fc.assert(
      fc.property(anySource, (source) => {
        expect(judge(childWithSources(source, withoutZeros(source))).status).toBe("Healthy");
      }),
      { numRuns },
    );
  });

  it("the gate waits when any one value that is not zero changed", () => {
    fc.assert(
      fc.property(anySource, fc.nat(), scalar, (source, pick, replacement) => {
        const leaves = leavesOf(source).filter(({ value }) => !isZero(value));
        const leaf = leaves[pick % leaves.length];
        fc.pre(leaf !== undefined && leaf.value !== replacement);
        const changed = replaced(source, leaf?.path ?? [], replacement);
        expect(judge(childWithSources(changed, withoutZeros(source))).status).toBe("Progressing");
      }),
      { numRuns },
    );
  });

  it("the gate waits when any one Helm value changed, appeared or went, zero or not", () => {
    fc.assert(
      fc.property(anyJson, fc.nat(), fc.option(scalar, { nil: undefined }), (values, pick, replacement) => {
        const leaves = leavesOf(values);
        const leaf = leaves[pick % leaves.length];
        fc.pre(leaf !== undefined && leaf.value !== replacement && typeof leaf.path.at(-1) === "string");
        const changed = replaced(values, leaf?.path ?? [], replacement);
        const source = (valuesObject: JsonObject): JsonObject => ({ repoURL: "r", helm: { valuesObject } });
        expect(judge(childWithSources(source(changed), source(values))).status).toBe("Progressing");
        expect(judge(childWithSources(source(values), source(changed))).status).toBe("Progressing");
      }),
      { numRuns },
    );
  });

  it("the gate answers whatever part of the Application is missing", () => {
    const phases = fc.constantFrom("Failed", "Running", "Succeeded");
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 6 }), phases, (picks, phase) => {
        const child = syncedChild();
        child.status.operationState.phase = phase;
        child.status.conditions = [{ type: "ComparisonError", message: "no such chart" }];
        child.status.resources = [{ kind: "Service", name: "istiod", status: "OutOfSync" }];
        // An interface has no index signature, so it is no Json to the compiler.
        let rest = child as unknown as JsonObject;
        for (const pick of picks) {
          const paths = pathsOf(rest);
          rest = replaced(rest, paths[pick % paths.length] ?? [], undefined);
        }
        expect(() => runHealthCheck(readHealthCheck("application"), rest)).not.toThrow();
      }),
      { numRuns },
    );
  });
});

type Path = readonly (string | number)[];

function isZero(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isZero);
}

/** As Go writes a struct with omitempty: empty members go, list items stay, valuesObject is raw JSON. */
function withoutZeros(object: JsonObject): JsonObject {
  const written: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    const slim = key === "valuesObject" ? value : withoutZerosInside(value);
    if (key === "valuesObject" || !isEmpty(slim)) written[key] = slim;
  }
  return written;
}

function withoutZerosInside(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => withoutZerosInside(item) ?? null);
  return typeof value === "object" && value !== null ? withoutZeros(value as JsonObject) : value; // no list, no null
}

function isEmpty(value: Json | undefined): boolean {
  return typeof value === "object" ? value === null || Object.keys(value).length === 0 : isZero(value);
}

function pathsOf(value: Json | undefined, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function leavesOf(root: JsonObject): { path: Path; value: Json | undefined }[] {
  return pathsOf(root)
    .map((path) => ({ path, value: at(root, path) }))
    .filter(({ value }) => typeof value !== "object");
}

function at(root: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (value as JsonObject)[key], root); // path comes from pathsOf(root)
}

/** A copy with the value at the path replaced, or removed if undefined. */
function replaced(root: JsonObject, path: Path, replacement: Json | undefined): JsonObject {
  const copy = structuredClone(root);
  const last = path.at(-1);
  if (last === undefined) return copy;
  const parent = at(copy, path.slice(0, -1)) as JsonObject; // an entry of it is at the path
  if (replacement !== undefined) parent[last] = replacement;
  else Reflect.deleteProperty(parent, last);
  return copy;
}
