// Stage 2: what AWS said -> the lock file of one cluster, or what is wrong. Pure.
import type { Config } from "../config/config.ts";
import { formatPath } from "../core/format-value.ts";
import { isError, type Position, type Problem } from "../core/problem.ts";
import type { Path } from "../core/yaml-source.ts";
import { type AccountSeen, accountSeen } from "./account-guard.ts";
import type { AwsContext } from "./aws-failure.ts";
import { isChosen, type Refused } from "./choice.ts";
import { chooseAnswers, type Decision, ownVpcId } from "./choose-answers.ts";
import type { Answer, LockFile } from "./lock-schema.ts";
import { lockFormatVersion } from "./lock-schema.ts";
import type { Observed } from "./observed.ts";
import { queriesOf } from "./queries.ts";
import { resolve } from "./resolve.ts";

/** One cluster to look up. */
export interface LookupCluster {
  readonly config: Config;
  readonly locate: (path: Path) => Position;
  /** What it keeps if AWS still confirms it. */
  readonly oldLock: LockFile | undefined;
  /** Undefined: AWS says which account it is. */
  readonly expectedAccount: string | undefined;
}

export interface ClusterOutcome {
  readonly cluster: LookupCluster;
  readonly decisions: readonly Decision[];
  /** Choices that could not be made. */
  readonly refused: readonly { readonly problem: Problem; readonly refusal: Refused }[];
  /** AWS's account is the expected one, or the one in the old lock file. An empty answer is then a true one. */
  readonly isAccountConfirmed: boolean;
  /** The answers that there are. Undefined: nothing to ask, or the account is unknown or another. */
  readonly lock: LockFile | undefined;
  readonly warnings: readonly Problem[];
  /** Why `synth` would refuse the lock file although every choice was made. */
  readonly unusable: readonly Problem[];
}

export interface SettleContext {
  /** Account that the credentials themselves name, where they do. */
  readonly identity: string | undefined;
  readonly contextOf: (region: string, account: string | undefined) => AwsContext;
  readonly now: Date;
}

/** The outcome of one cluster, or why the credentials are refused for it. */
export function settleCluster(
  cluster: LookupCluster,
  observed: Observed,
  { contextOf, identity, now }: SettleContext,
): ClusterOutcome | { readonly failure: Problem } {
  const { config, oldLock, expectedAccount } = cluster;
  if (queriesOf(config).length === 0) return withoutQuestions(cluster);
  const { region } = config.cluster;
  const seen = accountSeen(config, ownVpcId(config, observed), observed, identity);
  const context = contextOf(region, seen?.account);
  if (seen !== undefined && expectedAccount !== undefined && seen.account !== expectedAccount) {
    return { failure: wrongAccount(cluster, seen, context) };
  }
  const where = `in ${region} with ${context.who}`;
  const decisions = chooseAnswers({ config, observed, oldLock, now, where });
  const account = seen?.account ?? expectedAccount;
  const isComplete = decisions.length > 0 && decisions.every(({ choice }) => isChosen(choice));
  if (account === undefined && isComplete) return { failure: unknownAccount(cluster, context) };
  const lock = account === undefined ? undefined : lockOf(config, account, decisions);
  return {
    cluster,
    decisions,
    refused: decisions.flatMap(({ path, choice }) =>
      isChosen(choice) ? [] : [{ refusal: choice, problem: refusalProblem(cluster, path, choice) }],
    ),
    isAccountConfirmed: seen !== undefined && seen.account === expectedAccount,
    lock,
    warnings: decisions.flatMap(({ path, choice }) =>
      isChosen(choice) ? choice.warnings.map((text) => zoneLeftOut(cluster, path, text)) : [],
    ),
    unusable: lock !== undefined && isComplete ? refusedBySynth(cluster, lock) : [],
  };
}

const withoutQuestions = (cluster: LookupCluster): ClusterOutcome => ({
  cluster,
  decisions: [],
  refused: [],
  isAccountConfirmed: false,
  lock: undefined,
  warnings: [],
  unusable: [],
});

/** `synth` would send people back here, for ever: such as several certificates that leave a host uncovered together. */
const refusedBySynth = ({ config, locate }: LookupCluster, lock: LockFile): readonly Problem[] =>
  resolve({ config, locate, lock, lockName: "the new lock file" })
    .problems.filter(isError)
    .map((problem) => ({
      ...problem,
      suggestion: "Correct the configuration, or what stands in AWS: asking again finds the same.",
    }));

function lockOf({ cluster }: Config, account: string, decisions: readonly Decision[]): LockFile {
  const answers = decisions.flatMap(({ key, choice }): [string, Answer][] =>
    isChosen(choice) ? [[key, choice.answer]] : [],
  );
  return {
    formatVersion: lockFormatVersion,
    generatedBy: "meshfront lookup",
    cluster: cluster.eksName,
    account,
    region: cluster.region,
    answers: Object.fromEntries(answers),
  };
}

function refusalProblem({ locate }: LookupCluster, path: Path, refusal: Refused): Problem {
  const { code, message, suggestion } = refusal;
  return { code, severity: "error", message, suggestion, ...locate(path), path: formatPath(path) };
}

function wrongAccount(
  { config, locate, expectedAccount }: LookupCluster,
  { account, seenIn }: AccountSeen,
  { who, region }: AwsContext,
): Problem {
  const path = config.cluster.account === undefined ? ["cluster"] : ["cluster", "account"];
  return {
    code: "lookup/wrong-account",
    severity: "error",
    message: `expected credentials of account ${expectedAccount}, found ${who}: ${account} answers in ${region} (${seenIn})`,
    suggestion:
      "Name a profile of the right account with --profile, or correct cluster.account. Clusters of several accounts are looked up one account at a time.",
    ...locate(path),
    path: formatPath(path),
  };
}

/** AWS names an owner in every answer; what stands in for it in a test may not. */
const unknownAccount = ({ locate }: LookupCluster, { region, who }: AwsContext): Problem => ({
  code: "lookup/unknown-account",
  severity: "error",
  message: `expected answers that name their account, found none in ${region} with ${who}`,
  suggestion: "Set cluster.account.",
  ...locate(["cluster"]),
  path: "cluster",
});

const zoneLeftOut = ({ locate }: LookupCluster, path: Path, message: string): Problem => ({
  code: "lookup/zone-left-out",
  severity: "warning",
  message,
  suggestion: "Free addresses in that subnet, or add one to the zone; then run this again.",
  ...locate(path),
  path: formatPath(path),
});
