import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { complete } from "../../commands/complete.ts";
import { completionResult } from "../../commands/results/completion.ts";
import { commands, commonOptions } from "../../commands/table.ts";
import { areaTitles, explanations } from "../../explanations/index.ts";
import { writeTree } from "../manifests/output-tree.ts";
import { binary, meshfront } from "./program.ts";

const hasProgram = (name: string): boolean => spawnSync(name, ["--version"]).status === 0;

/** A project with clusters, and beside them what is no cluster. */
const project = mkdtempSync(join(tmpdir(), "meshfront-completion-"));
afterAll(() => rmSync(project, { recursive: true }));
writeTree(project, {
  "clusters/defaults.yaml": "",
  "clusters/demo.yaml": "",
  "clusters/prod-1.yaml": "not: [read",
  "clusters/demo.lock.json": "{}",
  "clusters/.hidden.yaml": "",
  "clusters/notes.txt": "",
  "clusters/$(touch made).yaml": "",
  "else where/clusters/far.yaml": "",
});
const elsewhere = join(project, "else where");

const names = Object.keys(commands);
const ofEvery = Object.keys(commonOptions).map((name) => `--${name}`);

/** Words typed so far, the last one unfinished, and all that is offered for it. */
const offers: readonly (readonly [typed: readonly string[], offered: readonly string[]])[] = [
  [[""], [...names, "help"]],
  [["sy"], ["synth"]],
  [["-"], ofEvery],
  [["-q", "sy"], ["synth"]],
  [["--chdir", "synth", "--js"], ["--json"]],
  [
    ["synth", "--"],
    [
      "--selector",
      "--affected-by",
      "--shard",
      "--allow-removal",
      "--allow-replacement",
      "--keep-going",
      "--dry-run",
      "--strict",
      ...ofEvery,
    ],
  ],
  [["--quiet", "synth", "demo", "--dr"], ["--dry-run"]],
  [
    ["check", "--chdir", project, ""],
    ["demo", "prod-1"],
  ],
  [["--chdir", project, "check", "demo", "pro"], ["prod-1"]],
  [["check", `--chdir=${elsewhere}`, ""], ["far"]],
  [["check", "--chdir", "=", `"${elsewhere}"`, ""], ["far"]],
  [["check", "--chdir", elsewhere.replace(" ", "\\ "), ""], ["far"]],
  [["check", "--chdir", "/nowhere", ""], []],
  [["check", "--chdir", "else"], [":folders"]],
  [["check", "--chdir=else"], [":folders"]],
  [["check", "--chdir", "="], [":folders"]],
  [["--chdir", ""], [":folders"]],
  [
    ["check", "--format", ""],
    ["text", "json", "github", "sarif"],
  ],
  [["check", "--format=s"], ["--format=sarif"]],
  [["check", "--format", "=", "s"], ["sarif"]],
  [["lookup", "--profile", "d"], []],
  [
    ["explain", "alb/na"],
    ["alb/name-grammar", "alb/name-twice"],
  ],
  [
    ["explain", "istio/unsafe-version", ""],
    [...Object.keys(areaTitles), ...Object.keys(explanations)],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["schema", "r"], ["result"]],
  [["help", "loo"], ["lookup"]],
  [["version", ""], []],
  [["nonsense", ""], []],
  [["constructor", ""], []],
];

const wordsOf = (answer: string): readonly string[] =>
  answer
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");

describe("at the end of", () => {
  it.each(offers)("%j may stand %j", async (typed, offered) => {
    expect(wordsOf(await complete(typed, { commands, commonOptions }))).toEqual(offered);
  });

  it("each command with words some are known", async () => {
    const taking = Object.entries(commands).filter(([, { words }]) => words !== undefined);
    for (const [name] of taking) {
      expect(await complete(["--chdir", project, name, ""], { commands, commonOptions })).toMatch(/^[a-z]/);
    }
  });

  it("a line commands, options and codes come with what they mean", async () => {
    const typed = [["syn"], ["synth", "--dry"], ["explain", "alb/subnets"]];
    const lines = await Promise.all(typed.map((words) => complete(words, { commands, commonOptions })));
    expect(lines).toEqual([
      `synth\t${commands.synth?.summary}\n`,
      `--dry-run\t${commands.synth?.options["dry-run"]?.summary}\n`,
      expect.stringContaining(`alb/subnets\t${explanations["alb/subnets"]?.meaning}\n`),
    ]);
  });

  it("a line the program answers on stdout, and says no more", () => {
    const answer = meshfront(project, ["complete", "--", "check", "-q", "d"]);
    expect(answer).toEqual({ code: 0, stdout: "demo\n", stderr: "" });
    expect(meshfront("/", ["--help"]).stdout).not.toContain("complete ");
  });
});

describe("completion", () => {
  it("prints a script to stdout, and the same as JSON", () => {
    const { code, stdout, stderr } = meshfront("/", ["completion", "bash"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^completion: printed \(\d+ ms\)\n$/);
    expect(stdout).toMatch(/^# Completion of meshfront for bash/);
    const document = JSON.parse(meshfront("/", ["completion", "bash", "--json"]).stdout);
    expect(completionResult.parse(document)).toMatchObject({ shell: "bash", script: stdout });
  });

  it.each([
    [[], "expected one shell, bash, zsh, fish, found none", "Run `meshfront completion --help`"],
    [["bsh"], "expected one shell, bash, zsh, fish, found bsh", "Did you mean bash?"],
    [
      ["bash", "zsh"],
      "expected one shell, bash, zsh, fish, found bash zsh",
      "Run `meshfront completion --help`",
    ],
    [["constructor"], "found constructor", "Run `meshfront completion --help`"],
  ])("%j is refused", (words, message, advice) => {
    const { code, stdout, stderr } = meshfront("/", ["completion", ...words]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain(`  ${advice}`);
  });
});

/** What a person would have on the PATH, as a function of the shell. */
const program = (body: string) => body.replace("PROGRAM", `"${process.execPath}" "${binary}"`);

function linesOf(shell: string, args: readonly string[]): readonly string[] {
  const environment = { PATH: process.env.PATH, HOME: elsewhere };
  const { stdout, stderr } = spawnSync(shell, [...args], {
    cwd: project,
    encoding: "utf8",
    env: environment,
  });
  expect(stderr).toBe("");
  return wordsOf(stdout);
}

const { stdout: bashScript } = meshfront("/", ["completion", "bash"]);
const { stdout: fishScript } = meshfront("/", ["completion", "fish"]);

describe.skipIf(!hasProgram("bash"))("bash", () => {
  const offered = (typed: readonly string[], options = "") => {
    const harness = `${options}
      ${program('meshfront() { PROGRAM "$@"; }')}
      ${bashScript}
      COMP_WORDS=(meshfront "$@"); COMP_CWORD=$#
      _meshfront; (( \${#COMPREPLY[@]} == 0 )) || printf '%s\\n' "\${COMPREPLY[@]}"`;
    return linesOf("bash", ["--norc", "--noprofile", "-c", harness, "bash", ...typed]);
  };

  it.each([
    [["check", "d"], ["demo"]],
    [["check", "--chdir", "~", ""], ["far"]],
    [["check", "--chdir", "el"], ["else where"]],
    [
      ["check", "--chdir", "="],
      ["clusters", "else where"],
    ],
    [["check", "--format", "=", "sa"], ["sarif"]],
    [["check", "$(touch made)"], []],
    [["version", ""], []],
  ])("completes %j to %j", (typed, expected) => {
    expect([...offered(typed)].sort()).toEqual(expected);
    expect(spawnSync("ls", [project], { encoding: "utf8" }).stdout).not.toContain("made");
  });

  it.each(["shopt -s failglob", "set -f", "IFS=.", "set -u"])("does not mind %s", (options) => {
    expect(offered(["check", ""], options)).toEqual(["demo", "prod-1"]);
  });
});

describe.skipIf(!hasProgram("fish"))("fish", () => {
  it.each([
    ["check ", ["demo", "prod-1"]],
    ["check --chdir el", ["else where/"]],
    ["check --chdir=el", ["--chdir=else where/"]],
    ["check --format=sa", ["--format=sarif"]],
    ["synth --dr", ["--dry-run"]],
    ["version ", []],
  ])("completes %j to %j", (line, expected) => {
    const script = `${program("function meshfront; PROGRAM $argv; end")}\n${fishScript}\ncomplete -C $argv[1]`;
    expect(linesOf("fish", ["--no-config", "-c", script, `meshfront ${line}`])).toEqual(expected);
  });
});
