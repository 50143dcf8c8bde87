// What `migrate` was told, and what the repository around it tells -> what it works with.
import { realpathSync } from "node:fs";
import { loadClusters } from "../../config/load.ts";
import { dnsLabel, eksName, type Pattern, region, repositoryUrl } from "../../config/patterns.ts";
import { readClusterFiles } from "../../config/read-clusters.ts";
import { show } from "../../core/format-value.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import type { CommandInput } from "../command.ts";
import { tryFindProject } from "../find-project.ts";
import { tryReadCheckout } from "../git-checkout.ts";
import { urlOf } from "../init/options.ts";

export interface MigrateInput {
  readonly cluster: string;
  readonly region: string | undefined;
  readonly eksName: string | undefined;
  /** The key `repository`; empty where neither an option nor Git nor another cluster tells it. */
  readonly repository: JsonObject;
  /** The project that the file belongs to, absolute. */
  readonly project: string;
}

export function readOptions({ disk, root, options, words }: CommandInput): MigrateInput | readonly Problem[] {
  const problems: Problem[] = [];
  const value = (name: string, { regex, expected }: Pattern): string | undefined => {
    const given = options[name];
    if (typeof given !== "string") return undefined;
    if (!regex.test(given)) problems.push(wrong(name, expected, given));
    return given;
  };
  const cluster = value("cluster", dnsLabel);
  if (cluster === undefined) problems.push(missing("--cluster NAME, what the cluster file is called"));
  if (words.length === 0) problems.push(missing("at least one file with what is live"));
  const project = tryFindProject(disk, root) ?? root;
  const given = {
    region: value("region", region),
    eksName: value("eks-name", eksName),
    url: value("repository", repositoryUrl),
  };
  if (problems.length > 0 || cluster === undefined) return problems;
  return {
    cluster,
    region: given.region,
    eksName: given.eksName,
    repository: repositoryOf(disk, project, given.url),
    project,
  };
}

/** As another cluster of the project has it, else as Git says. */
function repositoryOf(disk: CommandInput["disk"], project: string, url: string | undefined): JsonObject {
  const { files, defaults } = readClusterFiles(disk, project);
  const [other] = loadClusters(files, defaults).clusters;
  if (other !== undefined && url === undefined) return { ...other.config.repository };
  const checkout = tryReadCheckout(disk, realpathSync(project));
  const found = url ?? urlOf(checkout);
  if (found === undefined) return {};
  const { branch, prefix } = checkout ?? {};
  return {
    url: found,
    ...(branch !== undefined && branch !== "main" && { revision: branch }),
    ...(prefix !== undefined && prefix !== "." && { path: prefix }),
  };
}

const usage = "meshfront migrate state.json --cluster prod";

const missing = (what: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message: `expected ${what}`,
  suggestion: `Write it as in \`${usage}\`; \`meshfront migrate --help\` says what the files may be.`,
});

const wrong = (name: string, expected: string, found: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message: `expected --${name} to be ${expected}, found ${show(found)}`,
  suggestion: `Correct --${name}; \`meshfront migrate --help\` has an example.`,
});
