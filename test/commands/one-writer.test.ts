// Two runs at once, and signals in the middle of one: real processes on a real disk.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { whileNobodyElseWrites } from "../../commands/one-writer.ts";
import { sha256 } from "../../core/sha256.ts";
import { makeProject, writeTree } from "../manifests/output-tree.ts";
import { binary, clusterFile, meshfront, twoDoors, writtenTree } from "./program.ts";

const lockOf = (root: string): string =>
  join(tmpdir(), `meshfront-${sha256(realpathSync(root)).slice(0, 16)}.lock`);
const heldBy = (root: string, pid: number): void =>
  writeFileSync(lockOf(root), `${pid} ${hostname()} 2026-12-01T00:00:00.000Z`);

let root = "";
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(lockOf(root), { force: true });
});

describe("a second run", () => {
  test("waits until the first has ended, says for whom, and then writes", async () => {
    root = makeProject(twoDoors);
    heldBy(root, process.pid);
    const child = spawn(process.execPath, [binary, "synth"], { cwd: root });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
      if (stderr.includes("waiting for another meshfront")) rmSync(lockOf(root), { force: true });
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
    });
    expect(existsSync(join(root, "dist/demo"))).toBe(true);
    expect(existsSync(lockOf(root))).toBe(false);
  });

  test("gives up after a while, names who holds it, and has written nothing", () => {
    root = makeProject();
    heldBy(root, process.pid);
    let now = 0;
    vi.spyOn(Date, "now").mockImplementation(() => (now += 20_000));
    const write = vi.fn();
    expect(whileNobodyElseWrites(root, () => {}, write)).toMatchObject({
      code: "output/busy",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    expect(write).not.toHaveBeenCalled();
    expect(existsSync(lockOf(root))).toBe(true);
  });

  test("takes over the lock of a process that is gone", () => {
    root = makeProject(twoDoors);
    const gone = spawn(process.execPath, ["--version"]);
    return new Promise<void>((resolve) => {
      gone.on("close", () => {
        heldBy(root, gone.pid ?? 0);
        expect(meshfront(root, ["synth"]).code).toBe(0);
        expect(existsSync(lockOf(root))).toBe(false);
        resolve();
      });
    });
  });

  test("that only looks does not wait", () => {
    root = makeProject(writtenTree(twoDoors));
    heldBy(root, process.pid);
    for (const words of [["check"], ["diff"], ["synth", "--dry-run"]])
      expect(meshfront(root, words).code, words.join(" ")).toBe(0);
  });
});

describe.each(["SIGINT", "SIGTERM"] as const)("%s in the middle of writing", (signal) => {
  test("leaves each file old or new and no temporary one, and the lock is gone", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `c${index}`);
    root = makeProject(Object.assign({}, ...names.map((name) => clusterFile(name, ["services"]))));
    const child = spawn(process.execPath, [binary, "synth"], { cwd: root });
    await vi.waitUntil(
      () => existsSync(join(root, "dist/c0/inventory.json")) || existsSync(join(root, "dist/c1")),
      { timeout: 20_000, interval: 1 },
    );
    child.kill(signal);
    await new Promise((resolve) => child.on("close", resolve));
    const files = readdirSync(root, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => file.includes("meshfront-tmp"))).toEqual([]);
    expect(
      files
        .filter((file) => file.endsWith(".yaml"))
        .filter((file) => readFileSync(join(root, file), "utf8") === ""),
    ).toEqual([]);
    expect(existsSync(lockOf(root))).toBe(false);
    // Whatever was written is whole: the next run has nothing to repair but what is missing.
    expect(meshfront(root, ["synth"]).code).toBe(0);
    expect(meshfront(root, ["check"]).code).toBe(0);
  });
});

test("what was there before is not lost when a signal comes: a changed fleet is old or new, cluster by cluster", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `c${index}`);
  const tree = (timeoutSeconds: number) =>
    Object.assign({}, ...names.map((name) => clusterFile(name, ["services"], { hook: { timeoutSeconds } })));
  const hookIn = (folder: string, name: string) =>
    readFileSync(join(folder, `dist/${name}/healthcheck/hook.yaml`), "utf8");
  root = makeProject(writtenTree(tree(45)));
  const changed = makeProject(writtenTree(tree(30)));
  const known = new Map(names.map((name) => [name, [hookIn(root, name), hookIn(changed, name)]]));
  writeTree(root, tree(30));
  const child = spawn(process.execPath, [binary, "synth"], { cwd: root });
  const isWritten = () => hookIn(root, "c0") === known.get("c0")?.[1];
  await vi.waitUntil(() => child.exitCode !== null || isWritten(), { timeout: 20_000, interval: 1 });
  child.kill("SIGTERM");
  await new Promise((resolve) => child.on("close", resolve));
  expect(names.filter((name) => !known.get(name)?.includes(hookIn(root, name)))).toEqual([]);
});
