import { isOlderArgocd, oldestArgocd } from "../argocd-version.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";

/** What Argo CD's glob gives a meaning to, and a leading `!`, which denies. */
const globCharacters = /[*?[\]{}]|^!/;

/** sourceRepos and destinations of an AppProject are globs: a star in them would allow more than what is named. */
function wildcardFindings({ argocd, cluster, istio, repository }: Config): Finding[] {
  const { destination } = cluster;
  const places: readonly { readonly path: readonly string[]; readonly value: string }[] = [
    { path: ["repository", "url"], value: repository.url },
    { path: ["istio", "charts"], value: istio.charts },
    "server" in destination
      ? { path: ["cluster", "server"], value: destination.server }
      : { path: ["cluster", "argocdName"], value: destination.name },
    ...("name" in argocd.ownCluster
      ? [{ path: ["argocd", "clusterName"], value: argocd.ownCluster.name }]
      : []),
  ];
  return places
    .filter(({ value }) => globCharacters.test(value))
    .map(({ path }) => ({
      path,
      message:
        "expected one exact value, found a character that an AppProject reads as a pattern (* ? [ ] { } or a leading !)",
      suggestion: "Write it without: the project would allow more than this.",
    }));
}

export const argocdRules: readonly ConfigRule[] = [
  {
    code: "argocd/version-too-old",
    severity: "error",
    check: ({ argocd }) =>
      isOlderArgocd(argocd.version, oldestArgocd)
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
  { code: "argocd/wildcard", severity: "error", check: wildcardFindings },
];
