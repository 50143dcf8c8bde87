import type { ConfigRule } from "../finding.ts";
import { nameOfFile } from "../name-of-file.ts";

/** `argocd-cm` and `defaults` would overwrite argocd/argocd-cm.yaml or be read as clusters/defaults.yaml. */
const reservedNames: readonly string[] = ["argocd-cm", "defaults"];

export const clusterRules: readonly ConfigRule[] = [
  {
    code: "cluster/file-name",
    severity: "error",
    check: ({ file, cluster }) => {
      const expected = nameOfFile(file);
      if (expected === cluster.name) return [];
      return [
        {
          path: ["cluster", "name"],
          message: `expected cluster.name to equal the file's name, ${expected}, found ${cluster.name}`,
          suggestion: `Rename the file to ${cluster.name}.yaml or set cluster.name to ${expected}.`,
        },
      ];
    },
  },
  {
    code: "cluster/reserved-name",
    severity: "error",
    check: ({ cluster }) =>
      reservedNames.includes(cluster.name)
        ? [
            {
              path: ["cluster", "name"],
              message: `the name ${cluster.name} is taken by a file of meshfront's own`,
              suggestion: "Choose another name.",
            },
          ]
        : [],
  },
];
