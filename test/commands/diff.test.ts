// `meshfront diff` as people run it, in Git repositories of every shape.
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diffResult } from "../../commands/results/diff.ts";
import { makeProject, modificationTimes, type Tree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, type Outcome, runMain, type Settings, writtenProject } from "./program.ts";
import { commitAll, git, initialise } from "./repository.ts";

/** A repository for each set of cluster files: the tests get copies. */
const repositories = new Map<string, string>();
afterAll(() => {
  for (const folder of repositories.values()) rmSync(folder, { recursive: true });
});

/** A project with its output, committed. */
function committedProject(...trees: readonly Tree[]): string {
  const root = writtenProject(...trees);
  const key = JSON.stringify(trees);
  const known = repositories.get(key);
  if (known === undefined) {
    initialise(root);
    commitAll(root);
    const copy = mkdtempSync(join(tmpdir(), "meshfront-repository-"));
    cpSync(join(root, ".git"), copy, { recursive: true });
    repositories.set(key, copy);
  } else cpSync(known, join(root, ".git"), { recursive: true });
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

const diffOf = async (root: string, ...args: readonly string[]) => {
  const outcome = await runMain(root, ["diff", "--json", ...args]);
  return diffResult.parse(JSON.parse(outcome.stdout));
};
const codesOf = async (root: string, ...args: readonly string[]) =>
  (await diffOf(root, ...args)).consequences.map(({ code }) => code);

describe("diff", () => {
  it("finds nothing where what is committed is what synth would write", async () => {
    const root = committedProject(services());
    const { code, stdout, stderr } = await runMain(root, ["diff", "--exit-code"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^diff: no differences from HEAD \([0-9a-f]{12}\) \(\d+ ms\)\n$/);
  });

  it("shows what a changed cluster file would change, and writes nothing", async () => {
    const root = committedProject(services());
    writeTree(root, withDoor(services(), "services", { scheme: "internal" }));
    const before = modificationTimes(root);
    const { code, stdout, stderr } = await runMain(root, ["diff"]);
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
    expect((await runMain(root, ["diff", "--exit-code"])).code).toBe(2);
  });

  it("looks at what is committed, not at what is on disk", async () => {
    const root = committedProject(services());
    rmSync(join(root, "dist"), { recursive: true });
    expect((await diffOf(root)).files).toEqual([]);
  });

  it("shows what somebody committed by hand", async () => {
    const root = committedProject(services());
    appendFileSync(join(root, "dist/demo/gateway/gateway.yaml"), "# a note\n");
    commitAll(root);
    expect((await runMain(root, ["diff"])).stdout).toContain(
      "files beside their objects\n  dist/demo/gateway/gateway.yaml: comments or layout\n      @ line 18\n      - # a note\n",
    );
  });

  it("compares with any revision: branch, tag, commit, and one that begins with a dash", async () => {
    const root = committedProject(services());
    const first = git(root, "rev-parse", "HEAD").trim();
    git(root, "tag", "v1");
    git(root, "update-ref", "refs/heads/-x", first);
    writeTree(root, withDoor(services(), "services", { name: "other" }));
    expect((await runMain(root, ["synth"])).code).toBe(0);
    commitAll(root);
    for (const revision of ["v1", "main~1", first, first.slice(0, 9)]) {
      expect(await diffOf(root, "--against", revision)).toMatchObject({
        against: { revision, commit: first },
        consequences: [{ code: "diff/name-ignored" }, { code: "diff/hook-runs" }],
      });
    }
    expect((await diffOf(root, "--against=-x")).against).toEqual({ revision: "-x", commit: first });
    expect((await diffOf(root)).files).toEqual([]);
  });

  it("compares the named clusters only", async () => {
    const root = committedProject(services(), clusterFile("second", ["web"]));
    writeTree(root, withDoor(services(), "services", { name: "other" }));
    expect((await diffOf(root, "second")).files).toEqual([]);
    expect((await diffOf(root, "demo")).totals).toMatchObject({ clusters: 1, objects: { changed: 1 } });
  });

  it("says what is wrong with a configuration, as synth does", async () => {
    const root = committedProject(services());
    writeTree(root, { "clusters/demo.yaml": "cluster: {}\n" });
    expect(await runMain(root, ["diff"])).toMatchObject({ code: 1, stdout: "" });
    expect(await diffOf(root)).toMatchObject({ exitCode: 1, against: null, totals: null, objects: [] });
  });

  it("names files in the output that meshfront did not write", async () => {
    const root = committedProject(services());
    writeTree(root, { "dist/demo/gateway/mine.yaml": "mine: true\n" });
    commitAll(root);
    expect(await diffOf(root)).toMatchObject({
      files: [],
      problems: [{ code: "output/foreign-file", file: "dist/demo/gateway/mine.yaml" }],
    });
  });

  it("reports committed files that nobody can read", async () => {
    const root = committedProject(services());
    writeTree(root, { "dist/demo/gateway/gateway.yaml": "a: [\n" });
    commitAll(root);
    expect(await diffOf(root, "--exit-code")).toMatchObject({
      exitCode: 2,
      files: [{ path: "dist/demo/gateway/gateway.yaml", fate: "unreadable" }],
      problems: [{ code: "diff/unreadable-file", file: "dist/demo/gateway/gateway.yaml" }],
    });
  });

  it("has three forms, and no other", async () => {
    const root = committedProject(services());
    writeTree(root, withDoor(services(), "services", { scheme: "internal" }));
    expect((await runMain(root, ["diff", "--format", "markdown"])).stdout).toMatch(/^### meshfront diff\n/);
    const withoutTime = ({ stdout }: Outcome) => stdout.replace(/"durationMs": \d+/, "");
    expect(withoutTime(await runMain(root, ["diff", "--format", "json"]))).toBe(
      withoutTime(await runMain(root, ["diff", "--json"])),
    );
    expect(await runMain(root, ["diff", "--format", "mark"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        "error usage/arguments: expected --format with one of text, markdown, json, found mark",
      ),
    });
  });
});

describe("diff says what follows from", () => {
  it("another name of a cluster file", async () => {
    const root = committedProject(services());
    rmSync(join(root, "clusters/demo.yaml"));
    writeTree(root, clusterFile("prod", ["services"], { cluster: { name: "prod", region: "eu-west-1" } }));
    const { consequences, objects } = await diffOf(root);
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

  it("a host that goes to another door", async () => {
    const root = committedProject(twoDoors);
    const [services, addons] = ["services.demo.example.com", "addons.demo.example.com"];
    writeTree(
      root,
      withDoor(withDoor(twoDoors, "services", { hosts: [services, addons] }), "addons", {
        hosts: ["x.example.com"],
      }),
    );
    expect(await codesOf(root)).toEqual(expect.arrayContaining(["diff/host-moves", "diff/host-new"]));
  });

  it("a door that goes", async () => {
    const root = committedProject(twoDoors);
    writeTree(root, services());
    expect(await codesOf(root)).toEqual(
      expect.arrayContaining(["diff/deletes-load-balancer", "diff/deletes-application", "diff/host-gone"]),
    );
  });

  it("an Istio two minors further", async () => {
    const root = committedProject(services({ istio: { version: "1.29.6" } }));
    writeTree(root, services({ istio: { version: "1.31.1" } }));
    expect(await codesOf(root)).toEqual(["diff/istio-version", "diff/rolls-istiod", "diff/rolls-gateway"]);
  });

  it("a cluster file that is deleted", async () => {
    const root = committedProject(services(), clusterFile("second", ["web"]));
    rmSync(join(root, "clusters/second.yaml"));
    const { consequences, totals } = await diffOf(root);
    expect(consequences.map(({ code, cluster }) => [code, cluster])).toEqual([
      ["diff/removes-cluster", "second"],
    ]);
    expect(totals).toMatchObject({ clusters: 1, objects: { added: 0, changed: 0 } });
  });
});

describe("the repository", () => {
  const change = (root: string): void => writeTree(root, withDoor(services(), "services", { name: "other" }));
  const expected = { consequences: [{ code: "diff/name-ignored" }, { code: "diff/hook-runs" }] };

  it("may be larger than the project, with blanks and umlauts in the path, and a working tree of its own", async () => {
    const project = writtenProject(services());
    const repository = makeProject();
    const root = join(repository, "Infra ü", "-edge mesh");
    mkdirSync(join(repository, "Infra ü"));
    renameSync(project, root);
    initialise(repository);
    commitAll(repository);
    const tree = join(makeProject(), "tree");
    git(repository, "worktree", "add", "--quiet", tree);
    for (const place of [root, join(tree, "Infra ü", "-edge mesh")]) {
      expect((await diffOf(place)).files).toEqual([]);
      change(place);
      expect(await diffOf(place)).toMatchObject(expected);
      expect(
        JSON.parse((await runMain(repository, ["diff", "--json", "--chdir", place])).stdout),
      ).toMatchObject(expected);
    }
  });

  it("may have SHA-256 ids", async () => {
    const root = writtenProject(services());
    initialise(root, "--object-format=sha256");
    commitAll(root);
    expect((await diffOf(root)).files).toEqual([]);
    change(root);
    expect(await diffOf(root)).toMatchObject(expected);
  });

  it("may name itself in the environment, as Git does for its hooks", async () => {
    const root = committedProject(services());
    change(root);
    const env = { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_PREFIX: "x/" };
    expect((await runMain(root, ["diff"], { env })).stdout).toMatch(/ against HEAD \(/);
  });

  it("is not there: the files on disk stand in, and the summary says so", async () => {
    const root = writtenProject(services());
    change(root);
    const outcome = await runMain(root, ["diff"]);
    expect(outcome.stdout).toContain("against the files on disk\n");
    expect(outcome.stdout).toContain("diff/name-ignored");
    expect(outcome.stderr).toContain("from the files on disk; this is no Git repository with a commit (");
    expect((await diffOf(root)).against).toEqual({});
    expect((await runMain(root, ["synth", "--quiet"])).code).toBe(0);
    expect((await diffOf(root)).files).toEqual([]);
  });

  it("has no commit: the same", async () => {
    const root = writtenProject(services());
    initialise(root);
    expect(await diffOf(root)).toMatchObject({ against: {}, files: [] });
  });

  it("has nothing of the project: all of it is new", async () => {
    const root = committedProject(services());
    git(root, "rm", "--quiet", "-r", "--cached", "dist", "argocd");
    git(root, "commit", "--quiet", "--message", "x");
    const { totals, objects } = await diffOf(root);
    expect(totals?.objects.added).toBe(objects.length);
    expect(objects.length).toBeGreaterThan(10);
  });

  it("is not read where files are equal", async () => {
    const root = committedProject(services(), clusterFile("second", ["web"]));
    for (const line of git(root, "ls-tree", "-r", "HEAD", "dist", "argocd").trim().split("\n")) {
      const [, id = ""] = /blob (\S+)\t/.exec(line) ?? [];
      if (
        !line.endsWith("dist/demo/ingress-services/ingress.yaml") &&
        !line.endsWith("dist/demo/inventory.json")
      ) {
        rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)), { force: true });
      }
    }
    change(root);
    expect(await diffOf(root)).toMatchObject(expected);
  });
});

describe("diff stops with exit code 5 where", () => {
  const refused = async (root: string, args: readonly string[], settings: Settings = {}) => {
    const { code, stdout, stderr } = await runMain(root, ["diff", ...args], settings);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    return stderr;
  };

  it.each(["nowhere", "-nowhere", "--help", "HEAD:dist", "a b", "main..main"])(
    "there is no revision %j",
    async (name) => {
      const message = await refused(committedProject(services()), [`--against=${name}`]);
      expect(message).toContain(
        `error diff/git: expected --against to name a commit, found ${JSON.stringify(name)}: this repository has none of that name`,
      );
    },
  );

  it("a shallow clone lacks it, and says how to get it", async () => {
    const origin = committedProject(services());
    const root = join(makeProject(), "clone");
    git(origin, "clone", "--quiet", "--depth=1", `file://${origin}`, root);
    expect((await diffOf(root, "--against", "origin/main")).files).toEqual([]);
    expect(await refused(root, ["--against", "origin/release"])).toContain(
      "this shallow clone has none of that name\n  Run `git fetch --depth=1 origin release:refs/remotes/origin/release` first.\n",
    );
    expect(await refused(root, ["--against", "v1"])).toContain(
      "Fetch it first: `git fetch --depth=1 origin <branch>`",
    );
  });

  it("there is no repository for the revision", async () => {
    expect(await refused(writtenProject(services()), ["--against", "main"])).toContain(
      'expected a Git repository for --against "main", found none\n  Leave --against out to compare with the files on disk.',
    );
  });

  it("there is no Git", async () => {
    expect(await refused(committedProject(services()), [], { env: { PATH: "/nowhere" } })).toContain(
      "error diff/git: expected the program `git` on the PATH, found none\n  Install Git 2.24 or newer",
    );
  });

  it("a content is missing, as in a partial clone", async () => {
    const root = committedProject(services());
    const id = git(root, "rev-parse", "HEAD:dist/demo/ingress-services/ingress.yaml").trim();
    rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)));
    writeTree(root, withDoor(services(), "services", { name: "other" }));
    expect(await refused(root, [])).toContain(
      'expected Git to have the content of "dist/demo/ingress-services/ingress.yaml"',
    );
  });

  it("Git refuses the repository", async () => {
    const root = committedProject(services());
    writeFileSync(join(root, ".git/config"), `${readFileSync(join(root, ".git/config"), "utf8")}[broken\n`);
    expect(await refused(root, [])).toMatch(
      /error diff\/git: expected Git to read the repository; it says "fatal: bad config/,
    );
  });
});
