// Stage 1 for programs: a plain object in place of a file's bytes.
import { show } from "../core/format-value.ts";
import type { Problem } from "../core/problem.ts";
import type { Config } from "./config.ts";
import { type InputFile, loadClusters } from "./load.ts";

/** The other files of a project. */
export interface Beside {
  readonly files: readonly InputFile[];
  readonly defaults: InputFile | undefined;
}

const alone: Beside = { files: [], defaults: undefined };

/**
 * The object is read as the file that holds it would be, so that one set of rules answers for both: over the defaults of
 * the project, and beside its other clusters. Its problems carry the dotted path and no place, unless they stand in the
 * defaults; there is no Config where the object cannot be understood.
 */
export function loadPlain(
  input: unknown,
  { files, defaults }: Beside = alone,
): {
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
} {
  const file = `clusters/${nameOf(input)}.yaml`;
  const text = tryStringify(input);
  if (text === undefined)
    return { config: undefined, problems: [notPlain(`found ${show(typeof input)} or a circle in it`)] };
  const others = files.filter((each) => each.file !== file);
  const loaded = loadClusters([...others, { file, bytes: Buffer.from(text) }], defaults);
  const theirs = new Set(others.map((each) => each.file));
  const problems = loaded.problems.filter((problem) => !theirs.has(problem.file ?? ""));
  return {
    config: loaded.clusters.find(({ config }) => config.file === file)?.config,
    problems: problems.map((problem) => withPath(problem.file === file ? withoutPlace(problem) : problem)),
  };
}

/** There is no such file, so nobody can look at its lines. */
export const withoutPlace = ({ file, line, column, ...problem }: Problem): Problem => problem;

function withPath({ path = "", message, ...problem }: Problem): Problem {
  const isSaid = path === "" || message.startsWith(`${path}: `);
  return { ...problem, ...(path !== "" && { path }), message: isSaid ? message : `${path}: ${message}` };
}

function nameOf(input: unknown): string {
  const name = (input as { readonly cluster?: { readonly name?: unknown } } | null | undefined)?.cluster
    ?.name; // of anything
  return typeof name === "string" ? name : "cluster";
}

function tryStringify(input: unknown): string | undefined {
  try {
    return JSON.stringify(input);
  } catch {
    return undefined;
  }
}

const notPlain = (found: string): Problem => ({
  code: "config/not-a-map",
  severity: "error",
  message: `expected a plain object as it would stand in clusters/<name>.yaml, ${found}`,
});
