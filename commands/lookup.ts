import type { LoadedCluster } from "../config/load.ts";
import { isError, type Problem } from "../core/problem.ts";
import { exampleProblem, isExample } from "../facts/example-lock.ts";
import type { LockFile } from "../facts/lock-schema.ts";
import { queriesOf } from "../facts/queries.ts";
import { lockPath, readEditedLock, readLock } from "../facts/read-lock.ts";
import { lookupCommand } from "../facts/resolve.ts";
import type { ClusterOutcome, LookupCluster } from "../facts/settle-cluster.ts";
import { writeLock } from "../facts/write-lock.ts";
import { type Asked, askAws, realWorld, type World } from "./ask-aws.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { isProblems, loadSelection } from "./load-project.ts";
import { reportCheck } from "./lookup-check.ts";
import { changesOf, decisionLines, expiring, lookupJson } from "./lookup-report.ts";
import { parseTimeout } from "./timeout-option.ts";

/** AWS -> clusters/<name>.lock.json. The only command that asks AWS. */
export const lookup: Command = { run: (input) => runLookup(input, realWorld) };

/** Nothing is written before every question of every cluster is answered. */
export async function runLookup(input: CommandInput, world: World): Promise<CommandResult> {
  const { options, progress, step } = input;
  const failed = (exitCode: CommandResult["exitCode"], problems: readonly Problem[]): CommandResult => ({
    exitCode,
    problems,
    summary: options.check === true ? "not compared" : "nothing written",
    json: lookupJson([]),
  });
  const timeoutSeconds = parseTimeout(options.timeout);
  if (typeof timeoutSeconds !== "number") return failed(exitCodes.invalid, [timeoutSeconds]);
  const selection = loadSelection(input);
  if (selection.problems.some(isError)) return failed(exitCodes.invalid, selection.problems);

  const isCheck = options.check === true;
  const read = selection.clusters.map((cluster) => toLookUp(input, cluster, isCheck));
  const before = [...selection.problems, ...read.flatMap(({ problems }) => problems)];
  if (before.some(isError)) return failed(isCheck ? exitCodes.facts : exitCodes.outside, before);

  const clusters = read.map(({ cluster }) => cluster);
  const profile = typeof options.profile === "string" ? options.profile : undefined;
  const isDebug = options.debug === true;
  const asked = await askAws({ clusters, profile, timeoutSeconds, isDebug, progress, step }, world);
  if ("timeout" in asked) return failed(exitCodes.timeout, [...before, asked.timeout]);
  for (const line of asked.outcomes.flatMap(decisionLines)) progress(line);
  return isCheck
    ? reportCheck(asked, before, world.now())
    : write(input, clusters, asked, before, world.now());
}

interface ReadCluster {
  readonly cluster: LookupCluster;
  readonly problems: readonly Problem[];
}

/** Without `--check` a lock file that cannot be used is replaced; what can be read of it is kept if AWS confirms it. */
function toLookUp(
  { disk, root }: CommandInput,
  { config, locate }: LoadedCluster,
  isCheck: boolean,
): ReadCluster {
  const { name, account } = config.cluster;
  const cluster = (oldLock: LockFile | undefined): LookupCluster => ({
    config,
    locate,
    oldLock,
    expectedAccount: account ?? (isCheck ? oldLock?.account : undefined),
  });
  if (isCheck) {
    const lock = readLock(disk, root, name);
    if (isProblems(lock)) return { cluster: cluster(undefined), problems: lock };
    if (lock !== undefined && isExample(lock)) {
      const problem = exampleProblem(lockPath(name), lookupCommand(name));
      return { cluster: cluster(undefined), problems: [{ ...problem, severity: "error" }] };
    }
    const isMissing = lock === undefined && queriesOf(config).length > 0;
    return { cluster: cluster(lock), problems: isMissing ? [missingLock(name)] : [] };
  }
  const read = readEditedLock(disk, root, name);
  if (isProblems(read)) return { cluster: cluster(undefined), problems: read.map(replaced) };
  if (read !== undefined && isExample(read.lock)) return { cluster: cluster(undefined), problems: [] };
  // The choices of another cluster are nothing to keep.
  const isOwn = read?.lock.cluster === config.cluster.eksName;
  return { cluster: cluster(isOwn ? read.lock : undefined), problems: read?.isEdited ? [edited(name)] : [] };
}

const missingLock = (name: string): Problem => ({
  code: "facts/missing-lock",
  severity: "error",
  message: `expected ${lockPath(name)} to compare with AWS, found no such file`,
  suggestion: `Run \`${lookupCommand(name)}\` and commit the file.`,
});

/** A file that the operating system keeps back stays an error; any other is written anew. */
const replaced = (problem: Problem): Problem =>
  problem.code === "facts/unreadable-file"
    ? problem
    : {
        ...problem,
        severity: "warning",
        suggestion: "It is written anew, and nothing is kept of it: read the diff before you commit.",
      };

const edited = (name: string): Problem => ({
  code: "facts/edited",
  severity: "warning",
  message:
    "expected the answers that `lookup` wrote, found others (an edit by hand, or a merge of two branches)",
  suggestion: "It is written anew; what AWS confirms of it is kept.",
  file: lockPath(name),
});

function write(
  { root, progress }: CommandInput,
  clusters: readonly LookupCluster[],
  { outcomes, failures }: Exclude<Asked, { timeout: Problem }>,
  before: readonly Problem[],
  now: Date,
): CommandResult {
  const problems = [
    ...before,
    ...failures,
    ...outcomes.flatMap(({ refused, unusable, warnings }) => [
      ...refused.map(({ problem }) => problem),
      ...unusable,
      ...warnings,
    ]),
    ...outcomes.flatMap((outcome) => expiring(outcome, now)),
  ];
  const json = lookupJson(outcomes);
  if (problems.some(isError)) {
    return { exitCode: exitCodes.outside, problems, summary: "nothing written", json };
  }
  const locks = new Map<string, ClusterOutcome>(
    outcomes.map((outcome) => [nameOf(outcome.cluster), outcome]),
  );
  const counts = { written: 0, unchanged: 0, removed: 0 };
  for (const cluster of clusters) {
    const name = nameOf(cluster);
    const outcome = locks.get(name);
    const result = writeLock(root, name, outcome?.lock);
    if (typeof result !== "string") {
      return {
        exitCode: exitCodes.outside,
        problems: [...problems, result],
        summary: "stopped by the disk",
        json,
      };
    }
    counts[result] += 1;
    const changes = outcome === undefined ? [] : changesOf(outcome);
    for (const { key, text } of changes) progress(`${name}: ${key}: ${text}`);
    if (result === "removed") progress(`${name}: removed ${lockPath(name)}: nothing asks AWS`);
  }
  return { exitCode: exitCodes.clean, problems, summary: summarise(outcomes, counts), json };
}

const nameOf = ({ config }: LookupCluster): string => config.cluster.name;

function summarise(
  outcomes: readonly ClusterOutcome[],
  { written, unchanged, removed }: Readonly<Record<"written" | "unchanged" | "removed", number>>,
): string {
  const answers = outcomes.reduce((sum, { decisions }) => sum + decisions.length, 0);
  const files = written === 1 ? "1 lock file written" : `${written} lock files written`;
  return `${answers} answers; ${files}, ${unchanged} unchanged, ${removed} removed`;
}
