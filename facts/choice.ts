// Stage 2: what choosing among AWS's answers comes to: an answer with its losers, or a refusal that says why.
import type { Answer } from "./lock-schema.ts";

/** A candidate that was not taken. Told on stderr, never written to the lock file. */
export interface Loser {
  readonly name: string;
  readonly reason: string;
}

export interface Chosen<A extends Answer> {
  readonly answer: A;
  readonly losers: readonly Loser[];
  /** What a person should know although the choice is made; each completes "warning: …". */
  readonly warnings: readonly string[];
}

export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly suggestion: string;
  readonly losers: readonly Loser[];
  /** AWS answered with nothing at all, as it does when asked in the wrong region or account. */
  readonly isEmpty: boolean;
}

export type Choice<A extends Answer = Answer> = Chosen<A> | Refused;

export const isChosen = <A extends Answer>(choice: Choice<A>): choice is Chosen<A> => "answer" in choice;

const shownLosers = 10;

/** `; seen: a (reason), b (reason) and 3 more`, or nothing. */
export function listLosers(losers: readonly Loser[]): string {
  if (losers.length === 0) return "";
  const shown = losers.slice(0, shownLosers).map(({ name, reason }) => `${name} (${reason})`);
  const more = losers.length > shownLosers ? ` and ${losers.length - shownLosers} more` : "";
  return `; seen: ${shown.join(", ")}${more}`;
}

/** One way to prefer a candidate over another; the lower rank wins. */
export interface Criterion<T> {
  readonly name: string;
  readonly rank: (candidate: T) => number | string;
}

/** The first criterion that tells two candidates apart, and which of them it prefers. */
export function compareBy<T>(
  criteria: readonly Criterion<T>[],
  a: T,
  b: T,
): { readonly order: number; readonly name: string } {
  for (const { name, rank } of criteria) {
    const [left, right] = [rank(a), rank(b)];
    if (left !== right) return { order: left < right ? -1 : 1, name };
  }
  return { order: 0, name: "" };
}
