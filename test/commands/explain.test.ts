import { describe, expect, it } from "vitest";
import { explanationText, wrap } from "../../commands/explain-text.ts";
import { explainResult } from "../../commands/results/explain.ts";
import type { Terminal } from "../../commands/terminal.ts";
import type { Explanation } from "../../explanations/explanation.ts";
import { areaTitles, explanations } from "../../explanations/index.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { meshfront } from "./program.ts";

const codes = Object.keys(explanations);

/** Words that are no code, and what is advised. */
const mistakes: readonly (readonly [word: string, advice: string])[] = [
  ["alb/subnet", "Did you mean alb/subnets?"],
  ["pairs", "Did you mean alb/pairs?"],
  ["too-few-zones", "Did you mean facts/too-few-zones or lookup/too-few-zones?"],
  ["itsio", "Did you mean istio?"],
  ["alb/something-else-entirely", "Run `meshfront explain alb` for a list."],
  ["nothing-of-the-kind", "Run `meshfront explain` for a list."],
  ["constructor", "Run `meshfront explain` for a list."],
];

describe("explain", () => {
  it("prints what a code means to stdout, with its severity, wherever it is run", () => {
    const { code, stdout, stderr } = meshfront("/", ["explain", "facts/unused-answer"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^facts\/unused-answer {2}warning\n\nThe lock file answers what nothing asks any more\.\n/,
    );
    expect(stderr).toMatch(/^explain: 1 code \(\d+ ms\)\n$/);
  });

  it("lists all codes by area, on lines of 100 characters at most", () => {
    const { stdout } = meshfront("/", ["explain"]);
    for (const title of Object.values(areaTitles)) expect(stdout).toContain(`${title}\n  `);
    for (const code of codes) expect(stdout).toContain(`\n  ${code} `);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it("lists the codes of an area, with a slash behind it or not", () => {
    const { code, stdout } = meshfront("/", ["explain", "alb"]);
    expect(code).toBe(0);
    expect(stdout).toContain("\n  alb/subnets ");
    expect(stdout).not.toContain("facts/");
    expect(meshfront("/", ["explain", "alb/"]).stdout).toBe(stdout);
  });

  it("takes several codes, and prints those that it knows beside one that it does not", () => {
    const { code, stdout, stderr } = meshfront("/", ["explain", "alb/subnets", "alb/subnet", "alb/pairs"]);
    expect(code).toBe(1);
    expect(stdout.match(/^alb\/\S+/gm)).toEqual(["alb/subnets", "alb/pairs"]);
    expect(stderr).toContain(
      "error usage/unknown-code: expected the code of a problem or its area, found alb/subnet\n",
    );
  });

  it.each(mistakes)("knows no %s: %s", (word, advice) => {
    const { code, stdout, stderr } = meshfront("/", ["explain", word]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`  ${advice}\n`);
  });

  it("--json holds all that is known, each code once", () => {
    const { code, stdout } = meshfront("/", ["explain", "facts/edited", "facts", "--json"]);
    expect(code).toBe(0);
    const { explanations: found } = resultOf(stdout);
    expect(found.map((each) => each.code)).toEqual([
      "facts/edited",
      ...codes.filter((each) => each.startsWith("facts/") && each !== "facts/edited"),
    ]);
    expect(found[0]).toMatchObject({
      severity: "error",
      severityException: "warning in `lookup`, which writes the file anew",
      docs: "docs/reference/rules.md#factsedited",
    });
    expect(resultOf(meshfront("/", ["explain", "--json"]).stdout).explanations).toHaveLength(codes.length);
  });
});

/** The document, of the shape that commands/results/explain.ts describes. */
function resultOf(stdout: string) {
  const document = explainResult.parse(JSON.parse(stdout));
  expect(document).toMatchObject({ exitCode: 0, problems: [] });
  return document;
}

describe("the text of an explanation", () => {
  const whole: Explanation = {
    meaning: "It is wrong.",
    versions: "Istio before 1.29",
    why: "Because of this and that, which takes more than one line here.",
    fix: "Do it right.",
    sources: ["A document", "https://example.com/a-long-address-that-is-not-broken-in-two"],
    example: { fails: "gateway:\n  hosts: [a]\n\n", passes: "gateway:\n\n  hosts: [b]\n" },
  };
  const plain: Terminal = { width: 40, isColoured: false };

  it("has all parts, wrapped to the width, examples as they are", () => {
    expect(explanationText("alb/subnets", whole, plain)).toBe(`alb/subnets  error

It is wrong.

Versions
  Istio before 1.29

Why
  Because of this and that, which takes
  more than one line here.

Fix
  Do it right.

Fails
  gateway:
    hosts: [a]

Passes
  gateway:

    hosts: [b]

Sources
  - A document
  - https://example.com/a-long-address-that-is-not-broken-in-two
`);
  });

  it("is bold where it has a name, and red or yellow by severity, on a terminal only", () => {
    const coloured = explanationText("alb/subnets", { meaning: "Wrong." }, { width: 40, isColoured: true });
    expect(coloured).toBe("\u001b[1malb/subnets\u001b[0m  \u001b[31merror\u001b[0m\n\nWrong.\n");
    expect(explanationText("facts/unused-answer", whole, { width: 40, isColoured: true })).toContain(
      "\u001b[33mwarning\u001b[0m",
    );
  });

  it("breaks lines between words only, and never leaves one empty", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("unbreakable words", 4, "- ")).toEqual(["- unbreakable", "  words"]);
  });
});

it("each problem of --json names the heading that explains it", () => {
  const { stdout } = meshfront(makeProject({ "clusters/demo.yaml": "- a list\n" }), ["check", "--json"]);
  expect(JSON.parse(stdout).problems).toMatchObject([
    { code: "config/not-a-map", docs: "docs/reference/rules.md#confignot-a-map" },
  ]);
});

describe("on a terminal", () => {
  /** Output is a pipe here; this makes the program take it for a terminal of 60 columns. */
  const terminal = {
    "terminal.cjs": `for (const name of ["stdout", "stderr"]) {
      Object.defineProperty(process[name], "isTTY", { value: true });
      Object.defineProperty(process[name], "columns", { value: 60 });
    }`,
  };
  const env = { NODE_OPTIONS: "--require ./terminal.cjs" };
  const broken = { "clusters/demo.yaml": "cluster: {}\nrepositry: {}\n" };

  it("explain has colour and the terminal's width; NO_COLOR takes the colour away", () => {
    const root = makeProject(terminal);
    const { stdout } = meshfront(root, ["explain", "facts/unused-answer"], { env });
    expect(stdout).toContain("\u001b[1mfacts/unused-answer\u001b[0m");
    expect(stdout.split("\n").every((line) => line.length <= 60)).toBe(true);
    expect(
      meshfront(root, ["explain", "facts/unused-answer"], { env: { ...env, NO_COLOR: "1" } }).stdout,
    ).not.toContain("\u001b");
  });

  it("an error is followed by the command that says more about it, in the last line", () => {
    const root = makeProject({ ...terminal, ...broken });
    for (const command of ["check", "synth", "lookup"]) {
      expect(meshfront(root, [command], { env }).stderr).toMatch(
        /\(\d+ ms\)\nmeshfront explain config\/missing-key config\/unknown-key says more\n$/,
      );
    }
  });

  it("neither --quiet nor --json has that line, nor a pipe", () => {
    const root = makeProject({ ...terminal, ...broken });
    for (const args of [
      ["check", "--quiet"],
      ["check", "--json"],
    ]) {
      expect(meshfront(root, args, { env }).stderr).not.toContain("says more");
    }
    expect(meshfront(root, ["check"]).stderr).not.toContain("says more");
  });
});
