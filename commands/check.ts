import { count } from "../core/count.ts";
import { isError, type Problem } from "../core/problem.ts";
import { expiryWarnings } from "../facts/expiry.ts";
import { lockPath } from "../facts/read-lock.ts";
import { lookupCommand } from "../facts/resolve.ts";
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
import { exitCodeOfErrors, planProject, problemsOf } from "./plan-output.ts";
import type { CheckKeys } from "./results/check.ts";
import { compareSurroundings, leavesArgocdWithNothing } from "./surroundings.ts";

/** Is the committed output what synth would write? Reads only. */
export const check: Command = {
  run: async (input: CommandInput): Promise<CommandResult> => {
    const { disk, root, options } = input;
    const project = refuseExamples(loadProject(input));
    const clusters = project.selected.length;
    const nothing: CheckKeys = { clusters, files: null, values: null };
    const notCompared = { summary: "not compared", json: nothing };
    if (project.exitCode !== exitCodes.clean) {
      return { exitCode: project.exitCode, problems: project.problems, ...notCompared };
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
    const problems = [
      ...project.problems.filter(({ code }) => ownValues.values === null || !measuredCodes.includes(code)),
      ...surroundings,
      ...project.selected.flatMap(expiring),
      ...ownValues.problems,
      ...objectProblems,
      ...obstacles,
      ...plans.flatMap(foldDifferences),
      ...foreignFolders,
    ];
    const files = `${count(upToDate, "file")} as synth would write them`;
    return {
      exitCode: firstOf([
        [...objectProblems, ...surroundings].some(isError) ? exitCodes.invalid : exitCodes.clean,
        obstacles.some(isError) ? exitCodeOfErrors(obstacles) : exitCodes.clean,
        differences.length > 0 ? exitCodes.different : exitCodes.clean,
      ]),
      problems,
      isRepeatable: problems.length === 0 && options.charts === undefined,
      summary: [count(clusters, "cluster"), files, ...summariseDifferences(counts)].join(", "),
      json,
    };
  },
};

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
