import { readFileSync } from "node:fs";
import type { Problem } from "../core/problem.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import type { CompletionKeys } from "./results/completion.ts";

const shells: readonly string[] = ["bash", "zsh", "fish"];

/** Prints the script that teaches a shell to ask `meshfront complete` (complete.ts) what can stand there. */
export const completion: Command = {
  run: ({ words }) => {
    const [shell = ""] = words;
    if (!shells.includes(shell) || words.length !== 1) {
      return {
        exitCode: exitCodes.invalid,
        problems: [unknownShell(words)],
        summary: "nothing printed",
        json: { shell: null, script: null } satisfies CompletionKeys,
      };
    }
    const script = scriptFor(shell);
    return {
      exitCode: exitCodes.clean,
      problems: [],
      summary: "printed",
      output: script,
      json: { shell, script },
    };
  },
};

/** Works from the source tree and from the bundle: both stand one folder below the package. */
const scriptFor = (shell: string): string =>
  readFileSync(new URL(`../commands/completion/meshfront.${shell}`, import.meta.url), "utf8");

const unknownShell = (words: readonly string[]): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message: `expected one shell, ${shells.join(", ")}, found ${words.length === 0 ? "none" : words.join(" ")}`,
  suggestion:
    (words.length === 1 ? didYouMean(words[0] ?? "", shells) : undefined) ??
    "Run `meshfront completion --help`: it says where the script belongs.",
});
