import { execFileSync } from "node:child_process";
import { mkdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem, type ReadFileSystem } from "../../core/read-disk.ts";
import { generatedHeader } from "../../manifests/inventory.ts";
import type { DesiredScope, ExistingScope } from "../../manifests/plan.ts";
import { isTemporaryName, listOrphanedScopes, readScope } from "../../manifests/read-output.ts";
import {
  demo,
  diskError,
  generated,
  makeProject,
  readTree,
  shared,
  synth,
  writeTree,
} from "./output-tree.ts";

const gateway = generated("dist/demo/gateway/gateway.yaml", 1);
const mine = "dist/demo/gateway/mine.yaml";
const read = (root: string, desired: DesiredScope, fs: ReadFileSystem = nodeReadFileSystem): ExistingScope =>
  readScope(fs, root, desired);
const kindsOf = ({ entries }: ExistingScope): Record<string, string> =>
  Object.fromEntries([...entries].map(([path, { kind }]) => [path, kind]));
const messagesOf = ({ problems }: ExistingScope): readonly string[] => problems.map(formatProblem);

describe("what is read", () => {
  test("of an empty project nothing, and that is no problem", () => {
    const existing = read(makeProject(), demo(gateway));
    expect(existing).toEqual({ inventory: undefined, entries: new Map(), leftovers: [], problems: [] });
  });

  test.each([
    ["a byte-order mark", [0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a]],
    ["the replacement character", [0xef, 0xbf, 0xbd]],
    ["what is not UTF-8", [0x61, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]],
    ["nothing", []],
  ])("of a file is its bytes: %s", (_, bytes) => {
    const root = makeProject({ [mine]: "" });
    writeFileSync(`${root}/${mine}`, Buffer.from(bytes));
    expect([...nodeReadFileSystem.readFile(`${root}/${mine}`)]).toEqual(bytes);
  });

  test("the scope's folder and all in it, but not the inventory", () => {
    const root = makeProject({ "dist/other/x.yaml": "x", "clusters/demo.yaml": "x", [mine]: "x" });
    synth(root, [demo(gateway)]);
    const existing = read(root, demo(gateway));
    expect(kindsOf(existing)).toEqual({
      "dist/demo": "folder",
      "dist/demo/gateway": "folder",
      [gateway.path]: "file",
      [mine]: "file",
    });
    expect([...(existing.inventory?.files.keys() ?? [])]).toEqual([gateway.path]);
  });

  test("a folder whose name is no UTF-8 as something in the way: Node cannot ask what it holds", () => {
    const root = makeProject({ [gateway.path]: gateway.text });
    const folder = Buffer.concat([Buffer.from(`${root}/dist/demo/x`), Buffer.from([0xff])]);
    mkdirSync(folder);
    const kinds = kindsOf(read(root, demo(gateway)));
    rmdirSync(folder);
    expect(kinds["dist/demo/x\ufffd"]).toBe("other");
  });

  test("desired and recorded files as a whole, of others only the beginning", () => {
    const recorded = generated("dist/demo/gateway/old.yaml", 1);
    const root = makeProject({ [mine]: `${generatedHeader} and much more` });
    synth(root, [demo(recorded)]);
    writeTree(root, { [gateway.path]: gateway.text });
    const { entries } = read(root, demo(gateway));
    const bytesOf = (path: string) => {
      const entry = entries.get(path);
      return entry?.kind === "file" ? Buffer.from(entry.bytes).toString() : undefined;
    };
    expect(bytesOf(gateway.path)).toBe(gateway.text);
    expect(bytesOf(recorded.path)).toBe(recorded.text);
    expect(bytesOf(mine)).toBe(generatedHeader);
  });

  test("temporary files by their names only; a folder of such a name is none of ours", () => {
    const root = makeProject({
      "dist/demo/gateway/.abc1-7.meshfront-tmp": "torn",
      "dist/demo/.abc1-8.meshfront-tmp/gateway.yaml": "torn",
      "dist/.abc1-9.meshfront-tmp": "torn",
      "argocd/.abc1-10.meshfront-tmp": "torn",
    });
    const found = read(root, demo(gateway));
    expect(found.leftovers).toEqual(["dist/demo/gateway/.abc1-7.meshfront-tmp"]);
    expect(kindsOf(found)["dist/demo/.abc1-8.meshfront-tmp/gateway.yaml"]).toBe("file");
    expect(read(root, shared()).leftovers).toEqual([
      "argocd/.abc1-10.meshfront-tmp",
      "dist/.abc1-9.meshfront-tmp",
    ]);
  });

  test("Argo CD reads no temporary name, and no person's file has one", () => {
    expect(isTemporaryName(".abc1-7.meshfront-tmp")).toBe(true);
    expect(".abc1-7.meshfront-tmp").not.toMatch(/^.*\.(yaml|yml|json|jsonnet)$/);
    for (const name of ["gateway.yaml", ".meshfront-tmp", "a.meshfront-tmp", ".abc1-7.meshfront-tmp.yaml"]) {
      expect(isTemporaryName(name)).toBe(false);
    }
  });

  test("nothing of a named pipe, which would never end", () => {
    const root = makeProject({ [mine]: "x" });
    execFileSync("mkfifo", [`${root}/dist/demo/pipe`]);
    expect(kindsOf(read(root, demo()))["dist/demo/pipe"]).toBe("other");
  });
});

describe("a symlink is never followed", () => {
  const outside = { "secret/gateway/gateway.yaml": "not ours", "secret/inventory.json": "{}" };

  test.each(["dist", "dist/demo"])("not as %s, inside of the project or outside", (link) => {
    const elsewhere = makeProject(outside);
    for (const target of [elsewhere, "clusters"]) {
      const root = makeProject({ "clusters/demo.yaml": "x" });
      if (link === "dist/demo") mkdirSync(`${root}/dist`);
      symlinkSync(target, `${root}/${link}`);
      const result = synth(root, [demo(gateway)]);
      expect(result.problems.map(formatProblem)).toEqual([
        `${link} error output/folder: expected a folder, found a symbolic link\n` +
          "  Put a real folder in its place: meshfront follows no symbolic link. Nothing was written.",
      ]);
      expect(result.written).toBe(0);
      expect(listOrphanedScopes(nodeReadFileSystem, root, new Set(["demo"]))).toEqual([]);
    }
    expect(readTree(elsewhere)).toEqual(outside);
  });

  test("not as a folder below, where it blocks what has to be written through it", () => {
    const elsewhere = makeProject(outside);
    const root = makeProject({ [generated("dist/demo/a/a.yaml", 1).path]: generated("", 1).text });
    symlinkSync(`${elsewhere}/secret/gateway`, `${root}/dist/demo/gateway`);
    const result = synth(root, [demo(gateway)]);
    expect(result.problems[0]).toMatchObject({ code: "output/blocked", file: "dist/demo/gateway" });
    expect(readTree(elsewhere)).toEqual(outside);
  });

  test("not for a removal either: what an inventory records behind one stays", () => {
    const old = generated("dist/demo/old/gateway.yaml", 1);
    const root = makeProject();
    synth(root, [demo(gateway, old)]);
    const elsewhere = makeProject({ "gateway.yaml": old.text });
    rmSync(`${root}/dist/demo/old`, { recursive: true });
    symlinkSync(elsewhere, `${root}/dist/demo/old`);
    const result = synth(root, [demo(gateway)]);
    expect(result.removed).toBe(0);
    expect(result.problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "output/foreign-file dist/demo/old",
    ]);
    expect(readTree(elsewhere)).toEqual({ "gateway.yaml": old.text });
  });

  test("nor as the inventory", () => {
    const root = makeProject(outside);
    mkdirSync(`${root}/dist/demo`, { recursive: true });
    symlinkSync("../../secret/inventory.json", `${root}/dist/demo/inventory.json`);
    expect(messagesOf(read(root, demo(gateway)))).toEqual([
      "dist/demo/inventory.json error output/blocked: expected the inventory, found a symbolic link\n" +
        "  Move it away or remove it, then run meshfront synth again. Nothing was written.",
    ]);
  });
});

test("an inventory that leads out of its folder removes nothing", () => {
  const root = makeProject({ "clusters/demo.yaml": "precious" });
  synth(root, [demo(gateway)]);
  const inventory = JSON.stringify({
    formatVersion: 1,
    files: { "dist/demo/../../clusters/demo.yaml": `sha256-${"0".repeat(64)}` },
  });
  writeTree(root, { "dist/demo/inventory.json": inventory });
  const before = readTree(root);
  const result = synth(root, [demo()], { allowRemoval: true });
  expect(result.problems.map(({ code }) => code)).toEqual(["output/inventory-path"]);
  expect(readTree(root)).toEqual(before);
});

test("a file where a folder has to be is named", () => {
  const root = makeProject({ dist: "mine" });
  expect(messagesOf(read(root, demo(gateway)))[0]).toContain(
    "dist error output/folder: expected a folder, found a file",
  );
});

describe("folders without a cluster", () => {
  test("are listed, whether they have an inventory or not", () => {
    const root = makeProject({
      "dist/demo/x": "",
      "dist/gone/inventory.json": "{}",
      "dist/notes/README.md": "",
      "dist/inventory.json": "{}",
      "dist/.cache/x": "",
    });
    symlinkSync("demo", `${root}/dist/link`);
    const scopes = listOrphanedScopes(nodeReadFileSystem, root, new Set(["demo", "planned"]));
    expect(scopes.map(({ folder }) => folder).sort()).toEqual(["dist/gone", "dist/notes"]);
  });

  test("are none before the first run", () => {
    expect(listOrphanedScopes(nodeReadFileSystem, makeProject(), new Set())).toEqual([]);
  });
});

describe("a disk that cannot be read", () => {
  const failing = (call: keyof ReadFileSystem, ending: string): ReadFileSystem => ({
    ...nodeReadFileSystem,
    [call]: (path: string, length: number) => {
      if (path.endsWith(ending)) throw diskError("EACCES", "permission denied, open");
      return nodeReadFileSystem[call](path, length);
    },
  });
  const message = (path: string): string =>
    `${path} error output/disk: cannot use ${path}: EACCES: permission denied, open\n` +
    "  Give the user that runs meshfront the right to it (ls -l shows who has it). Nothing was written.";

  test.each<[keyof ReadFileSystem, string]>([
    ["tryFindKind", "dist"],
    ["tryListFolder", "dist/demo/gateway"],
    ["readFile", "dist/demo/inventory.json"],
    ["readFile", gateway.path],
  ])("is a problem that names the path: %s %s", (call, path) => {
    const root = makeProject();
    synth(root, [demo(gateway)]);
    expect(messagesOf(read(root, demo(gateway), failing(call, path)))).toEqual([message(path)]);
  });

  test("is none where only a foreign file is concerned", () => {
    const root = makeProject({ [mine]: "x" });
    expect(messagesOf(read(root, demo(gateway), failing("readHead", mine)))).toEqual([]);
  });

  test("is not blamed for a bug", () => {
    const buggy = {
      ...nodeReadFileSystem,
      tryListFolder: () => {
        throw new TypeError("bug");
      },
    };
    writeFileSync(`${makeProject()}/x`, "");
    expect(() => read(makeProject(), demo(gateway), buggy)).toThrow("bug");
  });
});
