import { isError, type Problem } from "../config/problem.ts";
import { expiryWarnings } from "../facts/expiry.ts";
import { lockPath } from "../facts/read-lock.ts";
import { lookupCommand } from "../facts/resolve.ts";
import type { WriteReason } from "../manifests/compare-file.ts";
import { isUpToDate, type ScopePlan } from "../manifests/plan.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { loadProject, type ProjectCluster } from "./load-project.ts";
import { exitCodeOfErrors, planProject, problemsOf } from "./plan-output.ts";

/** Is the committed output what synth would write? Reads only. */
export const check: Command = {
  run: ({ root, words }: CommandInput): CommandResult => {
    const project = loadProject(root, words);
    if (project.exitCode !== exitCodes.clean) {
      return { exitCode: project.exitCode, problems: project.problems, summary: "not compared" };
    }
    const { plans, objectProblems } = planProject(root, project);
    const problems = [
      ...project.problems,
      ...project.selected.flatMap(expiring),
      ...objectProblems,
      ...problemsOf(plans),
      ...plans.flatMap(differences),
    ];
    if (objectProblems.some(isError)) {
      return { exitCode: exitCodes.invalid, problems, summary: "the output would be wrong" };
    }
    if (plans.every(isUpToDate)) {
      const files = plans.reduce((sum, plan) => sum + plan.unchanged, 0);
      return { exitCode: exitCodes.clean, problems, summary: `${files} files are what synth would write` };
    }
    const planErrors = problemsOf(plans).filter(isError);
    return {
      exitCode: planErrors.length > 0 ? exitCodeOfErrors(planErrors) : exitCodes.different,
      problems,
      summary: "the committed output differs from what synth would write",
    };
  },
};

const expiring = ({ config: { cluster }, lock }: ProjectCluster): readonly Problem[] =>
  lock === undefined
    ? []
    : expiryWarnings(lock, lockPath(cluster.name), new Date(), lookupCommand(cluster.name));

const found: Readonly<Record<WriteReason, string>> = {
  new: "is missing",
  missing: "was deleted",
  changed: "is out of date",
  edited: "was edited by hand",
  "line-endings": "has other line endings (git's autocrlf?)",
};

function differences(plan: ScopePlan): readonly Problem[] {
  const difference = (file: string, message: string): Problem => ({
    code: "output/different",
    severity: "error",
    message: `expected what synth would write; the file ${message}`,
    suggestion: "Run `meshfront synth`, read the diff and commit it.",
    file,
  });
  const { inventory, scope, writes, removals, leftovers } = plan;
  const isOnlyInventory = inventory.kind !== "none" && writes.length === 0 && removals.length === 0;
  return [
    ...writes.map(({ path, reason }) => difference(path, found[reason])),
    ...removals.map((path) => difference(path, "should be gone")),
    ...leftovers.map((path) => difference(path, "is the rest of an interrupted run")),
    ...(isOnlyInventory ? [difference(scope.inventoryPath, "does not list the files that are there")] : []),
  ];
}
