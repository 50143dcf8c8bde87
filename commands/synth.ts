import { isError, type Problem } from "../config/problem.ts";
import type { ScopePlan } from "../manifests/plan.ts";
import { lossProblem } from "../manifests/removal-guard.ts";
import { applyPlans, nodeFileSystem } from "../manifests/write.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { loadProject } from "./load-project.ts";
import { planProject } from "./plan-output.ts";

/** Config + facts -> dist/ and argocd/. A failure before the last step has changed nothing. */
export const synth: Command = {
  run: ({ root, words, options, progress }: CommandInput): CommandResult => {
    const project = loadProject(root, words);
    if (project.exitCode !== exitCodes.clean) {
      return { exitCode: project.exitCode, problems: project.problems, summary: "nothing written" };
    }
    const plans = planProject(root, project);
    const problems = [...project.problems, ...plans.flatMap((plan) => plan.problems)];
    const nothing = { problems, summary: "nothing written", json: filesOf(plans) };
    if (problems.some(isError)) return { ...nothing, exitCode: exitCodes.invalid };

    const losses = plans.flatMap((plan) => plan.losses);
    if (losses.length > 0 && options["allow-removal"] !== true) {
      return {
        ...nothing,
        exitCode: exitCodes.removalRefused,
        problems: [...problems, ...losses.map(lossProblem)],
      };
    }
    if (options["dry-run"] === true) {
      const summary = `${summarise(plans, project.selected.length)}; dry run, nothing written`;
      return {
        exitCode: exitCodes.clean,
        problems,
        summary,
        output: listChanges(plans),
        json: filesOf(plans),
      };
    }
    for (const { path, reason } of plans.flatMap((plan) => plan.writes)) {
      if (reason === "edited") progress(`restoring ${path}: it was edited by hand`);
    }
    const { problem } = applyPlans(nodeFileSystem, root, plans, { allowRemoval: true });
    return finish(plans, project.selected.length, problems, problem);
  },
};

function finish(
  plans: readonly ScopePlan[],
  clusters: number,
  problems: readonly Problem[],
  problem: Problem | undefined,
): CommandResult {
  const json = filesOf(plans);
  if (problem !== undefined) {
    return {
      exitCode: exitCodes.outside,
      problems: [...problems, problem],
      summary: "stopped by the disk",
      json,
    };
  }
  return { exitCode: exitCodes.clean, problems, summary: summarise(plans, clusters), json };
}

function summarise(plans: readonly ScopePlan[], clusters: number): string {
  const written = plans.flatMap((plan) => plan.writes).length;
  const removed = plans.flatMap((plan) => plan.removals).length;
  const unchanged = plans.reduce((sum, plan) => sum + plan.unchanged, 0);
  const of = clusters === 1 ? "1 cluster" : `${clusters} clusters`;
  return `${of}, ${written} files written, ${unchanged} unchanged, ${removed} removed`;
}

const listChanges = (plans: readonly ScopePlan[]): string =>
  plans
    .flatMap((plan) => [
      ...plan.writes.map(({ path, reason }) => `write ${path} (${reason})\n`),
      ...plan.removals.map((path) => `remove ${path}\n`),
    ])
    .join("");

const filesOf = (plans: readonly ScopePlan[]) => ({
  written: plans.flatMap((plan) => plan.writes.map(({ path, reason }) => ({ path, reason }))),
  removed: plans.flatMap((plan) => plan.removals),
  unchanged: plans.reduce((sum, plan) => sum + plan.unchanged, 0),
});
