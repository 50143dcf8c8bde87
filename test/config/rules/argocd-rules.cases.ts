import type { RuleCase } from "./rule-case.ts";

export const argocdCases: readonly RuleCase[] = [
  {
    code: "argocd/version-too-old",
    title: "wants 3.3 at least",
    fails: `
      argocd:
        version: "3.2"
    `,
    problems: `
      clusters/demo.yaml:2:3 error argocd/version-too-old: expected Argo CD 3.3 or newer, found 3.2
        Upgrade Argo CD first: older versions ignore fields that the output relies on.
    `,
    passes: `
      argocd:
        version: "3.3"
    `,
  },
  {
    code: "argocd/version-too-old",
    title: "compares numbers and not text",
    fails: `
      argocd: { version: "2.14" }
    `,
    problems: `
      clusters/demo.yaml:1:11 error argocd/version-too-old: expected Argo CD 3.3 or newer, found 2.14
        Upgrade Argo CD first: older versions ignore fields that the output relies on.
    `,
    passes: `
      argocd: { version: "3.10" }
    `,
  },
  {
    code: "argocd/gate-required",
    title: "keeps the check that waves wait for",
    fails: `
      argocd:
        healthChecks: [crd, hpa]
    `,
    problems: `
      clusters/demo.yaml:2:3 error argocd/gate-required: the health check \`application\` is missing: without it sync waves between Applications wait for nothing
        Add application to the list.
    `,
    passes: `
      argocd:
        healthChecks: [application]
    `,
  },
  {
    code: "argocd/wildcard",
    title: "lets no pattern into the AppProject",
    fails: `
      cluster:
        argocdName: "prod-*"
      repository:
        url: https://github.com/example/*
    `,
    problems: `
      clusters/demo.yaml:2:3 error argocd/wildcard: expected one exact value, found a character that an AppProject reads as a pattern (* ? [ ] { } or a leading !)
        Write it without: the project would allow more than this.
      clusters/demo.yaml:4:3 error argocd/wildcard: expected one exact value, found a character that an AppProject reads as a pattern (* ? [ ] { } or a leading !)
        Write it without: the project would allow more than this.
    `,
    passes: `
      cluster:
        argocdName: prod-eu
    `,
  },
  {
    code: "argocd/wildcard",
    title: "knows the leading ! that denies, and leaves one further on alone",
    fails: `
      cluster: { argocdName: "!prod" }
    `,
    problems: `
      clusters/demo.yaml:1:12 error argocd/wildcard: expected one exact value, found a character that an AppProject reads as a pattern (* ? [ ] { } or a leading !)
        Write it without: the project would allow more than this.
    `,
    passes: `
      cluster: { argocdName: "prod!" }
    `,
  },
];
