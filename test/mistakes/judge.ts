// How well a mistake is answered: at the right place, with the cause and the way out, and with nothing else beside it.
import type { Tree } from "../manifests/output-tree.ts";
import { project } from "./project.ts";
import { checkAll, diffBetween, outputOf, type Said, synthDryRun, type Told } from "./run-in-memory.ts";

export interface Mistake {
  /** Number in the list of the trial, where it stood there. */
  readonly id: string;
  readonly title: string;
  readonly change: (tree: Tree) => Tree;
  /** `synth` by default. `diff` compares with the project as it was. */
  readonly seenBy?: "check" | "diff" | "synth";
  readonly expected: Expected | "accepted";
}

export interface Expected {
  readonly code: string;
  /** The text that stands at the place which is named; left out where a whole file, or none, is meant. */
  readonly at?: string;
  /** Words of the message and the advice: cause and way out. */
  readonly says: readonly string[];
  /** What else may be said, because it is another cause. */
  readonly beside?: readonly string[];
  /** How often it is said, at a place each: once by default. */
  readonly times?: number;
}

export type Verdict = "good" | "misplaced" | "no way out" | "noisy" | "refused" | "silent" | "wrong";

export interface Judgement {
  readonly verdict: Verdict;
  /** What a person was told. */
  readonly said: readonly string[];
}

export async function judge(mistake: Mistake): Promise<Judgement> {
  const tree = mistake.change(project);
  const { said } = await tell(mistake, tree);
  return { verdict: verdictOf(mistake.expected, said, tree), said: said.map(inOneText) };
}

function tell({ seenBy = "synth" }: Mistake, tree: Tree): Promise<Told> | Told {
  if (seenBy === "diff") return diffBetween(project, tree);
  return seenBy === "check" ? checkAll({ ...tree, ...outputOf(tree) }) : synthDryRun(tree);
}

function verdictOf(expected: Mistake["expected"], said: readonly Said[], tree: Tree): Verdict {
  if (expected === "accepted") return said.length === 0 ? "good" : "refused";
  if (said.length === 0) return "silent";
  const meant = said.filter(({ code }) => code === expected.code);
  const [first] = meant;
  if (first === undefined) return "wrong";
  const others = said.filter(({ code }) => code !== expected.code && !expected.beside?.includes(code));
  if (meant.length > (expected.times ?? 1) || others.length > 0) return "noisy";
  if (expected.at !== undefined && !textAt(first, tree).startsWith(expected.at)) return "misplaced";
  return expected.says.every((words) => inOneText(first).includes(words)) ? "good" : "no way out";
}

function textAt({ file = "", line = 0, column = 0 }: Said, tree: Tree): string {
  const [text = ""] = (tree[file] ?? "").split("\n").slice(line - 1);
  return text.slice(column - 1);
}

const inOneText = ({ code, severity, message, suggestion, file = "", line, column }: Said): string =>
  `${[file, line, column].filter((part) => part !== undefined).join(":")} ${severity} ${code}: ${message}${suggestion === undefined ? "" : ` | ${suggestion}`}`;
