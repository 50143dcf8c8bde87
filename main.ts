// argv -> command -> exit code. The only place that prints.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandResult } from "./commands/command.ts";
import { exitCodes } from "./commands/exit-codes.ts";
import { explainHint } from "./commands/explain-hint.ts";
import { findProject } from "./commands/find-project.ts";
import { commandHelp, overview } from "./commands/help.ts";
import { type Invocation, parseInvocation } from "./commands/invocation.ts";
import { print } from "./commands/print.ts";
import { formatOf, type ReportFormat } from "./commands/report/format.ts";
import { jsonReport } from "./commands/report/json.ts";
import { commands, commonOptions } from "./commands/table.ts";
import { isColoured, paint } from "./commands/terminal.ts";
import { type Observation, observed } from "./core/observed-disk.ts";
import { formatProblem, type Problem } from "./core/problem.ts";
import { nodeReadFileSystem, type ReadFileSystem } from "./core/read-disk.ts";

type Run = Extract<Invocation, { kind: "run" }>;

/** What a process of meshfront does, but for ending it (start.ts). */
export async function main(argv: readonly string[]): Promise<number> {
  const started = performance.now();
  const [first, , ...typed] = argv;
  if (first === "complete") {
    // What the script of `completion` asks, in no list of commands: nobody types it.
    const { complete } = await import("./commands/complete.ts");
    print("stdout", await complete(typed, { commands, commonOptions }));
    return exitCodes.clean;
  }
  const invocation = parseInvocation(argv);
  if (invocation.kind === "help") {
    const { name, entry } = invocation;
    print("stdout", name !== undefined && entry !== undefined ? commandHelp(name, entry) : overview());
    return exitCodes.clean;
  }
  if (invocation.kind === "usage") {
    const { problems, format } = invocation;
    return reportUsage(problems, { format, quiet: true, root: resolve("."), started });
  }
  const { name, entry, options } = invocation;
  const from = resolve(typeof options.chdir === "string" ? options.chdir : ".");
  const format = { format: formatOf(options), quiet: options.quiet === true, started };
  if (options.chdir !== undefined && !isFolder(from))
    return reportUsage([noFolder(from)], { ...format, root: from });
  const seen: Observation[] = [];
  const disk = observed(nodeReadFileSystem, seen);
  const root = entry.beginsProject ? from : findProject(disk, from);
  const style = { ...format, root };
  const result = await runCommand(invocation, style, disk);
  const exitCode = await report(name, result, style);
  if (result.isRepeatable && style.format === "text") {
    const { keepCleanRun } = await import("./commands/clean-runs.ts");
    keepCleanRun(seen, style.quiet ? "" : `${name}: ${result.summary}`);
  }
  return exitCode;
}

async function runCommand(
  { entry, words, options }: Run,
  { format, quiet, root }: Style,
  disk: ReadFileSystem,
): Promise<CommandResult> {
  const isQuiet = quiet || format === "json";
  const progress = (text: string): void => void (isQuiet || print("stderr", `${text}\n`));
  const command = await entry.load();
  return command.run({ disk, root, words, options, progress });
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const noFolder = (root: string): Problem => ({
  code: "usage/chdir",
  severity: "error",
  message: `expected a folder, found none at ${root}`,
  suggestion: "Correct --chdir.",
});

interface Style {
  readonly format: ReportFormat;
  readonly quiet: boolean;
  /** The project's folder, absolute. */
  readonly root: string;
  /** When the run began, as performance.now() tells it. */
  readonly started: number;
}

/** No command ran, so the document is that of no command. */
const reportUsage = (problems: readonly Problem[], style: Style): Promise<number> =>
  report("meshfront", { exitCode: exitCodes.invalid, problems, summary: "nothing done" }, style);

async function report(command: string, result: CommandResult, style: Style): Promise<number> {
  const { exitCode, problems, summary } = result;
  const { format, quiet, root, started } = style;
  const milliseconds = Math.round(performance.now() - started);
  if (format === "json") {
    print("stdout", jsonReport(command, result, milliseconds));
    return exitCode;
  }
  if (result.output !== undefined) print("stdout", result.output);
  if (format === "text") {
    for (const problem of problems) print("stderr", `${textOf(problem)}\n`);
  } else {
    const { reportForCi } = await import("./commands/report/report-for-ci.ts");
    print("stdout", await reportForCi(format, command, result, root));
  }
  if (quiet) return exitCode;
  print("stderr", `${command}: ${summary} (${milliseconds} ms)\n`);
  const hint = process.stderr.isTTY ? explainHint(problems) : undefined;
  if (hint !== undefined) print("stderr", `${hint}\n`);
  return exitCode;
}

function textOf(problem: Problem): string {
  const { severity } = problem;
  const colour = severity === "error" ? "red" : "yellow";
  const text = formatProblem(problem);
  return isColoured(process.stderr) ? text.replace(severity, paint(severity, colour)) : text;
}
