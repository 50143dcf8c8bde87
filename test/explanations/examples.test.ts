// What the explanations show is run: an example that lies fails here.
import { describe, expect, test } from "vitest";
import { valueRules } from "../../config/live-values/value-rules.ts";
import { configRules, fleetRules } from "../../config/rules/index.ts";
import { formatProblem } from "../../core/problem.ts";
import type { Explanation } from "../../explanations/explanation.ts";
import { explanations } from "../../explanations/index.ts";
import { objectRules } from "../../manifests/rules/index.ts";
import { filesOf, problemsOf } from "./run-example.ts";

const examples = Object.entries(explanations).flatMap(([code, { example }]) =>
  example === undefined ? [] : [{ code, ...example }],
);

const printed = (text: string, code: string): string => problemsOf(text, code).map(formatProblem).join("\n");

describe("an example", () => {
  test.each(examples)("$code: what fails reports that and nothing else", ({ code, fails }) => {
    const found = new Set(problemsOf(fails, code).map((problem) => problem.code));
    expect([...found], printed(fails, code)).toEqual([code]);
  });

  test.each(examples)("$code: what passes reports nothing", ({ code, passes }) => {
    expect(printed(passes, code)).toBe("");
  });

  test.each(examples)("$code: begins at the left, where it is printed", ({ fails, passes }) => {
    expect([fails, passes].filter((text) => !/^\S/.test(text))).toEqual([]);
  });
});

describe("a rule", () => {
  const parts: readonly (keyof Explanation)[] = ["why", "fix", "sources", "example"];
  const rules = [...configRules, ...fleetRules, ...objectRules, ...valueRules].map(({ code }) => code);

  test.each(rules)("%s is explained with why, fix, sources and an example", (code) => {
    expect(parts.filter((part) => explanations[code]?.[part] === undefined)).toEqual([]);
  });
});

describe("the files of an example", () => {
  test("are a fragment of clusters/demo.yaml where no line names one", () => {
    expect(filesOf("# a comment\ngateway: {}")).toEqual({
      "clusters/demo.yaml": "# a comment\ngateway: {}\n",
    });
  });

  test("begin at the lines that name them", () => {
    expect(filesOf("# clusters/a.yaml\na: 1\n# clusters/b.yaml\nb: 2")).toEqual({
      "clusters/a.yaml": "a: 1\n",
      "clusters/b.yaml": "b: 2\n",
    });
  });

  test("of objects are judged with the configuration of their cluster", () => {
    const object = "# dist/demo/gateway/x.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }";
    expect(problemsOf(object)).toEqual([]);
    expect(() => problemsOf("# dist/demo/gateway/x.yaml\n- a list")).toThrow("expected objects only");
  });
});
