import type { FleetRuleCase } from "./rule-case.ts";

/** A cluster file of a few lines. */
const cluster = (name: string, ...lines: readonly string[]): string =>
  [`cluster: { name: ${name} }`, ...lines].join("\n");

/** One with a door that is called door. */
const withDoor = (head: string): string => `cluster: { ${head} }\ningresses: { services: { name: door } }`;

export const fleetCases: readonly FleetRuleCase[] = [
  {
    code: "argocd/clusters-disagree",
    title: "wants one Argo CD in all files",
    fails: {
      a: cluster("a", 'argocd: { version: "3.4", healthChecks: [application] }'),
      b: cluster("b", 'argocd: { version: "3.4" }'),
      c: cluster("c"),
    },
    problems: `
      clusters/b.yaml:2:1 error argocd/clusters-disagree: expected argocd.healthChecks to be the same in all clusters, found application,crd,hpa here and application in clusters/a.yaml
        argocd/argocd-cm.yaml is one file for all of them: set it in clusters/defaults.yaml.
      clusters/c.yaml:1:1 error argocd/clusters-disagree: expected argocd.version to be the same in all clusters, found 3.5 here and 3.4 in clusters/a.yaml
        argocd/argocd-cm.yaml is one file for all of them: set it in clusters/defaults.yaml.
      clusters/c.yaml:1:1 error argocd/clusters-disagree: expected argocd.healthChecks to be the same in all clusters, found application,crd,hpa here and application in clusters/a.yaml
        argocd/argocd-cm.yaml is one file for all of them: set it in clusters/defaults.yaml.
    `,
    passes: {
      a: cluster("a"),
      b: cluster("b", 'argocd: { version: "3.5", healthChecks: [application, crd, hpa] }'),
    },
  },
  {
    code: "argocd/destination-twice",
    title: "wants one file per cluster that Argo CD reaches from outside",
    fails: {
      a: withDoor("name: a, server: https://one.example.com:6443"),
      b: "cluster: { name: b, server: https://one.example.com:6443 }",
      c: "cluster: { name: c, argocdName: prod }",
      d: "cluster: { name: d, argocdName: prod }",
    },
    problems: `
      clusters/b.yaml:1:21 error argocd/destination-twice: expected a cluster that no other file is about, found that of clusters/a.yaml: two sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of the two.
      clusters/d.yaml:1:21 error argocd/destination-twice: expected a cluster that no other file is about, found that of clusters/c.yaml: two sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of the two.
    `,
    passes: {
      a: "cluster: { name: a, server: https://one.example.com:6443 }",
      b: "cluster: { name: b, server: https://two.example.com:6443 }",
      c: "cluster: { name: c, argocdName: prod }",
    },
  },
  {
    code: "argocd/destination-twice",
    title: "knows that each Argo CD calls its own cluster the same",
    fails: {
      a: "cluster: { name: a, argocdName: prod }",
      b: "cluster: { name: b }",
      c: "cluster: { name: c, argocdName: prod }",
    },
    problems: `
      clusters/c.yaml:1:21 error argocd/destination-twice: expected a cluster that no other file is about, found that of clusters/a.yaml: two sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of the two.
    `,
    passes: {
      a: "cluster: { name: a }",
      b: "cluster: { name: b, server: https://kubernetes.default.svc }",
      c: "cluster: { name: c, argocdName: in-cluster }",
      d: "cluster: { name: d, argocdName: in-cluster }",
    },
  },
  {
    code: "alb/name-twice",
    title: "wants a name once per account and region",
    fails: {
      a: withDoor('name: a, account: "123456789012"'),
      b: withDoor('name: b, account: "123456789012"'),
    },
    problems: `
      clusters/b.yaml:2:26 error alb/name-twice: the load balancer name door is used by clusters/a.yaml (ingresses.services) as well: names are unique per account and region
        Set \`name\` of one of them, or cluster.account where the accounts differ.
    `,
    passes: {
      a: withDoor('name: a, account: "123456789012"'),
      b: withDoor('name: b, account: "210987654321"'),
      c: withDoor("name: c, region: eu-west-1"),
    },
  },
  {
    code: "alb/name-twice",
    title: "takes a cluster without an account for one of any account",
    fails: {
      a: withDoor('name: a, account: "123456789012"'),
      b: withDoor("name: b"),
    },
    problems: `
      clusters/b.yaml:2:26 error alb/name-twice: the load balancer name door is used by clusters/a.yaml (ingresses.services) as well: names are unique per account and region
        Set \`name\` of one of them, or cluster.account where the accounts differ.
    `,
    passes: { a: cluster("a"), b: cluster("b") },
  },
  {
    code: "argocd/name-twice",
    title: "wants the names in Argo CD's namespace once",
    fails: {
      a: cluster(
        "a",
        "ingresses: { b-root: { name: x, hosts: [x.example.com], certificate: { domain: x.example.com } } }",
      ),
      "a-ingress-b": cluster("a-ingress-b"),
    },
    problems: `
      clusters/a-ingress-b.yaml:1:12 error argocd/name-twice: the Application a-ingress-b-root would be written for a and for a-ingress-b
        Rename the cluster or the key of the ingress.
    `,
    passes: { a: cluster("a"), "a-ingress-b": cluster("a-ingress-b") },
  },
];
