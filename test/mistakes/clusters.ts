// Several clusters: copied files, names, Argo CD's destinations; lock files; and what a change leads to.
import { all, append, copy, lookedUp, remove, swap, write } from "./change.ts";
import type { Mistake } from "./judge.ts";
import { prod, stage } from "./project.ts";

const prodLock = "clusters/prod-seoul.lock.json";
const stageLock = "clusters/stage.lock.json";
const qa = "clusters/qa.yaml";
const qaLock = "clusters/qa.lock.json";
const remote = (name: string) => `  server: https://${name}.example.com\n`;
const istiodValues = "      pilot:\n        resources: { requests: { cpu: 500m } }\n";

export const clusterMistakes: readonly Mistake[] = [
  {
    id: "42",
    title: "a cluster is called as EKS calls it",
    change: swap("name: prod-seoul", "name: Prod_Seoul"),
    expected: {
      code: "config/invalid-value",
      at: "name",
      says: ["a DNS label", "name: prod-seoul", "eksName: Prod_Seoul"],
    },
  },
  {
    id: "43",
    title: "a cluster is not called like its file",
    change: swap("name: stage", "name: staging", stage),
    expected: { code: "cluster/file-name", at: "name", says: ["staging", "stage"] },
  },
  {
    id: "47",
    title: "a value of a chart is misspelt at its root",
    change: swap(istiodValues, `${istiodValues}      pilots: { traceSampling: 1 }\n`),
    expected: { code: "istio/dead-value", at: "pilots", says: ["pilots", "read"] },
  },
  {
    id: "48",
    title: "a value of a chart is misspelt further down",
    change: swap(
      "        resources: { requests: { cpu: 500m } }",
      "        resorces: { requests: { cpu: 500m } }",
    ),
    expected: { code: "istio/dead-value", at: "resorces", says: ["resorces"] },
  },
  {
    id: "95",
    title: "a field of meshConfig is misspelt",
    change: swap("accessLogFile", "acessLogFile"),
    expected: { code: "istio/unknown-mesh-field", at: "acessLogFile", says: ["accessLogFile"] },
  },
  {
    id: "61",
    title: "a door goes: its answers are of no use any more",
    seenBy: "check",
    change: all(
      swap("    webAcl: { name: prod-waf }\n", ""),
      swap("      - { domain: api.acme.io }\n", ""),
      swap("      - api.acme.io\n", ""),
    ),
    expected: {
      code: "facts/unused-answer",
      says: ["certificate:api.acme.io", "webAcl:prod-waf", "meshfront synth"],
    },
  },
  {
    id: "63",
    title: "a door gets another key",
    seenBy: "diff",
    change: all(swap("  public:\n", "  world:\n"), lookedUp),
    expected: {
      code: "diff/replaces-load-balancer",
      says: ["ingress-public", "ingress-world"],
      beside: [
        "diff/deletes-application",
        "diff/renames",
        "diff/name-ignored",
        "diff/host-moves",
        "diff/unordered",
        "diff/hook-runs",
      ],
    },
  },
  {
    id: "64",
    title: "the file of a cluster goes",
    seenBy: "diff",
    change: remove(stage, stageLock),
    expected: {
      code: "diff/removes-cluster",
      says: ["stage", "Delete it before"],
      beside: ["diff/applied-by-hand"],
    },
  },
  {
    id: "65",
    title: "a hub: the second cluster has no destination",
    change: swap("  region", `${remote("prod")}  region`),
    expected: "accepted",
  },
  {
    id: "65b",
    title: "a hub: two clusters without a destination beside one with",
    change: all(
      swap("  region", `${remote("prod")}  region`),
      copy(stage, qa),
      swap("name: stage", "name: qa", qa),
      swap("stage.acme.io]", "qa.acme.io]", qa),
      swap("domain: stage.acme.io", "domain: qa.acme.io", qa),
      lookedUp,
    ),
    expected: {
      code: "argocd/destination-twice",
      at: "cluster",
      says: ["clusters/qa.yaml and clusters/stage.yaml", "Set cluster.server"],
    },
  },
  {
    id: "65c",
    title: "two clusters on one remote server",
    change: all(
      swap("  region", `${remote("prod")}  region`),
      swap("  region", `${remote("prod")}  region`, stage),
    ),
    expected: { code: "argocd/destination-twice", at: "server", says: ["https://prod.example.com"] },
  },
  {
    id: "65d",
    title: "a remote server with a port for the default one",
    seenBy: "diff",
    change: swap("  region", `${remote("prod")}  region`),
    expected: {
      code: "diff/moves-cluster",
      says: ["https://kubernetes.default.svc", "https://prod.example.com"],
      beside: ["diff/applied-by-hand"],
    },
  },
  {
    id: "80",
    title: "two load balancers of one name",
    change: all(
      swap("  public:\n", "  public:\n    name: front\n"),
      swap("  public:\n", "  public:\n    name: front\n", stage),
    ),
    expected: { code: "alb/name-twice", at: "name", says: ["front", "Set `name`"] },
  },
  {
    id: "81",
    title: "two files of one cluster's name",
    change: all(copy(stage, qa)),
    expected: {
      code: "cluster/file-name",
      at: "name",
      says: ["copy of clusters/stage.yaml", "set cluster.name to qa"],
    },
  },
  {
    id: "82",
    title: "a lock file stays behind",
    change: all(copy(stageLock, "clusters/old.lock.json")),
    expected: { code: "config/stray-lock", says: ["rename this file", "delete it"] },
  },
  {
    id: "83",
    title: "a lock file with the markers of a merge",
    change: (tree) =>
      write(prodLock, `<<<<<<< HEAD\n${tree[prodLock]}=======\n${tree[prodLock]}>>>>>>> topic\n`)(tree),
    expected: { code: "facts/merge-conflict", says: ["either side", "meshfront lookup prod-seoul"] },
  },
  {
    id: "84",
    title: "a lock file edited by hand",
    change: (tree) => write(prodLock, (tree[prodLock] ?? "").replace("vpc-0a1b2c3d", "vpc-0a1b2c3e"))(tree),
    expected: { code: "facts/edited", at: '"checksum"', says: ["meshfront lookup prod-seoul"] },
  },
  {
    id: "85",
    title: "a copy that a file manager made",
    change: all(copy(prod, "clusters/prod-seoul copy.yaml")),
    expected: {
      code: "cluster/file-name",
      at: "name",
      says: ["a copy of clusters/prod-seoul.yaml", "a name of its own"],
    },
  },
  {
    id: "85b",
    title: "the lock of another cluster, copied with its file",
    change: all(
      copy(stage, qa),
      swap("name: stage", "name: qa", qa),
      swap("  region", `${remote("qa")}  region`, qa),
      (tree) => ({ ...tree, ...all(swap("  region", `${remote("prod")}  region`))(tree) }),
      lookedUp,
      copy(stageLock, qaLock),
    ),
    expected: { code: "facts/wrong-cluster", says: ["stage", "meshfront lookup qa"] },
  },
  {
    id: "87",
    title: "a cluster without a lock file",
    change: remove(stageLock),
    expected: { code: "facts/missing-lock", at: "ingresses", says: ["meshfront lookup stage"] },
  },
  {
    id: "87b",
    title: "a domain that nobody looked up",
    change: swap("{ domain: kiali.acme.io }", '{ domain: "*.acme.io" }'),
    expected: {
      code: "facts/missing-answer",
      says: ["certificate:*.acme.io", "meshfront lookup prod-seoul"],
    },
  },
  {
    id: "56",
    title: "a name that meshfront needs itself",
    change: all(
      copy(stage, "clusters/argocd-cm.yaml"),
      swap("name: stage", "name: argocd-cm", "clusters/argocd-cm.yaml"),
    ),
    expected: {
      code: "cluster/reserved-name",
      at: "name",
      says: ["argocd-cm", "Choose another name"],
      beside: ["facts/missing-lock"],
    },
  },
  {
    id: "93",
    title: "the gateway takes every host",
    seenBy: "diff",
    change: swap(
      "    replicas: { min: 4, max: 10 }\n",
      '    replicas: { min: 4, max: 10 }\n    hosts: ["*"]\n',
    ),
    expected: { code: "diff/takes-every-host", says: ["any namespace"] },
  },
  {
    id: "94",
    title: "one replica of the gateway",
    seenBy: "diff",
    change: swap("{ min: 4, max: 10 }", "{ min: 1, max: 1 }"),
    expected: { code: "diff/fewer-replicas", says: ["4 to 10", "1", "disruption budget"] },
  },
  {
    id: "94b",
    title: "a new host without a route",
    seenBy: "diff",
    change: all(
      append("\n"),
      swap('- api.acme.io\n      - "*', '- api.acme.io\n      - new.apps.acme.io\n      - "*'),
    ),
    expected: { code: "diff/host-new", says: ["DNS record", "no route here"], beside: [] },
  },
];
