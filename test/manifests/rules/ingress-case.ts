/** Text in the files whose path matches, and what stands there instead. */
export type Change = readonly [path: RegExp, from: string | RegExp, to: string];

/** One example of a rule on objects: the output of a small cluster (one door, one route), changed afterwards. */
export interface IngressCase {
  readonly code: string;
  /** Completes "<code> …". */
  readonly title: string;
  readonly fails: readonly Change[];
  /** All that a person sees then. */
  readonly problems: string;
  /** The nearest change without that problem, and without any other; nothing where the output itself is that. */
  readonly passes?: readonly Change[];
}
