import { show } from "../core/format-value.ts";
import type { Problem } from "../core/problem.ts";

/** `name` without its dashes. */
export const wrongOption = (command: string, name: string, expected: string, found: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message: `expected --${name} to be ${expected}, found ${show(found)}`,
  suggestion: `Correct --${name}; \`meshfront ${command} --help\` has an example.`,
});
