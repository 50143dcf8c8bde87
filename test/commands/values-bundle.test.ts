import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mainBundle, valuesBundle } from "../../tools/bundles.mjs";
import { buildCli, type Cli } from "./run-cli.ts";

const golden = fileURLToPath(new URL("../golden/minimal/", import.meta.url));

async function inputsOf(bundle: typeof mainBundle): Promise<readonly string[]> {
  const { metafile } = await build({ ...bundle, write: false, metafile: true });
  return Object.keys(metafile?.inputs ?? {});
}

describe("what is known of the values of Istio's charts", () => {
  let cli: Cli;
  let project: string;

  beforeAll(async () => {
    cli = await buildCli();
    project = mkdtempSync(join(tmpdir(), "meshfront-values-"));
    cpSync(golden, project, { recursive: true });
  }, 60_000);
  afterAll(() => {
    cli.remove();
    rmSync(project, { recursive: true });
  });

  test("is in a bundle of its own, without zod and the AWS SDK", async () => {
    const values = await inputsOf(valuesBundle);
    expect(values).toContain("config/live-values/live-paths.json");
    expect(values.filter((path) => /node_modules\/(?:zod|yaml|@aws-sdk|cdk8s)\//.test(path))).toEqual([]);
    expect((await inputsOf(mainBundle)).filter((path) => path.startsWith("config/live-values/"))).toEqual([]);
  }, 60_000);

  test("is loaded by check where people wrote values, and by nothing else", async () => {
    const withValues = () => cli.run(["check"], { cwd: project });
    const values = join(cli.folder, "build/values.cjs");
    cpSync(values, `${values}.away`);
    rmSync(values);
    expect((await cli.run(["synth"], { cwd: project })).exitCode).toBe(0);
    expect((await withValues()).exitCode).toBe(0);

    appendFileSync(join(project, "clusters/demo.yaml"), "istio: { istiod: { values: { replicas: 3 } } }\n");
    expect((await cli.run(["synth"], { cwd: project })).exitCode).toBe(0);
    expect((await withValues()).stderr).toContain("values.cjs");
    cpSync(`${values}.away`, values);
    const { exitCode, stderr } = await withValues();
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^clusters\/demo\.yaml:\d+:30 warning istio\/dead-value: nothing in the istiod chart reads replicas .*\n {2}Set istio\.istiod\.replicas\.\n/,
    );
  }, 60_000);
});
