// Values in a shape that something near to them has, or that Istio, AWS and Argo CD would refuse.
import { all, append, swap } from "./change.ts";
import type { Mistake } from "./judge.ts";
import { defaults } from "./project.ts";

const invalid = "config/invalid-value";
const kialiCertificate = "    certificate: { domain: kiali.acme.io }\n";
const arn = "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001";
const door = (line: string) => swap(kialiCertificate, `${kialiCertificate}    ${line}\n`);

export const valueMistakes: readonly Mistake[] = [
  {
    id: "04",
    title: "the fewest replicas are more than the most",
    change: swap("{ min: 4, max: 10 }", "{ min: 10, max: 4 }"),
    expected: { code: invalid, at: "replicas", says: ["found min 10, max 4"] },
  },
  {
    id: "11",
    title: "an underscore in a host",
    change: swap("- api.acme.io", "- my_api.acme.io"),
    expected: { code: invalid, at: "my_api", says: ["a host name", "_"] },
  },
  {
    id: "12",
    title: "a URL for a host",
    change: swap("- api.acme.io", "- https://api.acme.io"),
    expected: { code: invalid, at: "https:", says: ["Write api.acme.io."] },
  },
  {
    id: "13",
    title: "a port and a path behind a host",
    change: swap("- api.acme.io", "- api.acme.io:443/v1"),
    expected: { code: invalid, at: "api.acme.io:443", says: ["Write api.acme.io."] },
  },
  {
    id: "14",
    title: "capitals in a host",
    change: swap("- api.acme.io", "- API.acme.io"),
    expected: { code: invalid, at: "API", says: ["Write api.acme.io."] },
  },
  {
    id: "15",
    title: "a dot at the end of a host",
    change: swap("- api.acme.io", "- api.acme.io."),
    expected: { code: invalid, at: "api.acme.io.", says: ["Write api.acme.io."] },
  },
  {
    id: "16",
    title: "a host in another script",
    change: swap("- api.acme.io", "- münchen.acme.io"),
    expected: { code: invalid, at: "münchen", says: ["Write xn--mnchen-3ya.acme.io."] },
  },
  {
    id: "17",
    title: "an address for a host",
    change: swap("- api.acme.io", "- 10.0.0.7"),
    expected: { code: invalid, at: "10.0.0.7", says: ["a host name"] },
  },
  {
    id: "20",
    title: "both ways to name a certificate",
    change: swap("{ domain: kiali.acme.io }", `{ domain: kiali.acme.io, arn: "${arn}" }`),
    expected: { code: invalid, at: "certificate", says: ["exactly one of domain, arn"] },
  },
  {
    id: "21",
    title: "the name of a web ACL alone",
    change: swap("webAcl: { name: prod-waf }", "webAcl: prod-waf"),
    expected: { code: invalid, at: "webAcl", says: ["Write webAcl: { name: prod-waf }."] },
  },
  {
    id: "21b",
    title: "the ARN of a certificate alone",
    change: swap("certificate: { domain: kiali.acme.io }", `certificate: ${arn}`),
    expected: { code: invalid, at: "certificate", says: [`Write certificate: { arn: "${arn}" }.`] },
  },
  {
    id: "21c",
    title: "the domain of a certificate alone",
    change: swap("certificate: { domain: kiali.acme.io }", "certificate: kiali.acme.io"),
    expected: { code: invalid, at: "certificate", says: ["Write certificate: { domain: kiali.acme.io }."] },
  },
  {
    id: "22",
    title: "an empty text where nothing is meant",
    change: swap("webAcl: { name: prod-waf }", 'webAcl: ""'),
    expected: { code: invalid, at: "webAcl", says: ["Remove the line", "none"] },
  },
  {
    id: "23",
    title: "an empty list where nothing is meant",
    change: door("inboundCidrs: []"),
    expected: { code: invalid, at: "inboundCidrs", says: ["not empty", "Remove the line"] },
  },
  {
    id: "24",
    title: "the name of a port for its number",
    change: swap("port: 3000", "port: http"),
    expected: { code: invalid, at: "port", says: ["the number of the Service's port"] },
  },
  {
    id: "28",
    title: "a version without quotes, which YAML reads as a number",
    change: swap("version: 1.30.3", "version: 1.30", defaults),
    expected: { code: invalid, at: "version", says: ["an exact version", "1.30.3"] },
  },
  {
    id: "29",
    title: "a version with a v",
    change: swap("version: 1.30.3", "version: v1.30.3", defaults),
    expected: { code: invalid, at: "version", says: ["without 'v'", "Write 1.30.3."] },
  },
  {
    id: "30",
    title: "a patch that nobody knows",
    change: swap("version: 1.30.3", "version: 1.30.99", defaults),
    expected: { code: "istio/unknown-version", at: "version", says: ["1.30.99", "measured"] },
  },
  {
    id: "31",
    title: "the word latest for a version",
    change: swap("version: 1.30.3", "version: latest", defaults),
    expected: { code: invalid, at: "version", says: ["an exact chart version such as 1.31.1"] },
  },
  {
    id: "32",
    title: "a range for a version",
    change: swap("version: 1.30.3", 'version: "~1.30"', defaults),
    expected: { code: invalid, at: "version", says: ["without a range"] },
  },
  {
    id: "33",
    title: "a version that is too old",
    change: swap("version: 1.30.3", "version: 1.27.3", defaults),
    expected: {
      code: "istio/version-unsupported",
      at: "version",
      says: ["1.28 or newer", "one minor at a time"],
    },
  },
  {
    id: "33b",
    title: "a patch with a known defect",
    change: swap("version: 1.30.3", "version: 1.30.1", defaults),
    expected: { code: "istio/unsafe-version", at: "version", says: ["1.30.3", "istio#60629"] },
  },
  {
    id: "37",
    title: "an account with eleven digits",
    change: swap('"123456789012"', '"12345678901"'),
    expected: { code: invalid, at: "account", says: ["12 digits", "found 11"] },
  },
  {
    id: "46",
    title: "a slash at the end of a folder",
    change: swap("path: mesh", "path: ./mesh/", defaults),
    expected: { code: invalid, at: "path", says: ["Write mesh."] },
  },
  {
    id: "44",
    title: "a token in the URL of the repository",
    change: swap("https://github.com", "https://x:ghp_0123456789@github.com", defaults),
    expected: { code: "repository/credentials", at: "url", says: ["revoke", "repository Secret"] },
  },
  {
    id: "45",
    title: "the URL that `git clone` takes by ssh",
    change: swap("https://github.com/acme/platform.git", "git@github.com:acme/platform.git", defaults),
    expected: "accepted",
  },
  {
    id: "45b",
    title: "a URL of Git without a protocol",
    change: swap("https://github.com/acme/platform.git", "github.com/acme/platform", defaults),
    expected: { code: invalid, at: "url", says: ["Write https://github.com/acme/platform."] },
  },
  {
    id: "49",
    title: "a null to remove a default of a chart",
    change: swap("priorityClassName: system-cluster-critical", "resources: null"),
    expected: { code: "istio/null-value", at: "resources", says: ["Write the requests and limits"] },
  },
  {
    id: "58",
    title: "a number as the value of a tag",
    change: swap("tags: { team: platform }", "tags: { cost-center: 4711 }"),
    expected: { code: invalid, at: "cost-center", says: ["put it in quotes"] },
  },
  {
    id: "66",
    title: "a list of subnets without ids",
    change: swap(
      'subnets:\n      tags: { kubernetes.io/role/internal-elb: "1" }',
      "subnets: [subnet-0aaaaaaaaaaaaaaa1, subnet-0aaaaaaaaaaaaaaa2]",
    ),
    expected: {
      code: invalid,
      at: "subnets",
      says: ["Write subnets: { ids: [subnet-0aaaaaaaaaaaaaaa1, subnet-0aaaaaaaaaaaaaaa2] }."],
    },
  },
  {
    id: "69",
    title: "the fewest replicas of istiod are more than the most",
    change: swap("min: 2\n      max: 4", "min: 6\n      max: 4"),
    expected: { code: invalid, at: "replicas", says: ["found min 6, max 4"] },
  },
  {
    id: "70",
    title: "a check that lasts longer than the pause between two",
    change: swap("{ intervalSeconds: 10 }", "{ intervalSeconds: 10, timeoutSeconds: 30 }"),
    expected: {
      code: invalid,
      at: "healthCheck",
      says: ["found intervalSeconds 10, timeoutSeconds 30"],
    },
  },
  {
    id: "71",
    title: "a number of replicas alone",
    change: swap("replicas: { min: 4, max: 10 }", "replicas: 4"),
    expected: { code: invalid, at: "replicas", says: ["Write replicas: { min: 4, max: 4 }."] },
  },
  {
    id: "72",
    title: "a pinned health check without its NodePort",
    change: swap("{ intervalSeconds: 10 }", "{ mode: pinned }"),
    expected: { code: invalid, at: "healthCheck", says: ["nodePort beside mode: pinned", "30000"] },
  },
  {
    id: "74",
    title: "the port of the container for a NodePort",
    change: swap("{ intervalSeconds: 10 }", "{ mode: pinned, nodePort: 15021 }"),
    expected: { code: invalid, at: "nodePort", says: ["at least 30000", "15021"] },
  },
  {
    id: "78",
    title: "an old kind of name for a security policy",
    change: door("sslPolicy: TLSv1.2_2021"),
    expected: { code: invalid, at: "sslPolicy", says: ["ELBSecurityPolicy-TLS13-1-2-2021-06"] },
  },
  {
    id: "78b",
    title: "the ARN of a certificate in a block of YAML",
    change: swap("{ domain: kiali.acme.io }", `\n      arn: |\n        ${arn}`),
    expected: { code: invalid, at: "arn", says: ["ends with a line break", "on one line"] },
  },
  {
    id: "79",
    title: "a web ACL of CloudFront",
    change: swap(
      "webAcl: { name: prod-waf }",
      'webAcl: { arn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/0a1b2c3d-0000-4000-8000-000000000001" }',
    ),
    expected: { code: invalid, at: "arn", says: ["REGIONAL"] },
  },
  {
    id: "97",
    title: "a schedule in words",
    change: append('hook: { recheck: "every 2 minutes" }\n'),
    expected: { code: invalid, at: "recheck", says: ["*/2 * * * *", "off"] },
  },
  {
    id: "98",
    title: "thousandths of a byte",
    change: append("hook: { resources: { limits: { memory: 64m } } }\n"),
    expected: { code: invalid, at: "memory", says: ["64Mi"] },
  },
  {
    id: "99",
    title: "the version of Argo CD as a number",
    change: append("argocd: { version: 3.5 }\n", defaults),
    expected: { code: invalid, at: "version", says: ["put it in quotes"] },
  },
  {
    id: "100",
    title: "an Argo CD that is too old",
    change: append('argocd: { version: "2.14" }\n', defaults),
    expected: { code: "argocd/version-too-old", at: "version", says: ["3.3 or newer", "Upgrade"] },
  },
  {
    id: "100b",
    title: "the gateway under the key of an older draft",
    change: all(
      swap("gateways:\n  ingress:\n    replicas", "istio-gateway-values:\n    replicas"),
      swap("istio-gateway-values", "gateway"),
    ),
    expected: { code: "config/unknown-key", at: "gateway", says: ["Write gateways: { ingress: {"] },
  },
];
