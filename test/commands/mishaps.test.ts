// A user in a hurry: what happens to a repository, what check and synth say of it, and the way out that they name.
import { spawnSync } from "node:child_process";
import { appendFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeProject, readTree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, goldenProject, runMain, twoDoors, writtenProject } from "./program.ts";
import { commitAll, edit, git, repositoryOf, tryGit } from "./repository.ts";

const demo = "clusters/demo.yaml";
const gateway = "dist/demo/gateway/gateway.yaml";
const inventory = "dist/demo/inventory.json";

/** Each test runs a dozen commands, and Git. */
const patient = { timeout: 60_000 };

/** Exit code and output of a run. */
async function run(root: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await runMain(root, args);
  return { code, text: stdout + stderr };
}

const codeOf = async (root: string, ...args: readonly string[]): Promise<number | null> =>
  (await runMain(root, args)).code;

describe("a cluster that is renamed", patient, () => {
  it("in its file only, or in its name only, is an error that says both ways out", async () => {
    const root = goldenProject();
    renameSync(join(root, demo), join(root, "clusters/prod.yaml"));
    const { code, text } = await run(root, "check");
    expect(code).toBe(1);
    expect(text).toContain("Rename the file to demo.yaml or set cluster.name to prod.");
  });

  it("leaves a lock file that check names; with that renamed too, check says what synth then asks for", async () => {
    const root = goldenProject();
    renameSync(join(root, demo), join(root, "clusters/prod.yaml"));
    edit(root, "clusters/prod.yaml", "name: demo", "name: prod");
    const before = await run(root, "check");
    expect(before.code).toBe(4);
    expect(before.text).toContain("clusters/demo.lock.json warning config/stray-lock: ");
    renameSync(join(root, "clusters/demo.lock.json"), join(root, "clusters/prod.lock.json"));
    const { code, text } = await run(root, "check");
    expect(code).toBe(2);
    expect(text).toContain(
      "dist/prod error output/missing: expected 12 files in this folder, found none yet",
    );
    expect(text).toContain("dist/demo error output/obsolete: expected no such folder");
    expect(await codeOf(root, "synth")).toBe(3);
    expect(await codeOf(root, "synth", "--allow-removal")).toBe(0);
    expect(await codeOf(root, "check")).toBe(0);
    expect(Object.keys(readTree(root)).filter((path) => path.includes("demo"))).toEqual([]);
  });
});

describe("doors", patient, () => {
  it("between which a host moves make two Ingresses stale, and synth needs no leave", async () => {
    const root = writtenProject(twoDoors);
    edit(root, demo, '"services.demo.example.com"', '"services.demo.example.com", "addons.demo.example.com"');
    edit(root, demo, /("addons": \{\s+"hosts": \[\s+)"addons.demo/, '$1"more.demo');
    const { code, text } = await run(root, "check");
    expect(code).toBe(2);
    const stale = [...text.matchAll(/^(\S+?)(?::\d+)? error output\/stale/gm)].map(([, file]) => file);
    expect(stale).toEqual([
      "dist/demo/gateway/gateway.yaml",
      "dist/demo/ingress-addons/ingress.yaml",
      "dist/demo/ingress-services/ingress.yaml",
    ]);
    expect(await codeOf(root, "synth")).toBe(0);
    expect(await codeOf(root, "check")).toBe(0);
  });

  it("of which one is deleted need leave, and then nothing of it remains", async () => {
    const root = writtenProject(twoDoors);
    writeTree(root, clusterFile("demo", ["services"]));
    expect(await codeOf(root, "check")).toBe(2);
    expect(await codeOf(root, "synth")).toBe(3);
    expect(await codeOf(root, "synth", "--allow-removal")).toBe(0);
    expect(Object.keys(readTree(root)).filter((path) => path.includes("addons"))).toEqual([]);
  });
});

it("Istio two minors ahead makes exactly the three charts stale, with both versions", patient, async () => {
  const root = goldenProject();
  appendFileSync(join(root, demo), "istio: { version: 1.29.2 }\n");
  expect(await codeOf(root, "synth")).toBe(0);
  edit(root, demo, "1.29.2", "1.31.1");
  const { code, text } = await run(root, "check");
  expect(code).toBe(2);
  const versions =
    'first difference: expected "    targetRevision: 1.31.1", found "    targetRevision: 1.29.2"';
  expect(text.split(versions)).toHaveLength(4);
  expect(text).toContain(", 3 stale (");
});

/** Two branches that change the same line of the cluster file, merged: three files in conflict. */
async function conflicting(): Promise<string> {
  const root = repositoryOf(goldenProject());
  appendFileSync(join(root, demo), "gateways: { ingress: { name: one } }\n");
  git(root, "checkout", "--quiet", "-b", "other");
  for (const [branch, name] of [
    ["other", "theirs"],
    ["main", "ours"],
  ] as const) {
    git(root, "checkout", "--quiet", "--force", branch);
    appendFileSync(join(root, demo), `gateways: { ingress: { name: ${name} } }\n`);
    if ((await codeOf(root, "synth", "--allow-removal")) !== 0) throw new Error("synth failed");
    commitAll(root);
  }
  if (tryGit(root, "merge", "other")) throw new Error("expected conflicts");
  return root;
}

describe("a merge of two branches that changed the same door", patient, () => {
  it("is told file by file in the order in which a person resolves it, and synth ends it", async () => {
    const root = await conflicting();
    expect(git(root, "diff", "--name-only", "--diff-filter=U").trim().split("\n")).toEqual([
      demo,
      gateway,
      inventory,
    ]);

    const first = await run(root, "check");
    expect(first.code).toBe(1);
    expect(first.text).toMatch(/^clusters\/demo\.yaml:\d+:1 error config\/yaml-syntax: .*merge conflict/);
    git(root, "checkout", "--ours", "--", demo);

    const second = await run(root, "check");
    expect(second.code).toBe(1);
    expect(second.text).toMatch(/^dist\/demo\/inventory\.json:\d+ error output\/inventory-conflict: /);
    expect(await codeOf(root, "synth")).toBe(1);
    git(root, "checkout", "--ours", "--", inventory);

    const third = await run(root, "check");
    expect(third.code).toBe(2);
    expect(third.text).toMatch(/^dist\/demo\/gateway\/gateway\.yaml:\d+ error output\/merge-conflict: /);
    expect(await codeOf(root, "synth")).toBe(0);
    expect(await codeOf(root, "check")).toBe(0);
  });

  it("in a lock file is exit code 4, with the place and the command", async () => {
    const root = goldenProject();
    edit(
      root,
      "clusters/demo.lock.json",
      /^ {2}"account".*$/m,
      "<<<<<<< ours\n$&\n=======\n$&\n>>>>>>> theirs",
    );
    const { code, text } = await run(root, "check");
    expect(code).toBe(4);
    expect(text).toMatch(/^clusters\/demo\.lock\.json:4:1 error facts\/merge-conflict: /);
    expect(text).toContain("run `meshfront lookup demo`");
  });

  it("that took one side's inventory is told, and synth records what is there", async () => {
    const root = repositoryOf(writtenProject(clusterFile("demo", ["services"])));
    const old = readTree(root)[inventory] ?? "";
    writeTree(root, twoDoors);
    expect(await codeOf(root, "synth")).toBe(0);
    writeTree(root, { [inventory]: old });
    const { code, text } = await run(root, "check");
    expect(code).toBe(2);
    expect(text).toContain(`${inventory} error output/inventory-stale: `);
    expect(await codeOf(root, "synth")).toBe(0);
    expect(await codeOf(root, "check")).toBe(0);
  });
});

describe("a checkout", patient, () => {
  it("without history is checked like any other", async () => {
    const origin = repositoryOf(goldenProject());
    appendFileSync(join(origin, "README.md"), "more\n");
    commitAll(origin);
    const clone = join(makeProject(), "clone");
    git("/", "clone", "--quiet", "--depth=1", `file://${origin}`, clone);
    expect(git(clone, "rev-list", "--count", "HEAD").trim()).toBe("1");
    expect(await codeOf(clone, "check", "--format", "github")).toBe(0);
  });

  it("with Git's CRLF is told as that, and the advice ends it", async () => {
    const origin = repositoryOf(goldenProject());
    const clone = () => {
      const folder = join(makeProject(), "clone");
      git("/", "clone", "--quiet", "--config=core.autocrlf=true", origin, folder);
      return folder;
    };
    const { code, text } = await run(clone(), "check");
    expect(code).toBe(2);
    expect(text).toContain(", 14 with other line endings (");
    writeTree(origin, { ".gitattributes": "dist/** -text\nargocd/** -text\n" });
    commitAll(origin);
    expect(await codeOf(clone(), "check")).toBe(0);
  });

  const names = ["a b", "Größe & Maß".normalize("NFC"), "Größe & Maß".normalize("NFD")];

  it.each(names)("in a folder %j of the repository is annotated with paths from its root", async (name) => {
    const root = repositoryOf(goldenProject(), `${name}/mesh`);
    const project = join(root, name, "mesh");
    appendFileSync(join(project, gateway), "mine: true\n");
    const annotated = await run(project, "check", "--format", "github");
    // `repository.path` can be no such name, which is told too.
    expect(annotated.code).toBe(1);
    expect(annotated.text).toContain("rename the folder");
    expect(annotated.text).toContain(`::error file=${name}/mesh/${gateway},line=18,title=output/edited::`);
    expect((await run(root, "check", "--format", "github", "--chdir", `${name}/mesh`)).text).toContain(
      `file=${name}/mesh/`,
    );
    const { runs } = JSON.parse((await runMain(project, ["check", "--format", "sarif"])).stdout);
    const result = runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === "output/edited");
    const { uri } = result.locations[0].physicalLocation.artifactLocation;
    expect(decodeURIComponent(uri)).toBe(`${name}/mesh/${gateway}`);
    expect(await codeOf(project, "synth")).toBe(0);
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  it("outside of Git is annotated with the paths of the project", async () => {
    const root = goldenProject();
    appendFileSync(join(root, gateway), "mine: true\n");
    expect((await run(root, "check", "--format", "github")).text).toContain(
      `::error file=${gateway},line=18,`,
    );
  });

  it("of a user whom Git refuses for its owner has the same paths", async () => {
    const root = repositoryOf(goldenProject(), "mesh");
    appendFileSync(join(root, "mesh", gateway), "mine: true\n");
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    expect(spawnSync("git", ["status"], { cwd: root, env: { PATH: process.env.PATH, ...env } }).status).toBe(
      128,
    );
    const { stdout } = await runMain(join(root, "mesh"), ["check", "--format", "github"], { env });
    expect(stdout).toContain(`::error file=mesh/${gateway},line=18,`);
  });
});
