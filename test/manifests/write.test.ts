import { lstatSync, mkdirSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { sharedScope } from "../../manifests/inventory.ts";
import { planScope } from "../../manifests/plan.ts";
import { listOrphanedScopes, readScope } from "../../manifests/read-output.ts";
import { applyPlans, type FileSystem, nodeFileSystem } from "../../manifests/write.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import { breakingFileSystem } from "./memory-disk.ts";
import {
  completeFiles,
  demo,
  diskError,
  generated,
  identitiesOf,
  makeProject,
  modificationTimes,
  readTree,
  shared,
  synth,
  textsOf,
  writeTree,
} from "./output-tree.ts";

const gateway = generated("dist/demo/gateway/gateway.yaml", 1);
const ingress = generated("dist/demo/ingress-services/ingress.yaml", 1);
const root1 = generated("argocd/demo.yaml", 1);
const gatewayNext = generated(gateway.path, 2);
const writingCalls = ["makeFolder", "createFile", "rename", "removeFile", "removeEmptyFolder"];
const modeOf = (path: string): string => (lstatSync(path).mode & 0o777).toString(8);

describe("a first run", () => {
  test("writes the files and one inventory for each scope, and nothing else", () => {
    const root = makeProject();
    const result = synth(root, [demo(gateway, ingress), shared(root1)]);
    expect(result).toMatchObject({ written: 3, removed: 0, problems: [] });
    const { "dist/demo/inventory.json": mine, "dist/inventory.json": common, ...rest } = readTree(root);
    expect(rest).toEqual(textsOf([gateway, ingress, root1]));
    expect(Object.keys(JSON.parse(mine ?? "").files)).toEqual([gateway.path, ingress.path]);
    expect(Object.keys(JSON.parse(common ?? "").files)).toEqual([root1.path]);
  });

  test("keeps text that is not ASCII", () => {
    const root = makeProject();
    const korean = generated(gateway.path, "서울 — ü");
    synth(root, [demo(korean)]);
    expect(Buffer.from(readTree(root)[gateway.path] ?? "", "latin1").toString()).toBe(korean.text);
    expect(synth(root, [demo(korean)]).plans.every(isUpToDate)).toBe(true);
  });

  test("writes into folders that are there already", () => {
    const root = makeProject();
    mkdirSync(`${root}/dist/demo/gateway`, { recursive: true });
    synth(root, [demo(gateway, ingress)]);
    expect(readTree(root)).toMatchObject(textsOf([gateway, ingress]));
  });
});

test("a run that changes nothing writes nothing, not even a time", () => {
  const root = makeProject();
  synth(root, [demo(gateway, ingress), shared(root1)]);
  const times = modificationTimes(root);
  const fs = breakingFileSystem(nodeFileSystem);
  const result = synth(root, [demo(gateway, ingress), shared(root1)], { fs });
  expect(result.plans.every(isUpToDate)).toBe(true);
  expect(fs.calls.filter((call) => writingCalls.includes(call))).toEqual([]);
  expect(modificationTimes(root)).toEqual(times);
});

test("a changed file is written, and no other is touched", () => {
  const root = makeProject();
  synth(root, [demo(gateway, ingress)]);
  const times = modificationTimes(root);
  expect(synth(root, [demo(gatewayNext, ingress)]).written).toBe(1);
  expect(readTree(root)).toMatchObject(textsOf([gatewayNext, ingress]));
  expect(modificationTimes(root)[ingress.path]).toBe(times[ingress.path]);
});

test("a file that is not wanted any more goes, with its folder; a foreign one stays, with its folder", () => {
  const root = makeProject();
  const door = generated("dist/demo/ingress-addons/ingress.yaml", 1);
  synth(root, [demo(gateway, ingress, door)]);
  writeTree(root, { "dist/demo/ingress-addons/mine.txt": "mine" });
  expect(synth(root, [demo(gateway)])).toMatchObject({ written: 0, removed: 2 });
  expect(Object.keys(readTree(root))).toEqual([
    gateway.path,
    "dist/demo/ingress-addons/mine.txt",
    "dist/demo/inventory.json",
  ]);
  expect(nodeFileSystem.tryFindKind(`${root}/dist/demo/ingress-services`)).toBeUndefined();
});

test("an edited and a deleted file come back", () => {
  const root = makeProject();
  synth(root, [demo(gateway, ingress)]);
  writeTree(root, { [gateway.path]: `${gateway.text}mine: true\n` });
  rmSync(`${root}/${ingress.path}`);
  synth(root, [demo(gateway, ingress)]);
  expect(readTree(root)).toMatchObject(textsOf([gateway, ingress]));
});

test("a cluster whose file was deleted is cleaned away with leave, its neighbours stay", () => {
  const root = makeProject();
  const other = generated("dist/other/gateway/gateway.yaml", 1);
  const otherScope = {
    scope: { folder: "dist/other", inventoryPath: "dist/other/inventory.json" },
    files: [other],
  };
  synth(root, [demo(gateway), otherScope]);
  const orphans = listOrphanedScopes(nodeReadFileSystem, root, new Set(["demo"]));
  const desired = [demo(gateway), ...orphans.map((scope) => ({ scope, files: [] }))];
  const before = readTree(root);
  expect(synth(root, desired).plans.flatMap(({ losses }) => losses)).toEqual([
    { kind: "scope", path: "dist/other" },
  ]);
  expect(readTree(root)).toEqual(before);
  synth(root, desired, { allowRemoval: true });
  expect(Object.keys(readTree(root))).toEqual([gateway.path, "dist/demo/inventory.json"]);
  expect(listOrphanedScopes(nodeReadFileSystem, root, new Set(["demo"]))).toEqual([]);
});

test("a run for one cluster leaves the others' files in argocd/ alone", () => {
  const root = makeProject();
  const other = generated("argocd/other.yaml", 1);
  synth(root, [shared(root1, other)]);
  const next = generated(root1.path, 2);
  synth(root, [{ scope: sharedScope, files: [next], partial: true }]);
  expect(readTree(root)).toMatchObject(textsOf([next, other]));
  expect(synth(root, [shared(next, other)]).plans.every(isUpToDate)).toBe(true);
});

test("one blocked file keeps everything from being written, in every scope", () => {
  const root = makeProject({ [gateway.path]: "\xff\xfe mine" });
  const result = synth(root, [shared(root1), demo(gateway, ingress)]);
  expect(result.problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
    `output/blocked ${gateway.path}`,
  ]);
  expect(readTree(root)).toEqual({ [gateway.path]: "\xff\xfe mine" });
});

test("a file has the permissions that the umask leaves, like those of any other program", () => {
  const root = makeProject();
  const umask = process.umask(0o027);
  try {
    synth(root, [demo(gateway)]);
    expect(modeOf(`${root}/${gateway.path}`)).toBe("640");
  } finally {
    process.umask(umask);
  }
});

test("the last file of a cluster takes its folders along, and nothing above them", () => {
  const root = makeProject();
  synth(root, [demo(gateway, ingress)]);
  synth(root, [demo()], { allowRemoval: true });
  expect(readTree(root)).toEqual({});
  expect(nodeFileSystem.tryListFolder(`${root}/dist`)).toEqual([]);
});

describe("leftovers of an interrupted run", () => {
  test("are removed, and nothing that only looks similar", () => {
    const mine = { "dist/demo/a.meshfront-tmp": "mine", "dist/demo/.x.meshfront-tmp": "mine" };
    const root = makeProject({
      ...mine,
      "dist/demo/gateway/.abc1-7.meshfront-tmp": "torn",
      "dist/.abc1-9.meshfront-tmp": "torn",
    });
    const result = synth(root, [demo(gateway), shared(root1)]);
    expect(result.problems.map(({ file }) => file)).toEqual(Object.keys(mine).sort());
    expect(Object.keys(readTree(root)).filter((path) => path.includes("meshfront-tmp"))).toEqual(
      Object.keys(mine).sort(),
    );
  });

  test("make a plan that is applied even if no file changes", () => {
    const root = makeProject();
    synth(root, [demo(gateway)]);
    writeTree(root, { "dist/demo/.abc1-7.meshfront-tmp": "torn" });
    const { plans } = synth(root, [demo(gateway)]);
    expect(plans.map(isUpToDate)).toEqual([false]);
    expect(synth(root, [demo(gateway)]).plans.map(isUpToDate)).toEqual([true]);
  });
});

describe("a disk that refuses", () => {
  const refusing = (call: keyof FileSystem, code: string): FileSystem => ({
    ...nodeFileSystem,
    [call]: () => {
      throw diskError(code, "refused");
    },
  });
  const done = (written: number): string =>
    `${written} files were written and 0 removed before; each is complete. Running meshfront synth again is safe and does the rest.`;

  test.each([
    ["createFile", "ENOSPC", "Free space on this disk (df -h and df -i show what is short)."],
    ["createFile", "EACCES", "Give the user that runs meshfront the right to it (ls -l shows who has it)."],
    [
      "rename",
      "EROFS",
      "The file system is mounted read-only: run meshfront where the checkout is writable.",
    ],
    ["rename", "EIO", "See what the system says above."],
  ] as const)("%s with %s is a problem with the path and what to do", (call, code, advice) => {
    const root = makeProject();
    synth(root, [demo(gateway, ingress)]);
    const before = readTree(root);
    const result = synth(root, [demo(gatewayNext, ingress)], { fs: refusing(call, code) });
    expect(result.problem && formatProblem(result.problem)).toBe(
      `${gateway.path} error output/disk: cannot use ${gateway.path}: ${code}: refused\n  ${advice} ${done(0)}`,
    );
    expect(completeFiles(readTree(root))).toEqual(before);
    synth(root, [demo(gatewayNext, ingress)]);
    expect(readTree(root)).toMatchObject(textsOf([gatewayNext, ingress]));
    expect(Object.keys(readTree(root))).toEqual(Object.keys(before));
  });

  test("in the middle says how much was done, and that is complete", () => {
    const root = makeProject();
    synth(root, [demo(gateway, ingress)]);
    let renames = 0;
    const fs: FileSystem = {
      ...nodeFileSystem,
      rename: (from, to) => {
        renames += 1;
        if (renames > 1) throw diskError("EDQUOT", "quota");
        nodeFileSystem.rename(from, to);
      },
    };
    const ingressNext = generated(ingress.path, 2);
    const result = synth(root, [demo(gatewayNext, ingressNext)], { fs });
    expect(result).toMatchObject({ written: 1, problem: { file: ingress.path } });
    expect(result.problem?.suggestion).toContain(done(1));
    expect(readTree(root)).toMatchObject(textsOf([gatewayNext, ingress]));
    synth(root, [demo(gatewayNext, ingressNext)]);
    expect(readTree(root)).toMatchObject(textsOf([gatewayNext, ingressNext]));
  });
});

describe("what callers have to look at first", () => {
  const planOf = (root: string, desired: Parameters<typeof planScope>[0]) =>
    planScope(desired, readScope(nodeReadFileSystem, root, desired), identitiesOf);

  test("a plan with an error is not applied", () => {
    const root = makeProject({ [gateway.path]: "mine" });
    expect(() => applyPlans(nodeFileSystem, root, [planOf(root, demo(gateway))])).toThrow("with errors");
  });

  test("a plan with losses is not applied without leave", () => {
    const root = makeProject();
    synth(root, [demo(gateway)]);
    expect(() => applyPlans(nodeFileSystem, root, [planOf(root, demo())])).toThrow("with losses");
    expect(applyPlans(nodeFileSystem, root, [planOf(root, demo())], { allowRemoval: true }).removed).toBe(1);
  });
});
