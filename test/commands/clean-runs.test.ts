// A clean run is repeated from what it read, and only then: without the bundle that does the work nothing else answers.
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keepCleanRun, repeatCleanRun } from "../../commands/clean-runs.ts";
import { sha256 } from "../../core/sha256.ts";
import { makeProject, readTree } from "../manifests/output-tree.ts";
import { goldenProject } from "./program.ts";
import { type Cli, copyCli, type Run, type RunOptions } from "./run-cli.ts";

let cli: Cli;
let root: string;
beforeAll(async () => {
  cli = copyCli();
}, 60_000);
afterAll(() => cli.remove());
beforeEach(() => {
  // What V8 compiled stays: it only saves time.
  if (existsSync(cache())) for (const day of days()) rmSync(day, { recursive: true });
  root = goldenProject();
});

const cache = (): string => join(cli.folder, "build/cache");
const days = (): readonly string[] =>
  readdirSync(cache())
    .filter((name) => name.startsWith("clean-runs-"))
    .map((name) => join(cache(), name));
const kept = (): readonly string[] =>
  days().flatMap((day) => readdirSync(day).map((name) => join(day, name)));

const run = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> =>
  cli.run(args, { cwd: root, ...options });

/** A run that does the whole work ends with code 70: that what does it is not there. */
async function runRepeatedly(args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
  const bundle = join(cli.folder, "build/meshfront.cjs");
  renameSync(bundle, `${bundle}.aside`);
  try {
    return await run(args, options);
  } finally {
    renameSync(`${bundle}.aside`, bundle);
  }
}

const expectRepeated = async (args: readonly string[], options?: Partial<RunOptions>): Promise<void> =>
  expect(await runRepeatedly(args, options)).toMatchObject({ exitCode: 0, stdout: "" });
const expectWholeWork = async (args: readonly string[], options?: Partial<RunOptions>): Promise<void> =>
  expect((await runRepeatedly(args, options)).exitCode).toBe(70);

describe.each([
  ["check", /^check: 1 cluster, \d+ files as synth would write them \(/],
  ["synth", /^synth: 1 cluster, 0 files written, \d+ unchanged, 0 removed \(/],
])("a clean %s", (command, said) => {
  test("is repeated, says the same, and says that nothing has changed", async () => {
    const first = await run([command]);
    expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(said) });
    const again = await runRepeatedly([command]);
    expect(again).toMatchObject({ exitCode: 0, stdout: "", stderr: expect.stringMatching(said) });
    expect(again.stderr).toMatch(/\(\d+ ms; nothing has changed since the last clean run\)\n$/);
    expect(first.stderr).not.toContain("nothing has changed");
  });

  test("is repeated in silence where it was silent", async () => {
    await run([command, "-q"]);
    expect(await runRepeatedly([command, "-q"])).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
  });

  test.each([[["-q"]], [[]]])(
    "is repeated with %j where V8's code caches are gone, as with another Node",
    async (options) => {
      await run([command, ...options]);
      for (const name of readdirSync(cache())) if (name.endsWith(".bin")) rmSync(join(cache(), name));
      await expectRepeated([command, ...options]);
      expect(readdirSync(cache()).filter((name) => name.endsWith(".bin"))).toHaveLength(1);
    },
  );
});

describe("a clean run", () => {
  const command = "check";

  test("does the whole work after a change, and again after each run that was not clean", async () => {
    await run([command]);
    appendFileSync(join(root, "clusters/demo.yaml"), "unknown: true\n");
    for (const repeated of [1, 2]) {
      expect(await run([command]), `${repeated}`).toMatchObject({ exitCode: 1 });
      await expectWholeWork([command]);
    }
  });

  test("is that of one command line, in one folder", async () => {
    await run([command]);
    await expectWholeWork([command, "demo"]);
    await expectWholeWork([command], { cwd: goldenProject() });
    await expectWholeWork([command, "--json"]);
    await expectWholeWork([command], { env: { CDK8S_DISABLE_SORT: "1" } });
    await run([command, "demo"]);
    await expectRepeated([command, "demo"]);
    await expectRepeated([command]);
  });

  test.skipIf(process.getuid?.() !== 0)("is not repeated from a record that another user left", async () => {
    await run([command]);
    chownSync(cache(), 12_345, 12_345);
    await expectWholeWork([command]);
    chmodSync(cache(), 0o777);
    chownSync(cache(), 0, 0);
    await expectWholeWork([command]);
    chmodSync(cache(), 0o755);
    await expectRepeated([command]);
  });

  test("is not repeated by another build", async () => {
    await run([command]);
    const bundle = join(cli.folder, "build/clean-runs.cjs");
    const text = readFileSync(bundle);
    writeFileSync(bundle, Buffer.concat([Buffer.from(`//${"0".repeat(64)}\n`), text]));
    await expectWholeWork([command]);
    writeFileSync(bundle, text);
    await expectRepeated([command]);
  });

  test("is not repeated on another day, whose first clean run removes what was kept", async () => {
    await run([command]);
    const [today = ""] = days();
    renameSync(today, `${today.slice(0, -1)}x`);
    await expectWholeWork([command]);
    expect(kept()).toHaveLength(1);
    await run([command, "demo"]);
    expect(days()).toEqual([today]);
    expect(kept()).toHaveLength(1);
  });

  test("is not repeated from a record that is cut off, which the next run replaces", async () => {
    await run([command]);
    const [file = ""] = kept();
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    await expectWholeWork([command]);
    expect((await run([command])).exitCode).toBe(0);
    await expectRepeated([command]);
    expect(kept()).toEqual([file]);
  });

  test("is not kept with --json, which tells more than a line", async () => {
    expect((await run([command, "--json"])).exitCode).toBe(0);
    expect(kept()).toEqual([]);
  });

  test("is not kept where there was something to say", async () => {
    writeFileSync(join(root, "clusters/gone.lock.json"), "{}");
    expect(await run([command])).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("config/stray-lock"),
    });
    expect(kept()).toEqual([]);
  });

  test("is not kept where the clock went back meanwhile: it judged certificates by an earlier day", async () => {
    const clock = join(root, "clock.cjs");
    writeFileSync(
      clock,
      "const { now } = Date; let ahead = 1e9; Date.now = () => { const then = now() + ahead; ahead = 0; return then; };",
    );
    const result = await run([command], { env: { NODE_OPTIONS: `--require ${clock}` } });
    expect(result.exitCode).toBe(0);
    expect(days()).toEqual([]);
  });

  test("leaves nothing else where it cannot be kept", async () => {
    await run([command]);
    const [file = ""] = kept();
    rmSync(file);
    mkdirSync(file);
    expect((await run([command])).exitCode).toBe(0);
    expect(kept()).toEqual([file]);
  });

  test("costs nothing but time where nothing can be kept", async () => {
    rmSync(cache(), { recursive: true });
    writeFileSync(cache(), "");
    for (const repeated of [1, 2]) expect((await run([command])).exitCode, `${repeated}`).toBe(0);
    rmSync(cache());
  });
});

test("a record of which any one bit is flipped, or that is cut off, is none", () => {
  const folder = makeProject({ file: "read by the run" });
  const isRepeated = (): boolean => repeatCleanRun(folder, "identity of a build");
  expect(isRepeated()).toBe(false);
  keepCleanRun([["readFile", [join(folder, "file")], sha256("read by the run")]], "");
  expect(isRepeated()).toBe(true);
  const file = Object.keys(readTree(folder)).find((path) => path.endsWith(".json")) ?? "";
  const record = readFileSync(join(folder, file));
  for (let place = 0; place < record.length; place += 1) {
    const flipped = Buffer.from(record);
    flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
    for (const damaged of [flipped, record.subarray(0, place)]) {
      writeFileSync(join(folder, file), damaged);
      expect(isRepeated(), `at ${place}`).toBe(false);
    }
  }
  writeFileSync(join(folder, file), record);
  expect(isRepeated()).toBe(true);
});

test("a synth that restored a file is not kept", async () => {
  appendFileSync(join(root, "dist/demo/gateway/gateway.yaml"), "# mine\n");
  expect((await run(["synth"])).stderr).toContain("1 file written");
  expect(kept()).toEqual([]);
});

test("a synth that wrote is not kept, the next one is", async () => {
  rmSync(join(root, "dist/demo/gateway"), { recursive: true });
  expect((await run(["synth"])).stderr).toContain("1 file written");
  expect(kept()).toEqual([]);
  await run(["synth"]);
  await expectRepeated(["synth"]);
});

test.each([["dist/demo/.x-1.meshfront-tmp"], ["dist/demo/gateway/empty"]])(
  "a synth that removed %s is not kept",
  async (leftover) => {
    cpSync(join(root, "clusters"), join(root, leftover), { recursive: true });
    for (const name of readdirSync(join(root, leftover))) rmSync(join(root, leftover, name));
    expect((await run(["synth"])).exitCode).toBe(0);
    expect(kept()).toEqual([]);
  },
);

test.each([
  ["synth", "--dry-run"],
  ["check", "--format=github"],
  ["check", "--format=sarif"],
  ["check", "--charts=charts"],
  ["diff"],
  ["version"],
])("%s %s is not kept", async (...args) => {
  expect((await run(args)).exitCode).toBe(0);
  expect(kept()).toEqual([]);
});

test("where cdk8s names its output folder, synth writes there each time", async () => {
  const env = { CDK8S_OUTDIR: join(makeProject(), "out") };
  for (const repeated of [1, 2]) {
    expect((await run(["synth"], { env })).exitCode, `${repeated}`).toBe(0);
    expect(readdirSync(env.CDK8S_OUTDIR).length).toBeGreaterThan(0);
    rmSync(env.CDK8S_OUTDIR, { recursive: true });
  }
  expect(kept()).toEqual([]);
});
