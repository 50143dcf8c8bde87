import { isError, type Problem } from "../config/problem.ts";

/** More would be a list of what stands right above. */
const mostCodes = 3;

/** The last line of a run on a terminal: how to read more about its errors. A warning is no reason for one in every run. */
export function explainHint(problems: readonly Problem[]): string | undefined {
  const codes = new Set(problems.filter(isError).map(({ code }) => code));
  return codes.size === 0
    ? undefined
    : `meshfront explain ${[...codes].slice(0, mostCodes).join(" ")} says more`;
}
