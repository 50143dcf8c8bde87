import { describe, expect, it } from "vitest";
import { exitCodes } from "../../commands/exit-codes.ts";
import { parseInvocation } from "../../commands/invocation.ts";
import { commands } from "../../commands/table.ts";
import packageJson from "../../package.json" with { type: "json" };
import { makeProject } from "../manifests/output-tree.ts";
import { documentOf, meshfront, runMain } from "./program.ts";

/** What is wrong with a command line, what is said, and what is advised. */
const mistakes: readonly (readonly [args: readonly string[], message: string, advice: string])[] = [
  [["snyth"], "expected a command, found snyth", "Did you mean synth?"],
  [["help", "snyth"], "expected a command, found snyth", "Did you mean synth?"],
  [["--chdir", "synth"], "expected a command, found none", "Commands: synth, check"],
  [["-q"], "expected a command, found none", "Commands: synth, check"],
  [["-q", "snyth"], "expected a command, found snyth", "Did you mean synth?"],
  [["--dry-run", "synth"], "expected a command, found --dry-run", "Write the command first: only --chdir"],
  [["--", "synth"], "expected a command, found --", "Write the command first: only --chdir"],
  [["--chdir=", "synth"], "--chdir needs a value", "Write --chdir DIR."],
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

describe("options of every command", () => {
  it.each([
    [
      ["-q", "check"],
      ["check", "-q"],
    ],
    [
      ["--quiet", "--json", "check", "demo"],
      ["check", "demo", "--quiet", "--json"],
    ],
    [
      ["--chdir", "check", "check"],
      ["check", "--chdir", "check"],
    ],
    [
      ["--chdir=check", "synth", "--dry-run"],
      ["synth", "--chdir=check", "--dry-run"],
    ],
    [
      ["--help", "synth"],
      ["synth", "--help"],
    ],
    [
      ["-hq", "synth"],
      ["synth", "-hq"],
    ],
    [
      ["--json", "--version"],
      ["version", "--json"],
    ],
    [
      ["-q", "help", "synth"],
      ["help", "synth"],
    ],
    [["-q", "--help"], ["--help"]],
  ])("may stand before it: %j is %j", (args, same) => {
    expect(parseInvocation(args)).toEqual(parseInvocation(same));
    expect(parseInvocation(args).kind).not.toBe("usage");
  });
});

describe("the command line", () => {
  it.each(mistakes)(
    "%j is refused with exit code 1 and says what to write instead",
    async (args, message, advice) => {
      const { code, stdout, stderr } = await runMain("/", args);
      expect({ code, stdout }).toEqual({ code: exitCodes.invalid, stdout: "" });
      expect(stderr).toContain(`: ${message}`);
      expect(stderr).toContain(`  ${advice}`);
      expect(stderr).not.toContain("    at ");
    },
  );

  it("tells all mistakes at once", async () => {
    const { stderr } = await runMain("/", ["synth", "--dryrun", "--jsn"]);
    expect(stderr.match(/^error usage\/arguments: /gm)).toHaveLength(2);
  });

  it("tells mistakes as one document where it is asked for", async () => {
    const outcome = await runMain("/", ["synth", "--dryrun", "--json"]);
    expect(outcome).toMatchObject({ code: 1, stderr: "" });
    expect(documentOf(outcome).problems).toMatchObject([{ code: "usage/arguments", severity: "error" }]);
  });

  it("refuses two formats at once, in the one that programs read", async () => {
    const outcome = await runMain("/", ["check", "--json", "--format", "sarif"]);
    expect(outcome.code).toBe(1);
    expect(documentOf(outcome).problems).toMatchObject([
      { message: "--json is --format json, found --format sarif too", suggestion: "Leave one out." },
    ]);
    expect(
      (await runMain("/", ["check", "--json", "--format", "json", "--chdir", "/nonexistent"])).stdout,
    ).toMatch(/^\{/);
  });

  it("tells mistakes in the format of CI where that is asked for", async () => {
    const { code, stdout } = await runMain("/", ["check", "--format", "github", "--frobnicate"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error title=usage\/arguments::check has no option --frobnicate%0A/);
    const nowhere = await runMain("/", ["check", "--format", "sarif", "--chdir", "/nonexistent"]);
    expect(JSON.parse(nowhere.stdout).runs[0].results).toMatchObject([{ ruleId: "usage/chdir" }]);
  });

  it.each([[[]], [["help"]], [["--help"]], [["-q", "-h"]]])(
    "%j prints an overview of all commands",
    async (args) => {
      const { code, stdout, stderr } = await runMain("/", args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      for (const [name, { summary }] of Object.entries(commands)) {
        expect(stdout).toMatch(new RegExp(`^  ${name} +${summary.replace(/[().*/]/g, "\\$&")}$`, "m"));
      }
      for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`\\b${code} \\w`));
    },
  );

  it.each(Object.entries(commands))(
    "%s --help prints its options and examples, wherever it is run",
    async (name, entry) => {
      const { code, stdout, stderr } = await runMain("/", [name, "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`Usage: meshfront ${name}`);
      for (const option of Object.keys(entry.options)) expect(stdout).toContain(`--${option}`);
      for (const { command } of entry.examples) expect(stdout).toContain(command);
      expect((await runMain("/", ["help", name])).stdout).toBe(stdout);
    },
  );

  it("version prints the versions it is made of, without a project", async () => {
    const { code, stdout } = await runMain("/", ["version"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`meshfront ${packageJson.version}\n`);
    expect(stdout).toContain(`node ${process.version}\n`);
    expect((await runMain("/", ["--version"])).stdout).toBe(stdout);
    expect(documentOf(await runMain("/", ["version", "--json"]))).toMatchObject({
      meshfront: packageJson.version,
    });
  });

  it("tells a bug as one, with exit code 70 and what a report needs", () => {
    const root = makeProject({
      "clusters/demo.yaml": "",
      "broken.cjs": 'TextDecoder.prototype.decode = () => { throw new TypeError("it broke"); };',
    });
    const env = { NODE_OPTIONS: "--require ./broken.cjs" };
    const { code, stdout, stderr } = meshfront(root, ["diff"], { env });
    expect({ code, stdout }).toEqual({ code: exitCodes.bug, stdout: "" });
    expect(stderr).toMatch(/^meshfront: a bug, please report it .*\nTypeError: it broke\n {4}at /);
  });
});
