// Two branches that each add something, merged by Git itself: what is generated needs nobody's hand.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Tree } from "../manifests/output-tree.ts";
import { readTree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, runMain, writtenProject } from "./program.ts";
import { commitAll, git, repositoryOf, tryGit } from "./repository.ts";

const inventory = "dist/demo/inventory.json";
const hosts = ["a", "m", "n", "z"].map((name) => `${name}.demo.example.com`);

/** A cluster with a door for all hosts and a route for some of them. */
function cluster(...routed: readonly string[]): Tree {
  const service = { name: "web", namespace: "web", port: 80 };
  const routes = routed.map((name) => ({
    name,
    hosts: [`${name}.demo.example.com`],
    ingress: "web",
    service,
  }));
  const [[path, text]] = Object.entries(clusterFile("demo", ["web"], { routes })) as [[string, string]]; // one file
  return {
    [path]: text.replace('"web.demo.example.com"', hosts.map((host) => JSON.stringify(host)).join(",")),
  };
}

/** Both branches add a route, at different places of the file: that one Git merges, the inventory it does not. */
function mergedWithConflict(style: "diff3" | "merge"): string {
  const root = repositoryOf(writtenProject(cluster("a", "z")));
  git(root, "checkout", "--quiet", "-b", "topic");
  add(root, "n", '"name": "z"');
  git(root, "checkout", "--quiet", "main");
  add(root, "m", '"name": "a"');
  git(root, "config", "merge.conflictStyle", style);
  if (tryGit(root, "merge", "topic")) throw new Error("expected conflicts");
  return root;
}

/** Adds a route in front of another and commits what `synth` makes of it. */
function add(root: string, name: string, before: string): void {
  const routed = before.includes('"z"') ? ["a", name, "z"] : [name, "a", "z"];
  writeTree(root, { ...cluster(...routed), ...outputOf(...routed) });
  commitAll(root);
}

const outputOf = (...routed: readonly string[]): Tree => readTree(writtenProject(cluster(...routed)));

describe.each(["merge", "diff3"] as const)("two branches that each add a route (%s)", (style) => {
  it("conflict in generated files only, and `synth` ends the merge", async () => {
    const root = mergedWithConflict(style);
    const conflicted = git(root, "diff", "--name-only", "--diff-filter=U").trim().split("\n");
    expect(conflicted).toEqual([inventory]);
    expect((await runMain(root, ["check"])).code).toBe(2);

    const { code, stderr } = await runMain(root, ["synth"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("error") });
    expect((await runMain(root, ["check"])).code).toBe(0);
    const routes = Object.keys(readTree(root)).filter((path) => path.includes("/virtualservice-"));
    expect(routes.map((path) => path.replace(/.*virtualservice-|\.yaml/g, ""))).toEqual(["a", "m", "n", "z"]);
    for (const path of routes) expect(readFileSync(join(root, inventory), "utf8")).toContain(`"${path}"`);
  });
});

it("a route that one branch removes and the other one's inventory still lists is no removal to allow", async () => {
  const root = mergedWithConflict("merge");
  const text = readFileSync(join(root, inventory), "utf8");
  const gone = `    "dist/demo/ingress-gone/ingress.yaml": "sha256-${"0".repeat(64)}",\n`;
  writeFileSync(
    join(root, inventory),
    text.replace("<<<<<<< HEAD\n", (marker) => marker + gone),
  );
  expect((await runMain(root, ["synth"])).code).toBe(0);
  expect(readFileSync(join(root, inventory), "utf8")).not.toContain("ingress-gone");
});

describe("the version of meshfront that wrote the tree", () => {
  const versions = { ours: /"writtenBy": "[^"]+"/, other: '"writtenBy": "0.0.1"' };

  it("stands in dist/inventory.json, and `check` names it of a tree that is out of date", async () => {
    const root = writtenProject(cluster("a"));
    const shared = join(root, "dist/inventory.json");
    expect(readFileSync(shared, "utf8")).toMatch(versions.ours);
    writeFileSync(shared, readFileSync(shared, "utf8").replace(versions.ours, versions.other));
    writeTree(root, cluster("a", "z"));
    const { code, stderr } = await runMain(root, ["check"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/error output\/inventory-stale: .*; meshfront 0\.0\.1 wrote the tree, this is \d/);
  });
});
