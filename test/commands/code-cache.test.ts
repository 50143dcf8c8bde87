// What the launcher reads may be missing, damaged, of another program or another user's: the answer is the same.
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { goldenProject } from "./program.ts";
import { type Cli, copyCli } from "./run-cli.ts";

// Each test starts processes, beside others on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const codeCache: typeof import("../../bin/code-cache.cjs") = createRequire(import.meta.url)(
  "../../bin/code-cache.cjs",
);

const checkout = fileURLToPath(new URL("../../", import.meta.url));

let cli: Cli;
let program: Buffer;
beforeAll(() => {
  cli = copyCli();
  program = readFileSync(bundle());
});
afterAll(() => cli.remove());

beforeEach(() => {
  for (const path of [cacheFolder(), cli.caches, bundle()]) rmSync(path, { recursive: true, force: true });
  writeFileSync(bundle(), program);
});

const bundle = (): string => join(cli.folder, "build/meshfront.cjs");
const cacheFolder = (): string => join(cli.folder, "build/cache");
const cacheFiles = (): readonly string[] =>
  readdirSync(cacheFolder())
    .filter((name) => name.endsWith(".bin"))
    .map((name) => join(cacheFolder(), name));
const usersCacheFiles = (): readonly string[] => readdirSync(join(cli.caches, "meshfront"));
const commandsWithCache = (): readonly string[] =>
  cacheFiles().map((file) => /meshfront\.cjs-(\w*)-v/.exec(file)?.[1] ?? file);

async function expectAnswer(): Promise<void> {
  const { exitCode, stdout } = await cli.run(["version"], { cwd: cli.folder });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("meshfront ");
}

function flipBit(bytes: Uint8Array, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

const randomBit = (bytes: Uint8Array): number => Math.floor(Math.random() * bytes.length * 8);

describe("what is kept of a compiled program", () => {
  const source = Buffer.from(`(() => "${"x".repeat(2_000)}")()`);
  const script = new Script(source.toString());
  const folder = mkdtempSync(join(tmpdir(), "meshfront-code-"));
  const file = join(folder, "code.bin");
  afterAll(() => rmSync(folder, { recursive: true }));
  codeCache.writeCodeCache(file, source, script);
  const kept = readFileSync(file);

  test("is taken for the source it was written for, by V8 too", () => {
    const cachedData = codeCache.readCodeCache(file, source);
    expect(new Script(source.toString(), { cachedData }).cachedDataRejected).toBe(false);
  });

  test("is not taken with any one bit flipped", () => {
    for (let round = 0; round < 2_000; round += 1) {
      const bit = randomBit(kept);
      writeFileSync(file, flipBit(kept, bit));
      expect(codeCache.readCodeCache(file, source), `bit ${bit}`).toBeUndefined();
    }
    writeFileSync(file, kept);
    expect(codeCache.readCodeCache(file, source)).toBeDefined();
  });

  test("is not taken cut off at any length, nor longer", () => {
    for (let length = 0; length < kept.length; length += 7) {
      writeFileSync(file, kept.subarray(0, length));
      expect(codeCache.readCodeCache(file, source), `${length}`).toBeUndefined();
    }
    writeFileSync(file, Buffer.concat([kept, Buffer.alloc(1)]));
    expect(codeCache.readCodeCache(file, source)).toBeUndefined();
    writeFileSync(file, kept);
  });

  test("is not taken for another source of the same length, which V8 would not notice", () => {
    const other = Buffer.from(source.toString().replace("x", "y"));
    const data = kept.subarray(32);
    expect(new Script(other.toString(), { cachedData: data }).cachedDataRejected).toBe(false);
    expect(codeCache.readCodeCache(file, other)).toBeUndefined();
  });
});

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
  ["inverted", (cache) => Buffer.from(cache.map((byte) => byte ^ 0xff))],
  ["with a page of zeros", (cache) => Buffer.from(cache).fill(0, 40_960, 45_056)],
])("a cache that is %s is replaced by a good one", async (_, damaged) => {
  await expectAnswer();
  const [file = ""] = cacheFiles();
  const cache = readFileSync(file);
  writeFileSync(file, damaged(cache));
  await expectAnswer();
  expect(codeCache.readCodeCache(file, program)).toBeDefined();
});

test("with one bit flipped anywhere, synth writes what it always writes", async () => {
  const root = goldenProject();
  const run = () => cli.run(["synth", "--dry-run"], { cwd: root });
  expect((await run()).exitCode).toBe(0);
  const [file = ""] = cacheFiles().filter((each) => each.includes("meshfront.cjs-synth"));
  const cache = readFileSync(file);
  for (let round = 0; round < 4; round += 1) {
    const bit = randomBit(cache);
    writeFileSync(file, flipBit(cache, bit));
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stdout }, `bit ${bit}: ${stderr}`).toEqual({ exitCode: 0, stdout: "" });
    expect(codeCache.readCodeCache(file, program), `bit ${bit}`).toBeDefined();
  }
});

test("the option that a flipped bit once wrote wrongly into every Application is not taken from a cache", async () => {
  const root = goldenProject();
  await cli.run(["check"], { cwd: root });
  const [file = ""] = cacheFiles().filter((each) => each.includes("meshfront.cjs-check"));
  const cache = readFileSync(file);
  const place = cache.indexOf("ServerSideApply=true");
  expect(place).toBeGreaterThan(0);
  writeFileSync(file, flipBit(cache, place * 8 + 5));
  rmSync(
    join(cacheFolder(), readdirSync(cacheFolder()).find((name) => name.startsWith("clean-runs-")) ?? ""),
    {
      recursive: true,
    },
  );
  expect(await cli.run(["check"], { cwd: root })).toMatchObject({ exitCode: 0, stdout: "" });
});

test("a cache of other code of the same length is not run", async () => {
  await expectAnswer();
  const text = program.toString();
  writeFileSync(bundle(), text.replace("takes no words", "takes no verbs"));
  const { exitCode, stderr } = await cli.run(["version", "now"], { cwd: cli.folder });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringContaining("version takes no verbs, found now"),
  });
});

test("each command has a cache of its own", async () => {
  await expectAnswer();
  await cli.run(["schema"], { cwd: cli.folder });
  expect(commandsWithCache().toSorted()).toEqual(["schema", "version"]);
});

test.each([
  ["that was refused", ["version", "now"]],
  ["that only helped", ["version", "--help"]],
  ["that only helped, in short", ["version", "-qh"]],
  ["of no command", ["../../x"]],
  ["of another word", ["snyth"]],
  ["without a word", []],
])("a run %s compiles too little to be kept", async (_, args) => {
  await cli.run(args, { cwd: cli.folder });
  expect(cacheFiles()).toEqual([]);
});

describe("nothing is taken from a folder", () => {
  /** The program's folder stays as it is, and the user's is taken instead. */
  async function expectNothingTaken(): Promise<void> {
    const before = cacheFiles().map((file) => readFileSync(file));
    await expectAnswer();
    expect(cacheFiles().map((file) => readFileSync(file))).toEqual(before);
    expect(usersCacheFiles()).toHaveLength(1);
  }
  beforeEach(async () => {
    await expectAnswer();
    const [file = ""] = cacheFiles();
    writeFileSync(file, "whoever takes this replaces it");
  });

  test.skipIf(process.getuid?.() !== 0)("of another user", async () => {
    chownSync(cacheFolder(), 12_345, 12_345);
    await expectNothingTaken();
  });

  test("that others may write to", async () => {
    chmodSync(cacheFolder(), 0o777);
    await expectNothingTaken();
  });

  test("that others may write to, in the user's own place as well: it costs time only", async () => {
    for (const folder of [cacheFolder(), join(cli.caches, "meshfront")]) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o777);
    }
    await expectAnswer();
    expect(usersCacheFiles()).toEqual([]);
  });
});

test("the folder that is made is one that only its owner writes to", async () => {
  await expectAnswer();
  expect(statSync(cacheFolder()).mode & 0o777).toBe(0o755);
});

test.skipIf(process.getuid?.() === 0)("a folder that cannot be written costs time only", async () => {
  mkdirSync(cacheFolder(), { mode: 0o555 });
  await expectAnswer();
  expect(cacheFiles()).toEqual([]);
});

test("a file in the place of the folder is no matter: the user's own folder is taken", async () => {
  writeFileSync(cacheFolder(), "");
  await expectAnswer();
  expect(usersCacheFiles()).toHaveLength(1);
});

test("a user without any folder to write to pays with time only", async () => {
  writeFileSync(cacheFolder(), "");
  const env = { XDG_CACHE_HOME: "/dev/null", HOME: "/dev/null" };
  expect(await cli.run(["version"], { cwd: cli.folder, env })).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^version/),
  });
});

test("a bundle may be larger", async () => {
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

test("a package that is not whole is said to be so: nothing can be built there", async () => {
  rmSync(bundle());
  rmSync(join(cli.folder, "start.ts"));
  const { exitCode, stderr } = await cli.run(["check"], { cwd: cli.folder });
  symlinkSync(join(checkout, "start.ts"), join(cli.folder, "start.ts"));
  expect(exitCode).toBe(70);
  expect(stderr).toMatch(
    /^meshfront: cannot read .*meshfront\.cjs\. The package is damaged: .* install it again\.\n$/,
  );
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
