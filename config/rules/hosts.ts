// Which host names cover which, in the three readings that matter here.

const isWildcard = (host: string): boolean => host.startsWith("*.");

/** One label per wildcard, as certificates, Kubernetes Ingress rules and the ALB controller's discovery read it. */
export function coversOneLabel(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  if (!isWildcard(pattern) || isWildcard(host)) return false;
  const suffix = pattern.slice(1);
  return host.endsWith(suffix) && !host.slice(0, -suffix.length).includes(".");
}

/** Any number of labels, as Istio's Gateway and an ALB's host-header condition read `*`. */
export function coversAnyDepth(pattern: string, host: string): boolean {
  if (pattern === "*" || pattern === host) return true;
  return isWildcard(pattern) && host.endsWith(pattern.slice(1));
}
