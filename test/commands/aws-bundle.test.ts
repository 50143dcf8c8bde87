import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsBundle, mainBundle } from "../../tools/bundles.mjs";
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
    const main = await inputsOf(mainBundle);
    expect(main).toContain("commands/lookup.ts");
    expect(main.filter(isOfTheSdk)).toEqual([]);
    expect(main.filter((path) => path.startsWith("facts/providers/"))).toEqual([]);
  }, 60_000);

  test("is not needed by synth and check, and lookup cannot do without", async () => {
    rmSync(join(cli.folder, "build/aws.cjs"));
    expect((await cli.run(["synth"], { cwd: project })).exitCode).toBe(0);
    expect((await cli.run(["check"], { cwd: project })).exitCode).toBe(0);
    expect((await cli.run(["lookup"], { cwd: project })).stderr).toContain("aws.cjs");
  }, 60_000);
});
