import { resolve } from "node:path";
import { nameOfFile } from "../config/name-of-file.ts";
import { count } from "../core/count.ts";
import { isError } from "../core/problem.ts";
import { sharedScope } from "../manifests/inventory.ts";
import { changesNothing, type ScopePlan } from "../manifests/plan.ts";
import { type Loss, lossProblem } from "../manifests/removal-guard.ts";
import { applyPlans, nodeFileSystem } from "../manifests/write.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { loadProject } from "./load-project.ts";
import { mirrorForCdk8s } from "./mirror-for-cdk8s.ts";
import { exitCodeOfErrors, planProject, problemsOf, renderProject } from "./plan-output.ts";
import { protectedLoadBalancers } from "./protected-load-balancers.ts";
import type { SynthKeys } from "./results/synth.ts";
import { compareSurroundings } from "./surroundings.ts";

/** Config + facts -> dist/ and argocd/. A failure before the last step has changed nothing. */
export const synth: Command = {
  run: (input: CommandInput): CommandResult => {
    const { disk, root, options, progress } = input;
    const project = loadProject(input);
    if (project.exitCode !== exitCodes.clean) {
      const json = jsonOf([], false);
      return { exitCode: project.exitCode, problems: project.problems, summary: "nothing written", json };
    }
    const { plans, objectProblems, folderProblems } = planProject(disk, root, project);
    const problems = [
      ...project.problems,
      ...compareSurroundings(disk, root, project.selected),
      ...objectProblems,
      ...problemsOf(plans),
      ...folderProblems,
    ];
    const nothing = { problems, summary: "nothing written", json: jsonOf(plans, false) };
    if (problems.some(isError)) return { ...nothing, exitCode: exitCodeOfErrors(problems) };

    const losses = plans.flatMap((plan) => plan.losses);
    problems.push(...protectedLoadBalancers(disk, root, losses));
    if (losses.length > 0 && options["allow-removal"] !== true) {
      return {
        ...nothing,
        exitCode: exitCodes.removalRefused,
        problems: [...problems, ...worthTelling(losses).map(lossProblem)],
      };
    }
    const summary = summarise(plans, project.selected.length);
    const done = { exitCode: exitCodes.clean, problems, summary, json: jsonOf(plans, true) };
    if (options["dry-run"] === true) {
      const output = listChanges(plans);
      return {
        ...nothing,
        exitCode: exitCodes.clean,
        summary: `${summary}; dry run, nothing written`,
        output,
      };
    }
    for (const { path, reason } of plans.flatMap((plan) => plan.writes)) {
      if (reason.startsWith("edited")) progress(`restoring ${path}: it was edited by hand`);
    }
    const { problem } = applyPlans(nodeFileSystem, root, plans, { allowRemoval: true });
    if (problem !== undefined) {
      return {
        ...nothing,
        exitCode: exitCodes.outside,
        problems: [...problems, problem],
        summary: "stopped by the disk",
      };
    }
    // cdk8s names its output folder in this variable, relative to where it runs us.
    const folder = process.env.CDK8S_OUTDIR ?? "";
    if (folder === "") return { ...done, isRepeatable: problems.length === 0 && plans.every(changesNothing) };
    const mirrorProblem = mirrorForCdk8s(root, resolve(folder), renderProject(disk, project));
    if (mirrorProblem === undefined) return done;
    return { ...done, exitCode: exitCodeOfErrors([mirrorProblem]), problems: [...problems, mirrorProblem] };
  },
};

/** Where all of a cluster goes, that says more than each of its objects. */
function worthTelling(losses: readonly Loss[]): readonly Loss[] {
  const gone = new Set(losses.filter(({ kind }) => kind === "scope").map(({ path }) => path));
  const folderOf = (path: string): string => {
    const [top, name = ""] = path.split("/");
    return top === sharedScope.folder ? clusterFolder(nameOfFile(name)) : clusterFolder(name);
  };
  return losses.filter(({ kind, path }) => kind === "scope" || !gone.has(folderOf(path)));
}

const clusterFolder = (name: string): string => `dist/${name}`;

function summarise(plans: readonly ScopePlan[], clusters: number): string {
  const written = plans.flatMap((plan) => plan.writes).length;
  const removed = plans.flatMap((plan) => plan.removals).length;
  const unchanged = plans.reduce((sum, plan) => sum + plan.unchanged, 0);
  const files = `${count(written, "file")} written, ${unchanged} unchanged, ${removed} removed`;
  return `${count(clusters, "cluster")}, ${files}`;
}

const listChanges = (plans: readonly ScopePlan[]): string =>
  plans
    .flatMap((plan) => [
      ...plan.writes.map(({ path, reason }) => `write ${path} (${reason})\n`),
      ...plan.removals.map((path) => `remove ${path}\n`),
    ])
    .join("");

const jsonOf = (plans: readonly ScopePlan[], applied: boolean): SynthKeys => ({
  applied,
  written: plans.flatMap((plan) => plan.writes.map(({ path, reason }) => ({ path, reason }))),
  removed: plans.flatMap((plan) => plan.removals),
  unchanged: plans.reduce((sum, plan) => sum + plan.unchanged, 0),
});
