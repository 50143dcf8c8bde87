// Takes a running set-up over: files with what is live in, a cluster file and a report with every difference out.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { clustersFolder } from "../config/read-clusters.ts";
import { count } from "../core/count.ts";
import type { Problem } from "../core/problem.ts";
import { tryFindDiskErrorCode } from "../core/read-disk.ts";
import { diskProblem } from "../manifests/disk-problem.ts";
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
    const migration = migrateState(state, { ...options, render: renderDraft(input.disk) });
    const planned = filesOf(migration, options);
    const inTheWay = input.options.check === true ? [] : taken(input, options, planned);
    if (inTheWay.length > 0)
      return {
        ...resultOf(input, options, state, migration, []),
        problems: inTheWay,
        exitCode: exitCodes.invalid,
      };
    const failure = input.options.check === true ? undefined : write(options.project, planned);
    if (failure !== undefined) return failed([failure], exitCodes.outside);
    return resultOf(input, options, state, migration, input.options.check === true ? [] : planned);
  },
};

interface PlannedFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

function filesOf(
  { clusterFile, files, lock, handOver }: Migration,
  { cluster }: MigrateInput,
): readonly PlannedFile[] {
  if (clusterFile === undefined) return [];
  return [
    { path: `${clustersFolder}/${cluster}.yaml`, text: clusterFile },
    ...(lock === undefined ? [] : [{ path: `${clustersFolder}/${cluster}.lock.json`, text: lock }]),
    ...files.map(({ path, object }) => ({ path, text: stringify(object) })),
    ...handOver,
  ];
}

/** Nothing that is there is written over. */
function taken(
  { disk }: CommandInput,
  { project }: MigrateInput,
  planned: readonly PlannedFile[],
): readonly Problem[] {
  return planned
    .filter(({ path }) => disk.tryFindKind(join(project, path)) !== undefined)
    .map(({ path }) => alreadyThere(path));
}

function write(project: string, planned: readonly PlannedFile[]): Problem | undefined {
  for (const { path, text } of planned) {
    try {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text, { flag: "wx" });
    } catch (error) {
      if (tryFindDiskErrorCode(error) === undefined) throw error;
      return diskProblem(error, path, "What was written before it stays; the cluster file is the first.");
    }
  }
  return undefined;
}

function resultOf(
  input: CommandInput,
  options: MigrateInput,
  state: LiveState,
  migration: Migration,
  written: readonly PlannedFile[],
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
    output: isMarkdown ? markdownReport(report) : `${textReport(report)}${nextOf(options, written)}`,
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

function summaryOf({ findings, clusterFile }: Migration, written: readonly PlannedFile[]): string {
  const of = (kind: string) => findings.filter((finding) => finding.kind === kind).length;
  const said = `${count(of("fault"), "fault")} of what is live, ${count(of("difference"), "difference")}, ${of("left-out")} not in the file`;
  if (clusterFile === undefined) return `refused for ${count(of("refused"), "reason")}; ${said}`;
  return `${written.length === 0 ? "nothing written" : `${count(written.length, "file")} written`}; ${said}`;
}

function nextOf({ cluster }: MigrateInput, written: readonly PlannedFile[]): string {
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
