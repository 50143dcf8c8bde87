// What every stage reports: one shape for errors and warnings, so that all of them can be printed at once.

export type Severity = "error" | "warning";

/** A position in a file a person edits. `line` and `column` count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One error or warning. `code` is `area/kebab-name`; `message` says what was expected and what was found. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Dotted path of the key concerned, for example `ingresses.services.hosts[0]`. */
  readonly path?: string;
  /** What to do about it, as one imperative sentence. */
  readonly suggestion?: string;
}

/** What prints all that is known of a code: it works wherever meshfront is installed, also offline. */
export const docsOf = (code: string): string => `meshfront explain ${code}`;

export const isError = (problem: Problem): boolean => problem.severity === "error";

/** One problem as people read it: `clusters/demo.yaml:12:7 error alb/name-length: …`, advice on the next line. */
export function formatProblem(problem: Problem): string {
  const where = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const lines = [`${where === "" ? "" : `${where} `}${problem.severity} ${problem.code}: ${problem.message}`];
  if (problem.suggestion !== undefined) lines.push(`  ${problem.suggestion}`);
  return lines.join("\n");
}
