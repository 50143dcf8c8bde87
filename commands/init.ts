// Begins a project in a repository of one's own: files in, files out, no questions, no network.
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { defaultArgocdVersion } from "../config/argocd-version.ts";
import { defaultIstioVersion } from "../config/istio-versions.ts";
import { type InputFile, loadClusters } from "../config/load.ts";
import { withoutPlace } from "../config/load-plain.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { clustersFolder, readClusterFiles } from "../config/read-clusters.ts";
import { count } from "../core/count.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { tryFindProject } from "./find-project.ts";
import { clusterFileText } from "./init/cluster-file.ts";
import { type InitOptions, readOptions } from "./init/options.ts";
import { planFiles } from "./init/plan.ts";
import { isProblems } from "./load-project.ts";
import type { InitKeys } from "./results/init.ts";
import { type FileToWrite, isThere, writeFiles } from "./write-files.ts";

export const init: Command = {
  run: (input: CommandInput): CommandResult => {
    const root = realpathSync(input.root);
    const { disk } = input;
    const options = readOptions({ ...input, root });
    if (isProblems(options)) return refused(options);
    const outer = tryFindProject(disk, root);
    if (outer !== undefined && outer !== root) return refused([insideOf(outer)]);
    const cluster = newCluster({ ...input, root }, options);
    if (isProblems(cluster)) return refused(cluster);
    const planned = planFiles({ disk, root, options }, cluster.config, cluster.text);
    const files = planned.filter((each): each is FileToWrite => "text" in each);
    const warnings = planned.filter((each): each is Problem => "code" in each);
    const failure = writeFiles(root, files);
    if (failure !== undefined) return { ...refused([failure]), exitCode: exitCodes.outside };
    return {
      exitCode: exitCodes.clean,
      problems: warnings,
      summary: `${count(files.length, "file")} written`,
      output: told(files, options.cluster),
      json: jsonOf(files, options.cluster),
    };
  },
};

/** The new cluster as `synth` will read it, beside those that are there; its text is none that meshfront would refuse. */
function newCluster({ disk, root }: CommandInput, options: InitOptions) {
  const file = `${clustersFolder}/${options.cluster}.yaml`;
  const { files, defaults } = readClusterFiles(disk, root);
  if (isThere(disk, join(root, file))) return [alreadyThere(file)];
  const [other] = loadClusters(files, defaults).clusters;
  const versions = {
    istio: defaultIstioVersion,
    argocd: other?.config.argocd.version ?? defaultArgocdVersion,
  };
  const text = clusterFileText(options, versions);
  const added: InputFile = { file, bytes: Buffer.from(text) };
  const { clusters, problems } = loadClusters([...files, added], defaults);
  const theirs = new Set(files.map((each) => each.file));
  const errors = problems.filter((problem) => isError(problem) && !theirs.has(problem.file ?? ""));
  const config = clusters.find((each) => nameOfFile(each.config.file) === options.cluster)?.config;
  if (errors.length > 0 || config === undefined)
    return errors.map((error) => (error.file === file ? withoutPlace(error) : error));
  return { text, config };
}

const nextCommands = (cluster: string) => [
  { command: "npm install && npx meshfront synth", comment: "writes dist/ and argocd/ from example facts" },
  {
    command: `npx meshfront lookup ${cluster}`,
    comment: "asks AWS for the real ones; until then `check` refuses",
  },
  { command: "npx meshfront synth && npx meshfront check", comment: "then review, commit and push" },
];

function told(files: readonly FileToWrite[], cluster: string): string {
  const rows = nextCommands(cluster).map(({ command, comment }) => `  ${command.padEnd(44)}  # ${comment}\n`);
  const lines = files.map(({ path, isNew }) => `${isNew ? "wrote" : "added to"} ${path}\n`);
  return `${lines.join("")}\nNext:\n${rows.join("")}`;
}

const jsonOf = (files: readonly FileToWrite[], cluster: string): InitKeys => ({
  written: files.map(({ path, isNew }) => ({ path, isNew })),
  next: nextCommands(cluster).map(({ command }) => command),
});

const refused = (problems: readonly Problem[]): CommandResult => ({
  exitCode: exitCodes.invalid,
  problems,
  summary: "nothing written",
  json: { written: [], next: [] } satisfies InitKeys,
});

const alreadyThere = (file: string): Problem => ({
  code: "usage/cluster-exists",
  severity: "error",
  message: `expected no ${file} yet, found one: it is never overwritten`,
  suggestion: "Edit it and run `meshfront synth`, or name another cluster.",
  file,
});

const insideOf = (outer: string): Problem => ({
  code: "usage/nested-project",
  severity: "error",
  message: `expected no project above this folder, found one in ${outer}`,
  suggestion: `Add the cluster there: \`meshfront init --chdir ${JSON.stringify(outer)} …\`.`,
});
