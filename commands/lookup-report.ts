// What `lookup` tells about its choices: lines for people, keys for `--json`.
import type { Problem } from "../core/problem.ts";
import { isChosen } from "../facts/choice.ts";
import { type Change, compareLocks, describeAnswer } from "../facts/compare-lock.ts";
import { expiryWarnings } from "../facts/expiry.ts";
import { lockPath } from "../facts/read-lock.ts";
import { lookupCommand } from "../facts/resolve.ts";
import type { ClusterOutcome } from "../facts/settle-cluster.ts";
import type { LookupKeys } from "./results/lookup.ts";

/** Every candidate that was not taken, and why: no choice is silent. */
export const decisionLines = ({ cluster, decisions }: ClusterOutcome): readonly string[] =>
  decisions.flatMap(({ key, choice }) =>
    isChosen(choice)
      ? choice.losers.map(
          ({ name, reason }) => `${cluster.config.cluster.name}: ${key}: not taken: ${name}: ${reason}`,
        )
      : [],
  );

/** What a new lock file would change. */
export const changesOf = ({ cluster, decisions, lock }: ClusterOutcome): readonly Change[] =>
  lock === undefined
    ? []
    : compareLocks(cluster.oldLock, lock, new Map(decisions.map(({ key, choice }) => [key, choice])));

export function expiring({ cluster, lock }: ClusterOutcome, now: Date): readonly Problem[] {
  const { name } = cluster.config.cluster;
  return lock === undefined ? [] : expiryWarnings(lock, lockPath(name), now, lookupCommand(name));
}

/** Keys of the `--json` document. */
export const lookupJson = (outcomes: readonly ClusterOutcome[]): LookupKeys => ({
  clusters: outcomes.map((outcome) => ({
    name: outcome.cluster.config.cluster.name,
    file: lockPath(outcome.cluster.config.cluster.name),
    region: outcome.cluster.config.cluster.region,
    account: outcome.lock?.account ?? null,
    answers: outcome.decisions.flatMap(({ key, choice }) =>
      isChosen(choice)
        ? [
            {
              key,
              answer: describeAnswer(choice.answer),
              chosenBy: choice.answer.chosenBy,
              losers: choice.losers.map(({ name, reason }) => ({ name, reason })),
            },
          ]
        : [],
    ),
    changes: changesOf(outcome).map(({ key, text, isDifference }) => ({ key, text, isDifference })),
  })),
});
