// Mistakes in the YAML itself: spelling, indentation, quotes, and what other tools' files hold.
import { all, append, lookedUp, remove, swap, write } from "./change.ts";
import type { Mistake } from "./judge.ts";
import { prod } from "./project.ts";

const region = "  region: ap-northeast-2\n";
const publicHosts = `    hosts:
      - app.acme.io
      - api.acme.io
      - "*.apps.acme.io"
`;

export const spellingMistakes: readonly Mistake[] = [
  {
    id: "01",
    title: "a necessary key is misspelt",
    change: swap("region:", "regoin:"),
    expected: { code: "config/unknown-key", at: "regoin", says: ["cluster.regoin", "region"] },
  },
  {
    id: "02",
    title: "a necessary key of a door is misspelt",
    change: swap("    certificate: { domain: kiali.acme.io }", "    certifcate: { domain: kiali.acme.io }"),
    expected: { code: "config/unknown-key", at: "certifcate", says: ["certificate"] },
  },
  {
    id: "03",
    title: "a key that may be left out is misspelt",
    change: swap("scheme: internal", "schema: internal"),
    // Without its scheme the door asks for other subnets, which is true and follows from the same cause.
    expected: { code: "config/unknown-key", at: "schema", says: ["Did you mean scheme?"] },
  },
  {
    id: "05",
    title: "a key that means nothing here",
    change: swap("  account:", "  team: infra\n  account:"),
    expected: { code: "config/unknown-key", at: "team", says: ["Known here: name, eksName, region"] },
  },
  {
    id: "06",
    title: "a door is indented under another",
    change: swap(
      `  internal:
    scheme: internal
    hosts: [kiali.acme.io, grafana.acme.io]
    certificate: { domain: kiali.acme.io }
`,
      `    internal:
    scheme: internal
    hosts: [kiali.acme.io, grafana.acme.io]
    certificate: { domain: kiali.acme.io }
`,
    ),
    expected: {
      code: "config/yaml-syntax",
      at: "hosts: [kiali",
      says: ["hosts", "first at line 23", "Is `internal`, line 34, indented too far?"],
    },
  },
  {
    id: "07",
    title: "a tab indents a line",
    change: swap(region, "\tregion: ap-northeast-2\n"),
    expected: { code: "config/yaml-syntax", at: "\tregion", says: ["a tab", "Put blanks"] },
  },
  {
    id: "08",
    title: "a key stands twice",
    change: swap(region, `${region}${region}`),
    expected: { code: "config/yaml-syntax", at: "region", says: ["region", "first at line 4"] },
  },
  {
    id: "09",
    title: "a bracket is not closed",
    change: swap("hosts: [kiali.acme.io, grafana.acme.io]", "hosts: [kiali.acme.io, grafana.acme.io"),
    expected: { code: "config/yaml-syntax", says: ["]"] },
  },
  {
    id: "10",
    title: "an asterisk without quotes",
    change: swap('- "*.apps.acme.io"\n    certificate', "- *.apps.acme.io\n    certificate"),
    expected: { code: "config/yaml-syntax", at: "*.apps", says: ["quotes"] },
  },
  {
    id: "25",
    title: "an expression of Terraform as a host",
    change: swap("- api.acme.io", `- "api.\${var.domain}"`),
    expected: { code: "config/template", at: `"api.$`, says: ["Terraform", "Write its value"] },
  },
  {
    id: "26",
    title: "an expression of Terraform as the ARN of a certificate",
    change: swap("{ domain: kiali.acme.io }", `{ arn: "\${data.aws_acm_certificate.issued.arn}" }`),
    expected: { code: "config/template", at: "arn", says: ["Terraform", "certificate: { domain:"] },
  },
  {
    id: "27",
    title: "a template of Helm",
    change: swap("- api.acme.io", "- {{ .Values.host }}"),
    expected: { code: "config/template", at: "{{", says: ["Helm", "plain YAML"] },
  },
  {
    id: "27b",
    title: "a template of Helm in quotes",
    change: swap("- api.acme.io", '- "{{ .Values.host }}"'),
    expected: { code: "config/template", at: '"{{', says: ["Helm", "plain YAML"] },
  },
  {
    id: "34",
    title: "a list that somebody forgot to fill",
    change: swap("    hosts: [kiali.acme.io, grafana.acme.io]", "    hosts:"),
    expected: { code: "config/invalid-value", at: "hosts", says: ["a list", "Write a value"] },
  },
  {
    id: "35",
    title: "a key that may be left out has no value",
    change: swap('  account: "123456789012"', "  account:"),
    expected: { code: "config/invalid-value", at: "account", says: ["remove the line"] },
  },
  {
    id: "36",
    title: "digits without quotes",
    change: swap('"123456789012"', "123456789012"),
    expected: { code: "config/invalid-value", at: "account", says: ["put it in quotes"] },
  },
  {
    id: "38",
    title: "a comment without a blank before it",
    change: swap("scheme: internal", "scheme: internal#only from the office"),
    expected: { code: "config/invalid-value", at: "scheme", says: ["a blank before #"] },
  },
  {
    id: "39",
    title: "a word for a scheme that AWS does not use",
    change: swap("scheme: internal", "scheme: public"),
    expected: {
      code: "config/invalid-value",
      at: "scheme",
      says: ["internet-facing, internal", "Write internet-facing"],
    },
  },
  {
    id: "40",
    title: "a capital in a word of a closed set",
    change: swap("scheme: internal", "scheme: Internal"),
    expected: { code: "config/invalid-value", at: "scheme", says: ["Did you mean internal?"] },
  },
  {
    id: "41",
    title: "the ending .yml",
    change: all(
      (tree) => write("clusters/prod-seoul.yml", tree[prod] ?? "")(tree),
      remove(prod, "clusters/prod-seoul.lock.json"),
    ),
    expected: { code: "config/file-ending", says: ["Rename it"] },
  },
  {
    id: "86",
    title: "a merge that nobody resolved",
    change: swap(region, `<<<<<<< HEAD\n${region}=======\n  region: eu-west-1\n>>>>>>> topic\n`),
    expected: { code: "config/yaml-syntax", at: "<<<<<<<", says: ["merge conflict", "Resolve"] },
  },
  {
    id: "88",
    title: "a byte-order mark and line ends of Windows",
    change: (tree) => write(prod, `\u{feff}${(tree[prod] ?? "").replaceAll("\n", "\r\n")}`)(tree),
    expected: "accepted",
  },
  {
    id: "89",
    title: "anchors and merge keys",
    change: all(
      swap("replicas: { min: 4, max: 10 }", "replicas: &many { min: 4, max: 10 }"),
      swap("    replicas:\n      min: 2\n      max: 4\n", "    replicas: { <<: *many, min: 5 }\n"),
    ),
    expected: "accepted",
  },
  {
    id: "90",
    title: "flow style, as JSON has it",
    change: swap(publicHosts, `    "hosts": ["app.acme.io", "api.acme.io", "*.apps.acme.io"]\n`),
    expected: "accepted",
  },
  {
    id: "91",
    title: "the file is empty",
    change: write("clusters/dev.yaml", ""),
    expected: { code: "config/foreign-file", says: ["clusters/dev.yaml", "begins with `cluster:`"] },
  },
  {
    id: "91b",
    title: "two documents in a file",
    change: append("---\ncluster: { name: dev }\n"),
    expected: { code: "config/yaml-syntax", at: "---", says: ["second document", "one file per cluster"] },
  },
  {
    id: "96",
    title: "the swap file of an editor lies beside",
    change: all(write("clusters/.prod-seoul.yaml.swp", "b0VIM"), lookedUp),
    expected: "accepted",
  },
];
