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
  {
    code: "argocd/eks-destination",
    title: "wants the cluster's own ARN, or a name, with the EKS capability",
    fails: `
      argocd: { managedBy: eks }
    `,
    problems: `
      clusters/defaults.yaml:1:1 error argocd/eks-destination: expected the ARN of the EKS cluster, or cluster.argocdName, found "https://kubernetes.default.svc", the default: the EKS capability for Argo CD deploys to registered EKS clusters only, the one it belongs to included
        Set cluster.server to arn:aws:eks:ap-northeast-2:<account>:cluster/demo.
    `,
    passes: `
      argocd: { managedBy: eks, clusterName: hub }
      cluster: { argocdName: in-cluster }
    `,
  },
  {
    code: "argocd/eks-destination",
    title: "compares the ARN with the cluster",
    fails: `
      argocd: { managedBy: eks }
      cluster: { account: "111122223333", server: "arn:aws:eks:eu-west-1:444455556666:cluster/other" }
    `,
    problems: `
      clusters/demo.yaml:2:37 error argocd/eks-destination: expected the ARN of this cluster, with the region ap-northeast-2, found eu-west-1
        Correct the ARN, or cluster.region, cluster.account and cluster.eksName.
      clusters/demo.yaml:2:37 error argocd/eks-destination: expected the ARN of this cluster, with the account 111122223333, found 444455556666
        Correct the ARN, or cluster.region, cluster.account and cluster.eksName.
      clusters/demo.yaml:2:37 error argocd/eks-destination: expected the ARN of this cluster, with the name demo, found other
        Correct the ARN, or cluster.region, cluster.account and cluster.eksName.
    `,
    passes: `
      argocd: { managedBy: eks }
      cluster: { account: "111122223333", eksName: Other, server: "arn:aws:eks:ap-northeast-2:111122223333:cluster/Other" }
    `,
  },
  {
    code: "argocd/eks-destination",
    title: "knows the partition of China",
    fails: `
      argocd: { managedBy: eks }
      cluster: { region: cn-north-1, server: "arn:aws:eks:cn-north-1:111122223333:cluster/demo" }
    `,
    problems: `
      clusters/demo.yaml:2:32 error argocd/eks-destination: expected the ARN of this cluster, with the partition aws-cn, found aws
        Correct the ARN, or cluster.region, cluster.account and cluster.eksName.
    `,
    passes: `
      argocd: { managedBy: eks }
      cluster: { region: cn-north-1, server: "arn:aws-cn:eks:cn-north-1:111122223333:cluster/demo" }
    `,
  },
  {
    code: "argocd/wildcard",
    title: "takes no pattern for the name of Argo CD's own cluster",
    fails: `
      argocd: { managedBy: eks, clusterName: "*" }
      cluster: { argocdName: prod }
    `,
    problems: `
      clusters/demo.yaml:1:27 error argocd/wildcard: expected one exact value, found a character that an AppProject reads as a pattern (* ? [ ] { } or a leading !)
        Write it without: the project would allow more than this.
    `,
    passes: `
      argocd: { managedBy: eks, clusterName: hub }
      cluster: { argocdName: prod }
    `,
  },
  {
    code: "argocd/eks-destination",
    title: "knows that nobody else reads ARNs",
    fails: `
      cluster: { server: "arn:aws:eks:ap-northeast-2:111122223333:cluster/demo" }
    `,
    problems: `
      clusters/demo.yaml:1:12 error argocd/eks-destination: expected the URL of an API server, found "arn:aws:eks:ap-northeast-2:111122223333:cluster/demo": only the EKS capability for Argo CD knows clusters by ARN
        Write the URL as \`argocd cluster list\` shows it, or set argocd.managedBy to eks.
    `,
    passes: `
      cluster: { server: "https://0A1B.gr7.ap-northeast-2.eks.amazonaws.com" }
    `,
  },
  {
    code: "argocd/eks-discovered",
    title: "refuses a hook where a sync ends after 120 s",
    fails: `
      argocd: { managedBy: eks }
      cluster: { argocdName: in-cluster }
      ingresses: { services: { healthCheck: { mode: discovered } } }
    `,
    problems: `
      clusters/demo.yaml:3:41 error argocd/eks-discovered: expected mode named or pinned, found discovered: the EKS capability for Argo CD ends a sync after 120 s and does not repeat it, so that a hook that waits may never be done
        Remove mode: named is the default there, and follows by itself.
    `,
    passes: `
      argocd: { managedBy: eks }
      cluster: { argocdName: in-cluster }
    `,
  },
];
