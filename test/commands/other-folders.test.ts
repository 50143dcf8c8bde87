// What stands in dist/ beside the folders of the clusters that a run is about: synth, check and diff agree on it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../commands/check.ts";
import type { Command } from "../../commands/command.ts";
import { diff } from "../../commands/diff.ts";
import { synth } from "../../commands/synth.ts";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { readTree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, writtenProject } from "./program.ts";

const commands: Readonly<Record<string, Command>> = { synth, check, diff };

async function run(command: Command, root: string, ...words: readonly string[]) {
  const input = { disk: nodeReadFileSystem, root, words, options: {}, progress: () => {} };
  const { exitCode, problems, output } = await command.run(input);
  return { exitCode, problems, output: output ?? "" };
}

const demo = clusterFile("demo", ["services"]);
const atlantis = clusterFile("atlantis", ["services"]);

/** Two clusters were written, and the file of one of them is gone. */
function projectWithRemains(): string {
  const root = writtenProject(demo, atlantis);
  rmSync(join(root, "clusters/atlantis.yaml"));
  return root;
}

describe("a run for clusters that somebody names", () => {
  it("leaves alone what is left of others, also where it names all that there are", async () => {
    const root = projectWithRemains();
    const before = readTree(root, "dist/atlantis");
    for (const [name, command] of Object.entries(commands)) {
      expect(await run(command, root, "demo"), name).toMatchObject({ exitCode: 0, problems: [] });
    }
    expect((await run(diff, root, "demo")).output).not.toContain("atlantis");
    expect(readTree(root, "dist/atlantis")).toEqual(before);
    expect(readTree(root, "argocd")).toHaveProperty(["argocd/atlantis.yaml"]);
  });

  it("leaves them alone where it is about one cluster of several", async () => {
    const root = writtenProject(demo, atlantis, clusterFile("lemuria", ["services"]));
    rmSync(join(root, "clusters/atlantis.yaml"));
    for (const [name, command] of Object.entries(commands)) {
      expect(await run(command, root, "demo"), name).toMatchObject({ exitCode: 0, problems: [] });
    }
  });
});

describe("a run for all clusters", () => {
  it("is refused for what is left of a cluster, with one problem for all of it", async () => {
    const { exitCode, problems } = await run(synth, projectWithRemains());
    expect(exitCode).toBe(3);
    expect(problems.map(formatProblem)).toEqual([
      `dist/atlantis error output/removal: everything generated here would be removed: no cluster's configuration asks for it any more
  If that is meant, run meshfront synth --allow-removal=atlantis; otherwise restore what it was generated from. Nothing was written.`,
    ]);
  });

  it("is found different by check and shown by diff for the same reason", async () => {
    const root = projectWithRemains();
    expect((await run(check, root)).exitCode).toBe(2);
    expect((await run(diff, root)).output).toContain("atlantis");
  });
});

describe("a folder in dist/ that no cluster can be called like", () => {
  it.each(["Old Cluster", ".demo", "-demo"])("%j is named by synth, check and diff alike", async (name) => {
    const root = writtenProject(demo);
    const file = readTree(root, "dist/demo/gateway")["dist/demo/gateway/gateway.yaml"] ?? "";
    writeTree(root, { [`dist/${name}/gateway/gateway.yaml`]: file });
    const message = `expected only folders of clusters in dist/, found "${name}", which no cluster can be called; it is left alone; Argo CD applies what it holds where it syncs this folder`;
    const named = { code: "output/foreign-file", file: `dist/${name}`, message };
    expect(await run(synth, root)).toMatchObject({
      exitCode: 0,
      problems: [{ severity: "warning", ...named }],
    });
    expect(await run(check, root)).toMatchObject({
      exitCode: 2,
      problems: [{ severity: "error", ...named }],
    });
    expect(await run(diff, root)).toMatchObject({
      exitCode: 0,
      problems: [{ severity: "warning", ...named }],
    });
  });
});

describe("a file beside the folders of the clusters", () => {
  it("is nobody's matter: Argo CD reads none there", async () => {
    const root = writtenProject(demo);
    writeTree(root, { "dist/README.md": "what this is\n" });
    for (const [name, command] of Object.entries(commands)) {
      expect(await run(command, root), name).toMatchObject({ exitCode: 0, problems: [] });
    }
  });
});
