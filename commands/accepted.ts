// Warnings that the configuration accepts (`accept[]`): they are not shown, and one that does not occur is itself one.
import type { Acceptance } from "../config/config.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { ProjectCluster } from "./load-project.ts";

interface PlacedAcceptance extends Acceptance {
  readonly cluster: string;
  /** Its own place: an entry of defaults.yaml has one for all clusters. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const acceptancesOf = (
  clusters: readonly Pick<ProjectCluster, "config" | "locate">[],
): readonly PlacedAcceptance[] =>
  clusters.flatMap(({ config, locate }) =>
    config.accept.map((acceptance, index) => ({
      ...acceptance,
      ...locate(["accept", index]),
      cluster: config.cluster.name,
    })),
  );

/** The cluster that a file is about: its own, its lock file, its output; undefined for what is shared. */
function clusterOf({ file = "" }: Problem): string | undefined {
  const [top, name = ""] = file.split("/");
  if (file === "clusters/defaults.yaml" || file === "argocd/argocd-cm.yaml") return undefined;
  if (top === "dist") return name;
  return top === "clusters" || top === "argocd"
    ? nameOfFile(name.replace(/\.lock\.json$/, ".yaml"))
    : undefined;
}

function isFor({ code, path, cluster }: PlacedAcceptance, problem: Problem): boolean {
  const about = clusterOf(problem);
  const isBelow =
    path === undefined || problem.path === path || problem.path?.startsWith(`${path}.`) === true;
  return code === problem.code && isBelow && (about === undefined || about === cluster);
}

/** The problems without the warnings that somebody accepted. */
export function withoutAccepted(
  problems: readonly Problem[],
  clusters: readonly Pick<ProjectCluster, "config" | "locate">[],
): readonly Problem[] {
  const accepted = acceptancesOf(clusters);
  return problems.filter(
    (problem) => isError(problem) || !accepted.some((acceptance) => isFor(acceptance, problem)),
  );
}

/** Entries that accept none of `problems`; of defaults.yaml those that do so in no cluster. Only `check` sees all warnings. */
export function unusedAcceptances(
  problems: readonly Problem[],
  clusters: readonly Pick<ProjectCluster, "config" | "locate">[],
): readonly Problem[] {
  const accepted = acceptancesOf(clusters);
  const isUsed = (acceptance: PlacedAcceptance): boolean =>
    problems.some((problem) => !isError(problem) && isFor(acceptance, problem));
  const placeOf = ({ file, line, column }: PlacedAcceptance): string => `${file}:${line}:${column}`;
  const used = new Set(accepted.filter(isUsed).map(placeOf));
  const unused = new Map(accepted.map((acceptance) => [placeOf(acceptance), acceptance]));
  return [...unused]
    .filter(([place]) => !used.has(place))
    .map(([, { code, path, file, line, column }]) => ({
      code: "config/unused-acceptance",
      severity: "warning",
      message: `expected the warning ${code}${path === undefined ? "" : ` of ${path}`}, which is accepted here, found none`,
      suggestion: "Remove the entry.",
      file,
      line,
      column,
    }));
}
