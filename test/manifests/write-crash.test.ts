// The process is killed, or the disk is full, at every single call of a run.
import { describe, expect, test } from "vitest";
import type { DesiredScope } from "../../manifests/plan.ts";
import type { FileSystem } from "../../manifests/write.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import {
  type Breakage,
  breakingFileSystem,
  Killed,
  type MemoryDisk,
  memoryDisk,
  memoryRoot,
} from "./memory-disk.ts";
import { completeFiles, demo, generated, shared, synth, type Tree } from "./output-tree.ts";

const breakages: readonly Breakage[] = ["killed before", "killed within", "full disk"];
const foreign: Tree = {
  "dist/demo/gateway/mine.txt": "mine",
  "clusters/demo.yaml": "mine",
  "dist/x": "mine",
};
const at = (path: string, version: number, ...identities: string[]) =>
  generated(`dist/demo/${path}`, version, ...identities);

interface Scenario {
  readonly title: string;
  /** What earlier runs wrote, one after another. */
  readonly before: readonly (readonly DesiredScope[])[];
  readonly after: readonly DesiredScope[];
  readonly foreign: Tree;
}

const addedAndRemoved: readonly DesiredScope[] = [
  demo(
    at("gateway/gateway.yaml", 1),
    at("ingress-a/ingress.yaml", 1, "/Ingress/x/a"),
    at("ingress-a/hook.yaml", 1),
  ),
  shared(generated("argocd/demo.yaml", 1), generated("argocd/old.yaml", 1)),
];
const updated: readonly DesiredScope[] = [
  demo(
    at("gateway/gateway.yaml", 2),
    at("gateway/virtualservice-app.yaml", 1),
    at("ingress-b/ingress.yaml", 1, "/Ingress/x/a"),
    at("ingress-b/hook.yaml", 1),
  ),
  shared(generated("argocd/demo.yaml", 2), generated("argocd/argocd-cm.yaml", 1)),
];

const scenarios: readonly Scenario[] = [
  { title: "a first run", before: [], after: addedAndRemoved, foreign: {} },
  { title: "a first run beside foreign files", before: [], after: addedAndRemoved, foreign },
  { title: "an update with additions and removals", before: [addedAndRemoved], after: updated, foreign },
  { title: "the removal of everything", before: [addedAndRemoved], after: [demo(), shared()], foreign },
  {
    title: "the removal of everything there is",
    before: [addedAndRemoved],
    after: [demo(), shared()],
    foreign: {},
  },
];

const run = (fs: FileSystem, desired: readonly DesiredScope[]) =>
  synth(memoryRoot, desired, { fs, allowRemoval: true });

/** What is on disk before the run, and what a run that nothing breaks makes of it. */
function treesOf({ before, after, foreign }: Scenario): { readonly old: Tree; readonly next: Tree } {
  const disk = memoryDisk(foreign);
  for (const desired of before) run(disk, desired);
  const old = disk.readTree();
  run(disk, after);
  return { old, next: disk.readTree() };
}

/** Runs until the break; true if the run came to its end. */
function runAndBreak(disk: MemoryDisk, { after }: Scenario, breakAt: number, breakage: Breakage): boolean {
  const fs = breakingFileSystem(disk, breakAt, breakage);
  try {
    run(fs, after);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return fs.calls.length < breakAt;
}

/** Each file is as it was before, or as the run would leave it, or absent where one of them has none. */
function expectOldOrNew(now: Tree, old: Tree, next: Tree): void {
  for (const path of new Set([...Object.keys(now), ...Object.keys(old), ...Object.keys(next)])) {
    expect([old[path], next[path]], path).toContain(now[path]);
  }
}

describe.each(scenarios)("$title", (scenario) => {
  test.each(breakages)(
    "leaves every file old or new at every call (%s), and the next run ends it",
    (breakage) => {
      const { old, next } = treesOf(scenario);
      let breakAt = 0;
      for (let isFinished = false; !isFinished; ) {
        breakAt += 1;
        const disk = memoryDisk(old);
        isFinished = runAndBreak(disk, scenario, breakAt, breakage);
        const now = disk.readTree();
        expectOldOrNew(completeFiles(now), old, next);
        expect(completeFiles(now)).toMatchObject(scenario.foreign);

        expect(run(disk, scenario.after).problem).toBeUndefined();
        expect(disk.readTree()).toEqual(next);
        const again = run(disk, scenario.after);
        expect(again.plans.map((plan) => isUpToDate({ ...plan, problems: [] }))).toEqual([true, true]);
      }
      // The loop has to have been through the calls that write, not only through those that read.
      expect(breakAt).toBeGreaterThan(20);
    },
  );
});

const update: Scenario = { title: "", before: [addedAndRemoved], after: updated, foreign };

test("a run that is killed again and again, each time a little later, still ends", () => {
  const { old, next } = treesOf(update);
  const disk = memoryDisk(old);
  for (let breakAt = 1; !runAndBreak(disk, update, breakAt, "killed within"); ) breakAt += 1;
  expect(disk.readTree()).toEqual(next);
});

test("an object that moves to another file is in one of them at every call", () => {
  const { old } = treesOf(update);
  let breakAt = 0;
  for (let isFinished = false; !isFinished; ) {
    breakAt += 1;
    const disk = memoryDisk(old);
    isFinished = runAndBreak(disk, update, breakAt, "killed before");
    expect(Object.values(completeFiles(disk.readTree())).join("")).toContain("object: /Ingress/x/a");
  }
});

test("files of a killed first run that nobody wants any more are named, not removed", () => {
  const disk = memoryDisk({ "dist/demo/ingress-a/ingress.yaml": at("", 1).text });
  const { problems } = run(disk, [demo(at("gateway/gateway.yaml", 1))]);
  expect(problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
    "output/unrecorded-file dist/demo/ingress-a/ingress.yaml",
  ]);
});
