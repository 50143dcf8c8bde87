// What synth and check begin with: cluster files and lock files of a project -> configurations with their facts.
import type { OwnObjects } from "../charts/own-objects.ts";
import type { Config } from "../config/config.ts";
import { type LoadedCluster, type Locate, loadClusters } from "../config/load.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { readClusterFiles } from "../config/read-clusters.ts";
import { isNamedLikeItsFile } from "../config/rules/file-name-rules.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { exampleLock, isExample } from "../facts/example-lock.ts";
import type { LockFile } from "../facts/lock-schema.ts";
import { lockPath, readLock } from "../facts/read-lock.ts";
import { type Facts, resolve } from "../facts/resolve.ts";
import { type ChartsByWave, readOwnCharts } from "../manifests/own/read-own-charts.ts";
import { readOwnObjects } from "../manifests/own/read-own-objects.ts";
import { findAffected } from "./affected-clusters.ts";
import type { OptionValues } from "./command.ts";
import type { Step } from "./counter.ts";
import { type ExitCode, exitCodes, firstOf } from "./exit-codes.ts";
import { readOwnSchemas } from "./read-programs.ts";
import { selectClusters } from "./select-clusters.ts";

export interface ProjectCluster {
  readonly config: Config;
  readonly locate: Locate;
  readonly facts: Facts;
  /** Undefined where there is no lock file, or none that can be used. */
  readonly lock: LockFile | undefined;
  /** Keys of answers in it that nothing asks for. */
  readonly unusedAnswers: readonly string[];
  readonly ownObjects: OwnObjects;
}

/** The configurations of a project, before anything is known about AWS. */
export interface Selection {
  /** The clusters this run is about, as far as their files can be understood. */
  readonly clusters: readonly LoadedCluster[];
  /** Names of all clusters that have a file, whether it can be understood or not. */
  readonly allNames: readonly string[];
  /** Whether the run is about the project and not about clusters that somebody named, all of them included. */
  readonly isWhole: boolean;
  /** Configurations of all clusters that can be understood. */
  readonly allConfigs: readonly Config[];
  readonly problems: readonly Problem[];
}

export interface Project extends Omit<Selection, "clusters"> {
  /** The clusters this run is about, complete with facts. */
  readonly selected: readonly ProjectCluster[];
  /** To be told of each cluster as it is rendered. */
  readonly step: Step | undefined;
  /** Not clean if one of the problems is an error: nothing may be built then. */
  readonly exitCode: ExitCode;
}

/** `root` is absolute. */
export interface ProjectSource {
  readonly disk: ReadFileSystem;
  readonly root: string;
  readonly words: readonly string[];
  readonly options?: OptionValues;
  /** Of the person's own program, where one calls us. */
  readonly charts?: ChartsByWave | undefined;
  readonly step?: Step;
}

/** Loads the clusters that are selected, or all. All files are read in any case: some rules compare clusters. */
export function loadSelection({ disk, root, words, options = {} }: ProjectSource): Selection {
  const { files, defaults, problems: readProblems } = readClusterFiles(disk, root);
  const allNames = files.map(({ file }) => nameOfFile(file));
  const loaded = loadClusters(files, defaults);
  const known = new Set(allNames);
  const allConfigs = loaded.clusters.map(({ config }) => config);
  const revision = options["affected-by"];
  const found = typeof revision === "string" ? findAffected(root, revision, allNames, allConfigs) : undefined;
  const failure = found !== undefined && "code" in found ? [found] : [];
  const affected = found === undefined ? undefined : "code" in found ? new Set<string>() : found.names;
  const gone = found === undefined || "code" in found ? [] : found.gone;
  const { chosen, isWhole, problems } = selectClusters({ words, options, affected }, allNames, allConfigs);
  return {
    clusters: loaded.clusters.filter(({ config }) => chosen.has(nameOfFile(config.file))),
    allNames,
    isWhole,
    allConfigs,
    problems: [
      ...readProblems,
      ...failure,
      ...gone,
      ...problems,
      ...loaded.problems.filter((problem) => concerns(problem, chosen, known)),
    ],
  };
}

/** The same, with what the lock files say. */
export function loadProject(source: ProjectSource): Project {
  const { clusters, problems: configProblems, ...selection } = loadSelection(source);
  // The lock file of a cluster that is called otherwise than its file is that of another cluster.
  const named = clusters.filter(({ config }) => isNamedLikeItsFile(config));
  const withFacts = named.map((cluster) => ({ cluster, ...resolveFacts(source, cluster) }));
  const factProblems = withFacts.flatMap(({ problems }) => problems);
  const mayRunCharts = !configProblems.some(isError);
  const brought = named.map((cluster) => readOwn(source, cluster, mayRunCharts));
  const ownProblems = onceEach(brought.flatMap(({ problems }) => problems));
  const withCharts = new Map(named.map(({ config }, index) => [config, brought[index]?.config ?? config]));
  return {
    ...selection,
    step: source.step,
    allConfigs: selection.allConfigs.map((config) => withCharts.get(config) ?? config),
    selected: withFacts.map(({ problems: _, cluster: { config, locate }, ...facts }, index) => ({
      ...facts,
      locate,
      config: withCharts.get(config) ?? config,
      ownObjects: brought[index]?.ownObjects ?? new Map(),
    })),
    problems: [...configProblems, ...ownProblems, ...factProblems],
    exitCode: firstOf([
      [...configProblems, ...ownProblems].some(isError) ? exitCodes.invalid : exitCodes.clean,
      factProblems.some(isError) ? exitCodes.facts : exitCodes.clean,
    ]),
  };
}

/** What people bring: in files, and by a program of their own, which then counts as if `manifests` named it. */
function readOwn({ disk, root, charts }: ProjectSource, cluster: LoadedCluster, mayRunCharts: boolean) {
  const { config } = cluster;
  const readSchemas = () => readOwnSchemas(disk);
  const inFiles = { config, ...readOwnObjects({ disk, root, readSchemas }, cluster) };
  if (charts === undefined || !mayRunCharts) return inFiles;
  const made = readOwnCharts(charts, config, readSchemas);
  return {
    config: { ...config, manifests: [...config.manifests, ...made.manifests] },
    ownObjects: new Map([...inFiles.ownObjects, ...made.ownObjects]),
    problems: [...inFiles.problems, ...made.problems],
  };
}

/** Clusters may share a file. */
const onceEach = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** A broken file of another cluster is no reason not to build this one. */
function concerns({ file }: Problem, chosen: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  const name = file === undefined ? "" : nameOfFile(file);
  return !all.has(name) || chosen.has(name);
}

function resolveFacts(
  { disk, root }: ProjectSource,
  { config, locate }: LoadedCluster,
): Omit<ProjectCluster, "config" | "locate" | "ownObjects"> & { readonly problems: readonly Problem[] } {
  const { name } = config.cluster;
  const read = readLock(disk, root, name);
  if (isProblems(read)) return { facts: new Map(), lock: undefined, unusedAnswers: [], problems: read };
  // Examples answer whatever is asked by now: until somebody has credentials, every change can be tried.
  const lock = read !== undefined && isExample(read) ? exampleLock(config) : read;
  const { unused, ...resolved } = resolve({ config, locate, lock, lockName: lockPath(name) });
  return { ...resolved, lock, unusedAnswers: unused };
}

export const isProblems = <T extends object>(
  result: T | undefined | readonly Problem[],
): result is readonly Problem[] => Array.isArray(result);
