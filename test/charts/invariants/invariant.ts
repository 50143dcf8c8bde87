import type { Output } from "../output.ts";

/** What holds for the output of every valid configuration. */
export interface Invariant {
  /** A sentence; it is the title of the tests. */
  readonly name: string;
  /** What breaks it, with the file or object; empty where it holds. */
  readonly violations: (output: Output) => readonly string[];
}
