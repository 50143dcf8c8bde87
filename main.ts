// argv -> command -> exit code. The only place that prints and exits.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandResult } from "./commands/command.ts";
import { exitCodes } from "./commands/exit-codes.ts";
import { explainHint } from "./commands/explain-hint.ts";
import { commandHelp, overview } from "./commands/help.ts";
import { type Invocation, parseInvocation } from "./commands/invocation.ts";
import { isColoured, paint } from "./commands/terminal.ts";
import { docsOf, formatProblem, type Problem } from "./config/problem.ts";

type Run = Extract<Invocation, { kind: "run" }>;

async function main(argv: readonly string[]): Promise<number> {
  const started = process.hrtime.bigint(); // `performance` would load a module
  const invocation = parseInvocation(argv);
  if (invocation.kind === "help") {
    const { name, entry } = invocation;
    print("stdout", name !== undefined && entry !== undefined ? commandHelp(name, entry) : overview());
    return exitCodes.clean;
  }
  if (invocation.kind === "usage") {
    const { problems, json } = invocation;
    return report(
      "meshfront",
      { exitCode: exitCodes.invalid, problems, summary: "nothing done" },
      { json, quiet: true },
      started,
    );
  }
  const { name, options } = invocation;
  const result = await runCommand(invocation);
  return report(name, result, { json: options.json === true, quiet: options.quiet === true }, started);
}

async function runCommand({ entry, words, options }: Run): Promise<CommandResult> {
  const root = resolve(typeof options.chdir === "string" ? options.chdir : ".");
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    const problem = {
      code: "usage/chdir",
      severity: "error",
      message: `expected a folder, found none at ${root}`,
      suggestion: "Correct --chdir.",
    } as const;
    return { exitCode: exitCodes.invalid, problems: [problem], summary: "nothing done" };
  }
  const isQuiet = options.quiet === true || options.json === true;
  const progress = (text: string): void => void (isQuiet || print("stderr", `${text}\n`));
  const command = await entry.load();
  return command.run({ root, words, options, progress });
}

interface Style {
  readonly json: boolean;
  readonly quiet: boolean;
}

function report(command: string, result: CommandResult, { json, quiet }: Style, started: bigint): number {
  const { exitCode, problems, summary } = result;
  const milliseconds = Math.round(Number(process.hrtime.bigint() - started) / 1e6);
  if (json) {
    const withDocs = problems.map((problem) => ({ ...problem, docs: docsOf(problem.code) }));
    const document = {
      command,
      exitCode,
      summary,
      durationMs: milliseconds,
      problems: withDocs,
      ...result.json,
    };
    print("stdout", `${JSON.stringify(document, null, 2)}\n`);
    return exitCode;
  }
  if (result.output !== undefined) print("stdout", result.output);
  for (const problem of problems) print("stderr", `${textOf(problem)}\n`);
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

/** Node makes a stream when it is first asked for, which takes some milliseconds: so only where there is text. */
function print(name: "stdout" | "stderr", text: string): void {
  const stream = process[name];
  if (stream.listenerCount("error") === 0) stream.on("error", ignoreClosedPipe);
  stream.write(text);
}

/** `meshfront … | head` closes the pipe early: no reason for a stack trace. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
    // What did not answer in time may still hold the process: a socket, a retry, somebody's credential_process.
    if (exitCode === exitCodes.timeout)
      process.stdout.write("", () => process.stderr.write("", () => process.exit()));
  },
  (error: unknown) => {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    print(
      "stderr",
      `meshfront: a bug, please report it with the command you ran and this text:\n${details}\n`,
    );
    process.exitCode = exitCodes.bug;
  },
);
