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
      clusters/b.yaml:2:1 error argocd/clusters-disagree: expected argocd.healthChecks to be the same in all clusters, found application in clusters/a.yaml; application,crd,hpa in clusters/b.yaml and clusters/c.yaml
        argocd/argocd-cm.yaml is one file for all of them: set it in clusters/defaults.yaml.
      clusters/c.yaml:1:1 error argocd/clusters-disagree: expected argocd.version to be the same in all clusters, found 3.4 in clusters/a.yaml and clusters/b.yaml; 3.5 in clusters/c.yaml
        One Argo CD reads them all: set it in clusters/defaults.yaml.
    `,
    passes: {
      a: cluster("a"),
      b: cluster("b", 'argocd: { version: "3.5", healthChecks: [application, crd, hpa] }'),
    },
  },
  {
    code: "argocd/clusters-disagree",
    title: "compares version and clusterName within one Argo CD, and what the ConfigMap holds across both",
    fails: {
      a: "{ cluster: { name: a, argocdName: a }, argocd: { managedBy: eks, namespace: gitops } }",
      b: "{ cluster: { name: b, argocdName: b }, argocd: { managedBy: eks, namespace: gitops, clusterName: hub } }",
      c: cluster("c"),
    },
    problems: `
      clusters/b.yaml:1:85 error argocd/clusters-disagree: expected argocd.clusterName to be the same in all clusters, found in-cluster in clusters/a.yaml; hub in clusters/b.yaml
        Their roots are in one Argo CD: set it in clusters/defaults.yaml.
      clusters/c.yaml:1:1 error argocd/clusters-disagree: expected argocd.namespace to be the same in all clusters, found gitops in clusters/a.yaml and clusters/b.yaml; argocd in clusters/c.yaml
        argocd/argocd-cm.yaml is one file for all of them: set it in clusters/defaults.yaml.
    `,
    passes: {
      a: "{ cluster: { name: a, argocdName: a }, argocd: { managedBy: eks, clusterName: hub } }",
      b: "{ cluster: { name: b, argocdName: b }, argocd: { managedBy: eks, clusterName: hub } }",
      c: cluster("c", 'argocd: { version: "3.4" }'),
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
      clusters/b.yaml:1:21 error argocd/destination-twice: expected a cluster that one file is about, found https://one.example.com:6443 in clusters/a.yaml and clusters/b.yaml: several sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of them.
      clusters/d.yaml:1:21 error argocd/destination-twice: expected a cluster that one file is about, found prod in clusters/c.yaml and clusters/d.yaml: several sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of them.
    `,
    passes: {
      a: "cluster: { name: a, server: https://one.example.com:6443 }",
      b: "cluster: { name: b, server: https://two.example.com:6443 }",
      c: "cluster: { name: c, argocdName: prod }",
    },
  },
  {
    code: "argocd/destination-twice",
    title: "compares what one Argo CD reads, while a repository moves from one to another",
    fails: {
      a: "{ cluster: { name: a, argocdName: prod }, argocd: { managedBy: eks } }",
      b: "{ cluster: { name: b, argocdName: prod }, argocd: { managedBy: eks } }",
      c: "cluster: { name: c }",
    },
    problems: `
      clusters/b.yaml:1:23 error argocd/destination-twice: expected a cluster that one file is about, found prod in clusters/a.yaml and clusters/b.yaml: several sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of them.
    `,
    passes: {
      a: '{ cluster: { name: a, server: "arn:aws:eks:ap-northeast-2:111122223333:cluster/a" }, argocd: { managedBy: eks } }',
      b: "cluster: { name: b }",
      c: "cluster: { name: c }",
    },
  },
  {
    code: "argocd/destination-twice",
    title: "leaves one file without a destination beside those with one",
    fails: {
      a: "cluster: { name: a, server: https://one.example.com:6443 }",
      b: "cluster: { name: b }",
      c: "cluster: { name: c }",
    },
    problems: `
      clusters/c.yaml:1:1 error argocd/destination-twice: expected cluster.server or cluster.argocdName in all files but one, because other files name a remote cluster, found none in clusters/b.yaml and clusters/c.yaml: all of them would be installed into Argo CD's own cluster
        Set cluster.server to the API server as Argo CD knows it (\`argocd cluster list\`).
    `,
    passes: {
      a: "cluster: { name: a, server: https://one.example.com:6443 }",
      b: "cluster: { name: b }",
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
      clusters/c.yaml:1:21 error argocd/destination-twice: expected a cluster that one file is about, found prod in clusters/a.yaml and clusters/c.yaml: several sets of Applications would take the same objects from each other
        One file describes one cluster: put its doors and routes into one of them.
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
      clusters/b.yaml:2:26 error alb/name-twice: the load balancer name door stands in clusters/a.yaml (ingresses.services) and clusters/b.yaml (ingresses.services): names are unique per account and region
        Set \`name\` of all but one, or cluster.account where the accounts differ.
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
      clusters/b.yaml:2:26 error alb/name-twice: the load balancer name door stands in clusters/a.yaml (ingresses.services) and clusters/b.yaml (ingresses.services): names are unique per account and region
        Set \`name\` of all but one, or cluster.account where the accounts differ.
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
      clusters/a-ingress-b.yaml:1:12 error argocd/name-twice: the Application a-ingress-b-root would be written for a and a-ingress-b
        Rename the cluster or the key of the ingress.
    `,
    passes: { a: cluster("a"), "a-ingress-b": cluster("a-ingress-b") },
  },
  {
    code: "alb/name-twice",
    title: "names all doors with the name once, whatever the doors of another account are called",
    fails: {
      a: withDoor('name: a, account: "123456789012"'),
      b: withDoor('name: b, account: "210987654321"'),
      c: withDoor('name: c, account: "210987654321"'),
      d: withDoor('name: d, account: "210987654321"'),
    },
    problems: `
      clusters/c.yaml:2:26 error alb/name-twice: the load balancer name door stands in clusters/b.yaml (ingresses.services), clusters/c.yaml (ingresses.services) and clusters/d.yaml (ingresses.services): names are unique per account and region
        Set \`name\` of all but one, or cluster.account where the accounts differ.
    `,
    passes: { a: cluster("a"), b: cluster("b") },
  },
];
