// `cdk8s synth` is another way to the same output. Each call of its command line takes 1.5 s or more: there are two.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { newProject, runMain } from "../commands/program.ts";
import { readTree, type Tree, writeTree } from "../manifests/output-tree.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const SLOW = { timeout: 60_000 };

/** A project as a person has it: cluster files, cdk8s.yaml, and the program it names. */
function cdk8sProject(): string {
  const root = newProject();
  cpSync(join(repository, "cdk8s.yaml"), join(root, "cdk8s.yaml"));
  symlinkSync(join(repository, "bin"), join(root, "bin"));
  return root;
}

function cdk8sSynth(root: string) {
  const cli = join(repository, "node_modules/cdk8s-cli/bin/cdk8s");
  // Without the variable it asks the network for a newer version, and waits as long as that takes.
  const env = { PATH: process.env.PATH, HOME: root, CDK8S_CHECK_UPGRADE: "false" };
  return spawnSync(process.execPath, [cli, "synth"], { cwd: root, encoding: "utf8", env });
}

const below = (tree: Tree, ...folders: readonly string[]): Tree =>
  Object.fromEntries(
    Object.entries(tree).filter(([path]) => folders.some((folder) => path.startsWith(`${folder}/`))),
  );

/** A validation plugin of cdk8s that keeps what it was shown. */
const plugin = `exports.Recorder = class {
  async validate(context) {
    require("node:fs").writeFileSync("seen.json", JSON.stringify(context.manifests));
    context.report.submit("success");
  }
};`;

describe("cdk8s synth", SLOW, () => {
  it("writes what meshfront synth writes, and lists and validates a copy of it", async () => {
    const root = cdk8sProject();
    writeTree(root, { "recorder/index.js": plugin });
    const validations = "validations: [{ package: ./recorder, version: 1.0.0, class: Recorder }]\n";
    writeFileSync(
      join(root, "cdk8s.yaml"),
      `${readFileSync(join(root, "cdk8s.yaml"), "utf8")}${validations}`,
    );
    const { status, stdout, stderr } = cdk8sSynth(root);
    expect({ status, stderr: stderr.replace(/\d+ ms/, "N ms") }).toEqual({
      status: 0,
      stderr: "synth: 1 cluster, 13 files written, 0 unchanged, 0 removed (N ms)\n",
    });

    const written = readTree(root);
    const ours = newProject();
    expect((await runMain(ours, ["synth"])).code).toBe(0);
    expect(below(written, "dist", "argocd")).toEqual(below(readTree(ours), "dist", "argocd"));

    const manifests = Object.keys(below(written, "dist", "argocd")).filter((path) => path.endsWith(".yaml"));
    const copies = Object.entries(below(written, ".cdk8s")).map(([path, text]) => [
      path.slice(".cdk8s/".length),
      text,
    ]);
    expect(copies).toEqual(manifests.map((path) => [path, written[path]]));
    for (const path of manifests) expect(stdout).toContain(`  - .cdk8s/${path}\n`);
    const seen: string[] = JSON.parse(written["seen.json"] ?? "[]");
    expect(seen.sort()).toEqual(manifests.map((path) => `.cdk8s/${path}`).sort());
  });

  it("fails where meshfront synth fails, and leaves the output as it was", async () => {
    const root = cdk8sProject();
    expect((await runMain(root, ["synth"])).code).toBe(0);
    const before = readTree(root);
    writeTree(root, { "clusters/demo.yaml": "cluster: {}\n" });
    const { status, stderr } = cdk8sSynth(root);
    expect(status).not.toBe(0);
    expect(stderr).toContain("clusters/demo.yaml:1:");
    expect(below(readTree(root), "dist", "argocd")).toEqual(below(before, "dist", "argocd"));
  });

  it("runs the same command as npm run synth", () => {
    expect(readFileSync(join(repository, "cdk8s.yaml"), "utf8")).toContain(
      `\napp: ${packageJson.scripts.synth}\n`,
    );
  });
});

describe("synth under cdk8s", () => {
  const outputFolder = (folder: string) => ({ env: { CDK8S_OUTDIR: folder } });

  it("copies only what it wrote: nothing after a failure, and nothing on a dry run", async () => {
    const root = newProject();
    expect((await runMain(root, ["synth", "nobody"], outputFolder(".cdk8s"))).code).toBe(1);
    expect((await runMain(root, ["synth", "--dry-run"], outputFolder(".cdk8s"))).code).toBe(0);
    expect(below(readTree(root), ".cdk8s")).toEqual({});
  });

  it("copies unchanged files as well, because cdk8s emptied the folder", async () => {
    const root = newProject();
    await runMain(root, ["synth"]);
    expect((await runMain(root, ["synth"], outputFolder(".cdk8s"))).code).toBe(0);
    expect(Object.keys(below(readTree(root), ".cdk8s"))).toHaveLength(13);
  });

  it.each(["dist", "argocd", "dist/demo", "."])(
    "refuses %s as the folder that cdk8s deletes",
    async (folder) => {
      const root = newProject();
      const { code, stderr } = await runMain(root, ["synth"], outputFolder(folder));
      expect(code).toBe(1);
      expect(stderr).toContain(
        "cdk8s.yaml error output/cdk8s-folder: expected cdk8s's output folder to be a scratch folder",
      );
      expect((await runMain(root, ["check"])).code).toBe(0);
    },
  );

  it("says so where the copy cannot be written: exit code 5", async () => {
    const root = newProject();
    writeTree(root, { ".cdk8s": "a file\n" });
    const { code, stderr } = await runMain(root, ["synth"], outputFolder(".cdk8s"));
    expect(code).toBe(5);
    expect(stderr).toContain("Only cdk8s's copy is concerned");
  });
});
