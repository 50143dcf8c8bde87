// `--affected-by`: in a real repository of Git, what a change touches and what it does not.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeProject, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, runMain } from "./program.ts";
import { commitAll, git, initialise } from "./repository.ts";

let root = "";

beforeEach(() => {
  root = makeProject({
    ...clusterFile("one", ["services"]),
    ...clusterFile("two", ["services"]),
    ...clusterFile("three", ["services"]),
    "package.json": "{}\n",
    "docs/notes.md": "x\n",
  });
  initialise(root);
  commitAll(root);
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function names(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runMain(root, ["list", "--json", ...args]);
  return JSON.parse(stdout).clusters.map(({ name }: { name: string }) => name);
}

const changes: readonly (readonly [what: string, path: string, affected: readonly string[]])[] = [
  ["its own file", "clusters/two.yaml", ["two"]],
  ["its lock file", "clusters/two.lock.json", ["two"]],
  ["defaults.yaml", "clusters/defaults.yaml", ["one", "three", "two"]],
  ["the version of meshfront", "package.json", ["one", "three", "two"]],
  ["a program of one's own", "src/charts.ts", ["one", "three", "two"]],
  ["a page that nobody reads", "docs/notes.md", []],
  ["the output", "dist/two/inventory.json", []],
];

describe("a change", () => {
  test.each(changes)(
    "of %s, not committed yet, touches the clusters that read it",
    async (_, path, affected) => {
      const text =
        path === "clusters/two.yaml"
          ? `${clusterFile("two", ["services"])[path]}\n# changed\n`
          : "{}\n# changed\n";
      write(path, text.replace("{}\n# changed", path.endsWith(".json") ? "{ }" : "{}"));
      if (path === "docs/notes.md") write(path, "y\n");
      expect(await names("--affected-by", "HEAD")).toEqual(affected);
    },
  );

  test("that is committed counts from the revision that is named", async () => {
    write("clusters/two.yaml", `${clusterFile("two", ["services"])["clusters/two.yaml"]}\n# changed\n`);
    commitAll(root);
    expect(await names("--affected-by", "HEAD")).toEqual([]);
    expect(await names("--affected-by", "HEAD~1")).toEqual(["two"]);
  });

  test("of a file that `manifests` names touches the clusters that name it", async () => {
    const manifests = [{ path: "mesh/policy.yaml", wave: "gateway" }];
    writeTree(root, { ...clusterFile("one", ["services"], { manifests }), "mesh/policy.yaml": "a: b\n" });
    commitAll(root);
    write("mesh/policy.yaml", "a: c\n");
    expect(await names("--affected-by", "HEAD")).toEqual(["one"]);
  });

  test("is combined with names and shares, and the order does not matter", async () => {
    write("package.json", "{ }\n");
    expect(await names("t*", "--affected-by", "HEAD")).toEqual(["three", "two"]);
  });

  test("that removes a cluster file is said: its output stays until a run about all", async () => {
    rmSync(join(root, "clusters/two.yaml"));
    const { stderr, code } = await runMain(root, ["list", "--affected-by", "HEAD"]);
    expect(stderr).toContain("usage/gone-cluster");
    expect(code).toBe(0);
  });
});

const bad: readonly (readonly [what: string, prepare: () => void, args: readonly string[], says: string])[] =
  [
    [
      "a revision that does not exist",
      () => {},
      ["--affected-by", "nowhere"],
      "expected --affected-by to name a commit",
    ],
    [
      "no repository",
      () => rmSync(join(root, ".git"), { recursive: true }),
      ["--affected-by", "HEAD"],
      "expected a Git repository",
    ],
  ];

test.each(bad)("%s is an error, and nothing is listed as if it were all", async (_, prepare, args, says) => {
  prepare();
  const { stderr, stdout, code } = await runMain(root, ["list", ...args]);
  expect(code).toBe(1);
  expect(stderr).toContain(says);
  expect(stdout).toBe("");
});

test("a shallow clone is told how to fetch the revision", async () => {
  write("docs/notes.md", "z\n");
  commitAll(root);
  const clone = `${root}-clone`;
  git(root, "clone", "--quiet", "--depth=1", `file://${root}`, clone);
  const { stderr } = await runMain(clone, ["check", "--affected-by", "HEAD~1"]);
  rmSync(clone, { recursive: true });
  expect(stderr).toContain("this shallow clone has none of that name");
  expect(stderr).toContain("git fetch --depth=1");
});
