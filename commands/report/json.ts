import { docsOf, type Problem } from "../../core/problem.ts";
import type { CommandResult } from "../command.ts";

/** The document that `--json` prints; its shape stands in commands/results/. */
export function jsonReport(command: string, result: CommandResult, durationMs: number): string {
  const { exitCode, summary, json } = result;
  const problems = result.problems.map(inOrder);
  return `${JSON.stringify({ command, exitCode, summary, durationMs, problems, ...json }, null, 2)}\n`;
}

/** The keys in one order, whoever made the problem; JSON leaves out those that are undefined. */
const inOrder = ({ code, severity, message, file, line, column, path, suggestion }: Problem): object => ({
  code,
  severity,
  message,
  file,
  line,
  column,
  path,
  suggestion,
  docs: docsOf(code),
});
