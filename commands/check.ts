import { count } from "../core/count.ts";
import { isError, type Problem } from "../core/problem.ts";
import { expiryWarnings } from "../facts/expiry.ts";
import { lockPath } from "../facts/read-lock.ts";
import { lookupCommand, unusedProblem } from "../facts/resolve.ts";
import type { ScopePlan } from "../manifests/plan.ts";
import { unusedAcceptances, withoutAccepted } from "./accepted.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { exitCodes, firstOf } from "./exit-codes.ts";
import { loadProject, type Project, type ProjectCluster } from "./load-project.ts";
import {
  asDifference,
  countDifferences,
  findDifferences,
  foldDifferences,
  isObstacle,
  summariseDifferences,
} from "./output-differences.ts";
import { askAboutOwnValues, measuredCodes } from "./own-values.ts";
import { ownVersion } from "./own-version.ts";
import { exitCodeOfErrors, planProject, problemsOf } from "./plan-output.ts";
import type { CheckKeys } from "./results/check.ts";
import { failsStrictly } from "./strict.ts";
import { compareSurroundings, leavesArgocdWithNothing } from "./surroundings.ts";

/** Is the committed output what synth would write? Reads only. */
export const check: Command = {
  run: (input: CommandInput): Promise<CommandResult> => checkProject(input, loadProject(input)),
};

export async function checkProject(input: CommandInput, loaded: Project): Promise<CommandResult> {
  const { disk, root, options } = input;
  const project = refuseExamples(loaded);
  const clusters = project.selected.length;
  const nothing: CheckKeys = { clusters, files: null, values: null };
  const notCompared = { summary: "not compared", json: nothing };
  if (project.exitCode !== exitCodes.clean) {
    const problems = withoutAccepted(project.problems, project.selected);
    return { exitCode: project.exitCode, problems, ...notCompared };
  }
  const ownValues = await askAboutOwnValues(input, project.selected);
  if (ownValues.exitCode !== exitCodes.clean) {
    return { exitCode: ownValues.exitCode, problems: ownValues.problems, ...notCompared };
  }
  const { plans, objectProblems, folderProblems } = planProject(disk, root, project);
  const obstacles = problemsOf(plans).filter(isObstacle);
  const foreignFolders = folderProblems.map(asDifference);
  const differences = [...plans.flatMap(findDifferences), ...foreignFolders];
  const upToDate = plans.reduce((sum, { unchanged }) => sum + unchanged, 0);
  const counts = countDifferences(differences);
  const json: CheckKeys = { clusters, files: { upToDate, ...counts }, values: ownValues.values };
  const surroundings = compareSurroundings(disk, root, project.selected).map(
    (problem): Problem => (leavesArgocdWithNothing(problem) ? { ...problem, severity: "error" } : problem),
  );
  const all = [
    ...project.problems.filter(({ code }) => ownValues.values === null || !measuredCodes.includes(code)),
    ...surroundings,
    ...project.selected.flatMap(expiring),
    ...project.selected.flatMap(unused),
    ...ownValues.problems,
    ...objectProblems,
    ...obstacles,
    ...plans.flatMap(foldDifferences).map((problem) => withOtherVersion(problem, plans)),
    ...foreignFolders,
  ];
  const problems = [
    ...withoutAccepted(all, project.selected),
    ...(project.isWhole ? unusedAcceptances(all, project.selected) : []),
  ];
  const files = `${count(upToDate, "file")} as synth would write them`;
  return {
    exitCode: firstOf([
      [...objectProblems, ...surroundings].some(isError) ? exitCodes.invalid : exitCodes.clean,
      obstacles.some(isError) ? exitCodeOfErrors(obstacles) : exitCodes.clean,
      failsStrictly(problems, options) ? exitCodes.invalid : exitCodes.clean,
      differences.length > 0 ? exitCodes.different : exitCodes.clean,
    ]),
    problems,
    isRepeatable: problems.length === 0 && options.charts === undefined,
    summary: [count(clusters, "cluster"), files, ...summariseDifferences(counts)].join(", "),
    json,
  };
}

/** A tree that another version wrote may be out of date for no other reason. */
function withOtherVersion(problem: Problem, plans: readonly ScopePlan[]): Problem {
  const writer = plans.find(({ writtenBy }) => writtenBy !== undefined)?.writtenBy;
  const isByOther = writer !== undefined && writer !== ownVersion;
  if (!isByOther || !["output/stale", "output/inventory-stale"].includes(problem.code)) return problem;
  return {
    ...problem,
    message: `${problem.message}; meshfront ${writer} wrote the tree, this is ${ownVersion}`,
  };
}

const unused = ({ config, unusedAnswers }: ProjectCluster): readonly Problem[] =>
  unusedAnswers.length === 0 ? [] : [unusedProblem(lockPath(config.cluster.name), unusedAnswers)];

/** Output made of examples would be deployed, and nothing of it would work. */
function refuseExamples(project: Project): Project {
  if (!project.problems.some(({ code }) => code === "facts/example")) return project;
  return {
    ...project,
    problems: project.problems.map((problem) =>
      problem.code === "facts/example" ? { ...problem, severity: "error" } : problem,
    ),
    exitCode: firstOf([project.exitCode, exitCodes.facts]),
  };
}

const expiring = ({ config: { cluster }, lock }: ProjectCluster): readonly Problem[] =>
  lock === undefined
    ? []
    : expiryWarnings(lock, lockPath(cluster.name), new Date(), lookupCommand(cluster.name));
