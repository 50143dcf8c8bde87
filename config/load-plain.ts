// Stage 1 for programs: a plain object in place of a file's bytes.
import { show } from "../core/format-value.ts";
import type { Problem } from "../core/problem.ts";
import type { Config } from "./config.ts";
import { loadClusters } from "./load.ts";

/**
 * The object is read as the file that holds it would be, so that one set of rules answers for both. Its problems carry the
 * dotted path and no line; there is no Config where the object cannot be understood.
 */
export function loadPlain(input: unknown): {
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
} {
  const file = `clusters/${nameOf(input)}.yaml`;
  const text = tryStringify(input);
  if (text === undefined)
    return { config: undefined, problems: [notPlain(`found ${show(typeof input)} or a circle in it`)] };
  const { clusters, problems } = loadClusters([{ file, bytes: Buffer.from(text) }], undefined);
  const placeless = problems.map(({ file: _, line: __, column: ___, message, ...problem }) => ({
    ...problem,
    message: problem.path === undefined ? message : `${problem.path}: ${message}`,
  }));
  return { config: clusters[0]?.config, problems: placeless };
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
