// Which folder a command is about.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProject } from "../../commands/find-project.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { makeProject, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, runMain, writtenProject } from "./program.ts";

const demo = clusterFile("demo", ["services"]);
const find = (from: string): string => findProject(nodeReadFileSystem, from);

describe("a project is found", () => {
  it("in the folder itself, in one of its folders and from its output", async () => {
    const root = writtenProject(demo);
    mkdirSync(join(root, "docs/notes"), { recursive: true });
    for (const folder of ["", "clusters", "docs/notes", "dist/demo/applications"])
      expect(find(join(root, folder)), folder).toBe(root);
    expect(await runMain(join(root, "clusters"), ["check"])).toMatchObject({ code: 0 });
    expect(await runMain("/", ["check", "--chdir", join(root, "dist")])).toMatchObject({ code: 0 });
  });

  it("as the nearest one, past folders called clusters that hold something else", () => {
    const root = makeProject(demo);
    writeTree(root, {
      "inner/clusters/kustomization.yaml": "kind: Kustomization\n",
      "inner/clusters/flux/app.yaml": "kind: Kustomization\n",
      "inner/mesh/clusters/b.yaml": "cluster: {}\n",
    });
    expect(find(join(root, "inner"))).toBe(root);
    expect(find(join(root, "inner/mesh/clusters"))).toBe(join(root, "inner/mesh"));
  });

  it("not above the checkout that one stands in", () => {
    const root = makeProject(demo);
    writeTree(root, { "vendored/.git/HEAD": "ref: refs/heads/main\n", "vendored/src/x": "" });
    expect(find(join(root, "vendored/src"))).toBe(join(root, "vendored/src"));
  });

  it("nowhere where clusters is a file or a loop of links", () => {
    const root = makeProject({ clusters: "", ".git/HEAD": "" });
    mkdirSync(join(root, "below"));
    symlinkSync("clusters", join(root, "below/clusters"));
    expect(find(join(root, "below"))).toBe(join(root, "below"));
  });
});

it("where there is none, the message speaks of the folder that one stands in", async () => {
  const root = makeProject({ ".git/HEAD": "ref: refs/heads/main\n" });
  const { code, stderr } = await runMain(root, ["check"]);
  expect(code).toBe(1);
  expect(stderr).toContain("found no folder clusters/ here\n");
  expect(stderr).toContain("`meshfront init` begins one");
});

it("a project that appears nearer is seen, although a clean run of the outer one was kept", async () => {
  const root = writtenProject(demo);
  mkdirSync(join(root, "inner"));
  expect(await runMain(join(root, "inner"), ["check"])).toMatchObject({ code: 0 });
  writeTree(join(root, "inner"), clusterFile("other", ["services"]));
  expect(await runMain(join(root, "inner"), ["check"])).toMatchObject({ code: 2 });
});
