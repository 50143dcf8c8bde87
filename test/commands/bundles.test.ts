// What each bundle holds: every command reads the main one, and loads the others where it needs them.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundles } from "../../tools/bundles.mjs";
import { makeFolder, writeTree } from "../manifests/output-tree.ts";
import { demoTree } from "./program.ts";
import { type Cli, copyCli } from "./run-cli.ts";

let inputs: Readonly<Record<string, readonly string[]>>;
let cli: Cli;
let project: string;
beforeAll(async () => {
  const { metafile } = await build({ ...bundles, write: false, metafile: true });
  inputs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [
      path.slice("build/".length),
      Object.keys(output.inputs),
    ]),
  );
  cli = copyCli();
  project = makeFolder();
  writeTree(project, demoTree());
}, 60_000);
afterAll(() => {
  cli.remove();
  rmSync(project, { recursive: true });
});

const holding = (part: RegExp): readonly string[] =>
  Object.keys(inputs).filter((bundle) => inputs[bundle]?.some((path) => part.test(path)));

describe("a bundle", () => {
  test.each([
    ["the AWS SDK", /node_modules\/(?:@aws-sdk|@smithy|@aws)\//, ["aws.cjs"]],
    ["what asks AWS", /^facts\/providers\//, ["aws.cjs"]],
    ["the text of explain", /^explanations\/alb\.ts$/, ["explanations.cjs"]],
    ["the program for layouts", /node_modules\/@dagrejs\//, ["layout.cjs"]],
    ["zod", /node_modules\/zod\//, ["meshfront.cjs"]],
    ["cdk8s, which programs have a copy of their own of", /node_modules\/cdk8s\//, ["cdk8s.cjs"]],
    ["cdk8s-plus-29, whose types are used and no more", /node_modules\/cdk8s-plus-29\//, []],
    ["a second copy of yaml", /node_modules\/cdk8s\/node_modules\/yaml\//, []],
  ])("holds %s where it is needed and nowhere else", (_, part, expected) => {
    expect(holding(part)).toEqual(expected);
  });

  test("of explanations, of layouts or of clean runs holds no package that it does not need", () => {
    const packages = (bundle: string) => inputs[bundle]?.filter((path) => path.startsWith("node_modules/"));
    expect(packages("explanations.cjs")).toEqual([
      "node_modules/ipaddr.js/lib/ipaddr.js",
      "node_modules/leven/index.js",
    ]);
    expect(packages("clean-runs.cjs")).toEqual([]);
    expect(packages("layout.cjs")).toEqual(["node_modules/@dagrejs/dagre/dist/dagre.esm.js"]);
  });

  test("is plain ASCII, as the launcher reads it", () => {
    const files = readdirSync(join(cli.folder, "build"));
    expect(files.sort()).toEqual(Object.keys(inputs).sort());
    for (const file of files)
      expect(/^[\0-\x7f]*$/.test(readFileSync(join(cli.folder, "build", file), "utf8"))).toBe(true);
  });
});

test("only lookup needs the SDK, and only explain, completion and reports for CI the explanations", async () => {
  for (const bundle of ["aws.cjs", "explanations.cjs"]) rmSync(join(cli.folder, "build", bundle));
  const run = (...args: string[]) => cli.run(args, { cwd: project });
  for (const command of ["synth", "check", "diff", "schema", "version"])
    expect((await run(command)).exitCode, command).toBe(0);
  expect(await run("lookup")).toMatchObject({ exitCode: 70, stderr: expect.stringContaining("aws.cjs") });
  for (const args of [["explain"], ["complete", "1", "explain", "alb"], ["check", "--format=sarif"]])
    expect((await run(...args)).stderr, args[0]).toContain("explanations.cjs");
}, 60_000);
