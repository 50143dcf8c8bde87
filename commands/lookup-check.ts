// `lookup --check`: what AWS says now, against the lock files. Reads only.
import { count } from "../core/count.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { LookupResult } from "../facts/lookup.ts";
import { lockPath } from "../facts/read-lock.ts";
import { lookupCommand } from "../facts/resolve.ts";
import type { ClusterOutcome } from "../facts/settle-cluster.ts";
import type { CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { changesOf, expiring, lookupJson } from "./lookup-report.ts";

/** Exit code 4 with every difference; 5 if AWS could not be asked, or answered as it does in the wrong account. */
export function reportCheck(
  { outcomes, failures }: LookupResult,
  before: readonly Problem[],
  now: Date,
): CommandResult {
  const silent = outcomes.flatMap(({ refused, isAccountConfirmed }) =>
    refused.filter(({ refusal }) => refusal.isEmpty && !isAccountConfirmed).map(({ problem }) => problem),
  );
  const differences = outcomes.flatMap((outcome) => differencesOf(outcome, now));
  const warnings = outcomes.flatMap((outcome) => outcome.warnings);
  const problems = [...before, ...failures, ...silent, ...differences, ...warnings];
  const json = lookupJson(outcomes);
  if ([...failures, ...silent].some(isError)) {
    return { exitCode: exitCodes.outside, problems, summary: "not compared", json };
  }
  if (differences.length > 0) {
    const found = count(differences.length, "difference");
    return { exitCode: exitCodes.facts, problems, summary: `${found} between the lock files and AWS`, json };
  }
  const answers = outcomes.reduce((sum, { decisions }) => sum + decisions.length, 0);
  return { exitCode: exitCodes.clean, problems, summary: `${answers} answers are what AWS says`, json };
}

function differencesOf(outcome: ClusterOutcome, now: Date): readonly Problem[] {
  const { name } = outcome.cluster.config.cluster;
  const { isAccountConfirmed, refused } = outcome;
  const changed = changesOf(outcome)
    .filter(({ isDifference }) => isDifference)
    .map(
      ({ key, text }): Problem => ({
        code: "lookup/different",
        severity: "error",
        message: `expected AWS to say what the lock file says; ${key}: ${text}`,
        suggestion: `Run \`${lookupCommand(name)}\`, read the diff and commit it.`,
        file: lockPath(name),
        path: key,
      }),
    );
  const gone = refused
    .filter(({ refusal }) => !refusal.isEmpty || isAccountConfirmed)
    .map(({ problem }) => problem);
  const expiringSoon = expiring(outcome, now).map((problem): Problem => ({ ...problem, severity: "error" }));
  return [...changed, ...gone, ...outcome.unusable, ...expiringSoon];
}
