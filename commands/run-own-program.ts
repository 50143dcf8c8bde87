// Hands a run over to the project's own program. A module by itself: node:child_process costs milliseconds that few runs owe.
import { spawnSync } from "node:child_process";
import type { Problem } from "../core/problem.ts";
import { configFile, type OwnProgram } from "./own-program.ts";

/** Its exit code, or what kept it from ending by itself. It runs in the project's folder, as under cdk8s. */
export function runOwnProgram(program: OwnProgram, root: string, argv: readonly string[]): number | Problem {
  const { status, signal, error } = spawnSync(process.execPath, [...program, ...withoutChdir(argv)], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== null) return status;
  return {
    code: "usage/app",
    severity: "error",
    message: `expected ${program.at(-1)} to end by itself, found ${error?.message ?? `the signal ${signal}`}`,
    suggestion: "Run it with Node to see why.",
    file: configFile,
  };
}

/** The folder is where it runs already. */
const withoutChdir = (argv: readonly string[]): readonly string[] =>
  argv.filter((word, index) => !/^--chdir(?:=|$)/.test(word) && argv[index - 1] !== "--chdir");
