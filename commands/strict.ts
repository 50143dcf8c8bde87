// `--strict`: a warning is an error for whoever says so. Those that the configuration accepts are no longer among them.
import { isError, type Problem } from "../core/problem.ts";
import type { OptionValues } from "./command.ts";

export const failsStrictly = (problems: readonly Problem[], { strict }: OptionValues): boolean =>
  strict === true && problems.some((problem) => !isError(problem));
