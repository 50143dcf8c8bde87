// argv -> command -> exit code. The only place that prints and exits.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandResult } from "./commands/command.ts";
import { exitCodes } from "./commands/exit-codes.ts";
import { commandHelp, overview } from "./commands/help.ts";
import { type Invocation, parseInvocation } from "./commands/invocation.ts";
import { formatProblem } from "./config/problem.ts";

type Run = Extract<Invocation, { kind: "run" }>;

async function main(argv: readonly string[]): Promise<number> {
  const started = performance.now();
  const invocation = parseInvocation(argv);
  if (invocation.kind === "help") {
    const { name, entry } = invocation;
    process.stdout.write(name !== undefined && entry !== undefined ? commandHelp(name, entry) : overview());
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
  const progress = (text: string): void => void (isQuiet || process.stderr.write(`${text}\n`));
  const command = await entry.load();
  return command.run({ root, words, options, progress });
}

interface Style {
  readonly json: boolean;
  readonly quiet: boolean;
}

function report(command: string, result: CommandResult, { json, quiet }: Style, started: number): number {
  const { exitCode, problems, summary } = result;
  const milliseconds = Math.round(performance.now() - started);
  if (json) {
    const document = { command, exitCode, summary, durationMs: milliseconds, problems, ...result.json };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return exitCode;
  }
  if (result.output !== undefined) process.stdout.write(result.output);
  for (const problem of problems)
    process.stderr.write(`${paint(formatProblem(problem), problem.severity)}\n`);
  if (!quiet) process.stderr.write(`${command}: ${summary} (${milliseconds} ms)\n`);
  return exitCode;
}

/** Colours the word error or warning, on a terminal only (https://no-color.org). */
function paint(text: string, severity: "error" | "warning"): string {
  const isPlain = (process.env.NO_COLOR ?? "") !== "" || !process.stderr.isTTY;
  const colour = severity === "error" ? 31 : 33;
  return isPlain ? text : text.replace(severity, `\u001b[${colour}m${severity}\u001b[0m`);
}

/** `meshfront … | head` closes the pipe early: no reason for a stack trace. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
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
    process.stderr.write(
      `meshfront: a bug, please report it with the command you ran and this text:\n${details}\n`,
    );
    process.exitCode = exitCodes.bug;
  },
);
