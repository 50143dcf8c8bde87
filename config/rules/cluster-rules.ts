import type { ConfigRule } from "../finding.ts";

/** By name, what a cluster called so would take the place of. */
const reservedNames: ReadonlyMap<string, string> = new Map([
  ["argocd-cm", "argocd/argocd-cm.yaml, a file of meshfront's own"],
  ["defaults", "clusters/defaults.yaml, which lies under every cluster file"],
  [
    "default",
    "Argo CD's AppProject `default`: Applications of other teams in it would be refused from then on",
  ],
]);

export const clusterRules: readonly ConfigRule[] = [
  {
    code: "cluster/reserved-name",
    severity: "error",
    check: ({ cluster }) => {
      const taken = reservedNames.get(cluster.name);
      if (taken === undefined) return [];
      return [
        {
          path: ["cluster", "name"],
          message: `expected a name that nothing else has, found ${cluster.name}: it would take the place of ${taken}`,
          suggestion: "Choose another name.",
        },
      ];
    },
  },
];
