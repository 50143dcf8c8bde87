import { describe, expect, it } from "vitest";
import { valueRules } from "../../../config/live-values/value-rules.ts";
import { formatProblem, isError } from "../../../core/problem.ts";
import { explanations } from "../../../explanations/index.ts";
import { dedent, loadFragment } from "../minimal-cluster.ts";
import { valueCases } from "./value-rules.cases.ts";

/** Errors, and what the rules on values say; other warnings have tests of their own. */
const checked = (fragment: string): string =>
  loadFragment(fragment)
    .problems.filter((problem) => isError(problem) || codes.includes(problem.code))
    .map(formatProblem)
    .join("\n");

const codes = valueRules.map(({ code }) => code);

describe("rules on values that the charts do not read", () => {
  for (const { code, title, fails, problems, passes } of valueCases) {
    it(`${code} ${title}`, () => {
      expect(checked(fails)).toBe(dedent(problems));
      expect(problems).toContain(` ${code}: `);
      expect(checked(passes)).toBe("");
    });
  }

  it("have an example each", () => {
    const withExample = new Set(valueCases.map(({ code }) => code));
    expect(valueRules.filter(({ code }) => !withExample.has(code))).toEqual([]);
  });

  it.each(valueRules.map(({ code }) => code))("%s is explained by examples that hold", (code) => {
    const { example } = explanations[code] ?? {};
    expect(checked(example?.fails ?? "")).toContain(` ${code}: `);
    expect(checked(example?.passes ?? "")).toBe("");
  });

  it("are warnings: a value without effect is no reason not to build", () => {
    expect(new Set(valueRules.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
  });
});
