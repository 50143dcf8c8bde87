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
      clusters/argocd-cm.yaml:1:12 error cluster/reserved-name: expected a name that nothing else has, found argocd-cm: it would take the place of argocd/argocd-cm.yaml, a file of meshfront's own
        Choose another name.
    `,
    passes: { "argocd-cm-2": "cluster: { name: argocd-cm-2 }" },
  },
  {
    code: "cluster/reserved-name",
    title: "keeps Argo CD's default project for those who are in it",
    fails: { default: "cluster: { name: default }" },
    problems: `
      clusters/default.yaml:1:12 error cluster/reserved-name: expected a name that nothing else has, found default: it would take the place of Argo CD's AppProject \`default\`: Applications of other teams in it would be refused from then on
        Choose another name.
    `,
    passes: { "default-2": "cluster: { name: default-2 }" },
  },
];
