import { describe, expect, it } from "vitest";
import { exitCodes } from "../../commands/exit-codes.ts";
import { commands } from "../../commands/table.ts";
import packageJson from "../../package.json" with { type: "json" };
import { makeProject } from "../manifests/output-tree.ts";
import { documentOf, meshfront } from "./program.ts";

/** What is wrong with a command line, what is said, and what is advised. */
const mistakes: readonly (readonly [args: readonly string[], message: string, advice: string])[] = [
  [["snyth"], "expected a command, found snyth", "Did you mean synth?"],
  [["help", "snyth"], "expected a command, found snyth", "Did you mean synth?"],
  [["--chdir", "synth"], "expected a command, found --chdir", "Commands: synth, check"],
  [["synth", "--dryrun"], "synth has no option --dryrun", "Did you mean --dry-run?"],
  [["synth", "--frobnicate"], "synth has no option --frobnicate", "Run `meshfront synth --help`."],
  [["check", "--dry-run"], "check has no option --dry-run", "Run `meshfront check --help`."],
  [["synth", "--quiet=yes"], "--quiet takes no value, found yes", "Write --quiet alone."],
  [["synth", "--chdir"], "--chdir needs a value", "Write --chdir DIR."],
  [["synth", "--chdir="], "--chdir needs a value", "Write --chdir DIR."],
  [["synth", "--chdir", "/nonexistent"], "expected a folder, found none at /nonexistent", "Correct --chdir."],
  [
    ["check", "--format", "sarfi"],
    "expected --format with one of text, json, github, sarif, found sarfi",
    "Did you mean sarif?",
  ],
  [["check", "--format"], "--format needs a value", "Write --format text|json|github|sarif."],
  [["synth", "--format", "github"], "synth has no option --format", "Run `meshfront synth --help`."],
  [["version", "now"], "version takes no words, found now", "Run `meshfront version --help`."],
];

describe("the command line", () => {
  it.each(mistakes)(
    "%j is refused with exit code 1 and says what to write instead",
    (args, message, advice) => {
      const { code, stdout, stderr } = meshfront("/", args);
      expect({ code, stdout }).toEqual({ code: exitCodes.invalid, stdout: "" });
      expect(stderr).toContain(`: ${message}`);
      expect(stderr).toContain(`  ${advice}`);
      expect(stderr).not.toContain("    at ");
    },
  );

  it("tells all mistakes at once", () => {
    const { stderr } = meshfront("/", ["synth", "--dryrun", "--jsn"]);
    expect(stderr.match(/^error usage\/arguments: /gm)).toHaveLength(2);
  });

  it("tells mistakes as one document where it is asked for", () => {
    const outcome = meshfront("/", ["synth", "--dryrun", "--json"]);
    expect(outcome).toMatchObject({ code: 1, stderr: "" });
    expect(documentOf(outcome).problems).toMatchObject([{ code: "usage/arguments", severity: "error" }]);
  });

  it("refuses two formats at once, in the one that programs read", () => {
    const outcome = meshfront("/", ["check", "--json", "--format", "sarif"]);
    expect(outcome.code).toBe(1);
    expect(documentOf(outcome).problems).toMatchObject([
      { message: "--json is --format json, found --format sarif too", suggestion: "Leave one out." },
    ]);
    expect(meshfront("/", ["check", "--json", "--format", "json", "--chdir", "/nonexistent"]).stdout).toMatch(
      /^\{/,
    );
  });

  it("tells mistakes in the format of CI where that is asked for", () => {
    const { code, stdout } = meshfront("/", ["check", "--format", "github", "--frobnicate"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error title=usage\/arguments::check has no option --frobnicate%0A/);
    const nowhere = meshfront("/", ["check", "--format", "sarif", "--chdir", "/nonexistent"]);
    expect(JSON.parse(nowhere.stdout).runs[0].results).toMatchObject([{ ruleId: "usage/chdir" }]);
  });

  it.each([[[]], [["help"]], [["--help"]]])("%j prints an overview of all commands", (args) => {
    const { code, stdout, stderr } = meshfront("/", args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const [name, { summary }] of Object.entries(commands)) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary.replace(/[().*/]/g, "\\$&")}$`, "m"));
    }
    for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`\\b${code} \\w`));
  });

  it.each(Object.entries(commands))(
    "%s --help prints its options and examples, wherever it is run",
    (name, entry) => {
      const { code, stdout, stderr } = meshfront("/", [name, "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`Usage: meshfront ${name}`);
      for (const option of Object.keys(entry.options)) expect(stdout).toContain(`--${option}`);
      for (const { command } of entry.examples) expect(stdout).toContain(command);
      expect(meshfront("/", ["help", name]).stdout).toBe(stdout);
    },
  );

  it("version prints the versions it is made of, without a project", () => {
    const { code, stdout } = meshfront("/", ["version"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`meshfront ${packageJson.version}\n`);
    expect(stdout).toContain(`node ${process.version}\n`);
    expect(meshfront("/", ["--version"]).stdout).toBe(stdout);
    expect(documentOf(meshfront("/", ["version", "--json"]))).toMatchObject({
      meshfront: packageJson.version,
    });
  });

  it("tells a bug as one, with exit code 70 and what a report needs", () => {
    const root = makeProject({
      "clusters/demo.yaml": "",
      "broken.cjs": 'TextDecoder.prototype.decode = () => { throw new TypeError("it broke"); };',
    });
    const env = { NODE_OPTIONS: "--require ./broken.cjs" };
    const { code, stdout, stderr } = meshfront(root, ["check"], { env });
    expect({ code, stdout }).toEqual({ code: exitCodes.bug, stdout: "" });
    expect(stderr).toMatch(/^meshfront: a bug, please report it .*\nTypeError: it broke\n {4}at /);
  });
});
