/** One example of a rule: fragments of a cluster file, laid over test/config/minimal-cluster.ts. */
export interface RuleCase {
  readonly code: string;
  /** Completes "<code> …". */
  readonly title: string;
  readonly fails: string;
  /** All that a person sees then. */
  readonly problems: string;
  /** The nearest fragment without that problem, and without any other. */
  readonly passes: string;
}

/** The same for a rule that compares clusters: a fragment per cluster. */
export interface FleetRuleCase extends Omit<RuleCase, "fails" | "passes"> {
  readonly fails: Readonly<Record<string, string>>;
  readonly passes: Readonly<Record<string, string>>;
}
