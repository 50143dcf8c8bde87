// What a run read is all that its result depends on, and whoever changes any of it is noticed.
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { check } from "../../commands/check.ts";
import type { CommandResult } from "../../commands/command.ts";
import { synth } from "../../commands/synth.ts";
import { isAsSeen, type Observation, observed } from "../../core/observed-disk.ts";
import { nodeReadFileSystem, type ReadFileSystem } from "../../core/read-disk.ts";
import { goldenProject } from "../commands/program.ts";
import { makeProject, readTree, type Tree } from "../manifests/output-tree.ts";

const commands = { check, synth };
type Name = keyof typeof commands;

const run = async (name: Name, disk: ReadFileSystem, root: string): Promise<CommandResult> =>
  commands[name].run({ disk, root, words: [], options: {}, progress: () => {} });

describe.each<Name>(["check", "synth"])("what %s reads of a project that is as it should be", (name) => {
  let root: string;
  let seen: Observation[];
  beforeEach(async () => {
    root = goldenProject();
    writeFileSync(join(root, "clusters/.hidden"), "");
    seen = [];
    const result = await run(name, observed(nodeReadFileSystem, seen), root);
    expect(result).toMatchObject({ exitCode: 0, problems: [], isRepeatable: true });
  });
  const isSame = (): boolean => isAsSeen(nodeReadFileSystem, seen);

  test("is the same as long as nobody changes it", () => {
    expect(seen.length).toBeGreaterThan(20);
    expect(isSame()).toBe(true);
    cpSync(join(root, "clusters"), join(root, "elsewhere"), { recursive: true });
    expect(isSame()).toBe(true);
  });

  test("goes through the disk that it is given, so nothing of it escapes notice", async () => {
    const tree = readTree(root);
    rmSync(root, { recursive: true });
    const inMemory: Observation[] = [];
    const result = await run(name, observed(diskOf(root, tree), inMemory), root);
    expect(result).toMatchObject({ exitCode: 0, problems: [], isRepeatable: true });
    expect(sorted(inMemory)).toEqual(sorted(seen));
  });

  const changes: readonly (readonly [string, (path: string) => void])[] = [
    ["longer", (path) => appendFileSync(path, "#")],
    [
      "of other bytes",
      (path) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte) => byte ^ 1),
        ),
    ],
    ["empty", (path) => truncateSync(path)],
    ["gone", (path) => rmSync(path)],
    ["under another name", (path) => renameSync(path, `${path}.old`)],
    ["a link to the same bytes", linkInstead],
    ["a folder", folderInstead],
  ];
  test.each(changes)("is not the same where a file is %s", (_, change) => {
    for (const path of Object.keys(readTree(root)).filter((each) => !each.endsWith(".hidden"))) {
      const before = readFileSync(join(root, path));
      change(join(root, path));
      expect(isSame(), path).toBe(false);
      for (const left of [path, `${path}.old`]) rmSync(join(root, left), { recursive: true, force: true });
      writeFileSync(join(root, path), before);
      expect(isSame(), path).toBe(true);
    }
  });

  test.each([".new", "new.yaml", "new.lock.json"])("is not the same where %s is new in a folder", (added) => {
    for (const folder of foldersOf(root)) {
      writeFileSync(join(root, folder, added), "");
      expect(isSame(), folder).toBe(false);
      rmSync(join(root, folder, added));
      mkdirSync(join(root, folder, added));
      expect(isSame(), folder).toBe(false);
      rmSync(join(root, folder, added), { recursive: true });
    }
    expect(isSame()).toBe(true);
  });

  test("is not the same where a folder is gone, or is a link", () => {
    for (const folder of foldersOf(root)) {
      renameSync(join(root, folder), join(root, "aside"));
      expect(isSame(), folder).toBe(false);
      symlinkSync(join(root, "aside"), join(root, folder));
      // Cluster files may be read through a link: then they are as they were.
      expect(isSame(), folder).toBe(folder === "clusters");
      rmSync(join(root, folder));
      renameSync(join(root, "aside"), join(root, folder));
    }
    expect(isSame()).toBe(true);
  });
});

test("an error is what the disk tells, too", () => {
  const root = makeProject({ "a/b": "" });
  const seen: Observation[] = [];
  const disk = observed(nodeReadFileSystem, seen);
  expect(() => disk.readFile(join(root, "a"))).toThrow("EISDIR");
  expect(() => disk.tryListFolder(join(root, "a/b"))).toThrow("ENOTDIR");
  expect(disk.tryFindKind(join(root, "c"))).toBeUndefined();
  expect(seen.map(([, , told]) => told)).toEqual(["EISDIR", "ENOTDIR", "undefined"]);
  expect(isAsSeen(nodeReadFileSystem, seen)).toBe(true);
  rmSync(join(root, "a"), { recursive: true });
  expect(isAsSeen(nodeReadFileSystem, seen)).toBe(false);
});

test("of a head, only the head counts", () => {
  const root = makeProject({ file: "head and the rest" });
  const seen: Observation[] = [];
  observed(nodeReadFileSystem, seen).readHead(join(root, "file"), 4);
  writeFileSync(join(root, "file"), "head and others");
  expect(isAsSeen(nodeReadFileSystem, seen)).toBe(true);
  writeFileSync(join(root, "file"), "hea");
  expect(isAsSeen(nodeReadFileSystem, seen)).toBe(false);
});

const sorted = (seen: readonly Observation[]): readonly string[] =>
  seen.map((observation) => JSON.stringify(observation)).sort();

/** A disk of regular files and their folders, of which nothing stands on the real one. */
function diskOf(root: string, tree: Tree): ReadFileSystem {
  const readFile = (path: string): Uint8Array => {
    if (!path.startsWith(root)) return nodeReadFileSystem.readFile(path); // meshfront's own programs
    const text = tree[path.slice(root.length + 1)];
    if (text === undefined) throw Object.assign(new Error("ENOENT"), { syscall: "open", code: "ENOENT" });
    return Buffer.from(text, "latin1");
  };
  const tryListFolder: ReadFileSystem["tryListFolder"] = (path) => {
    const inside = Object.keys(tree)
      .map((each) => `${root}/${each}`)
      .filter((each) => each.startsWith(`${path}/`))
      .map((each) => each.slice(path.length + 1));
    if (inside.length === 0) return undefined;
    return [...new Set(inside.map((each) => each.split("/", 1).join()))].map((name) => ({
      name,
      kind: inside.includes(name) ? "file" : "folder",
    }));
  };
  return {
    readFile,
    readHead: (path, length) => readFile(path).subarray(0, length),
    tryListFolder,
    tryFindKind: (path) => {
      if (tree[path.slice(root.length + 1)] !== undefined) return "file";
      return tryListFolder(path) === undefined ? undefined : "folder";
    },
  };
}

const foldersOf = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

function linkInstead(path: string): void {
  renameSync(path, `${path}.old`);
  symlinkSync(`${path}.old`, path);
}

function folderInstead(path: string): void {
  rmSync(path);
  mkdirSync(path);
}
