// For any output of yesterday, any change by other hands, and any output of today.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isError } from "../../core/problem.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import { memoryDisk, memoryRoot } from "./memory-disk.ts";
import { demo, generated, synth, type Tree, textsOf } from "./output-tree.ts";

const folder = fc.constantFrom("", "applications/", "gateway/", "ingress-a/", "ingress-b/x/", "ingress-b/");
const name = fc.constantFrom("a.yaml", "b.yaml", "hook.yaml");
const path = fc.tuple(folder, name).map((parts) => `dist/demo/${parts.join("")}`);
const file = fc
  .tuple(path, fc.nat({ max: 2 }), fc.subarray(["/Ingress/x/a", "/Ingress/x/b", "/ConfigMap/x/c"]))
  .map(([at, version, identities]) => generated(at, version, ...identities));
const output = fc.uniqueArray(file, { selector: (each) => each.path, maxLength: 8 });
/** By other hands: a path gets another content, or goes (null). */
const content = fc.constantFrom("mine", "\xff\xfe", "", generated("", 7).text, generated("", 1).text, null);
const changes = fc.dictionary(
  fc.oneof(
    path,
    path.map((each) => `${each}.bak`),
  ),
  content,
  { maxKeys: 3 },
);

const without = (tree: Tree, paths: Iterable<string>): Tree => {
  const gone = new Set(paths);
  return Object.fromEntries(Object.entries(tree).filter(([at]) => !gone.has(at)));
};

test("a run leaves exactly what is desired, keeps what is not ours, and the next one has nothing to do", () => {
  fc.assert(
    fc.property(output, changes, output, (yesterday, edits, today) => {
      const disk = memoryDisk();
      synth(memoryRoot, [demo(...yesterday)], { fs: disk });
      for (const [at, text] of Object.entries(edits)) disk.change(at, text);
      const before = disk.readTree();
      const inventory = "dist/demo/inventory.json";
      const result = synth(memoryRoot, [demo(...today)], { fs: disk, allowRemoval: true });
      const after = disk.readTree();

      if (result.problems.some(isError)) {
        expect(after).toEqual(before);
        return;
      }
      expect(after).toMatchObject(textsOf(today));
      expect(inventory in after).toBe(today.length > 0);
      // What else is there was there before, byte for byte, and the run named it.
      const rest = without(after, [inventory, ...today.map((each) => each.path)]);
      expect(before).toMatchObject(rest);
      expect(result.problems.map((problem) => problem.file).sort()).toEqual(Object.keys(rest));
      // What is not there any more had been written by a run.
      const gone = Object.keys(before).filter((at) => !(at in after) && at !== inventory);
      expect(yesterday.map((each) => each.path)).toEqual(expect.arrayContaining(gone));
      // The same input again: only the warnings remain.
      const [plan] = synth(memoryRoot, [demo(...today)], { fs: disk }).plans;
      expect(plan && isUpToDate({ ...plan, problems: [] })).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("without leave, an object of a guarded kind that was on disk is afterwards, in some file", () => {
  fc.assert(
    fc.property(output, output, (yesterday, today) => {
      const disk = memoryDisk();
      synth(memoryRoot, [demo(...yesterday)], { fs: disk });
      const before = Object.values(disk.readTree()).join("");
      synth(memoryRoot, [demo(...today)], { fs: disk });
      const after = Object.values(disk.readTree()).join("");
      for (const object of ["object: /Ingress/x/a", "object: /Ingress/x/b"]) {
        if (before.includes(object)) expect(after).toContain(object);
      }
    }),
    { numRuns: 200 },
  );
});
