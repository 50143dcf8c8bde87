import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tryExplainKey } from "../../commands/explain-key.ts";
import { explanationText } from "../../commands/explain-text.ts";
import { explainResult } from "../../commands/results/explain.ts";
import { type Terminal, wrap } from "../../commands/terminal.ts";
import { clusterJsonSchema } from "../../config/json-schema.ts";
import { childrenOf, type SchemaNode } from "../../config/schema-node.ts";
import type { Explanation } from "../../explanations/explanation.ts";
import { areaTitles, explanations } from "../../explanations/index.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { runMain } from "./program.ts";

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
  it("prints what a code means to stdout, with its severity, wherever it is run", async () => {
    const { code, stdout, stderr } = await runMain("/", ["explain", "facts/unused-answer"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^facts\/unused-answer {2}warning\n\nThe lock file answers what nothing asks any more\.\n/,
    );
    expect(stderr).toMatch(/^explain: 1 code \(\d+ ms\)\n$/);
  });

  it("lists all codes by area, on lines of 100 characters at most", async () => {
    const { stdout } = await runMain("/", ["explain"]);
    for (const title of Object.values(areaTitles)) expect(stdout).toContain(`${title}\n  `);
    for (const code of codes) expect(stdout).toContain(`\n  ${code} `);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it("lists the codes of an area, with a slash behind it or not", async () => {
    const { code, stdout } = await runMain("/", ["explain", "alb"]);
    expect(code).toBe(0);
    expect(stdout).toContain("\n  alb/subnets ");
    expect(stdout).not.toContain("facts/");
    expect((await runMain("/", ["explain", "alb/"])).stdout).toBe(stdout);
  });

  it("prints a document that a message names, as it stands, wherever it is run", async () => {
    const policy = readFileSync("docs/reference/iam-policy.json", "utf8");
    const { code, stdout } = await runMain("/", ["explain", "docs/reference/iam-policy.json"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: policy });
    const { stdout: json } = await runMain("/", ["explain", "docs/how-to/adopt", "--json"]);
    expect(resultOf(json)).toMatchObject({ explanations: [], pages: [{ path: "docs/how-to/adopt.md" }] });
  });

  it.each(["docs/how-to/nothing.md", "docs/../package.json", "docs/how-to"])(
    "knows no document %s",
    async (word) => {
      const { code, stdout, stderr } = await runMain("/", ["explain", word]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain("usage/unknown-code");
    },
  );

  it("takes several codes, and prints those that it knows beside one that it does not", async () => {
    const { code, stdout, stderr } = await runMain("/", [
      "explain",
      "alb/subnets",
      "alb/subnet",
      "alb/pairs",
    ]);
    expect(code).toBe(1);
    expect(stdout.match(/^alb\/\S+/gm)).toEqual(["alb/subnets", "alb/pairs"]);
    expect(stderr).toContain(
      "error usage/unknown-code: expected the code of a problem, its area or a key of the cluster file, found alb/subnet\n",
    );
  });

  it.each(mistakes)("knows no %s: %s", async (word, advice) => {
    const { code, stdout, stderr } = await runMain("/", ["explain", word]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`  ${advice}\n`);
  });

  it("--json holds all that is known, each code once", async () => {
    const { code, stdout } = await runMain("/", ["explain", "facts/edited", "facts", "--json"]);
    expect(code).toBe(0);
    const { explanations: found } = resultOf(stdout);
    expect(found.map((each) => each.code)).toEqual([
      "facts/edited",
      ...codes.filter((each) => each.startsWith("facts/") && each !== "facts/edited"),
    ]);
    expect(found[0]).toMatchObject({
      severity: "error",
      severityException: "warning in `lookup`, which writes the file anew",
    });
    expect(resultOf((await runMain("/", ["explain", "--json"])).stdout).explanations).toHaveLength(
      codes.length,
    );
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

it("each problem of --json names the command that explains it", async () => {
  const { stdout } = await runMain(makeProject({ "clusters/demo.yaml": "- a list\n" }), ["check", "--json"]);
  expect(JSON.parse(stdout).problems).toMatchObject([
    { code: "config/not-a-map", docs: "meshfront explain config/not-a-map" },
  ]);
});

describe("on a terminal", () => {
  const terminal = { columns: 60 };
  const broken = { "clusters/demo.yaml": "cluster: {}\nrepositry: {}\n" };

  it("explain has colour and the terminal's width; NO_COLOR takes the colour away", async () => {
    const { stdout } = await runMain("/", ["explain", "facts/unused-answer"], terminal);
    expect(stdout).toContain("\u001b[1mfacts/unused-answer\u001b[0m");
    expect(stdout.split("\n").every((line) => line.length <= 60)).toBe(true);
    expect(
      (await runMain("/", ["explain", "facts/unused-answer"], { ...terminal, env: { NO_COLOR: "1" } }))
        .stdout,
    ).not.toContain("\u001b");
  });

  it("an error is followed by the command that says more about it, in the last line", async () => {
    const root = makeProject(broken);
    for (const command of ["check", "synth", "lookup"]) {
      expect((await runMain(root, [command], terminal)).stderr).toMatch(
        /\(\d+ ms\)\nmeshfront explain config\/missing-key config\/unknown-key says more\n$/,
      );
    }
  });

  it("neither --quiet nor --json has that line, nor a pipe", async () => {
    const root = makeProject(broken);
    for (const args of [
      ["check", "--quiet"],
      ["check", "--json"],
    ]) {
      expect((await runMain(root, args, terminal)).stderr).not.toContain("says more");
    }
    expect((await runMain(root, ["check"])).stderr).not.toContain("says more");
  });
});

describe("meshfront explain of a key", () => {
  it("says type, default and meaning, whatever the entry is called", async () => {
    const { code, stdout } = await runMain(makeProject(), ["explain", "ingresses.services.listeners"]);
    expect(code).toBe(0);
    expect(stdout).toContain("ingresses.<key>.listeners\n");
    expect(stdout).toContain("type     redirect or https or http\n  default  redirect\n");
  });

  it("lists the keys below, and steps into lists", async () => {
    const { stdout } = await runMain(makeProject(), [
      "explain",
      "ingresses.x.backendTls",
      "routes[0].service.port",
    ]);
    expect(stdout).toContain("ingresses.<key>.backendTls.credentialName  Name of the Secret");
    expect(stdout).toContain("routes[].service.port");
  });

  it("is a document with --json", async () => {
    const { stdout } = await runMain(makeProject(), ["explain", "cluster.region", "--json"]);
    expect(JSON.parse(stdout).keys).toMatchObject([{ key: "cluster.region", type: "text" }]);
  });

  it("knows every key of the schema, and none that every object has", async () => {
    const keys = keysBelow("", JSON.parse(clusterJsonSchema()));
    expect(keys.length).toBeGreaterThan(80);
    for (const key of keys) expect(tryExplainKey(key)?.key, key).toBe(key);
    for (const word of ["constructor", "cluster.toString", "", ".", "clusters"])
      expect(tryExplainKey(word), word).toBeUndefined();
  });
});

const keysBelow = (path: string, node: SchemaNode): readonly string[] =>
  childrenOf(path, node).flatMap((child) => [child.path, ...keysBelow(child.path, child.node)]);
