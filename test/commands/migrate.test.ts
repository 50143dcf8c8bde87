// `migrate` as a program: what it writes, what it leaves alone, and what nobody may see.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { makeProject } from "../manifests/output-tree.ts";
import { documentOf, runMain } from "./program.ts";

const recorded = (file: string): string =>
  fileURLToPath(new URL(`../migrate/terraform/${file}`, import.meta.url));
const url = "--repository=https://github.com/example/platform.git";
const command = (file: string, ...rest: readonly string[]) => [
  "migrate",
  file,
  "--cluster=demo",
  url,
  ...rest,
];

const filesIn = (project: string): readonly string[] =>
  readdirSync(project, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    .sort();

test("a state becomes a cluster file, the steps and the blocks for Terraform, and the next command reads the file", async () => {
  const project = makeProject();
  const { code, stdout } = await runMain(project, command(recorded("module.tfstate")));
  expect(code).toBe(2);
  expect(filesIn(project)).toEqual([
    "clusters/demo.yaml",
    "migration/demo/MIGRATION.md",
    "migration/demo/removed.tf",
  ]);
  for (const file of filesIn(project)) expect(stdout).toContain(`wrote ${file}\n`);
  const checked = await runMain(project, ["check", "--json"]);
  expect(documentOf(checked).problems.map((problem) => problem.code)).toContain("facts/missing-lock");
});

test("--check writes nothing and says the same", async () => {
  const project = makeProject();
  const { code, stdout } = await runMain(project, command(recorded("module.tfstate"), "--check"));
  expect(code).toBe(2);
  expect(stdout).toContain("Object by object");
  expect(filesIn(project)).toEqual([]);
});

test("a file that is there is not written over, and nothing beside it is written", async () => {
  const project = makeProject({ "clusters/demo.yaml": "mine\n" });
  const { code, stderr } = await runMain(project, command(recorded("module.tfstate")));
  expect(code).toBe(1);
  expect(stderr).toContain("usage/cluster-exists");
  expect(readFileSync(join(project, "clusters/demo.yaml"), "utf8")).toBe("mine\n");
  expect(existsSync(join(project, "migration"))).toBe(false);
});

test("a disk that refuses one file of several gets none of them", async () => {
  const project = makeProject({ migration: "a file where a folder has to be\n" });
  const { code, stderr } = await runMain(project, command(recorded("module.tfstate")));
  expect(code).toBe(5);
  expect(stderr).toContain("The files are as they were.");
  expect(filesIn(project)).toEqual(["migration"]);
});

test("the repository that the project's defaults name is the file's, and nothing asks for one", async () => {
  const defaults = "repository:\n  url: https://git.example.com/theirs.git\n";
  const project = makeProject({ "clusters/defaults.yaml": defaults });
  const { code, stdout } = await runMain(project, ["migrate", recorded("module.tfstate"), "--cluster=demo"]);
  expect(code).toBe(2);
  expect(stdout).not.toContain("no-repository");
  expect(readFileSync(join(project, "clusters/demo.yaml"), "utf8")).toContain(defaults);
});

test("a mistake in the project's defaults is theirs, and nothing is written", async () => {
  for (const defaults of ["a: [", "argocd: { version: 1.8.0 }\n"]) {
    const project = makeProject({ "clusters/defaults.yaml": defaults });
    const { code, stdout } = await runMain(project, command(recorded("module.tfstate")));
    expect(code).toBe(1);
    expect(stdout).toMatch(/Refused[^\n]*\n {2}clusters\/defaults\.yaml {2}not-expressible\n/);
    expect(filesIn(project)).toEqual(["clusters/defaults.yaml"]);
  }
});

test("nothing secret is in a file, in the report, in --json or in a message", async () => {
  for (const flags of [[], ["--json"], ["--format=markdown"]]) {
    const project = makeProject();
    const { stdout, stderr } = await runMain(project, command(recorded("set.tfstate"), ...flags));
    const texts = filesIn(project).map((file) => readFileSync(join(project, file), "utf8"));
    expect(texts).toHaveLength(3);
    expect([stdout, stderr, ...texts].join("\n")).not.toMatch(/FAKE-SENSITIVE|FAKE-TOKEN/);
  }
});

test("a state that Windows PowerShell wrote, in UTF-16, is the same state", async () => {
  const project = makeProject();
  const text = readFileSync(recorded("module.tfstate"), "utf8");
  writeFileSync(join(project, "state.json"), Buffer.from(`\ufeff${text}`, "utf16le"));
  writeFileSync(join(project, "other.json"), text);
  const [wide, plain] = [
    await runMain(project, command("state.json", "--check")),
    await runMain(project, command("other.json", "--check")),
  ];
  expect(wide.stdout).toBe(plain.stdout.replaceAll("other.json", "state.json"));
});

test("what cannot be read is refused with what to run, and writes nothing", async () => {
  const project = makeProject();
  const { code, stdout } = await runMain(project, command(recorded("tofu-encrypted.tfstate")));
  expect(code).toBe(1);
  expect(stdout).toContain("tofu show -json");
  expect(filesIn(project)).toEqual([]);
});
