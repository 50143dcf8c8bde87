// Problems as workflow commands of GitHub Actions: annotations on the lines of a pull request, and all of them in the log.
import { count } from "../../core/count.ts";
import { isError, linesOf, type Problem } from "../../core/problem.ts";
import { sha256 } from "../../core/sha256.ts";

/** Of each severity; the runner drops further ones (actions/runner, ExecutionContext.cs; actions/toolkit, problem-matchers.md). */
const annotationsPerStep = 10;

/**
 * Errors come first, because only the first ten of a step become annotations; the same for warnings. The text of all
 * follows in a group of the log.
 */
export function githubReport(
  command: string,
  problems: readonly Problem[],
  frameOf: (problem: Problem) => readonly string[] = () => [],
): string {
  if (problems.length === 0) return "";
  const errors = problems.filter(isError);
  const warnings = problems.filter((problem) => !isError(problem));
  const sorted = [...errors, ...warnings];
  const isCut = [errors, warnings].some(({ length }) => length > annotationsPerStep);
  const title = `meshfront ${command}: ${count(errors.length, "error")}, ${count(warnings.length, "warning")}`;
  const hint = isCut ? ` (GitHub annotates the first ${annotationsPerStep} of each, these are all)` : "";
  return [
    ...sorted.map(annotation),
    `::group::${escapeData(title + hint)}`,
    ...literally(sorted.map((problem) => linesOf(problem, frameOf(problem)).join("\n")).join("\n")),
    "::endgroup::",
    "",
  ].join("\n");
}

function annotation(problem: Problem): string {
  const { severity, file, line, column, code, message, suggestion } = problem;
  const properties = Object.entries({ file, line, col: column, title: code })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]))
    .join(",");
  const text = suggestion === undefined ? message : `${message}\n${suggestion}`;
  return `::${severity} ${properties}::${escapeData(text)}`;
}

/**
 * The runner looks for commands in every line, also for `##[…]` in the middle of one (actions/runner,
 * ActionCommand.cs), and messages quote what somebody wrote in a pull request. No text can hold its own hash, so none
 * can end the pause.
 */
function literally(text: string): readonly string[] {
  const token = sha256(text);
  return [`::stop-commands::${token}`, text, `::${token}::`];
}

// actions/toolkit, packages/core/src/command.ts: what the runner turns back.
const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
