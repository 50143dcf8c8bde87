/** What `meshfront explain` says of one problem code. Plain sentences; backticks around names. */
export interface Explanation {
  /** One sentence: what is wrong, and why it matters where that does not go without saying. */
  readonly meaning: string;
  /** What happens in the cluster or in AWS where nobody heeds it. */
  readonly why?: string;
  /** What to do, where the message of the problem does not say it all. */
  readonly fix?: string;
  /** Which versions it applies to, for example `Argo CD before 3.5`; left out where it applies to all. */
  readonly versions?: string;
  /** Where the fact is from: public documentation or source with version, or what was run, on which version. */
  readonly sources?: readonly string[];
  /** The shortest example; a test runs both sides. */
  readonly example?: Example;
}

/**
 * Text of one or several files, each after a line `# <path>`: below `clusters/` a fragment that is laid over the
 * minimal cluster of README.md, below `dist/` or `argocd/` the objects that a rule on objects gets to see (an excerpt:
 * what other rules miss in it does not count). Text
 * without such a line is a fragment of `clusters/demo.yaml`. A cluster is called like its file, where its fragment has
 * no key `cluster`.
 */
export interface Example {
  readonly fails: string;
  readonly passes: string;
}

/** By code. */
export type Explanations = Readonly<Record<string, Explanation>>;
