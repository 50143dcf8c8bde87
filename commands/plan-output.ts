// What synth and check share: a loaded project -> the plan of what the disk would need.
import { argocdConfigMapPath, buildArgocd, buildCluster } from "../charts/cluster.ts";
import type { Config } from "../config/config.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { isOwnManifest, manifestFileName } from "../config/own-manifests.ts";
import { show, visible } from "../core/format-value.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { parseObjects } from "../manifests/diff/parse-objects.ts";
import { identityOf } from "../manifests/identity.ts";
import { clusterScope, sharedScope } from "../manifests/inventory.ts";
import { type DesiredScope, planScope, type ScopePlan } from "../manifests/plan.ts";
import { listNamelessFolders, listOrphanedScopes, readScope } from "../manifests/read-output.ts";
import { type RenderedFile, render } from "../manifests/render.ts";
import { validateObjects } from "../manifests/validate-objects.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Project } from "./load-project.ts";
import { ownVersion } from "./own-version.ts";
import { readPrograms } from "./read-programs.ts";

/** A scope as it should be, with the objects in its files and the configurations they come from. */
export interface RenderedScope extends DesiredScope {
  readonly files: readonly RenderedFile[];
  readonly configs: readonly Config[];
  /** Files of another scope that rules on these objects look at. */
  readonly elsewhere: readonly RenderedFile[];
}

/** Renders what the selected clusters should have, one after the other: a fleet need not be in memory at once. */
export function* renderProject(
  disk: ReadFileSystem,
  { selected, allConfigs, isWhole, step }: Project,
): Generator<RenderedScope> {
  const programs = readPrograms(disk);
  for (const [index, { config, facts, ownObjects }] of selected.entries()) {
    step?.(index + 1, selected.length, config.cluster.name);
    const files = render(buildCluster(config, facts, programs, ownObjects), (path) => sourceIn(config, path));
    const elsewhere =
      config.argocd.managedBy === "eks"
        ? render(
            buildArgocd([config], programs, () => ownObjects),
            sourceOf,
          )
        : [];
    yield { scope: clusterScope(config.cluster.name), files, configs: [config], elsewhere };
  }
  const names = new Set(selected.map(({ config }) => config.cluster.name));
  const isWanted = (path: string) =>
    path === argocdConfigMapPath || names.has(path.slice("argocd/".length, -".yaml".length));
  const ownObjects = new Map(selected.map((cluster) => [cluster.config, cluster.ownObjects]));
  const shared = render(
    buildArgocd(allConfigs, programs, (config) => ownObjects.get(config) ?? new Map()),
    sourceOf,
  );
  const files = shared.filter(({ path }) => isWanted(path));
  yield {
    scope: sharedScope,
    files,
    configs: allConfigs,
    elsewhere: [],
    partial: !isWhole,
    writtenBy: ownVersion,
  };
}

/** The same where the configuration is known: what people brought is called after theirs. */
function sourceIn(config: Config, path: string): string {
  const manifest = isOwnManifest(path)
    ? config.manifests.find((each) => path.endsWith(`/${manifestFileName(each.path)}`))
    : undefined;
  if (manifest === undefined) return config.file;
  return manifest.isChart ? `the chart ${manifest.path} of this project's own program` : manifest.path;
}

/** What a person edits instead of a file of the output. */
export function sourceOf(path: string): string {
  if (path === argocdConfigMapPath) return "the key argocd in clusters/";
  const [, name = ""] = path.split("/");
  if (isOwnManifest(path)) return `what \`manifests\` in clusters/${name}.yaml names, or a chart of your own`;
  return `clusters/${nameOfFile(name)}.yaml`;
}

export interface PlannedProject {
  readonly plans: readonly ScopePlan[];
  /** What is wrong with the objects that would be written. */
  readonly objectProblems: readonly Problem[];
  /** Folders in `dist/` that can be no cluster's. */
  readonly folderProblems: readonly Problem[];
}

/** Judges the objects and compares with the disk. A run over all clusters also plans the end of those that have no file any more. */
export function planProject(disk: ReadFileSystem, root: string, project: Project): PlannedProject {
  const plan = (desired: DesiredScope) => planScope(desired, readScope(disk, root, desired), identitiesOf);
  const plans: ScopePlan[] = [];
  const objectProblems: Problem[] = [];
  // A plan keeps the text of what changes only.
  for (const desired of renderProject(disk, project)) {
    objectProblems.push(...validateObjects(desired.files, desired.configs, desired.elsewhere));
    plans.push(plan(desired));
  }
  if (!project.isWhole) return { plans, objectProblems, folderProblems: [] };
  const orphaned = listOrphanedScopes(disk, root, new Set(project.allNames));
  return {
    plans: [...plans, ...orphaned.map((scope) => plan({ scope, files: [] }))],
    objectProblems,
    folderProblems: listNamelessFolders(disk, root).map(namelessFolderProblem),
  };
}

/** No cluster can be called so, and so no run would ever compare or remove what is in it. */
export const namelessFolderProblem = (name: string): Problem => ({
  code: "output/foreign-file",
  severity: "warning",
  message: `expected only folders of clusters in dist/, found ${show(name)}, which no cluster can be called; it is left alone; Argo CD applies what it holds where it syncs this folder`,
  file: `dist/${visible(name)}`,
  suggestion: "Move it out of dist/, or delete it.",
});

/** Identities of the objects in a file of an earlier run, or undefined where people left nothing readable of it. */
function identitiesOf(text: string): readonly string[] | undefined {
  const objects = parseObjects(text);
  return typeof objects === "string" ? undefined : objects.map(identityOf);
}

/** The problems of all scopes, each once: a file in the place of `dist` is in the way of every cluster. */
export function problemsOf(plans: readonly ScopePlan[]): readonly Problem[] {
  const problems = plans.flatMap((plan) => plan.problems);
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** What errors in a plan mean for the exit code: a disk that fails is not a mistake in a file. */
export const exitCodeOfErrors = (problems: readonly Problem[]): ExitCode =>
  problems.filter(isError).every(({ code }) => code === "output/disk")
    ? exitCodes.outside
    : exitCodes.invalid;
