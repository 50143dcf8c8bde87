// Nothing that differs may be silent: any edit of any field of any object that meshfront writes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../../../core/json.ts";
import { canonical } from "../../../manifests/diff/canonical.ts";
import type { FieldChange, ObjectDiff } from "../../../manifests/diff/output-diff.ts";
import { jsonReport } from "../../../manifests/diff/reports/json-report.ts";
import { markdownReport } from "../../../manifests/diff/reports/markdown-report.ts";
import { textReport } from "../../../manifests/diff/reports/text-report.ts";
import { clusterFiles } from "../../charts/cluster-files.ts";
import { outputOfInput } from "../../charts/configurations.ts";
import { loadOutputs } from "../../charts/output.ts";
import { goldenCases } from "../../golden/golden-cases.ts";
import { compareSides, type OutputSide, report, sideOf, withObject, withValue } from "./compared.ts";

const golden = goldenCases.flatMap(({ root }) => loadOutputs(root));
/** A few of any kind: to make one takes longer than to compare two. */
const others = fc.sample(clusterFiles, 6).map((input) => outputOfInput(input));
const outputs: fc.Arbitrary<readonly OutputSide[]> = fc.constantFrom(...[...golden, ...others].map(sideOf));

type Operation = (value: JsonValue) => JsonValue | undefined;

/** What an edit makes of a value; the same value means that it cannot be made of this one. */
const operations: Readonly<Record<string, Operation>> = {
  remove: () => undefined,
  null: () => null,
  "empty text": () => "",
  "empty list": () => [],
  "empty map": () => ({}),
  "other type": (value) =>
    typeof value === "string" ? (Number.isFinite(Number(value)) ? Number(value) : [value]) : String(value),
  change: (value) =>
    typeof value === "string"
      ? `${value}x`
      : typeof value === "number"
        ? value + 1
        : typeof value === "boolean"
          ? !value
          : value,
  "change the middle": (value) =>
    typeof value === "string"
      ? `${value.slice(0, value.length / 2)}\u200b${value.slice(value.length / 2)}`
      : value,
  "add an item or key": (value) =>
    isJsonArray(value) ? [...value, "added"] : isJsonObject(value) ? { ...value, "added/key": 1 } : value,
  "repeat an item": (value) => (isJsonArray(value) && value[0] !== undefined ? [value[0], ...value] : value),
  reorder: (value) => (isJsonArray(value) ? value.toReversed() : value),
};

interface Edit {
  readonly side: readonly OutputSide[];
  readonly edited: readonly OutputSide[];
  readonly path: Path;
  readonly object: JsonObject;
  readonly changed: JsonObject;
}

const edits: fc.Arbitrary<Edit> = outputs
  .chain((side) => {
    const places = side.flatMap(({ path, objects }) =>
      objects.map((object, index) => ({ path, index, object })),
    );
    return fc.record({ side: fc.constant(side), place: fc.constantFrom(...places) });
  })
  .chain(({ side, place }) =>
    fc.record({
      side: fc.constant(side),
      place: fc.constant(place),
      path: fc.constantFrom(...pathsIn(place.object)),
      operation: fc.constantFrom(...Object.keys(operations)),
    }),
  )
  .map(({ side, place, path, operation }) => {
    const value = valueAt(place.object, path) ?? null;
    const changed = withValue(place.object, path, operations[operation]?.(value));
    return {
      side,
      path,
      object: place.object,
      changed,
      edited: withObject(side, place.path, place.index, changed),
    };
  })
  .filter(({ object, changed }) => canonical(object) !== canonical(changed));

/** The paths of all values in an object but for itself. */
function pathsIn(value: JsonValue, at: Path = []): readonly Path[] {
  const inner = isJsonArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...at, index]))
    : isJsonObject(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...at, key]))
      : [];
  return at.length === 0 ? inner : [at, ...inner];
}

const isIdentity = ([first, second]: Path): boolean =>
  first === "apiVersion" ||
  first === "kind" ||
  (first === "metadata" && (second === undefined || second === "name" || second === "namespace"));

/** The keys in a path of the diff, without the places in lists. */
const keysOf = (path: string): readonly string[] =>
  [...path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[[^\]]*\]|([^.[]+)/g)].flatMap(([, quoted, plain]) =>
    quoted !== undefined ? [JSON.parse(quoted) as string] : plain !== undefined ? [plain] : [],
  );

function concerns({ path }: FieldChange, edit: Path): boolean {
  const shown = keysOf(path);
  const meant = edit.filter((step) => typeof step === "string");
  return shown.every((key, index) => meant[index] === undefined || meant[index] === key);
}

describe("for any output of meshfront", { timeout: 120_000 }, () => {
  it("an edit of any field shows in JSON, text and Markdown", () => {
    fc.assert(
      fc.property(edits, ({ side, edited, path, object, changed }) => {
        const result = report(edited, side);
        if (isIdentity(path)) {
          // Another object then, or none at all.
          expect(result.diff.files).toHaveLength(1);
          expect(result.diff.objects.length + compareSides(edited, side).problems.length).toBeGreaterThan(0);
          return;
        }
        expect(result.diff.objects).toHaveLength(1);
        const [difference] = result.diff.objects;
        const changes = (difference?.changes ?? []).filter((change) => concerns(change, path));
        expect(changes).not.toEqual([]);
        for (const change of changes) expectPlain(change, changed, object);
        const text = textReport(result, { colour: false });
        const markdown = markdownReport(result);
        const json = JSON.stringify(jsonReport(result));
        for (const change of difference?.changes ?? []) {
          expect(text).toContain(change.path);
          expect(markdown).toContain(change.path);
          expect(json).toContain(JSON.stringify(change.path));
        }
      }),
      { numRuns: 120 },
    );
  });

  it("equal outputs have no difference", () => {
    fc.assert(
      fc.property(outputs, (side) => {
        const { diff, consequences } = report(side, structuredClone(side));
        expect({ objects: diff.objects, files: diff.files, consequences }).toEqual({
          objects: [],
          files: [],
          consequences: [],
        });
      }),
      { numRuns: 8 },
    );
  });

  it("committed text that was written by meshfront reads back as the objects it was written from", () => {
    fc.assert(
      fc.property(outputs, (side) => {
        // A comment makes every file differ, so that every one is parsed.
        const before = side.map((file) => ({ ...file, text: `${file.text}# a note\n` }));
        const { diff } = report(before, side);
        expect(diff.objects).toEqual([]);
        expect(diff.files.map(({ notes }) => notes)).toEqual(side.map(() => ["comments or layout"]));
      }),
      { numRuns: 8 },
    );
  });

  it("the way back shows the same fields with their sides swapped", () => {
    // What is committed may be unreadable, what would be written never is.
    const readable = edits.filter(({ changed }) => typeof changed.kind === "string");
    const pairs = fc.oneof(
      fc.tuple(readable, readable).map(([one, other]) => [one.edited, other.edited] as const),
      readable.map(({ side, edited }) => [side, edited] as const),
    );
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(sorted(report(after, before).diff.objects.map(mirrored))).toEqual(
          sorted(report(before, after).diff.objects.map(plain)),
        );
      }),
      { numRuns: 40 },
    );
  });
});

/** Where a path has no place in a list, its value can be read off the objects. */
function expectPlain({ path, before, after }: FieldChange, old: JsonObject, next: JsonObject): void {
  if (path.replace(/\["(?:[^"\\]|\\.)*"\]/g, "").includes("[") || Array.isArray(before)) return;
  expect(valueAt(old, keysOf(path))).toEqual(before);
  expect(valueAt(next, keysOf(path))).toEqual(after);
}

const plain = ({ fate, before, after, changes }: ObjectDiff) => ({
  fate,
  before: before?.name,
  after: after?.name,
  changes: sorted(changes.map((change) => ({ ...change }))),
});

const swapped = {
  added: "removed",
  removed: "added",
  changed: "changed",
  moved: "moved",
  renamed: "renamed",
} as const;

const mirrored = ({ fate, before, after, changes }: ObjectDiff) => ({
  fate: swapped[fate],
  before: after?.name,
  after: before?.name,
  changes: sorted(changes.map(mirroredChange)),
});

function mirroredChange({ path, before, after, items, ...rest }: FieldChange) {
  return {
    ...rest,
    path: path.replace(/\[(\d+)->(\d+)\]/g, "[$2->$1]"),
    ...(after !== undefined && { before: after }),
    ...(before !== undefined && { after: before }),
    ...(items !== undefined && { items: { removed: items.added, added: items.removed } }),
  };
}

const sorted = <T>(list: readonly T[]): readonly T[] =>
  list.toSorted((a, b) => (canonical(a as JsonValue) < canonical(b as JsonValue) ? -1 : 1)); // plain data
