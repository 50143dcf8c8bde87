// Takes a running set-up over: files with what is live in, a cluster file and a report with every difference out.
import { join } from "node:path";
import { stringify } from "yaml";
import { clustersFolder } from "../config/read-clusters.ts";
import { count } from "../core/count.ts";
import type { Problem } from "../core/problem.ts";
import type { LiveState } from "../migrate/live.ts";
import { isDifferent, type Migration, migrate as migrateState } from "../migrate/migrate.ts";
import { isIngress } from "../migrate/recognise/objects.ts";
import { markdownReport, type Report, textReport } from "../migrate/report/text.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { isProblems } from "./load-project.ts";
import { type MigrateInput, readOptions } from "./migrate/options.ts";
import { readFiles } from "./migrate/read-files.ts";
import { renderDraft } from "./migrate/render-draft.ts";
import type { MigrateKeys } from "./results/migrate.ts";
import { fitted } from "./terminal.ts";
import { type FileToWrite, isThere, writeFiles } from "./write-files.ts";

export const migrate: Command = {
  run: (input: CommandInput): CommandResult => {
    const options = readOptions(input);
    if (isProblems(options)) return failed(options, exitCodes.invalid);
    const state = readFiles(input);
    if (isProblems(state))
      return failed(
        state,
        state.some(({ code }) => code === "output/disk") ? exitCodes.outside : exitCodes.invalid,
      );
    const migration = migrateState(state, { ...options, render: renderDraft(input.disk, options.project) });
    const planned = input.options.check === true ? [] : filesOf(migration, options);
    const inTheWay = taken(input, options, planned);
    if (inTheWay.length > 0)
      return {
        ...resultOf(input, options, state, migration, []),
        problems: inTheWay,
        exitCode: exitCodes.invalid,
      };
    const failure = writeFiles(options.project, planned);
    if (failure !== undefined) return failed([failure], exitCodes.outside);
    return resultOf(input, options, state, migration, planned);
  },
};

function filesOf(
  { clusterFile, files, lock, handOver }: Migration,
  { cluster }: MigrateInput,
): readonly FileToWrite[] {
  if (clusterFile === undefined) return [];
  const planned = [
    { path: `${clustersFolder}/${cluster}.yaml`, text: clusterFile },
    ...(lock === undefined ? [] : [{ path: `${clustersFolder}/${cluster}.lock.json`, text: lock }]),
    ...files.map(({ path, object }) => ({ path, text: stringify(object) })),
    ...handOver,
  ];
  return planned.map((file) => ({ ...file, isNew: true }));
}

/** Nothing that is there is written over. */
function taken(
  { disk }: CommandInput,
  { project }: MigrateInput,
  planned: readonly FileToWrite[],
): readonly Problem[] {
  return planned
    .filter(({ path }) => isThere(disk, join(project, path)))
    .map(({ path }) => alreadyThere(path));
}

function resultOf(
  input: CommandInput,
  options: MigrateInput,
  state: LiveState,
  migration: Migration,
  written: readonly FileToWrite[],
): CommandResult {
  const report: Report = {
    cluster: options.cluster,
    read: readSentence(input.words.length, state),
    ...migration,
  };
  const isMarkdown = input.options.format === "markdown";
  return {
    exitCode: exitCodeOf(migration),
    problems: [],
    summary: summaryOf(migration, written),
    output: isMarkdown
      ? markdownReport(report)
      : fitted(`${textReport(report)}${nextOf(options, written)}`, process.stdout),
    json: {
      written: written.map(({ path }) => path),
      clusterFile: migration.clusterFile ?? null,
      handOver: migration.handOver.map(({ path, text }) => ({ path, text })),
      findings: migration.findings.map(({ effect = null, ...finding }) => ({ ...finding, effect })),
      objects: migration.comparisons.map(({ differences, ...comparison }) => ({
        ...comparison,
        differences: differences.map(({ live = null, ours = null, ...rest }) => ({ ...rest, live, ours })),
      })),
    } satisfies MigrateKeys,
  };
}

function exitCodeOf(migration: Migration): ExitCode {
  if (migration.clusterFile === undefined) return exitCodes.invalid;
  return isDifferent(migration) ? exitCodes.different : exitCodes.clean;
}

const readSentence = (files: number, { objects, releases }: LiveState): string =>
  `${count(files, "file")} read: ${count(objects.filter(isIngress).length, "Ingress", "Ingresses")} of ${count(objects.length, "object")}, ${count(releases.length, "release")} of charts.`;

function summaryOf({ findings, clusterFile }: Migration, written: readonly FileToWrite[]): string {
  const of = (kind: string) => findings.filter((finding) => finding.kind === kind).length;
  const said = `${count(of("fault"), "fault")} of what is live, ${count(of("difference"), "difference")}, ${of("left-out")} not in the file`;
  if (clusterFile === undefined) return `refused for ${count(of("refused"), "reason")}; ${said}`;
  return `${written.length === 0 ? "nothing written" : `${count(written.length, "file")} written`}; ${said}`;
}

function nextOf({ cluster }: MigrateInput, written: readonly FileToWrite[]): string {
  if (written.length === 0) return "";
  const rows = [
    [`meshfront lookup ${cluster}`, "subnets and certificates that the file does not name"],
    [`meshfront synth ${cluster}`, `then follow migration/${cluster}/MIGRATION.md`],
  ].map(([command = "", comment = ""]) => `  ${command.padEnd(30)}  # ${comment}\n`);
  return `\n${written.map(({ path }) => `wrote ${path}\n`).join("")}\nNext:\n${rows.join("")}`;
}

const failed = (problems: readonly Problem[], exitCode: ExitCode): CommandResult => ({
  exitCode,
  problems,
  summary: "nothing written",
  json: { written: [], clusterFile: null, handOver: [], findings: [], objects: [] } satisfies MigrateKeys,
});

const alreadyThere = (file: string): Problem => ({
  code: "usage/cluster-exists",
  severity: "error",
  message: `expected no ${file} yet, found one: migrate never writes over a file`,
  suggestion: "Name another cluster, move the file away, or use --check to see the report alone.",
  file,
});
