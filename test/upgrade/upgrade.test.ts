// `meshfront upgrade istio`: which characters of which files change, and which steps are refused.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { withVersion } from "../../commands/upgrade/edit-version.ts";
import { runMain } from "../commands/program.ts";
import { commitAll, initialise } from "../commands/repository.ts";
import { makeProject, readTree, writeTree } from "../manifests/output-tree.ts";

describe("the version in a text", () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    [
      "is replaced, comments and blanks kept",
      "a: 1 # x\nistio:\n  # why\n  version:   1.30.8   # pinned\n  hub: h\n",
      "a: 1 # x\nistio:\n  # why\n  version:   1.31.1   # pinned\n  hub: h\n",
    ],
    ["keeps its quotes", "istio: { version: '1.30.8' }\n", "istio: { version: '1.31.1' }\n"],
    [
      "is added as the first key of a block",
      "istio:\n  hub: h\nb: 2\n",
      "istio:\n  version: 1.31.1\n  hub: h\nb: 2\n",
    ],
    ["is added to a map on one line", "istio: { hub: h }\n", "istio: { version: 1.31.1, hub: h }\n"],
    ["is added at the end where there is no istio", "a: 1\n", "a: 1\nistio:\n  version: 1.31.1\n"],
    [
      "is not the version of something else",
      "argocd:\n  version: '3.5'\nistio:\n  version: 1.30.8\n",
      "argocd:\n  version: '3.5'\nistio:\n  version: 1.31.1\n",
    ],
  ];
  test.each(cases)("%s", (_, before, after) => {
    expect(withVersion(before, "1.31.1")).toEqual({ text: after });
  });

  test.each([
    "istio: &a { version: 1.30.8 }\nb: *a\n".replace("version: 1.30.8", "version: *v"),
    "v: &v 1.30.8\nistio: { version: *v }\n",
    "- 1\n",
  ])("that cannot be replaced alone says so: %j", (text) => {
    expect(withVersion(text, "1.31.1")).toHaveProperty("problem");
  });
});

const file = (name: string, more = ""): string => `# ${name}
cluster:
  name: ${name}
  region: eu-west-1
  account: "123456789012"
repository: { url: "https://github.com/example/platform.git" }
${more}ingresses:
  web:
    hosts: [${name}.example.com]
    certificate: { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890" }
    subnets: { ids: [subnet-0a1b2c3d4e5f60711, subnet-0b2c3d4e5f6071822] }
`;
const at = (version: string): string => `istio:\n  version: ${version} # pinned\n`;

/** One committed and synthesised project. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const root = makeProject(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`clusters/${name}.yaml`, text])),
  );
  initialise(root);
  expect((await runMain(root, ["synth"])).code).toBe(0);
  commitAll(root);
  return root;
}

const textOf = (root: string, name: string): string =>
  readFileSync(join(root, `clusters/${name}.yaml`), "utf8");

test("one minor up: only the version changes, and the diff says what that does", async () => {
  const root = await project({ one: file("one", at("1.30.8")), two: file("two", at("1.30.8")) });
  const before = textOf(root, "one");
  const { code, stdout } = await runMain(root, ["upgrade", "istio", "1.31.1"]);
  expect(code).toBe(0);
  expect(stdout).toContain("clusters/one.yaml: 1.30.8 -> 1.31.1");
  expect(stdout).toContain("spec.source.targetRevision");
  expect(textOf(root, "one")).toBe(before.replace("1.30.8", "1.31.1"));
});

test("--dry-run shows the same and writes nothing", async () => {
  const root = await project({ one: file("one", at("1.30.8")) });
  const before = JSON.stringify(readTree(root, "clusters"));
  const { code, stdout, stderr } = await runMain(root, ["upgrade", "istio", "1.31.1", "--dry-run"]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining("spec.source.targetRevision"),
  });
  expect(stderr).toContain("dry run");
  expect(JSON.stringify(readTree(root, "clusters"))).toBe(before);
});

test("a version in defaults.yaml is changed there where all that take it are selected, otherwise in the clusters' own files", async () => {
  const files = { defaults: at("1.30.8"), one: file("one"), two: file("two") };
  const whole = await project(files);
  await runMain(whole, ["upgrade", "istio", "1.31.1"]);
  expect(textOf(whole, "defaults")).toContain("1.31.1");
  expect(textOf(whole, "one")).toBe(file("one"));
  const part = await project(files);
  const { stdout } = await runMain(part, ["upgrade", "istio", "1.31.1", "one"]);
  expect(textOf(part, "defaults")).toContain("1.30.8");
  expect(textOf(part, "one")).toContain("istio:\n  version: 1.31.1\n");
  expect(stdout).toContain("without a stage: two");
});

test("the stages that are left are named, each with how to select it", async () => {
  const staged = (name: string, stage: string) =>
    file(name, at("1.30.8")).replace("region:", `stage: ${stage}\n  region:`);
  const root = await project({
    one: staged("one", "canary"),
    two: staged("two", "rest"),
    three: staged("three", "rest"),
  });
  const { stdout } = await runMain(root, ["upgrade", "istio", "1.31.1", "-l", "stage=canary"]);
  expect(stdout).toContain("stage rest (-l stage=rest): three and two");
  expect(textOf(root, "two")).toContain("1.30.8");
});

const refusals: readonly (readonly [what: string, args: readonly string[], says: string])[] = [
  ["two minors at once", ["istio", "1.31.1"], "upgrade istio 1.30"],
  ["backwards", ["istio", "1.28.9"], "newer than 1.29.6"],
  ["no version", ["istio", "1.31"], "exact version"],
  ["something else than Istio", ["argocd", "3.6.0"], "expected `istio`"],
  ["an unknown cluster", ["istio", "1.30.8", "none"], "usage/unknown-cluster"],
];

test.each(refusals)("%s is refused, and no file is touched", async (_, args, says) => {
  const root = await project({ one: file("one", at("1.29.6")), two: file("two", at("1.30.8")) });
  const before = JSON.stringify(readTree(root));
  const { code, stderr } = await runMain(root, ["upgrade", ...args]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) });
  expect(JSON.stringify(readTree(root))).toBe(before);
});

test("a file that cannot be edited stops all of them", async () => {
  const root = await project({ one: file("one", at("1.30.8")), two: file("two", at("1.30.8")) });
  writeTree(root, {
    "clusters/two.yaml": file("two", 'istio: { version: &v 1.30.8, base: {}, revision: "" }\n')
      .replace("&v 1.30.8", "*v")
      .replace("# two", "x-v: &v 1.30.8"),
  });
  const { code } = await runMain(root, ["upgrade", "istio", "1.31.1"]);
  expect(code).toBe(1);
  expect(textOf(root, "one")).toContain("1.30.8");
});

test("a disk that fails in the middle leaves every file as it was, and no temporary one", async () => {
  const root = await project({ one: file("one", at("1.30.8")), two: file("two", at("1.30.8")) });
  const before = JSON.stringify(readTree(root, "clusters"));
  // The second file cannot be replaced: a folder stands where it is written aside.
  const spy = vi.spyOn(process, "pid", "get").mockReturnValue(4711);
  mkdirSync(join(root, "clusters/.two.yaml.4711.meshfront-tmp/x"), { recursive: true });
  const { code, stderr } = await runMain(root, ["upgrade", "istio", "1.31.1"]);
  spy.mockRestore();
  rmSync(join(root, "clusters/.two.yaml.4711.meshfront-tmp"), { recursive: true });
  expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining("output/disk") });
  expect(JSON.stringify(readTree(root, "clusters"))).toBe(before);
});
