// The launcher under a Node.js that is too old: one sentence, whatever else would fail.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeProject } from "../manifests/output-tree.ts";
import { binary } from "./program.ts";

/** The launcher by this Node.js, which calls itself otherwise. */
function runAs(version: string) {
  const preload = join(makeProject(), "version.cjs");
  writeFileSync(
    preload,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", preload, binary, "--help"], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it.each(["16.20.2", "18.20.8"])("%s is told in one sentence, with exit code 1", (version) => {
  expect(runAs(version)).toEqual({
    status: 1,
    stdout: "",
    stderr: `meshfront: needs Node.js 20 or newer, this is ${version}.\n`,
  });
});

it("20 is new enough", () => {
  expect(runAs("20.0.0").status).toBe(0);
});
