import { expect, test } from "vitest";
import { explainHint } from "../../commands/explain-hint.ts";
import type { Problem } from "../../core/problem.ts";

const error = (code: string): Problem => ({ code, severity: "error", message: "" });

test("three codes at most, each once", () => {
  const codes = ["a/one", "a/two", "a/one", "a/three", "a/four"];
  expect(explainHint(codes.map(error))).toBe("meshfront explain a/one a/two a/three says more");
});

test("nothing where nothing is wrong, only warned of, or wrong on the command line", () => {
  expect(explainHint([error("usage/unknown-cluster")])).toBeUndefined();
  expect(explainHint([])).toBeUndefined();
  expect(explainHint([{ ...error("a/one"), severity: "warning" }])).toBeUndefined();
});
