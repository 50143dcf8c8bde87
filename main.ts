// argv -> command -> exit code. The only place that prints.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandResult } from "./commands/command.ts";
import { counterOn } from "./commands/counter.ts";
import { exitCodes } from "./commands/exit-codes.ts";
import { explainHint } from "./commands/explain-hint.ts";
import { findProject } from "./commands/find-project.ts";
import { groupProblems } from "./commands/grouped-problems.ts";
import { commandHelp, overview } from "./commands/help.ts";
import { type Invocation, parseInvocation } from "./commands/invocation.ts";
import { tryFindOwnProgram } from "./commands/own-program.ts";
import { print } from "./commands/print.ts";
import { formatOf, type ReportFormat } from "./commands/report/format.ts";
import { jsonReport } from "./commands/report/json.ts";
import { sourceFrames } from "./commands/source-frame.ts";
import { commands, commonOptions } from "./commands/table.ts";
import { fitted, isColoured, paint } from "./commands/terminal.ts";
import { type Observation, observed } from "./core/observed-disk.ts";
import { linesOf, type Problem } from "./core/problem.ts";
import { nodeReadFileSystem, type ReadFileSystem } from "./core/read-disk.ts";
import type { ChartsByWave } from "./manifests/own/read-own-charts.ts";

type Run = Extract<Invocation, { kind: "run" }>;

export interface MainOptions {
  /** Of the person's own program, where one calls us. */
  readonly charts?: ChartsByWave | undefined;
  /** Whether a project that has a program of its own is left to that. */
  readonly handsOver?: boolean;
}

/** What a process of meshfront does, but for ending it (start.ts). */
export async function main(
  argv: readonly string[],
  { charts, handsOver = false }: MainOptions = {},
): Promise<number> {
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
    const text = name !== undefined && entry !== undefined ? commandHelp(name, entry) : overview();
    print("stdout", fitted(text, process.stdout));
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
  const program = handsOver && entry.takesCharts ? await tryRunOwnProgram(disk, root, argv) : undefined;
  if (typeof program === "number") return program;
  const result =
    program === undefined
      ? await runCommand(invocation, { ...style, charts }, disk)
      : { exitCode: exitCodes.invalid, problems: [program], summary: "nothing done" };
  const exitCode = await report(name, result, style);
  // What a program of the person's own reads is not observed.
  if (result.isRepeatable && charts === undefined && style.format === "text") {
    const { keepCleanRun } = await import("./commands/clean-runs.ts");
    keepCleanRun(seen, style.quiet ? "" : `${name}: ${result.summary}`);
  }
  return exitCode;
}

async function runCommand(
  { entry, words, options }: Run,
  { format, quiet, root, charts }: Style & Pick<MainOptions, "charts">,
  disk: ReadFileSystem,
): Promise<CommandResult> {
  const isQuiet = quiet || format === "json";
  const { step, clear } = counterOn(process.stderr);
  const progress = (text: string): void => {
    if (isQuiet) return;
    clear();
    print("stderr", `${text}\n`);
  };
  const command = await entry.load();
  try {
    return await command.run({ disk, root, words, options, charts, progress, ...(!isQuiet && { step }) });
  } finally {
    clear();
  }
}

async function tryRunOwnProgram(
  disk: ReadFileSystem,
  root: string,
  argv: readonly string[],
): Promise<number | Problem | undefined> {
  const program = tryFindOwnProgram(disk, root);
  if (program === undefined || "code" in program) return program;
  const { runOwnProgram } = await import("./commands/run-own-program.ts");
  return runOwnProgram(program, root, argv);
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
    const frames = sourceFrames(root);
    for (const { problem, elsewhere } of groupProblems(problems)) {
      print("stderr", `${textOf(problem, frames(problem))}\n`);
      if (elsewhere !== undefined) print("stderr", fitted(`  ${elsewhere}\n`, process.stderr));
    }
  } else {
    const { reportForCi } = await import("./commands/report/report-for-ci.ts");
    print("stdout", await reportForCi(format, command, result, root));
  }
  if (quiet) return exitCode;
  print("stderr", fitted(`${command}: ${summary} (${milliseconds} ms)\n`, process.stderr));
  const hint = process.stderr.isTTY ? explainHint(problems) : undefined;
  if (hint !== undefined) print("stderr", `${hint}\n`);
  return exitCode;
}

function textOf(problem: Problem, frame: readonly string[]): string {
  const { severity } = problem;
  const colour = severity === "error" ? "red" : "yellow";
  const isFrame = (line: string): boolean => frame.includes(line);
  const lines = linesOf(problem, frame).map((line) => (isFrame(line) ? line : fitted(line, process.stderr)));
  const text = lines.join("\n");
  return isColoured(process.stderr) ? text.replace(severity, paint(severity, colour)) : text;
}
