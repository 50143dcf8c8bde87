import { isError, type Problem } from "../core/problem.ts";

/** More would be a list of what stands right above. */
const mostCodes = 3;

/**
 * The last line of a run on a terminal: how to read more about its errors. A warning is no reason for one in every run;
 * of a mistake on the command line the message has said all.
 */
export function explainHint(problems: readonly Problem[]): string | undefined {
  const errors = problems.filter((problem) => isError(problem) && !problem.code.startsWith("usage/"));
  const codes = new Set(errors.map(({ code }) => code));
  return codes.size === 0
    ? undefined
    : `meshfront explain ${[...codes].slice(0, mostCodes).join(" ")} says more`;
}
