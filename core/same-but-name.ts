// One change of many clusters is one entry: what is the same for several but for the name of the cluster.

/** In the place of a cluster's name in what is said of several. */
export const anyCluster = "<cluster>";

/**
 * `dist/a/x.yaml` of `a`, or `a-root`, with the name taken out. No part of a longer word is one, and nothing between two
 * blanks: a cluster may be called like a word.
 */
export function withoutName(text: string, cluster: string): string {
  if (!text.includes(cluster)) return text;
  const pattern = patterns.get(cluster) ?? patternOf(cluster);
  patterns.set(cluster, pattern);
  return text.replace(pattern, anyCluster);
}

function patternOf(cluster: string): RegExp {
  // A folder in what was committed may be called as no cluster is.
  const name = cluster.replace(/[^\w-]/g, "\\$&");
  return new RegExp(`(?<![A-Za-z0-9])(?:(?<! )${name}(?![A-Za-z0-9])|${name}(?![A-Za-z0-9 ]))`, "g");
}

/** The same of a sentence, where names stand in backticks: a cluster may be called like a word. */
export const withoutNameInCode = (text: string, cluster: string): string =>
  text.replace(/`[^`]*`/g, (span) => withoutName(span, cluster));

const patterns = new Map<string, RegExp>();

export interface Shared<T> {
  /** One of each that are the same, in the order in which they came. */
  readonly items: readonly [T, ...T[]];
  /** Of the items, each once. */
  readonly clusters: readonly string[];
}

/** Items that have one key, in the order in which the first of each came. What is of no cluster stays by itself. */
export function sameButName<T>(
  items: readonly T[],
  clusterOf: (item: T) => string | undefined,
  keyOf: (item: T, cluster: string) => string,
): readonly Shared<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const [index, item] of items.entries()) {
    const cluster = clusterOf(item);
    const key = cluster === undefined ? `${index}` : `:${keyOf(item, cluster)}`;
    const group = groups.get(key);
    // Two of one cluster that are the same text are two.
    if (group === undefined) groups.set(key, [item]);
    else if (group.some((each) => clusterOf(each) === cluster)) groups.set(`${key} ${index}`, [item]);
    else group.push(item);
  }
  return [...groups.values()].map((group) => ({
    items: group,
    clusters: [...new Set(group.flatMap((item) => clusterOf(item) ?? []))],
  }));
}
