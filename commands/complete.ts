// What can stand at the end of a command line: what the scripts in commands/completion/ ask on Tab. Reads names of files
// and no file: it runs while somebody waits.
import { homedir } from "node:os";
import { resolve } from "node:path";
import { dnsLabel } from "../config/patterns.ts";
import { clustersFolder } from "../config/read-clusters.ts";
import { nodeReadFileSystem } from "../core/read-disk.ts";
import type { CommandEntry, CommandOption } from "./command.ts";
import { findProject } from "./find-project.ts";
import { commandIndex } from "./invocation.ts";

/** In place of an answer: any folder can stand here, and the shell knows best how to complete one. */
const folders = ":folders";

interface Candidate {
  readonly word: string;
  readonly summary?: string;
}

type Options = Readonly<Record<string, CommandOption>>;

interface Table {
  readonly commands: Readonly<Record<string, CommandEntry>>;
  readonly commonOptions: Options;
}

/** A line for each candidate, `word` or `word<tab>summary`. `typed` is what follows `meshfront`, the last word unfinished. */
export async function complete(typed: readonly string[], table: Table): Promise<string> {
  const candidates = await candidatesFor(wordsOf(typed), table);
  if (candidates === folders) return `${folders}\n`;
  const last = lastOf(typed);
  return candidates
    .filter(({ word }) => word.startsWith(last))
    .map(({ word, summary }) => `${summary === undefined ? word : `${word}\t${summary}`}\n`)
    .join("");
}

/** Bash makes three words of `--format=json`. */
const lastOf = (typed: readonly string[]): string => (typed.at(-1) === "=" ? "" : (typed.at(-1) ?? ""));
const wordsOf = (typed: readonly string[]): readonly string[] => [
  ...typed.slice(0, -1).filter((word) => word !== "="),
  lastOf(typed),
];

async function candidatesFor(
  words: readonly string[],
  { commands, commonOptions }: Table,
): Promise<readonly Candidate[] | typeof folders> {
  const [before, last] = [words.slice(0, -1), words.at(-1) ?? ""];
  const name = before[commandIndex(before)];
  const entry = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  const options: Options = { ...entry?.options, ...commonOptions };
  const [, inlined] = /^--([a-z-]+)=/.exec(last) ?? [];
  const open = inlined ?? before.at(-1)?.slice("--".length) ?? "";
  const option = Object.hasOwn(options, open) ? options[open] : undefined;
  if (option?.type === "string" && (inlined !== undefined || before.at(-1) === `--${open}`)) {
    if (option.value === "DIR") return folders;
    const start = inlined === undefined ? "" : `--${inlined}=`;
    return (option.choices ?? []).map((choice) => ({ word: start + choice }));
  }
  if (last.startsWith("-")) {
    return Object.entries(options).map(([long, { summary }]) => ({ word: `--${long}`, summary }));
  }
  const all = Object.entries(commands).map(([word, { summary }]) => ({ word, summary }));
  if (name === undefined) return [...all, { word: "help", summary: "Show the help of a command" }];
  return name === "help" ? all : wordsFor(entry?.words, before);
}

/** The table names words as the help shows them: `[cluster…]`, `[code…]`, `a|b`. */
async function wordsFor(shown: string | undefined, before: readonly string[]): Promise<readonly Candidate[]> {
  const kind = shown?.replace(/[[\]<>\u2026]/g, "");
  if (kind === undefined) return [];
  if (kind === "cluster") return clusters(before).map((word) => ({ word }));
  if (kind !== "code") return kind.split("|").map((word) => ({ word }));
  const { areaTitles, explanations } = await import("../explanations/index.ts");
  return [
    ...Object.entries(areaTitles).map(([word, summary]) => ({ word, summary })),
    ...Object.entries(explanations).map(([word, { meaning }]) => ({ word, summary: meaning })),
  ];
}

/** Names that a cluster can have, so that a shell reads no more than text in one. */
function clusters(before: readonly string[]): readonly string[] {
  const project = findProject(nodeReadFileSystem, resolve(projectOf(before)));
  const entries = nodeReadFileSystem.tryListFolder(resolve(project, clustersFolder)) ?? [];
  return entries
    .filter(({ name }) => name.endsWith(".yaml") && name !== "defaults.yaml")
    .map(({ name }) => name.slice(0, -".yaml".length))
    .filter((name) => dnsLabel.regex.test(name))
    .sort();
}

/** What --chdir says, which a shell gives as it was typed. */
function projectOf(before: readonly string[]): string {
  const at = before.findLastIndex((word) => /^--chdir(?:=|$)/.test(word));
  const typed = before[at]?.slice("--chdir=".length) || before[at + 1] || ".";
  return (at < 0 ? "." : typed).replace(/["'\\]/g, "").replace(/^~(?=\/|$)/, homedir());
}
