// What the launcher reads may be missing, cut off, of another program, or larger than usual: the answer is the same.
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildCli, type Cli } from "./run-cli.ts";

let cli: Cli;
let program: Buffer;
beforeAll(async () => {
  cli = await buildCli();
  program = readFileSync(bundle());
}, 60_000);
afterAll(() => cli.remove());

beforeEach(() => {
  for (const path of [cacheFolder(), bundle()]) rmSync(path, { recursive: true, force: true });
  writeFileSync(bundle(), program);
});

const cacheFolder = (): string => join(cli.folder, "build/cache");
const cacheFiles = (): readonly string[] =>
  readdirSync(cacheFolder()).map((name) => join(cacheFolder(), name));
const bundle = (): string => join(cli.folder, "build/meshfront.cjs");

const cacheNames = (): readonly string[] =>
  readdirSync(cacheFolder()).map((name) => name.replace(/^.{32}-[a-z-]+\.cjs-(.*)-v.*\.bin$/, "$1"));

async function expectAnswer(): Promise<void> {
  const { exitCode, stdout } = await cli.run(["version"], { cwd: cli.folder });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("meshfront ");
}

test("a cache is written where there is none, and not again", async () => {
  await expectAnswer();
  const [file = "", ...others] = cacheFiles();
  expect(others).toEqual([]);
  const { mtimeNs } = statSync(file, { bigint: true });
  await expectAnswer();
  expect(statSync(file, { bigint: true }).mtimeNs).toBe(mtimeNs);
});

test.each<[string, (cache: Buffer) => Buffer]>([
  ["empty", () => Buffer.alloc(0)],
  ["cut off", (cache) => cache.subarray(0, cache.length / 2)],
  ["of another program", (cache) => Buffer.from(cache.map((byte) => byte ^ 0xff))],
])("a cache that is %s is replaced", async (_, damaged) => {
  await expectAnswer();
  const [file = ""] = cacheFiles();
  const cache = readFileSync(file);
  writeFileSync(file, damaged(cache));
  await expectAnswer();
  expect(readFileSync(file).length).toBeGreaterThan(cache.length / 2);
});

test("each command has a cache of its own", async () => {
  await expectAnswer();
  await cli.run(["schema"], { cwd: cli.folder });
  expect(new Set(cacheNames())).toEqual(new Set(["version", "schema"]));
});

test.each([
  ["of a run that was refused", ["version", "now"]],
  ["of a run that only helped", ["version", "--help"]],
  ["of a run that only helped, in short", ["version", "-qh"]],
])("a cache %s is kept until one is whole", async (_, args) => {
  for (const repeated of [args, args]) await cli.run(repeated, { cwd: cli.folder });
  expect(cacheNames()).toEqual(["part-of-a-run"]);
  await expectAnswer();
  expect(cacheNames()).toEqual(["part-of-a-run", "version"]);
  const [, file = ""] = cacheFiles();
  const { mtimeNs } = statSync(file, { bigint: true });
  await cli.run(args, { cwd: cli.folder });
  expect(statSync(file, { bigint: true }).mtimeNs).toBe(mtimeNs);
});

test.each(["../../x", "snyth", "x".repeat(300)])(
  "no word that is no command makes a file: %s",
  async (word) => {
    await cli.run([word], { cwd: cli.folder });
    expect(cacheNames()).toEqual(["part-of-a-run"]);
  },
);

test("a file in the place of the cache's folder costs time only", async () => {
  writeFileSync(cacheFolder(), "");
  await expectAnswer();
});

test("a bundle may be larger than what is read at once", async () => {
  appendFileSync(bundle(), `/*${"x".repeat(3 * 1024 * 1024)}*/`);
  await expectAnswer();
  await expectAnswer();
});

test.each([
  ["without a bundle", () => mkdirSync(bundle())],
  ["where a bundle is empty", () => writeFileSync(bundle(), "")],
])("%s the answer is how to build one", async (_, instead) => {
  rmSync(bundle());
  instead();
  const { exitCode, stderr } = await cli.run(["check"], { cwd: cli.folder });
  expect(exitCode).toBe(70);
  expect(stderr).toMatch(/^meshfront: cannot read .*meshfront\.cjs\. Run `npm ci`/);
});

test("bundles of two builds are refused, which nobody tested together", async () => {
  const other = join(cli.folder, "build/clean-runs.cjs");
  const text = readFileSync(other);
  writeFileSync(other, Buffer.concat([Buffer.from(`//${"0".repeat(64)}\n`), text]));
  const { exitCode, stderr } = await cli.run(["check"], { cwd: cli.folder });
  writeFileSync(other, text);
  expect(exitCode).toBe(70);
  expect(stderr).toMatch(/^meshfront: .*meshfront\.cjs is of another build .* Run `npm ci`/);
  await expectAnswer();
});
