import { resolve } from "node:path";
import { nameOfFile } from "../config/name-of-file.ts";
import { count } from "../core/count.ts";
import { isError, type Problem } from "../core/problem.ts";
import { type Allowed, allowedNameProblems, isAllowed, namesOf } from "../manifests/allowed-losses.ts";
import { sharedScope } from "../manifests/inventory.ts";
import { changesNothing, type ScopePlan } from "../manifests/plan.ts";
import { type Loss, lossProblem } from "../manifests/removal-guard.ts";
import { applyPlans, nodeFileSystem } from "../manifests/write.ts";
import { withoutAccepted } from "./accepted.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import {
  type DroppedAnswers,
  describeDropped,
  droppedAnswers,
  dropUnusedAnswers,
} from "./drop-unused-answers.ts";
import { exitCodes, firstOf } from "./exit-codes.ts";
import { loadProject, loadSelection, type Project } from "./load-project.ts";
import { mirrorForCdk8s } from "./mirror-for-cdk8s.ts";
import { whileNobodyElseWrites, whileSignalsWait } from "./one-writer.ts";
import { exitCodeOfErrors, planProject, problemsOf, renderProject } from "./plan-output.ts";
import { protectedLoadBalancers } from "./protected-load-balancers.ts";
import { replacedLoadBalancers } from "./replaced-load-balancers.ts";
import type { SynthKeys } from "./results/synth.ts";
import { failsStrictly } from "./strict.ts";
import { compareSurroundings } from "./surroundings.ts";

/** Config + facts -> dist/ and argocd/. A failure before the last step has changed nothing. */
export const synth: Command = {
  run: (input: CommandInput): CommandResult => {
    const project = loadProject(input);
    if (project.exitCode === exitCodes.clean) return synthesise(input, project);
    return input.options["keep-going"] === true
      ? (withoutBroken(input, project) ?? refused(project))
      : refused(project);
  },
};

/** Another run may write meanwhile: what is there is read when nobody else writes. */
function synthesise(input: CommandInput, project: Project): CommandResult {
  const run = () => {
    const planned = planOutput(input, project);
    return stopBeforeWriting(planned, input) ?? writeOutput(planned, input);
  };
  if (input.options["dry-run"] === true) return run();
  const result = whileNobodyElseWrites(input.root, input.progress, run);
  if (!("code" in result)) return result;
  return {
    exitCode: exitCodes.outside,
    problems: [...withoutAccepted(project.problems, project.selected), result],
    summary: nothingWritten,
    json: jsonOf(noChanges, false),
  };
}

const refused = (project: Project): CommandResult => ({
  exitCode: project.exitCode,
  problems: withoutAccepted(project.problems, project.selected),
  summary: nothingWritten,
  json: jsonOf(noChanges, false),
});

/**
 * --keep-going: all clusters but those that an error is about, whose output stays as it is. Undefined where an error is
 * about no single cluster, such as one in defaults.yaml.
 */
function withoutBroken(input: CommandInput, project: Project): CommandResult | undefined {
  const errors = project.problems.filter(isError);
  const broken = new Set(errors.map(({ file }) => clusterOf(file)));
  if (broken.has(undefined) || broken.has("defaults")) return undefined;
  const { clusters } = loadSelection(input);
  const words = clusters.map(({ config }) => nameOfFile(config.file)).filter((name) => !broken.has(name));
  if (words.length === 0) return undefined;
  const others = { ...input, words, options: { ...input.options, ...noSelection } };
  const rest = loadProject(others);
  if (rest.exitCode !== exitCodes.clean) return undefined;
  const done = synthesise(others, rest);
  const said = withoutAccepted(errors, project.selected);
  return {
    ...done,
    exitCode: firstOf([project.exitCode, done.exitCode]),
    problems: [...said, ...done.problems],
    summary: `${done.summary}; ${count(broken.size, "broken cluster")} left alone`,
    isRepeatable: false,
  };
}

/** Names take the place of what selected them. */
const noSelection = { selector: undefined, shard: undefined, "affected-by": undefined };

const clusterOf = (file = ""): string | undefined =>
  /^clusters\/([^/]+?)(?:\.lock\.json|\.yaml)$/.exec(file)?.[1];

const nothingWritten = "nothing written";

/** All that would be done, and what is said of it. */
interface Planned {
  readonly project: Project;
  readonly plans: readonly ScopePlan[];
  readonly problems: readonly Problem[];
  readonly losses: readonly Loss[];
  readonly dropped: readonly DroppedAnswers[];
}

function planOutput({ disk, root }: CommandInput, project: Project): Planned {
  const { plans, objectProblems, folderProblems } = planProject(disk, root, project);
  const losses = [...plans.flatMap((plan) => plan.losses), ...replacedLoadBalancers(disk, root, plans)];
  const found = [
    ...project.problems,
    ...compareSurroundings(disk, root, project.selected),
    ...objectProblems,
    ...problemsOf(plans),
    ...folderProblems,
  ];
  const problems = found.some(isError) ? found : [...found, ...protectedLoadBalancers(disk, root, losses)];
  return {
    project,
    plans,
    problems: withoutAccepted(problems, project.selected),
    losses,
    dropped: droppedAnswers(project.selected),
  };
}

/** Where nothing is to be written: a mistake, a loss that nobody allowed, a dry run. */
function stopBeforeWriting(planned: Planned, { options }: CommandInput): CommandResult | undefined {
  const { project, plans, problems, losses, dropped } = planned;
  const nothing = { problems, summary: nothingWritten, json: jsonOf(planned, false) };
  if (problems.some(isError)) return { ...nothing, exitCode: exitCodeOfErrors(problems) };

  const { refused, misnamed } = judgeLosses(losses, options);
  if (misnamed.length > 0) {
    return { ...nothing, exitCode: exitCodes.invalid, problems: [...problems, ...misnamed] };
  }
  const isDryRun = options["dry-run"] === true;
  const output = isDryRun ? { output: listChanges(plans, dropped) } : {};
  if (refused.length > 0) {
    const told = worthTelling(refused).map((loss) => lossProblem(loss, namesOf(loss)[0] ?? ""));
    return { ...nothing, exitCode: exitCodes.removalRefused, problems: [...problems, ...told], ...output };
  }
  if (isDryRun) {
    const summary = `${summarise(plans, project.selected.length)}; dry run, nothing written`;
    return { ...nothing, exitCode: exitCodes.clean, summary, ...output };
  }
  return failsStrictly(problems, options) ? { ...nothing, exitCode: exitCodes.invalid } : undefined;
}

function writeOutput(planned: Planned, { disk, root, progress }: CommandInput): CommandResult {
  const { project, plans, problems, dropped } = planned;
  for (const { path, reason } of plans.flatMap((plan) => plan.writes)) {
    if (reason.startsWith("edited")) progress(`restoring ${path}: it was edited by hand`);
  }
  const { problem = dropUnusedAnswers(root, project.selected) } = whileSignalsWait(() =>
    applyPlans(nodeFileSystem, root, plans, { allowRemoval: true }),
  );
  if (problem !== undefined) {
    return {
      exitCode: exitCodes.outside,
      problems: [...problems, problem],
      summary: "stopped by the disk",
      json: jsonOf(planned, false),
    };
  }
  for (const one of dropped) progress(describeDropped(one));
  const summary = summarise(plans, project.selected.length);
  const done = { exitCode: exitCodes.clean, problems, summary, json: jsonOf(planned, true) };
  // cdk8s names its output folder in this variable, relative to where it runs us.
  const folder = process.env.CDK8S_OUTDIR ?? "";
  if (folder === "") {
    const saysNothing = problems.length === 0 && dropped.length === 0;
    return { ...done, isRepeatable: saysNothing && plans.every(changesNothing) };
  }
  const mirrorProblem = mirrorForCdk8s(root, resolve(folder), renderProject(disk, project));
  if (mirrorProblem === undefined) return done;
  return { ...done, exitCode: exitCodeOfErrors([mirrorProblem]), problems: [...problems, mirrorProblem] };
}

/** What nobody allowed to go; and names that allow nothing. */
function judgeLosses(losses: readonly Loss[], options: CommandInput["options"]) {
  const namesIn = (option: string): Allowed => {
    const value = options[option];
    return value === true ? [""] : Array.isArray(value) ? value : undefined;
  };
  const isReplacement = ({ kind }: Loss): boolean => kind === "replacement";
  const groups = [
    { option: "allow-removal", losses: losses.filter((loss) => !isReplacement(loss)) },
    { option: "allow-replacement", losses: losses.filter(isReplacement) },
  ];
  return {
    refused: groups.flatMap((group) =>
      group.losses.filter((loss) => !isAllowed(loss, namesIn(group.option))),
    ),
    misnamed: groups.flatMap((group) =>
      allowedNameProblems(group.option, namesIn(group.option), group.losses),
    ),
  };
}

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

const listChanges = (plans: readonly ScopePlan[], dropped: readonly DroppedAnswers[]): string =>
  [
    ...plans.flatMap((plan) => [
      ...plan.writes.map(({ path, reason }) => `write ${path} (${reason})`),
      ...plan.removals.map((path) => `remove ${path}`),
    ]),
    ...dropped.map(describeDropped),
  ]
    .map((line) => `${line}\n`)
    .join("");

const noChanges: Pick<Planned, "plans" | "dropped"> = { plans: [], dropped: [] };

const jsonOf = ({ plans, dropped }: Pick<Planned, "plans" | "dropped">, applied: boolean): SynthKeys => ({
  applied,
  written: plans.flatMap((plan) => plan.writes.map(({ path, reason }) => ({ path, reason }))),
  removed: plans.flatMap((plan) => plan.removals),
  unchanged: plans.reduce((sum, plan) => sum + plan.unchanged, 0),
  dropped,
});
