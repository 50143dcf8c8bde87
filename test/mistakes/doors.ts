// Front doors, routes and the annotations of the AWS Load Balancer Controller.
import { all, append, lookedUp, swap } from "./change.ts";
import type { Mistake } from "./judge.ts";

const kialiCertificate = "    certificate: { domain: kiali.acme.io }\n";
const door = (line: string) => swap(kialiCertificate, `${kialiCertificate}    ${line}\n`);
const grafana = "    service: { name: grafana, namespace: monitoring, port: 3000 }\n";
const arnIn = (region: string, account: string) =>
  `{ arn: "arn:aws:acm:${region}:${account}:certificate/0a1b2c3d-0000-4000-8000-000000000001" }`;

export const doorMistakes: readonly Mistake[] = [
  {
    id: "18",
    title: "a host twice in a door",
    change: swap("- api.acme.io", "- app.acme.io"),
    expected: {
      code: "alb/host-twice",
      at: "app.acme.io",
      says: ["twice", "Keep it once"],
    },
  },
  {
    id: "19",
    title: "a host in two doors",
    change: swap("- api.acme.io", "- grafana.acme.io"),
    expected: {
      code: "alb/host-twice",
      at: "grafana.acme.io",
      says: ["public", "internal", "Keep it in one"],
      beside: ["facts/not-covering"],
    },
  },
  {
    id: "50",
    title: "an address without its length",
    change: door("inboundCidrs: [203.0.113.7]"),
    expected: { code: "config/invalid-value", at: "203.0.113.7", says: ["Write 203.0.113.7/32."] },
  },
  {
    id: "50b",
    title: "a range with bits behind its length",
    change: door("inboundCidrs: [203.0.113.7/24]"),
    expected: { code: "alb/range-host-bits", at: "203.0.113.7/24", says: ["203.0.113.7/32"] },
  },
  {
    id: "51",
    title: "one range where a list is expected",
    change: door("inboundCidrs: 203.0.113.0/24"),
    expected: {
      code: "config/invalid-value",
      at: "inboundCidrs",
      says: ["Write inboundCidrs: [203.0.113.0/24]."],
    },
  },
  {
    id: "52",
    title: "an annotation is misspelt",
    change: door("annotations: { securty-groups: sg-0a1b2c3d }"),
    expected: { code: "alb/annotation", at: "securty-groups", says: ["Did you mean security-groups?"] },
  },
  {
    id: "53",
    title: "an annotation with its prefix",
    change: door('annotations: { alb.ingress.kubernetes.io/ip-address-type: "ipv4" }'),
    expected: { code: "alb/annotation", at: "alb.ingress", says: ["ip-address-type"] },
  },
  {
    id: "54",
    title: "an annotation for what a key says",
    change: door("annotations: { scheme: internal }"),
    expected: {
      code: "alb/annotation",
      at: "scheme",
      says: ["set by the key scheme", "remove the annotation"],
    },
  },
  {
    id: "55",
    title: "two doors on one load balancer",
    change: door("annotations: { group.name: shared }"),
    expected: { code: "alb/annotation", at: "group.name", says: ["group"] },
  },
  {
    id: "55b",
    title: "the redirect that people copy from blogs",
    change: door(`annotations: { actions.ssl-redirect: '{"Type": "redirect"}' }`),
    expected: { code: "alb/annotation", at: "actions.ssl-redirect", says: ["redirect", "Remove"] },
  },
  {
    id: "57",
    title: "an attribute of a load balancer is misspelt",
    change: swap("idle_timeout.timeout_seconds", "idle_timeout.timeout_second"),
    expected: { code: "alb/attribute", at: "idle_timeout", says: ["idle_timeout.timeout_seconds"] },
  },
  {
    id: "59",
    title: "a route to a door that is not there",
    change: swap(
      `ingress: internal\n    hosts: [grafana.acme.io]`,
      `ingress: intern\n    hosts: [grafana.acme.io]`,
    ),
    expected: { code: "istio/route-ingress-unknown", at: "ingress", says: ["Did you mean internal?"] },
  },
  {
    id: "60",
    title: "a route for a host that its door does not have",
    change: swap("    hosts: [grafana.acme.io]\n    service", "    hosts: [graphs.acme.io]\n    service"),
    expected: {
      code: "istio/route-host-not-covered",
      at: "graphs",
      says: ["Add graphs.acme.io to ingresses.internal.hosts"],
    },
  },
  {
    id: "62",
    title: "two routes of one name",
    change: append(
      `  - name: grafana\n    ingress: internal\n    hosts: [grafana.acme.io]\n    path: /d\n${grafana}`,
    ),
    expected: { code: "istio/route-name-twice", at: "name: grafana", says: ["grafana", "Rename"] },
  },
  {
    id: "67",
    title: "one subnet only",
    change: swap('tags: { kubernetes.io/role/internal-elb: "1" }', "ids: [subnet-0aaaaaaaaaaaaaaa1]"),
    expected: {
      code: "alb/subnets",
      at: "ids",
      says: ["at least two zones", "one subnet per zone"],
    },
  },
  {
    id: "68",
    title: "the name of a subnet for its id",
    change: swap('tags: { kubernetes.io/role/internal-elb: "1" }', "ids: [private-a, private-b]"),
    expected: {
      code: "config/invalid-value",
      at: "private-a",
      says: ["a subnet id", "tags: { Name:"],
      times: 2,
    },
  },
  {
    id: "73",
    title: "a NodePort without the mode that takes it",
    change: swap("{ intervalSeconds: 10 }", "{ nodePort: 31021 }"),
    expected: { code: "config/invalid-value", at: "healthCheck", says: ["mode: pinned"] },
  },
  {
    id: "74b",
    title: "two doors of a gateway pin different NodePorts",
    change: all(
      swap("{ intervalSeconds: 10 }", "{ mode: pinned, nodePort: 31021 }"),
      swap("    tags: { team: platform }\n", "    healthCheck: { mode: pinned, nodePort: 31022 }\n"),
    ),
    expected: {
      code: "alb/pinned-node-port",
      at: "nodePort",
      says: ["31021", "31022", "one Service serves all doors"],
    },
  },
  {
    id: "75",
    title: "a health check that the status port does not answer",
    change: swap("{ intervalSeconds: 10 }", "{ path: /health }"),
    expected: { code: "alb/health-check-path", at: "path", says: ["/healthz/ready"] },
  },
  {
    id: "76",
    title: "a certificate of another region",
    change: all(swap("{ domain: kiali.acme.io }", arnIn("us-east-1", "123456789012")), lookedUp),
    expected: { code: "alb/certificate-region", at: "arn", says: ["us-east-1", "ap-northeast-2"] },
  },
  {
    id: "77",
    title: "a certificate of another account",
    change: all(swap("{ domain: kiali.acme.io }", arnIn("ap-northeast-2", "210987654321")), lookedUp),
    expected: { code: "alb/certificate-account", at: "arn", says: ["210987654321", "123456789012"] },
  },
  {
    id: "92",
    title: "an internal door becomes public and keeps its private subnets",
    change: swap("    scheme: internal\n", "    scheme: internet-facing\n"),
    expected: {
      code: "facts/missing-answer",
      at: "subnets",
      says: ["subnets:public:tags(", "meshfront lookup prod-seoul"],
      beside: ["alb/open-console"],
    },
  },
  {
    id: "92b",
    title: "a door of a load balancer's name that is too long",
    change: door("name: a-load-balancer-with-a-name-that-is-too-long"),
    expected: { code: "alb/name-grammar", at: "name", says: ["at most 32"] },
  },
];
