// What `migrate` was told, and what the repository around it tells -> what it works with.
import { realpathSync } from "node:fs";
import { type InputFile, loadClusters } from "../../config/load.ts";
import type { Beside } from "../../config/load-plain.ts";
import { dnsLabel, eksName, type Pattern, region, repositoryUrl } from "../../config/patterns.ts";
import { readClusterFiles } from "../../config/read-clusters.ts";
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import { parseYaml } from "../../core/yaml-source.ts";
import type { CommandInput } from "../command.ts";
import { tryFindProject } from "../find-project.ts";
import { tryReadCheckout } from "../git-checkout.ts";
import { urlOf } from "../init/options.ts";
import { wrongOption } from "../wrong-option.ts";

export interface MigrateInput {
  readonly cluster: string;
  readonly region: string | undefined;
  readonly eksName: string | undefined;
  /** The key `repository`; empty where neither an option nor Git nor another cluster tells it. */
  readonly repository: JsonObject;
  /** The project that the file belongs to, absolute. */
  readonly project: string;
  /** Its other clusters. */
  readonly beside: Beside;
}

export function readOptions({ disk, root, options, words }: CommandInput): MigrateInput | readonly Problem[] {
  const problems: Problem[] = [];
  const value = (name: string, { regex, expected }: Pattern): string | undefined => {
    const given = options[name];
    if (typeof given !== "string") return undefined;
    if (!regex.test(given)) problems.push(wrongOption("migrate", name, expected, given));
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
  const beside = readClusterFiles(disk, project);
  return {
    cluster,
    region: given.region,
    eksName: given.eksName,
    repository: repositoryOf(disk, project, beside, given.url),
    project,
    beside,
  };
}

/** As another cluster of the project or its defaults have it, else as Git says. */
function repositoryOf(
  disk: CommandInput["disk"],
  project: string,
  { files, defaults }: Beside,
  url: string | undefined,
): JsonObject {
  const [other] = loadClusters(files, defaults).clusters;
  if (other !== undefined && url === undefined) return { ...other.config.repository };
  const shared = repositoryIn(defaults);
  if (shared?.url !== undefined && url === undefined) return shared;
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

/** Undefined also where the file cannot be read: then it is refused with the draft. */
function repositoryIn(defaults: InputFile | undefined): JsonObject | undefined {
  const source = defaults === undefined ? undefined : parseYaml(defaults.file, defaults.bytes);
  if (source === undefined || !("data" in source)) return undefined;
  const repository = valueAt(source.data, ["repository"]);
  return isJsonObject(repository) ? repository : undefined;
}

const usage = "meshfront migrate state.json --cluster prod";

const missing = (what: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message: `expected ${what}`,
  suggestion: `Write it as in \`${usage}\`; \`meshfront migrate --help\` says what the files may be.`,
});
