// Which host names cover which, in the three readings that matter here.

/** Every host: `hosts: ["*"]`, which an Ingress says by a rule without one. */
export const anyHost = "*";

/** Those that a certificate can name. */
export const namedHosts = (hosts: readonly string[]): readonly string[] =>
  hosts.filter((host) => host !== anyHost);

const isWildcard = (host: string): boolean => host.startsWith("*.");

/** One label per wildcard, as certificates, Kubernetes Ingress rules and the ALB controller's discovery read it. */
export function coversOneLabel(pattern: string, host: string): boolean {
  if (pattern === anyHost || pattern === host) return true;
  if (!isWildcard(pattern) || isWildcard(host)) return false;
  const suffix = pattern.slice(1);
  return host.endsWith(suffix) && !host.slice(0, -suffix.length).includes(".");
}

/** Any number of labels, as Istio's Gateway and an ALB's host-header condition read `*`. */
export function coversAnyDepth(pattern: string, host: string): boolean {
  if (pattern === "*" || pattern === host) return true;
  return isWildcard(pattern) && host.endsWith(pattern.slice(1));
}

/** The wildcards that cover a host at any depth, a wildcard itself included: `*.b.c`, `*.c` and `*` for `a.b.c` and for `*.b.c`. */
export function wildcardsOver(host: string): readonly string[] {
  const labels = host.split(".");
  return [...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join(".")}`), anyHost];
}

/**
 * The same for many patterns: tells in a few steps whether one of them covers a host, however many there are.
 * `depth` is the number of labels a wildcard stands for.
 */
export function coverOf(patterns: readonly string[], depth: "one label" | "any"): (host: string) => boolean {
  const all = new Set(patterns);
  return (host) => {
    if (all.has(host) || all.has(anyHost)) return true;
    if (depth === "one label") return !isWildcard(host) && all.has(`*${host.slice(host.indexOf("."))}`);
    const labels = host.split(".");
    return labels.some((_, index) => all.has(`*.${labels.slice(index + 1).join(".")}`));
  };
}
