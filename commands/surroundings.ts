// What a project says of its repository, held against the checkout it stands in. Where they differ, everything is green
// and Argo CD finds nothing.
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { folder } from "../config/patterns.ts";
import type { Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import packageJson from "../package.json" with { type: "json" };
import { type GitCheckout, readIgnoreRules, tryRead, tryReadCheckout } from "./git-checkout.ts";
import type { ProjectCluster } from "./load-project.ts";

/** Warnings, each once; without a checkout only what concerns the project itself. */
export function compareSurroundings(
  disk: ReadFileSystem,
  root: string,
  clusters: readonly ProjectCluster[],
): readonly Problem[] {
  const checkout = tryReadCheckout(disk, realPathOf(root));
  const problems = [
    ...(checkout === undefined ? [] : clusters.flatMap((cluster) => comparePlace(cluster, checkout))),
    ...(checkout === undefined ? [] : ignoredOutput(disk, checkout, clusters)),
    ...staleSchema(disk, root),
  ];
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

/** Git speaks of the folder that a link leads to. A disk in memory has none. */
function realPathOf(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}

/** With these, what is committed here is green in CI, and Argo CD has nothing to sync. */
export const leavesArgocdWithNothing = ({ code }: Problem): boolean =>
  code === "repository/other-path" || code === "output/ignored";

function comparePlace(
  { config, locate }: ProjectCluster,
  { prefix, remotes }: GitCheckout,
): readonly Problem[] {
  const { url, path } = config.repository;
  const known = remotes.flatMap((remote) => placeOf(remote.url) ?? []);
  const isOther = known.length > 0 && !known.some((place) => isSamePlace(place, placeOf(url)));
  // Argo CD reads another repository, so this one's folders say nothing of it.
  if (isOther) {
    return [
      {
        code: "repository/other-url",
        severity: "warning",
        message: `expected repository.url to be a remote of this repository (${known.map(textOf).join(", ")}), found ${url}`,
        suggestion: "Correct it, unless the output is copied there: Argo CD reads nothing else.",
        ...locate(["repository", "url"]),
        path: "repository.url",
      },
    ];
  }
  if (path === prefix) return [];
  return [
    {
      code: "repository/other-path",
      severity: "warning",
      message: `expected repository.path to be ${prefix}, where this project is in its repository, found ${path}: Argo CD would find nothing there`,
      suggestion: folder.regex.test(prefix)
        ? `Write \`path: ${prefix}\`.`
        : "Write where it is; if that is no name for `path`, rename the folder.",
      ...locate(["repository", "path"]),
      path: "repository.path",
    },
  ];
}

interface Place {
  /** In lower case. */
  readonly host: string;
  /** In lower case, without `.git`. */
  readonly path: string;
}

/** Of the forms that Argo CD reads; a path on this disk is none. */
function placeOf(url: string): Place | undefined {
  const [, host, path] =
    /^(?:\w+:\/\/)(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:[\w.-]+@)?([\w.-]{2,}):([^/].*)$/.exec(url) ??
    [];
  if (host === undefined || path === undefined) return undefined;
  return { host: host.toLowerCase(), path: path.replace(/\/+$|(?:\.git)?\/*$/g, "").toLowerCase() };
}

const textOf = ({ host, path }: Place): string => `${host}/${path}`;

/** An alias in somebody's ssh configuration is another host for the same repository: then its name has to do. */
function isSamePlace(a: Place, b: Place | undefined): boolean {
  const nameOf = ({ path }: Place): string => path.slice(path.lastIndexOf("/") + 1);
  if (b === undefined) return true;
  return a.host === b.host ? a.path === b.path : nameOf(a) === nameOf(b);
}

function ignoredOutput(
  disk: ReadFileSystem,
  checkout: GitCheckout,
  clusters: readonly ProjectCluster[],
): readonly Problem[] {
  const isIgnored = readIgnoreRules(disk, checkout);
  const paths = clusters.flatMap(({ config: { cluster } }) => [
    `dist/${cluster.name}/`,
    `argocd/${cluster.name}.yaml`,
  ]);
  const ignored = paths.filter(isIgnored);
  const [first] = ignored;
  if (first === undefined) return [];
  const folder = first.slice(0, first.indexOf("/"));
  return [
    {
      code: "output/ignored",
      severity: "warning",
      message: `expected Git to take ${folder}/ along, found it ignored (${first}${ignored.length > 1 ? ` and ${ignored.length - 1} more` : ""}): \`git add\` leaves it out, and Argo CD finds nothing`,
      suggestion: `Add the lines \`!/${folder}/\` and \`!/${folder}/**\` to the .gitignore of this folder; \`git check-ignore -v ${first}\` names the pattern.`,
    },
  ];
}

/** Editors check cluster files with it, so an older one finds errors where there are none, or none where there are. */
function staleSchema(disk: ReadFileSystem, root: string): readonly Problem[] {
  const file = "schema/cluster.schema.json";
  const text = tryRead(disk, join(root, file));
  if (text === undefined) return [];
  const [, found] = /^ {2}"\$comment": ".*? of meshfront (\S+?)\.? /m.exec(text) ?? [];
  if (found === packageJson.version) return [];
  return [
    {
      code: "config/stale-schema",
      severity: "warning",
      message: `expected the schema of meshfront ${packageJson.version}, found ${found === undefined ? "another text" : `that of ${found}`}: editors check cluster files with it`,
      suggestion: "Run `meshfront schema --write` and commit both files.",
      file,
    },
  ];
}
