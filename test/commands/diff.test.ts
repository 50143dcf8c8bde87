// `meshfront diff` as people run it, in Git repositories of every shape.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffResult } from "../../commands/results/diff.ts";
import { makeProject, modificationTimes, type Tree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, meshfront, type Outcome, type Settings, writtenProject } from "./program.ts";

const identity = {
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, ...identity };
  const child = spawnSync("git", ["-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  if (child.status !== 0) throw new Error(`git ${args.join(" ")}: ${child.stderr}`);
  return child.stdout.trim();
}

function commit(root: string): string {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "x");
  return git(root, "rev-parse", "HEAD");
}

/** A project with its output, committed. */
function committedProject(...trees: readonly Tree[]): string {
  const root = writtenProject(...trees);
  git(root, "init", "--quiet");
  commit(root);
  return root;
}

const services = (changes: object = {}): Tree => clusterFile("demo", ["services"], changes);
const twoDoors = clusterFile("demo", ["services", "addons"]);

/** The cluster file with fields of one door changed. */
function withDoor(tree: Tree, key: string, changes: object): Tree {
  const [[path, text]] = Object.entries(tree) as [[string, string]]; // one file
  const content = JSON.parse(text) as { ingresses: Record<string, object> }; // the test's own
  content.ingresses[key] = { ...content.ingresses[key], ...changes };
  return { [path]: JSON.stringify(content) };
}

const diffOf = (root: string, ...args: readonly string[]) => {
  const outcome = meshfront(root, ["diff", "--json", ...args]);
  return diffResult.parse(JSON.parse(outcome.stdout));
};
const codesOf = (root: string, ...args: readonly string[]) =>
  diffOf(root, ...args).consequences.map(({ code }) => code);

describe("diff", () => {
  it("finds nothing where what is committed is what synth would write", () => {
    const root = committedProject(services());
    const { code, stdout, stderr } = meshfront(root, ["diff", "--exit-code"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^diff: no differences from HEAD \([0-9a-f]{12}\) \(\d+ ms\)\n$/);
  });

  it("shows what a changed cluster file would change, and writes nothing", () => {
    const root = committedProject(services());
    writeTree(root, withDoor(services(), "services", { scheme: "internal" }));
    const before = modificationTimes(root);
    const { code, stdout, stderr } = meshfront(root, ["diff"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 cluster, 2 files; objects: 1 changed; 1 field against HEAD /);
    expect(stdout).toContain(
      "!! diff/replaces-load-balancer demo Ingress istio-ingress/ingress-services: Scheme ",
    );
    expect(stdout).toContain(
      '~ metadata.annotations["alb.ingress.kubernetes.io/scheme"]: internet-facing -> internal\n',
    );
    expect(stderr).toMatch(
      /^diff: 1 object in 2 files differs from HEAD \([0-9a-f]{12}\), 1 critical \(\d+ ms\)\n$/,
    );
    expect(modificationTimes(root)).toEqual(before);
    expect(meshfront(root, ["diff", "--exit-code"]).code).toBe(2);
  });

  it("looks at what is committed, not at what is on disk", () => {
    const root = committedProject(services());
    rmSync(join(root, "dist"), { recursive: true });
    expect(diffOf(root).files).toEqual([]);
  });

  it("shows what somebody committed by hand", () => {
    const root = committedProject(services());
    appendFileSync(join(root, "dist/demo/gateway/gateway.yaml"), "# a note\n");
    commit(root);
    expect(meshfront(root, ["diff"]).stdout).toContain(
      "files beside their objects\n  dist/demo/gateway/gateway.yaml: comments or layout\n      @ line 18\n      - # a note\n",
    );
  });

  it("compares with any revision: branch, tag, commit, and one that begins with a dash", () => {
    const root = committedProject(services());
    const first = git(root, "rev-parse", "HEAD");
    git(root, "tag", "v1");
    git(root, "update-ref", "refs/heads/-x", first);
    writeTree(root, withDoor(services(), "services", { name: "other" }));
    expect(meshfront(root, ["synth"]).code).toBe(0);
    commit(root);
    for (const revision of ["v1", "main~1", first, first.slice(0, 9)]) {
      expect(diffOf(root, "--against", revision)).toMatchObject({
        against: { revision, commit: first },
        consequences: [{ code: "diff/name-ignored" }, { code: "diff/hook-runs" }],
      });
    }
    expect(diffOf(root, "--against=-x").against).toEqual({ revision: "-x", commit: first });
    expect(diffOf(root).files).toEqual([]);
  });

  it("compares the named clusters only", () => {
    const root = committedProject(services(), clusterFile("second", ["web"]));
    writeTree(root, withDoor(services(), "services", { name: "other" }));
    expect(diffOf(root, "second").files).toEqual([]);
    expect(diffOf(root, "demo").totals).toMatchObject({ clusters: 1, objects: { changed: 1 } });
  });

  it("says what is wrong with a configuration, as synth does", () => {
    const root = committedProject(services());
    writeTree(root, { "clusters/demo.yaml": "cluster: {}\n" });
    expect(meshfront(root, ["diff"])).toMatchObject({ code: 1, stdout: "" });
    expect(diffOf(root)).toMatchObject({ exitCode: 1, against: null, totals: null, objects: [] });
  });

  it("names files in the output that meshfront did not write", () => {
    const root = committedProject(services());
    writeTree(root, { "dist/demo/gateway/mine.yaml": "mine: true\n" });
    commit(root);
    expect(diffOf(root)).toMatchObject({
      files: [],
      problems: [{ code: "output/foreign-file", file: "dist/demo/gateway/mine.yaml" }],
    });
  });

  it("reports committed files that nobody can read", () => {
    const root = committedProject(services());
    writeTree(root, { "dist/demo/gateway/gateway.yaml": "a: [\n" });
    commit(root);
    expect(diffOf(root, "--exit-code")).toMatchObject({
      exitCode: 2,
      files: [{ path: "dist/demo/gateway/gateway.yaml", fate: "unreadable" }],
      problems: [{ code: "diff/unreadable-file", file: "dist/demo/gateway/gateway.yaml" }],
    });
  });

  it("has three forms, and no other", () => {
    const root = committedProject(services());
    writeTree(root, withDoor(services(), "services", { scheme: "internal" }));
    expect(meshfront(root, ["diff", "--format", "markdown"]).stdout).toMatch(/^### meshfront diff\n/);
    const withoutTime = ({ stdout }: Outcome) => stdout.replace(/"durationMs": \d+/, "");
    expect(withoutTime(meshfront(root, ["diff", "--format", "json"]))).toBe(
      withoutTime(meshfront(root, ["diff", "--json"])),
    );
    expect(meshfront(root, ["diff", "--format", "mark"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        "error usage/arguments: expected --format with one of text, markdown, json, found mark",
      ),
    });
  });
});

describe("diff says what follows from", () => {
  it("another name of a cluster file", () => {
    const root = committedProject(services());
    rmSync(join(root, "clusters/demo.yaml"));
    writeTree(root, clusterFile("prod", ["services"], { cluster: { name: "prod", region: "eu-west-1" } }));
    const { consequences, objects } = diffOf(root);
    expect(consequences.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["diff/removes-cluster", "diff/moves-application", "diff/applied-by-hand"]),
    );
    expect(objects.filter(({ kind }) => kind === "Ingress")).toMatchObject([
      {
        fate: "moved",
        application: "prod-ingress-services",
        previous: { application: "demo-ingress-services" },
      },
    ]);
  });

  it("a host that goes to another door", () => {
    const root = committedProject(twoDoors);
    const [services, addons] = ["services.demo.example.com", "addons.demo.example.com"];
    writeTree(
      root,
      withDoor(withDoor(twoDoors, "services", { hosts: [services, addons] }), "addons", {
        hosts: ["x.example.com"],
      }),
    );
    expect(codesOf(root)).toEqual(expect.arrayContaining(["diff/host-moves", "diff/host-new"]));
  });

  it("a door that goes", () => {
    const root = committedProject(twoDoors);
    writeTree(root, services());
    expect(codesOf(root)).toEqual(
      expect.arrayContaining(["diff/deletes-load-balancer", "diff/deletes-application", "diff/host-gone"]),
    );
  });

  it("an Istio two minors further", () => {
    const root = committedProject(services({ istio: { version: "1.29.6" } }));
    writeTree(root, services({ istio: { version: "1.31.1" } }));
    expect(codesOf(root)).toEqual(["diff/istio-version", "diff/rolls-istiod", "diff/rolls-gateway"]);
  });

  it("a cluster file that is deleted", () => {
    const root = committedProject(services(), clusterFile("second", ["web"]));
    rmSync(join(root, "clusters/second.yaml"));
    const { consequences, totals } = diffOf(root);
    expect(consequences.map(({ code, cluster }) => [code, cluster])).toEqual([
      ["diff/removes-cluster", "second"],
    ]);
    expect(totals).toMatchObject({ clusters: 1, objects: { added: 0, changed: 0 } });
  });
});

describe("the repository", () => {
  const change = (root: string): void => writeTree(root, withDoor(services(), "services", { name: "other" }));
  const expected = { consequences: [{ code: "diff/name-ignored" }, { code: "diff/hook-runs" }] };

  it("may be larger than the project, with blanks and umlauts in the path, and a working tree of its own", () => {
    const project = writtenProject(services());
    const repository = makeProject();
    const root = join(repository, "Infra ü", "-edge mesh");
    mkdirSync(join(repository, "Infra ü"));
    renameSync(project, root);
    git(repository, "init", "--quiet");
    commit(repository);
    const tree = join(makeProject(), "tree");
    git(repository, "worktree", "add", "--quiet", tree);
    for (const place of [root, join(tree, "Infra ü", "-edge mesh")]) {
      expect(diffOf(place).files).toEqual([]);
      change(place);
      expect(diffOf(place)).toMatchObject(expected);
      expect(JSON.parse(meshfront(repository, ["diff", "--json", "--chdir", place]).stdout)).toMatchObject(
        expected,
      );
    }
  });

  it("may have SHA-256 ids", () => {
    const root = writtenProject(services());
    git(root, "init", "--quiet", "--object-format=sha256");
    commit(root);
    expect(diffOf(root).files).toEqual([]);
    change(root);
    expect(diffOf(root)).toMatchObject(expected);
  });

  it("may name itself in the environment, as Git does for its hooks", () => {
    const root = committedProject(services());
    change(root);
    const env = { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_PREFIX: "x/" };
    expect(meshfront(root, ["diff"], { env }).stdout).toMatch(/ against HEAD \(/);
  });

  it("is not there: the files on disk stand in, and the summary says so", () => {
    const root = writtenProject(services());
    change(root);
    const outcome = meshfront(root, ["diff"]);
    expect(outcome.stdout).toContain("against the files on disk\n");
    expect(outcome.stdout).toContain("diff/name-ignored");
    expect(outcome.stderr).toContain("from the files on disk; this is no Git repository with a commit (");
    expect(diffOf(root).against).toEqual({});
    expect(meshfront(root, ["synth", "--quiet"]).code).toBe(0);
    expect(diffOf(root).files).toEqual([]);
  });

  it("has no commit: the same", () => {
    const root = writtenProject(services());
    git(root, "init", "--quiet");
    expect(diffOf(root)).toMatchObject({ against: {}, files: [] });
  });

  it("has nothing of the project: all of it is new", () => {
    const root = committedProject(services());
    git(root, "rm", "--quiet", "-r", "--cached", "dist", "argocd");
    git(root, "commit", "--quiet", "--message", "x");
    const { totals, objects } = diffOf(root);
    expect(totals?.objects.added).toBe(objects.length);
    expect(objects.length).toBeGreaterThan(10);
  });

  it("is not read where files are equal", () => {
    const root = committedProject(services(), clusterFile("second", ["web"]));
    for (const line of git(root, "ls-tree", "-r", "HEAD", "dist", "argocd").split("\n")) {
      const [, id = ""] = /blob (\S+)\t/.exec(line) ?? [];
      if (
        !line.endsWith("dist/demo/ingress-services/ingress.yaml") &&
        !line.endsWith("dist/demo/inventory.json")
      ) {
        rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)), { force: true });
      }
    }
    change(root);
    expect(diffOf(root)).toMatchObject(expected);
  });
});

describe("diff stops with exit code 5 where", () => {
  const refused = (root: string, args: readonly string[], settings: Settings = {}) => {
    const { code, stdout, stderr } = meshfront(root, ["diff", ...args], settings);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    return stderr;
  };

  it.each(["nowhere", "-nowhere", "--help", "HEAD:dist", "a b", "main..main"])(
    "there is no revision %j",
    (name) => {
      const message = refused(committedProject(services()), [`--against=${name}`]);
      expect(message).toContain(
        `error diff/git: expected --against to name a commit, found ${JSON.stringify(name)}: this repository has none of that name`,
      );
    },
  );

  it("a shallow clone lacks it, and says how to get it", () => {
    const origin = committedProject(services());
    const root = join(makeProject(), "clone");
    git(origin, "clone", "--quiet", "--depth=1", `file://${origin}`, root);
    expect(diffOf(root, "--against", "origin/main").files).toEqual([]);
    expect(refused(root, ["--against", "origin/release"])).toContain(
      "this shallow clone has none of that name\n  Run `git fetch --depth=1 origin release:refs/remotes/origin/release` first.\n",
    );
    expect(refused(root, ["--against", "v1"])).toContain(
      "Fetch it first: `git fetch --depth=1 origin <branch>`",
    );
  });

  it("there is no repository for the revision", () => {
    expect(refused(writtenProject(services()), ["--against", "main"])).toContain(
      'expected a Git repository for --against "main", found none\n  Leave --against out to compare with the files on disk.',
    );
  });

  it("there is no Git", () => {
    expect(refused(committedProject(services()), [], { env: { PATH: "/nowhere" } })).toContain(
      "error diff/git: expected the program `git` on the PATH, found none\n  Install Git 2.24 or newer",
    );
  });

  it("a content is missing, as in a partial clone", () => {
    const root = committedProject(services());
    const id = git(root, "rev-parse", "HEAD:dist/demo/ingress-services/ingress.yaml");
    rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)));
    writeTree(root, withDoor(services(), "services", { name: "other" }));
    expect(refused(root, [])).toContain(
      'expected Git to have the content of "dist/demo/ingress-services/ingress.yaml"',
    );
  });

  it("Git refuses the repository", () => {
    const root = committedProject(services());
    writeFileSync(join(root, ".git/config"), `${readFileSync(join(root, ".git/config"), "utf8")}[broken\n`);
    expect(refused(root, [])).toMatch(
      /error diff\/git: expected Git to read the repository; it says "fatal: bad config/,
    );
  });
});

describe("what Git is asked for", () => {
  it("is the commit that was pushed, not the one that this checkout replaces it by", () => {
    const root = committedProject(services());
    const pushed = git(root, "rev-parse", "HEAD");
    rmSync(join(root, "dist/demo/gateway"), { recursive: true });
    git(root, "replace", pushed, commit(root));
    git(root, "reset", "--quiet", "--hard", pushed);
    expect(git(root, "ls-tree", "-r", "--name-only", "HEAD")).not.toContain("dist/demo/gateway");
    expect(diffOf(root).files).toEqual([]);
  });

  it("is never fetched: a partial clone lacks files, and diff reads no network", () => {
    const root = committedProject(services());
    const folder = makeProject();
    const log = join(folder, "environment");
    writeFileSync(
      join(folder, "git"),
      `#!/bin/sh\necho "$GIT_NO_LAZY_FETCH" >> '${log}'\nPATH=$REAL_PATH exec git "$@"\n`,
      { mode: 0o755 },
    );
    const env = { PATH: `${folder}:${process.env.PATH}`, REAL_PATH: process.env.PATH ?? "" };
    expect(meshfront(root, ["diff"], { env }).code).toBe(0);
    expect(new Set(readFileSync(log, "utf8").trim().split("\n"))).toEqual(new Set(["1"]));
  });
});
