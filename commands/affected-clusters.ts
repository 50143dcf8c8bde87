// Which clusters have other inputs than in a revision of Git: their own file, their lock file, what `manifests` names,
// what all share, and the program itself.
import type { Config } from "../config/config.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { clustersFolder } from "../config/read-clusters.ts";
import type { Problem } from "../core/problem.ts";
import { readChangedPaths } from "./git-revision.ts";

export interface Affected {
  readonly names: ReadonlySet<string>;
  /** Of cluster files that are gone since: only a run about all clusters removes their output. */
  readonly gone: readonly Problem[];
}

/** A change of one of these may change any cluster: defaults, and what decides which meshfront runs, or which program calls it. */
const shared: readonly RegExp[] = [
  new RegExp(`^${clustersFolder}/defaults\\.ya?ml$`),
  /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|cdk8s\.yaml)$/,
  // A program of one's own, wherever it keeps its files.
  /\.[cm]?[jt]sx?$/,
];

/** A cluster whose file cannot be understood is in, so that its problems are told. */
export function findAffected(
  root: string,
  revision: string,
  allNames: readonly string[],
  configs: readonly Config[],
): Affected | Problem {
  const changed = readChangedPaths(root, revision);
  if ("code" in changed) return changed;
  const paths = new Set(changed.paths);
  const gone = changed.paths.flatMap((path) => goneCluster(path, allNames, revision) ?? []);
  if (changed.paths.some((path) => shared.some((pattern) => pattern.test(path))))
    return { names: new Set(allNames), gone };
  const known = new Map(configs.map((config) => [nameOfFile(config.file), config]));
  const names = allNames.filter((name) => inputsOf(name, known.get(name)).some((path) => paths.has(path)));
  return { names: new Set(names), gone };
}

const inputsOf = (name: string, config: Config | undefined): readonly string[] => [
  `${clustersFolder}/${name}.yaml`,
  `${clustersFolder}/${name}.lock.json`,
  ...(config?.manifests.map(({ path }) => path) ?? []),
];

function goneCluster(path: string, allNames: readonly string[], revision: string): Problem | undefined {
  const [, name] = new RegExp(`^${clustersFolder}/([^/]+)\\.yaml$`).exec(path) ?? [];
  if (name === undefined || name === "defaults" || allNames.includes(name)) return undefined;
  return {
    code: "usage/gone-cluster",
    severity: "warning",
    message: `expected ${path}, which was there in ${revision}: it is gone, and a run about a part of the clusters leaves its output`,
    suggestion: "Run `synth` without a selection: it removes what nothing asks for, by leave.",
    file: path,
  };
}
