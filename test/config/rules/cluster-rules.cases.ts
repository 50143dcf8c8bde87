import type { FleetRuleCase, RuleCase } from "./rule-case.ts";

export const clusterCases: readonly RuleCase[] = [
  {
    code: "cluster/file-name",
    title: "wants the name of the file",
    fails: `
      cluster:
        name: other
    `,
    problems: `
      clusters/demo.yaml:2:3 error cluster/file-name: expected cluster.name to equal the file's name, demo, found other
        Rename the file to other.yaml or set cluster.name to demo.
    `,
    passes: `
      cluster:
        name: demo
    `,
  },
];

/** The names of the files matter here. */
export const clusterNameCases: readonly FleetRuleCase[] = [
  {
    code: "cluster/reserved-name",
    title: "keeps the names of meshfront's own files",
    fails: { "argocd-cm": "cluster: { name: argocd-cm }" },
    problems: `
      clusters/argocd-cm.yaml:1:12 error cluster/reserved-name: the name argocd-cm is taken by a file of meshfront's own
        Choose another name.
    `,
    passes: { "argocd-cm-2": "cluster: { name: argocd-cm-2 }" },
  },
];
