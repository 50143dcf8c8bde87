import { expect, it } from "vitest";
import { formatProblem } from "../../core/problem.ts";

const problem = { code: "alb/name-length", severity: "error", message: "too long" } as const;

it("a problem is one line, with the advice below it", () => {
  const place = { file: "clusters/demo.yaml", line: 12, column: 7 };
  expect(formatProblem({ ...problem, ...place, suggestion: "Shorten it." })).toBe(
    "clusters/demo.yaml:12:7 error alb/name-length: too long\n  Shorten it.",
  );
});

it("a problem without a place begins with its severity", () => {
  expect(formatProblem(problem)).toBe("error alb/name-length: too long");
  expect(formatProblem({ ...problem, severity: "warning", file: "a.yaml" })).toBe(
    "a.yaml warning alb/name-length: too long",
  );
});
