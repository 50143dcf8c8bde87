import type { Explanations } from "./explanation.ts";

const yaml12 = "YAML 1.2.2, https://yaml.org/spec/1.2.2/";

export const configExplanations: Explanations = {
  "config/no-clusters": {
    meaning: "There is no `clusters/` folder here, or no cluster file in it.",
    fix: "Run meshfront in the project's folder or name it with `--chdir`; `meshfront init` begins one.",
  },
  "config/foreign-file": {
    meaning:
      "Files in `clusters/` that have the root key `cluster` neither rightly nor wrongly written: another tool's.",
    fix: "Nothing, or move them. If one of them is meant to be a cluster file, begin it with `cluster:`.",
  },
  "config/stale-schema": {
    meaning: "`schema/cluster.schema.json` was not written by this version of meshfront.",
    why: "Editors check and complete cluster files with it, so they know other keys than meshfront does.",
    fix: "Run `meshfront schema --write` and commit what it wrote.",
  },
  "config/file-ending": {
    meaning: "A file in `clusters/` ends in `.yml` or the like and would be ignored.",
    why: "meshfront reads `clusters/*.yaml`. A cluster whose file it passes over would lose its output.",
    fix: "Rename the file, or move it out of `clusters/` if it is no cluster.",
  },
  "config/stray-lock": {
    meaning: "A lock file without a cluster file: its cluster was renamed or removed, and nothing reads it.",
    fix: "Delete it, or give it the new name of its cluster.",
  },
  "config/unreadable-file": {
    meaning: "A file cannot be read, is not UTF-8 text, or is over 256 KiB.",
    fix: "Check its permissions, save it as UTF-8 with LF as line ends, or split it: one small file per cluster.",
  },
  "config/yaml-syntax": {
    meaning: "A file is not YAML, or uses what has no meaning here: a key twice, several documents, tags.",
    why: "Some readers of YAML keep the last of two equal keys and say nothing, so that a setting is lost without a trace.",
    fix: "Correct the place that the message names; of a key that stands there twice, keep one.",
    sources: [
      `${yaml12}, section 3.2.1.1: the keys of a mapping are unique`,
      "docs/reference/configuration.md: one document per file, one file per cluster",
    ],
    example: {
      fails: "hook: { recheck: off }\nhook: { timeoutSeconds: 30 }",
      passes: "hook: { recheck: '*/5 * * * *', timeoutSeconds: 30 }",
    },
  },
  "config/template": {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's
    meaning: "A value is an expression of Terraform (`${…}`) or a template of Helm (`{{ … }}`).",
    why: "Nothing fills it in: cluster files are plain YAML, so the object would carry the expression itself.",
    fix: "Write the value. What data sources of Terraform find, `meshfront lookup` finds too: certificates by `domain`, subnets by `tags`, web ACLs by `name`. What clusters share stands in `clusters/defaults.yaml`. Values of charts may hold such text.",
    example: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's
      fails: "ingresses: { services: { tags: { team: '${var.team}' } } }",
      passes: "ingresses: { services: { tags: { team: platform } } }",
    },
  },
  "config/accept": {
    meaning: "An entry of `accept` names no warning: the code is unknown, or that of an error.",
    why: "A warning may be right for one cluster and wrong for another; an error is output that would not work.",
    fix: "Copy the code from the warning. What is an error has to be mended.",
    example: {
      fails: "accept: [{ code: alb/host-twice, reason: both are wanted }]",
      passes: "accept: [{ code: hook/recheck-off, reason: somebody looks at it daily }]",
    },
  },
  "config/unused-acceptance": {
    meaning: "`check`: a warning is accepted that does not occur (any more).",
    why: "Whoever reads the file takes it for something that is so, and it would hide the warning when it comes back for another reason.",
    fix: "Remove the entry.",
  },
  "config/not-a-map": {
    meaning: "A file holds nothing, a list or a single value.",
    fix: "`meshfront init` writes one to begin with. A file that is not needed is better deleted than emptied.",
    example: { fails: "- cluster: { name: demo }", passes: "cluster: { name: demo }" },
  },
  "config/too-large": {
    meaning: "A file holds too many values, usually through aliases of aliases.",
    why: "An alias counts as what it stands for: ten lines of aliases of aliases can stand for a billion values and fill the memory of whoever reads them. The limit is 50,000; a large cluster file has some hundred.",
    fix: "Write out what is meant, or use fewer aliases.",
  },
  "config/too-deep": {
    meaning: "Maps and lists are nested more than 64 levels deep.",
    why: "A cluster file has seven levels. Programs that read the output go down level by level and may run out of stack.",
    fix: "Flatten it.",
  },
  "config/unsafe-value": {
    meaning: "A number or text that other programs would read differently or stumble over.",
    why: "A number with more digits than a 64-bit float holds is rounded by one program and kept by another, and YAML forbids most control characters although an escape can spell them. The cluster could get another value than the one that was reviewed.",
    fix: "Put long numbers in quotes, remove control characters, and rename the keys `__proto__` and `constructor`.",
    sources: [
      "RFC 8259, section 6: numbers beyond IEEE 754 double precision are not interoperable",
      `${yaml12}, section 5.1: which characters a stream may hold`,
    ],
    example: {
      fails: "istio: { istiod: { values: { global: { meshID: 12345678901234567890 } } } }",
      passes: 'istio: { istiod: { values: { global: { meshID: "12345678901234567890" } } } }',
    },
  },
  "config/unknown-key": {
    meaning: "A key that does not exist, with the nearest one that does.",
    why: "Were it ignored, a typo in `inboundCidrs` would open a load balancer to everybody, and nobody would be told.",
    fix: "Correct it; `meshfront explain docs/reference/configuration.md` lists all keys, and editors complete them by `meshfront schema`.",
    example: {
      fails: "gatways: { ingress: { name: front } }",
      passes: "gateways: { ingress: { name: front } }",
    },
  },
  "config/missing-key": {
    meaning: "A key without a default is not there.",
    fix: "Write it; what all clusters share can stand in `clusters/defaults.yaml`.",
    example: {
      fails: "ingresses: { addons: { certificate: { domain: grafana.example.com } } }",
      passes:
        "ingresses: { addons: { hosts: [grafana.example.com], certificate: { domain: grafana.example.com } } }",
    },
  },
  "config/invalid-value": {
    meaning: "A value of the wrong type, out of its range or not of the form that is expected.",
    fix: "Write what the message says was expected; docs/reference/configuration.md has an example of each key.",
    example: {
      fails: "ingresses: { services: { scheme: public } }",
      passes: "ingresses: { services: { scheme: internet-facing } }",
    },
  },
  "config/ambiguous-scalar": {
    meaning:
      "An unquoted Helm value that YAML 1.1 (Helm) and YAML 1.2 read differently, such as `on` or `010`.",
    why: "meshfront and editors read YAML 1.2, where `on` is text; Helm reads values by the rules of YAML 1.1, where it is true. Who copies a value from one file to the other gets another value.",
    fix: "Put it in quotes if it is text, or write `true`, `false` or a decimal number.",
    sources: [
      `${yaml12}, section 10.3: the core schema knows true and false only`,
      "YAML 1.1, https://yaml.org/type/bool.html: y, yes and on are true; https://yaml.org/type/int.html: 010 is eight",
    ],
    example: {
      fails: "istio: { istiod: { values: { global: { logAsJson: on } } } }",
      passes: "istio: { istiod: { values: { global: { logAsJson: true } } } }",
    },
  },
};
