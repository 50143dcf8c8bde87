import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsBundle, explanationsBundle, lookupBundle, mainBundle } from "../../tools/bundles.mjs";
import { buildCli, type Cli } from "./run-cli.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const isOfTheSdk = (path: string): boolean => /node_modules\/(?:@aws-sdk|@smithy|@aws)\//.test(path);

async function inputsOf(bundle: typeof mainBundle): Promise<readonly string[]> {
  const { metafile } = await build({ ...bundle, write: false, metafile: true });
  return Object.keys(metafile?.inputs ?? {});
}

describe("the AWS SDK", () => {
  let cli: Cli;
  let project: string;

  beforeAll(async () => {
    cli = await buildCli();
    project = mkdtempSync(join(tmpdir(), "meshfront-bundle-"));
    for (const part of ["clusters", "dist", "argocd"])
      cpSync(join(checkout, part), join(project, part), { recursive: true });
  }, 60_000);
  afterAll(() => {
    cli.remove();
    rmSync(project, { recursive: true });
  });

  test("is in the bundle that lookup loads, and in no other", async () => {
    expect((await inputsOf(awsBundle)).filter(isOfTheSdk).length).toBeGreaterThan(100);
    for (const bundle of [mainBundle, lookupBundle]) {
      const inputs = await inputsOf(bundle);
      expect(inputs.includes("commands/lookup.ts")).toBe(bundle === lookupBundle);
      expect(inputs.filter(isOfTheSdk)).toEqual([]);
      expect(inputs.filter((path) => path.startsWith("facts/providers/"))).toEqual([]);
    }
  }, 60_000);

  test("is joined by the text of explain in a third bundle", async () => {
    const text = await inputsOf(explanationsBundle);
    expect(text).toContain("explanations/alb.ts");
    expect(
      text.filter((path) => /node_modules\/(?!leven|diff|ipaddr)|^(?:charts|imports|commands)\//.test(path)),
    ).toEqual([]);
    const main = await inputsOf(mainBundle);
    expect(main).toContain("commands/completion.ts");
    expect(main.filter((path) => path.startsWith("explanations/"))).toEqual([]);
  }, 60_000);

  test("and the other bundles are not needed by synth and check of what is right, and by other runs they are", async () => {
    for (const bundle of ["aws.cjs", "diff.cjs", "explanations.cjs", "parsers.cjs", "schema.cjs"])
      rmSync(join(cli.folder, "build", bundle));
    expect((await cli.run(["synth"], { cwd: project })).exitCode).toBe(0);
    expect((await cli.run(["check"], { cwd: project })).exitCode).toBe(0);
    expect((await cli.run(["lookup"], { cwd: project })).stderr).toContain("aws.cjs");
    expect((await cli.run(["explain"], { cwd: project })).stderr).toContain("explanations.cjs");
    expect((await cli.run(["schema"], { cwd: project })).stderr).toContain("schema.cjs");
    expect((await cli.run(["diff"], { cwd: project })).stderr).toContain("diff.cjs");
    appendFileSync(join(project, "clusters/demo.yaml"), "unknown: key\n");
    expect((await cli.run(["check"], { cwd: project })).stderr).toContain("parsers.cjs");
  }, 60_000);
});
