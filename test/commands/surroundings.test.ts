// What a project says of its repository, beside what the checkout says.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readIgnoreRules, tryReadCheckout } from "../../commands/git-checkout.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import packageJson from "../../package.json" with { type: "json" };
import { makeProject, type Tree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, runMain, writtenProject } from "./program.ts";

const url = "https://github.com/acme/platform.git";

/** A written project in the folder `mesh` of a checkout. */
function projectInCheckout(repository: object, remote: string, files: Tree = {}): string {
  const written = writtenProject(clusterFile("demo", ["services"], { repository }));
  const top = makeProject({
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/config": `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${remote}\n[branch "main"]\n\tremote = origin\n`,
    ...files,
  });
  renameSync(written, join(top, "mesh"));
  mkdirSync(written); // which the test removes in the end
  return join(top, "mesh");
}

async function problemsOf(root: string, command = "check"): Promise<{ code: number | null; told: string }> {
  const { code, stderr } = await runMain(root, [command]);
  return { code, told: stderr.slice(0, stderr.lastIndexOf(`${command}:`)) };
}

describe("repository.path", () => {
  it("of the folder that the project is in is right, however the remote is written", async () => {
    for (const remote of [
      url,
      "https://github.com/acme/platform",
      "https://ci-token:x@GitHub.com/acme/platform.git/",
      "git@github.com:acme/platform.git",
      "ssh://git@github.com:22/Acme/platform.git",
      "git@gh-work:other/platform.git",
    ])
      expect(await problemsOf(projectInCheckout({ url, path: "mesh" }, remote)), remote).toEqual({
        code: 0,
        told: "",
      });
  });

  it("of another folder is a warning of synth and an error of check, at its line", async () => {
    const root = projectInCheckout({ url, path: "msh" }, url);
    expect(await problemsOf(root, "synth")).toMatchObject({ code: 0 });
    const { code, told } = await problemsOf(root);
    expect(code).toBe(1);
    expect(told).toMatch(
      /^clusters\/demo\.yaml:\d+:\d+ error repository\/other-path: expected repository\.path to be mesh, where .* found msh: .*\n(?:.*\|.*\n){2} {2}Write `path: mesh`\.\n$/,
    );
  });

  it("left out in a folder of a repository, the commonest slip, is told", async () => {
    expect((await problemsOf(projectInCheckout({ url }, url))).told).toContain("found .: Argo CD would");
  });

  it("says nothing of another repository than the one at hand, which is a warning of its own", async () => {
    const root = projectInCheckout({ url, path: "elsewhere" }, "https://github.com/acme/deploy.git");
    const { code, told } = await problemsOf(root);
    expect(code).toBe(0);
    expect(told).toContain(
      "warning repository/other-url: expected repository.url to be a remote of this repository (github.com/acme/deploy), found https://github.com/acme/platform.git",
    );
    expect(told).not.toContain("other-path");
  });

  it("is compared where the remote is a folder of this machine too: a test's, or a mirror's", async () => {
    const { code, told } = await problemsOf(projectInCheckout({ url, path: "mesh" }, "/srv/platform.git"));
    expect({ code, told }).toEqual({ code: 0, told: "" });
  });
});

describe("the output in a .gitignore", () => {
  it("is a warning of synth and an error of check, until the project's own takes it back", async () => {
    const root = projectInCheckout({ url, path: "mesh" }, url, { ".gitignore": "node_modules/\ndist/\n" });
    expect((await problemsOf(root, "synth")).told).toContain(
      "warning output/ignored: expected Git to take dist/ along",
    );
    const { code, told } = await problemsOf(root);
    expect(code).toBe(1);
    expect(told).toContain("error output/ignored");
    expect(told).toContain("Add the lines `!/dist/` and `!/dist/**`");
    writeTree(root, { ".gitignore": "!/dist/\n!/dist/**\n" });
    expect(await problemsOf(root)).toEqual({ code: 0, told: "" });
  });

  it("is seen after a clean run was kept", async () => {
    const root = projectInCheckout({ url, path: "mesh" }, url);
    expect(await problemsOf(root)).toEqual({ code: 0, told: "" });
    writeTree(root, { ".gitignore": "/dist\n" });
    expect((await problemsOf(root)).code).toBe(1);
  });
});

describe("what is ignored", () => {
  const files: Tree = {
    ".gitignore": "dist/\n*.log\n!keep.log\n/top-only\nmesh/argocd/*\n!mesh/argocd/demo.yaml\n",
    "mesh/.gitignore": "!/dist/\n!/dist/**\nbuild/\n",
    "other/.gitignore": "*\n!dist/x\n",
    ".git/info/exclude": "secret\n",
  };
  const paths = [
    "mesh/dist/demo/gateway/gateway.yaml",
    "mesh/dist/build/project.yaml",
    "mesh/argocd/demo.yaml",
    "mesh/argocd/other.yaml",
    "mesh/a.log",
    "mesh/keep.log",
    "mesh/top-only",
    "top-only",
    "other/dist/x",
    "other/y",
    "dist/demo/x",
    "mesh/secret",
  ];

  it("is what Git itself says", () => {
    const top = makeProject();
    const git = (...args: string[]) => execFileSync("git", args, { cwd: top, encoding: "utf8" });
    git("init", "--quiet");
    writeTree(top, files);
    const isIgnored = readIgnoreRules(nodeReadFileSystem, { top, prefix: "." });
    const byGit = paths.filter((path) => {
      try {
        return git("check-ignore", path) !== "";
      } catch {
        return false;
      }
    });
    expect(byGit.length).toBeGreaterThan(4);
    expect(paths.filter(isIgnored)).toEqual(byGit);
  });
});

describe("a checkout", () => {
  it("is read in a worktree as Git does it, with the branch that the remote calls its own", () => {
    const top = realpathSync(makeProject());
    const git = (cwd: string, ...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd,
        encoding: "utf8",
      });
    mkdirSync(join(top, "main"));
    const main = join(top, "main");
    git(main, "init", "--quiet", "--initial-branch", "trunk");
    git(main, "remote", "add", "backup", "git@example.com:x.git");
    git(main, "remote", "add", "origin", url);
    git(main, "commit", "--quiet", "--allow-empty", "--message", "x");
    git(main, "worktree", "add", "--quiet", "-b", "feature", "../tree");
    mkdirSync(join(top, "tree/a/b"), { recursive: true });
    expect(tryReadCheckout(nodeReadFileSystem, join(top, "tree/a/b"))).toEqual({
      top: join(top, "tree"),
      prefix: "a/b",
      remotes: [
        { name: "origin", url },
        { name: "backup", url: "git@example.com:x.git" },
      ],
      branch: "feature",
    });
    git(main, "update-ref", "refs/remotes/origin/trunk", "HEAD");
    git(main, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    expect(tryReadCheckout(nodeReadFileSystem, join(top, "tree"))).toMatchObject({
      prefix: ".",
      branch: "trunk",
    });
  });
});

describe("schema/", () => {
  it("of another version is told by check, until it is written anew", async () => {
    const root = writtenProject(clusterFile("demo", ["services"]));
    await runMain(root, ["schema", "--write"]);
    const path = "schema/cluster.schema.json";
    const text = readFileSync(join(root, path), "utf8");
    expect(await problemsOf(root)).toEqual({ code: 0, told: "" });
    writeTree(root, { [path]: text.replace(`meshfront ${packageJson.version}`, "meshfront 0.0.9") });
    expect((await problemsOf(root)).told).toContain(
      `warning config/stale-schema: expected the schema of meshfront ${packageJson.version}, found that of 0.0.9`,
    );
    writeTree(root, { [path]: "{}\n" });
    expect((await problemsOf(root)).told).toContain("found another text");
    await runMain(root, ["schema", "--write"]);
    expect(await problemsOf(root)).toEqual({ code: 0, told: "" });
  });
});
