// A disk that is not as it should be: exit code 5 where the system refuses, 1 where something of a person's is in the way.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTree, writeTree } from "../manifests/output-tree.ts";
import { goldenProject, newProject, runMain } from "./program.ts";

const withoutRights = { isWithoutRights: true };

const outputOf = (root: string): readonly string[] =>
  Object.keys(readTree(root)).filter((path) => !path.startsWith("clusters/"));

describe("a file in the place of a folder", () => {
  it.each(["dist", "argocd", "dist/demo/gateway"])(
    "%s stops synth with exit code 1 before it writes",
    async (path) => {
      const root = newProject();
      writeTree(root, { [path]: "mine\n" });
      const { code, stderr } = await runMain(root, ["synth"]);
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^${path} error output/\\w+: expected a folder, found a file$`, "m"));
      expect(outputOf(root)).toEqual([path]);
    },
  );

  it("is told once, though more than one part of the output needs the folder", async () => {
    const root = newProject();
    writeTree(root, { dist: "mine\n" });
    expect((await runMain(root, ["synth"])).stderr.match(/expected a folder/g)).toHaveLength(1);
  });

  it("stops check with exit code 1", async () => {
    const root = newProject();
    writeTree(root, { dist: "mine\n" });
    expect((await runMain(root, ["check"])).code).toBe(1);
  });
});

it("a symbolic link in the place of a folder is not followed", async () => {
  const root = newProject();
  mkdirSync(join(root, "elsewhere"));
  symlinkSync("elsewhere", join(root, "dist"));
  expect((await runMain(root, ["synth"])).code).toBe(1);
  expect(readTree(root)).toEqual(readTree(newProject()));
});

describe("a folder without the right to", () => {
  it("write to it stops synth with exit code 5 and says who lacks which right", async () => {
    const root = newProject();
    chmodSync(root, 0o555);
    const { code, stderr } = await runMain(root, ["synth"], withoutRights);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^dist\S* error output\/disk: cannot use dist\S*: EACCES: /m);
    expect(stderr).toContain("Give the user that runs meshfront the right to it");
    expect(stderr).toMatch(/synth: stopped by the disk \(\d+ ms\)\n$/);
    chmodSync(root, 0o755);
    expect(outputOf(root)).toEqual([]);
  });

  it("read in it stops check with exit code 5", async () => {
    const root = goldenProject();
    chmodSync(root, 0o755);
    chmodSync(join(root, "dist/demo"), 0o000);
    const { code, stderr } = await runMain(root, ["check"], withoutRights);
    chmodSync(join(root, "dist/demo"), 0o755);
    expect(code).toBe(5);
    expect(stderr).toContain("error output/disk: ");
  });

  it("write to it is no reason to fail where nothing has to be written", async () => {
    const root = goldenProject();
    for (const folder of ["", "dist", "argocd"]) chmodSync(join(root, folder), 0o555);
    expect((await runMain(root, ["synth"], withoutRights)).code).toBe(0);
    expect((await runMain(root, ["check"], withoutRights)).code).toBe(0);
    for (const folder of ["", "dist", "argocd"]) chmodSync(join(root, folder), 0o755);
  });
});

it("an inventory that cannot be read stops synth, and removes nothing", async () => {
  const root = goldenProject();
  const before = readTree(root);
  writeTree(root, { "dist/demo/inventory.json": "<<<<<<< ours\nnothing\n=======\n{}\n>>>>>>> theirs\n" });
  rmSync(join(root, "dist/demo/gateway/gateway.yaml"));
  const { code, stderr } = await runMain(root, ["synth"]);
  expect(code).toBe(1);
  expect(stderr).toContain("dist/demo/inventory.json error output/inventory-malformed: ");
  expect(Object.keys(readTree(root))).toEqual(
    Object.keys(before).filter((path) => path !== "dist/demo/gateway/gateway.yaml"),
  );
});
