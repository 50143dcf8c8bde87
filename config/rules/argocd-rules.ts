import type { ConfigRule } from "../finding.ts";

/** `retry.refresh` and `automated.enabled` work from 3.2 on, `name` in cluster whitelists from 3.3. */
const oldestArgocd = "3.3";

const asNumbers = (version: string): readonly number[] => version.split(".").map(Number);

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = asNumbers(version);
  const [thanMajor = 0, thanMinor = 0] = asNumbers(than);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

export const argocdRules: readonly ConfigRule[] = [
  {
    code: "argocd/version-too-old",
    severity: "error",
    check: ({ argocd }) =>
      isOlder(argocd.version, oldestArgocd)
        ? [
            {
              path: ["argocd", "version"],
              message: `expected Argo CD ${oldestArgocd} or newer, found ${argocd.version}`,
              suggestion: `Upgrade Argo CD first: older versions ignore fields that the output relies on.`,
            },
          ]
        : [],
  },
  {
    code: "argocd/gate-required",
    severity: "error",
    check: ({ argocd }) =>
      argocd.healthChecks.includes("application")
        ? []
        : [
            {
              path: ["argocd", "healthChecks"],
              message:
                "the health check `application` is missing: without it sync waves between Applications wait for nothing",
              suggestion: "Add application to the list.",
            },
          ],
  },
];
