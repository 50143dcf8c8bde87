// Stage 1: versions of Argo CD, which the configuration names by minor.

/** The release of Argo CD that meshfront's output was run on: `argocd.version`, unless the file says otherwise. */
export const defaultArgocdVersion = "3.5";

/** What the EKS capability was seen to run (v3.3.10-eks1, 2026-06-09); AWS upgrades it, and nobody can pin it. */
export const eksArgocdVersion = "3.3";

/** `retry.refresh` and `automated.enabled` work from 3.2 on, `name` in cluster whitelists from 3.3. */
export const oldestArgocd = "3.3";

/** Whether one minor version, for example `3.5`, is older than another. */
export function isOlderArgocd(version: string, than: string): boolean {
  const [major = 0, minor = 0] = asNumbers(version);
  const [thanMajor = 0, thanMinor = 0] = asNumbers(than);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

const asNumbers = (version: string): readonly number[] => version.split(".").map(Number);
