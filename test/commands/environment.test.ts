// Where and how the program is run: none of it shows in the output.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeProject, readTree, type Tree } from "../manifests/output-tree.ts";
import { binary, goldenProject, meshfront, newProject } from "./program.ts";

/** What `synth` writes in a new project, in another environment. */
function writtenWith(env: NodeJS.ProcessEnv): Tree {
  const root = newProject("internal-named");
  const { code, stderr } = meshfront(root, ["synth"], { env });
  if (code !== 0) throw new Error(stderr);
  return readTree(root);
}

describe("the output", () => {
  const environments: readonly NodeJS.ProcessEnv[] = [
    { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
    { CDK8S_DISABLE_SORT: "1", CDK8S_RECORD_CONSTRUCT_METADATA: "true" },
    { NODE_OPTIONS: "--max-old-space-size=256", HOSTNAME: "elsewhere", USER: "somebody", CI: "true" },
  ];
  it.each(environments)("has the same bytes with %j", (env) => {
    expect(writtenWith(env)).toEqual(readTree(goldenProject("internal-named")));
  });

  it.each(["a b", "Größe & Maß", "-x %41$HOME"])("has the same bytes in a folder called %j", (name) => {
    const root = join(makeProject(), name);
    mkdirSync(root);
    cpSync(newProject(), root, { recursive: true });
    expect(meshfront(root, ["synth"]).code).toBe(0);
    expect(readTree(root)).toEqual(readTree(goldenProject()));
  });
});

describe("the streams", () => {
  it.each([{}, { NO_COLOR: "1" }])("have no colour where they are no terminal (%j)", (env) => {
    const { stderr } = meshfront(newProject(), ["synth", "nobody"], { env });
    expect(stderr).toContain("error usage/unknown-cluster");
    expect(stderr).not.toContain("\u001b");
  });

  it.each([
    ["stdout", `synth --dry-run --quiet | true`],
    ["stderr", `synth nobody 2>&1 >/dev/null | true`],
  ])("may be closed early: %s of meshfront %s", (_, command) => {
    const line = `"${process.execPath}" "${binary}" ${command}`;
    const { stderr } = spawnSync("sh", ["-c", line], { cwd: newProject(), encoding: "utf8" });
    expect(stderr).not.toMatch(/EPIPE|Error| {4}at /);
  });

  it("of a run that was piped into a closed pipe do not change the exit code", () => {
    const line = `set -o pipefail; "${process.execPath}" "${binary}" schema | true`;
    const { status, stderr } = spawnSync("bash", ["-c", line], { cwd: newProject(), encoding: "utf8" });
    expect({ status, stderr: stderr.replace(/\d+ ms/, "N ms") }).toEqual({
      status: 0,
      stderr: "schema: printed (N ms)\n",
    });
  });
});
