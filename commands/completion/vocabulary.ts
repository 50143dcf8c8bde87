// What can be completed, from the table of commands: the three shells say the same.
import type { CommandEntry, CommandOption } from "../command.ts";
import { commands, commonOptions } from "../table.ts";

/** Words after a command: names of clusters, codes of problems, one of a few, or none. */
export type Words =
  | { readonly kind: "clusters" | "codes" | "none" }
  | { readonly kind: "words"; readonly choices: readonly string[] };

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly words: Words;
  /** The command's own options, then those of every command. */
  readonly options: readonly (CommandOption & { readonly name: string })[];
}

export interface Vocabulary {
  readonly commands: readonly CompletedCommand[];
  /** What `explain` takes: codes and areas. */
  readonly codes: readonly string[];
}

export function vocabularyOf(codes: readonly string[]): Vocabulary {
  const entries = Object.entries(commands);
  const help: CompletedCommand = {
    name: "help",
    summary: "Show the help of a command",
    words: { kind: "words", choices: entries.map(([name]) => name) },
    options: [],
  };
  return { commands: [...entries.map(([name, entry]) => completed(name, entry)), help], codes };
}

const completed = (name: string, entry: CommandEntry): CompletedCommand => ({
  name,
  summary: entry.summary,
  words: wordsOf(entry.words),
  options: Object.entries({ ...entry.options, ...commonOptions }).map(([option, rest]) => ({
    name: option,
    ...rest,
    ...(rest.choices !== undefined && { value: rest.choices.join("|") }),
  })),
});

/** The table names them as the help shows them: `[cluster…]`, `[code…]`, `a|b`. */
export function wordsOf(shown: string | undefined): Words {
  const bare = shown?.replace(/[[\]<>\u2026]/g, "");
  if (bare === "cluster") return { kind: "clusters" };
  if (bare === "code") return { kind: "codes" };
  return bare?.includes("|") ? { kind: "words", choices: bare.split("|") } : { kind: "none" };
}
