// No cluster file is so long, so wide or so deep that the compiler takes out of all proportion to read and judge it.
import { describe, expect, it } from "vitest";
import { valueRules } from "../../config/live-values/value-rules.ts";
import { load, minimalCluster } from "../config/minimal-cluster.ts";
import { patience, tooMuchGrowth } from "./growth.ts";

const lengths = [60, 480];
const depths = [4, 8, 12, 24, 48];

const many = (count: number, item: (index: number) => string, separator = "\n"): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(separator);

const nested = (depth: number): string => `${"{ k: ".repeat(depth)}v${" }".repeat(depth)}`;
const nestedLists = (depth: number): string => `${"[ ".repeat(depth)}v${" ]".repeat(depth)}`;

const door = `
ingresses:
  services:
    certificate: { domain: app.example.com }
`;
const withHosts = `${door}    hosts: [app.example.com]\n`;
const rest = `
cluster: { name: demo, region: ap-northeast-2 }
repository: { url: https://github.com/example/platform.git }
`;
const values = (chart: "istiod" | "gateway", text: string): string =>
  `${rest}${withHosts}${chart === "gateway" ? "gateways:\n  ingress" : "istio:\n  istiod"}:\n    values:\n${text}\n`;

/** By what grows: the file with so many of it. */
const files: Readonly<Record<string, (size: number) => string>> = {
  "unknown keys": (size) => minimalCluster + many(size, (n) => `unknown${n}: 1`),
  "letters of an unknown key": (size) => `${minimalCluster}${"k".repeat(size)}: 1\n`,
  "letters of a value": (size) => minimalCluster.replace("app.example.com", "a".repeat(size * 10)),
  "labels of a host": (size) => minimalCluster.replace("app.example.com", `${"a.".repeat(size)}com`),
  hosts: (size) => `${rest}${door}    hosts:\n${many(size, (n) => `      - h${n}.example.com`)}\n`,
  "the same host": (size) => `${rest}${door}    hosts:\n${many(size, () => "      - a.example.com")}\n`,
  "wrong hosts": (size) => `${rest}${door}    hosts:\n${many(size, (n) => `      - UP${n}`)}\n`,
  "routes of hosts of their own": (size) =>
    `${rest}${door}    hosts: ["*.example.com"]\nroutes:\n${many(size, (n) => `  - { name: r${n}, hosts: [h${n}.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }`)}\n`,
  "routes of one host": (size) =>
    `${rest}${withHosts}routes:\n${many(size, (n) => `  - { name: r${n}, hosts: [app.example.com], path: "/p${n}", ingress: services, service: { name: s, namespace: n, port: 80 } }`)}\n`,
  gateways: (size) =>
    `${rest}gateways:\n${many(size, (n) => `  g${n}: {}`)}\ningresses:\n${many(size, (n) => `  d${n}: { gateway: g${n}, hosts: [h${n}.example.com], certificate: { domain: h${n}.example.com } }`)}\n`,
  doors: (size) =>
    `${rest}ingresses:\n${many(size, (n) => `  d${n}: { hosts: [h${n}.example.com], certificate: { domain: h${n}.example.com } }`)}\n`,
  "doors with the same hosts": (size) =>
    `${rest}ingresses:\n${many(size, (n) => `  d${n}: { hosts: [a.example.com, "*.b.com"], certificate: { domain: a.example.com }, name: one, ingressName: one }`)}\n`,
  "doors, half of them closed": (size) =>
    `${rest}ingresses:\n${many(size, (n) => `  d${n}: { hosts: ["${n % 2 ? "*." : ""}a${n}.example.com"], certificate: { domain: a.example.com }, scheme: ${n % 2 ? "internet-facing" : "internal"} }`)}\n`,
  subnets: (size) =>
    `${rest}${withHosts}    subnets: { ids: [${many(size, (n) => `subnet-${String(n).padStart(8, "0")}`, ", ")}] }\n`,
  "the same subnet": (size) =>
    `${rest}${withHosts}    subnets: { ids: [${many(size, () => "subnet-00000001", ", ")}] }\n`,
  ranges: (size) =>
    `${rest}${withHosts}    inboundCidrs: [${many(size, (n) => `10.${n >> 8}.${n & 255}.0/24`, ", ")}]\n`,
  tags: (size) => `${rest}${withHosts}    tags:\n${many(size, (n) => `      "k${n}": "v="`)}\n`,
  attributes: (size) => `${rest}${withHosts}    attributes:\n${many(size, (n) => `      "k${n}": "v,"`)}\n`,
  annotations: (size) => `${rest}${withHosts}    annotations:\n${many(size, (n) => `      tagz${n}: v`)}\n`,
  "letters of an annotation": (size) =>
    `${rest}${withHosts}    annotations:\n      target-group-attributes: "${"a=\\\\,b".repeat(size)},"\n      inbound-cidrs: "${"1,".repeat(size)}"\n      tags: "${"a=b,".repeat(size)}"\n`,
  tolerations: (size) =>
    `${minimalCluster}hook:\n  tolerations:\n${many(size, (n) => `    - { key: k${n} }`)}\n`,
  "pairs of the node selector": (size) =>
    `${minimalCluster}hook:\n  nodeSelector:\n${many(size, (n) => `    k${n}: "v${n}"`)}\n`,
  "the same key": (size) => minimalCluster + many(size, () => "again: 1"),
  "aliases of one map": (size) =>
    `${minimalCluster}one: &one { a: 1, b: 2 }\n${many(size, (n) => `k${n}: *one`)}\n`,
  merges: (size) =>
    `${minimalCluster}one: &one { a: 1, b: 2 }\n${many(size, (n) => `k${n}: { <<: *one }`)}\n`,
  "merges into one map": (size) =>
    `${minimalCluster}${many(size, (n) => `k${n}: &a${n} { a${n}: 1 }`)}\nall: { <<: [${many(size, (n) => `*a${n}`, ", ")}] }\n`,
  comments: (size) => `${many(size, (n) => `# comment ${n}`)}\n${minimalCluster}`,
  "lines of a block scalar": (size) => `${minimalCluster}text: |\n${many(size, (n) => `  line ${n}`)}\n`,
  "broken lines": (size) => minimalCluster + many(size, () => "- : [}"),
  "open brackets": (size) => `${minimalCluster}k: ${"[".repeat(size)}`,
  documents: (size) => many(size, () => "---\na: 1"),
  "keys that JavaScript reserves": (size) => minimalCluster + many(size, (n) => `k${n}: { constructor: 1 }`),
  "control characters": (size) => minimalCluster + many(size, (n) => `k${n}: "\\x01"`),
  "anchors without a node": (size) => minimalCluster + many(size, (n) => `k${n}: *none${n}`),
  "values of the gateway chart": (size) =>
    values(
      "gateway",
      many(size, (n) => `      k${n}: 1`),
    ),
  "values of a wrong type": (size) =>
    values(
      "gateway",
      `      podAnnotations:\n${many(size, (n) => `        k${n}: 1`)}\n      volumes:\n${many(size, () => "        - 1")}`,
    ),
  "labels of the gateway": (size) =>
    values("gateway", `      labels:\n${many(size, (n) => `        k${n}: "v"`)}`),
  "ports of the gateway": (size) =>
    values(
      "gateway",
      `      service:\n        ports:\n${many(size, (n) => `          - { name: p${n}, port: ${n + 1} }`)}`,
    ),
  "values of istiod": (size) =>
    values(
      "istiod",
      many(size, (n) => `      k${n}: 1`),
    ),
  "values below global": (size) =>
    values("istiod", `      global:\n${many(size, (n) => `        k${n}: 1`)}`),
  nulls: (size) =>
    values(
      "gateway",
      many(size, (n) => `      k${n}:`),
    ),
  "ambiguous scalars": (size) =>
    values(
      "gateway",
      many(size, (n) => `      k${n}: yes`),
    ),
  "replicas of wrong type": (size) =>
    `${minimalCluster}istio: { istiod: { replicas: [${many(size, () => "1", ", ")}] } }`,
};

/** By what gets deeper; `copies` make the work large enough to be measured. */
const deepFiles: Readonly<Record<string, (depth: number) => string>> = {
  "an unknown key": (depth) => minimalCluster + many(20, (n) => `unknown${n}: ${nested(depth)}`),
  "values of the gateway chart": (depth) =>
    values("gateway", `      podAnnotations:\n${many(20, (n) => `        k${n}: ${nested(depth)}`)}`),
  "lists in values of the gateway chart": (depth) =>
    values("gateway", `      volumes:\n${many(20, () => `        - ${nestedLists(depth)}`)}`),
  "a null in values of the gateway chart": (depth) =>
    values(
      "gateway",
      many(20, (n) => `      k${n}: ${nested(depth).replace("v", "null")}`),
    ),
  "values of istiod": (depth) =>
    values(
      "istiod",
      many(20, (n) => `      k${n}: ${nested(depth)}`),
    ),
  "values of istiod below pilot": (depth) =>
    values("istiod", `      pilot:\n${many(20, (n) => `        k${n}: ${nested(depth)}`)}`),
  "a chain of aliases": (depth) =>
    `${minimalCluster}a0: &a0 { k: 1 }\n${many(depth, (n) => `a${n + 1}: &a${n + 1} { x: *a${n} }`)}\n`,
};

describe("a cluster file costs in proportion to", { timeout: patience }, () => {
  for (const [what, file] of Object.entries(files)) {
    it(`the number of ${what}`, async () => {
      expect(await tooMuchGrowth(lengths, (size) => runOf(file(size)))).toBeUndefined();
    });
  }
});

describe("a cluster file costs in proportion to the depth of", { timeout: patience }, () => {
  for (const [what, file] of Object.entries(deepFiles)) {
    it(what, async () => {
      expect(await tooMuchGrowth(depths, (depth) => runOf(file(depth)))).toBeUndefined();
    });
  }
});

/** All that `check` says of a cluster file. */
function runOf(text: string): () => unknown {
  const bytes = new TextEncoder().encode(text);
  return () => load(bytes).clusters.flatMap(({ config }) => valueRules.flatMap(({ check }) => check(config)));
}
