import { describe, expect, it } from "vitest";
import { dedent, load, loadFragment, printed } from "./minimal-cluster.ts";

describe("an unknown key", () => {
  it.each([
    ["clusterr: {}", "1:1", "clusterr", "Did you mean cluster?"],
    ["cluster: { regoin: x }", "1:12", "cluster.regoin", "Did you mean region?"],
    ["cluster: { vpc: { ids: x, id: vpc-0a1b2c3d } }", "1:19", "cluster.vpc.ids", "Did you mean id?"],
    ["repository: { branch: main }", "1:15", "repository.branch", "Known here: url, revision, path."],
    ["argocd: { healthcheck: [] }", "1:11", "argocd.healthcheck", "Did you mean healthChecks?"],
    ["istio: { base: { value: {} } }", "1:18", "istio.base.value", "Did you mean values?"],
    [
      "istio: { istiod: { replicas: { minimum: 1 } } }",
      "1:32",
      "istio.istiod.replicas.minimum",
      "Known here: min, max.",
    ],
    [
      "gateways: { ingress: { nameSpace: x } }",
      "1:24",
      "gateways.ingress.nameSpace",
      "Did you mean namespace?",
    ],
    ["gateways: { ingress: { host: [] } }", "1:24", "gateways.ingress.host", "Did you mean hosts?"],
    [
      "ingresses: { services: { certificates: [] } }",
      "1:26",
      "ingresses.services.certificates",
      "Did you mean certificate?",
    ],
    [
      "ingresses: { services: { subnets: { id: [], tags: { a: b } } } }",
      "1:37",
      "ingresses.services.subnets.id",
      "Did you mean ids?",
    ],
    [
      "ingresses: { services: { webAcl: { nam: x, name: y } } }",
      "1:36",
      "ingresses.services.webAcl.nam",
      "Did you mean name?",
    ],
    [
      "ingresses: { services: { healthCheck: { node_port: 1 } } }",
      "1:41",
      "ingresses.services.healthCheck.node_port",
      "Did you mean nodePort?",
    ],
    ["hook: { resources: { request: {} } }", "1:22", "hook.resources.request", "Did you mean requests?"],
    [
      "hook: { resources: { limits: { mem: 1Mi } } }",
      "1:32",
      "hook.resources.limits.mem",
      "Known here: cpu, memory.",
    ],
    ["hook: { tolerations: [{ keys: x }] }", "1:25", "hook.tolerations[0].keys", "Did you mean key?"],
  ])("%s stands at its place, with the nearest known key", (text, place, key, suggestion) => {
    expect(printed(loadFragment(text))).toBe(
      `clusters/demo.yaml:${place} error config/unknown-key: unknown key ${key}\n  ${suggestion}`,
    );
  });

  it("in a list of certificates is told from the rest of that entry", () => {
    const text =
      "ingresses: { services: { certificate: [{ domain: a.example.com, domian: b.example.com }] } }";
    expect(printed(loadFragment(text))).toBe(
      "clusters/demo.yaml:1:65 error config/unknown-key: unknown key ingresses.services.certificate[0].domian\n  Did you mean domain?",
    );
  });
});

describe("a missing key", () => {
  it("is looked for where it should stand", () => {
    const text = `
      cluster: { name: demo }
      ingresses:
        services:
          hosts: [app.example.com]
      routes:
        - name: x
    `;
    expect(printed(load(dedent(text)))).toBe(
      dedent(`
        clusters/demo.yaml:1:1 error config/missing-key: missing cluster.region: expected text
        clusters/demo.yaml:1:1 error config/missing-key: missing repository: expected a map
        clusters/demo.yaml:3:3 error alb/listeners: expected a certificate for the HTTPS listener of the ingress services (listeners: redirect), found none
          Add \`certificate: { domain: … }\` or \`{ arn: … }\`. \`listeners: http\` needs none, and encrypts nothing.
        clusters/demo.yaml:6:5 error config/missing-key: missing routes[0].hosts: expected a list
        clusters/demo.yaml:6:5 error config/missing-key: missing routes[0].ingress: expected text
        clusters/demo.yaml:6:5 error config/missing-key: missing routes[0].service: expected a map
      `),
    );
  });
});

/** One bad value, at the place of its key, and what is said about it. */
describe("a bad value", () => {
  it.each([
    // wrong types
    [
      "cluster: { account: 012345678901 }",
      "1:12",
      "cluster.account: expected text (put it in quotes), found 012345678901",
    ],
    ["cluster: { name: 1e3 }", "1:12", "cluster.name: expected text (put it in quotes), found 1e3"],
    ["cluster: { eksName: true }", "1:12", "cluster.eksName: expected text (put it in quotes), found true"],
    ["argocd: { version: 3.5 }", "1:11", "argocd.version: expected text (put it in quotes), found 3.5"],
    [
      'gateways: { ingress: { replicas: { min: "2" } } }',
      "1:36",
      'gateways.ingress.replicas.min: expected a number (without quotes), found "2"',
    ],
    [
      "gateways: { ingress: { replicas: { max: 2.5 } } }",
      "1:36",
      "gateways.ingress.replicas.max: expected a whole number, found 2.5",
    ],
    [
      "gateways: { ingress: { values: [] } }",
      "1:24",
      "gateways.ingress.values: expected a map, found an empty list",
    ],
    ["hook:", "1:1", "hook: expected a map, found null (an empty value)"],
    ["routes: { a: 1 }", "1:1", "routes: expected a list, found a map (a)"],
    ["ingresses: { services: [] }", "1:14", "ingresses.services: expected a map, found an empty list"],
    [
      "ingresses: { services: { tags: { cost: 5 } } }",
      "1:34",
      "ingresses.services.tags.cost: expected text (put it in quotes), found 5",
    ],
    // grammars
    [
      "cluster: { name: Demo }",
      "1:12",
      "cluster.name: expected a DNS label (lower-case letters, digits and '-', at most 63, no '-' at either end), found \"Demo\"",
    ],
    [
      "cluster: { region: eu-west }",
      "1:12",
      'cluster.region: expected an AWS region such as ap-northeast-2, found "eu-west"',
    ],
    ['cluster: { account: "12345" }', "1:12", 'cluster.account: expected 12 digits in quotes, found "12345"'],
    [
      'cluster: { server: "http://x" }',
      "1:12",
      'cluster.server: expected an https URL of an API server, without a path or user name, or the ARN of an EKS cluster (argocd.managedBy: eks), found "http://x"',
    ],
    [
      "repository: { path: ../x }",
      "1:15",
      "repository.path: expected a folder relative to the repository's root, without '..' (or '.' for the root), found \"../x\"",
    ],
    [
      'repository: { revision: "a..b" }',
      "1:15",
      'repository.revision: expected a branch, tag or commit, found "a..b"',
    ],
    [
      "istio: { version: v1.31.1 }",
      "1:10",
      "istio.version: expected an exact chart version such as 1.31.1, without 'v' and without a range, found \"v1.31.1\"",
    ],
    [
      "istio: { version: ~1.31 }",
      "1:10",
      "istio.version: expected an exact chart version such as 1.31.1, without 'v' and without a range, found \"~1.31\"",
    ],
    [
      'istio: { charts: "oci://ghcr.io/istio" }',
      "1:10",
      'istio.charts: expected a Helm repository (https://…) or an OCI registry without oci:// (ghcr.io/istio/release/charts), found "oci://ghcr.io/istio"',
    ],
    [
      "istio: { revision: 1.31.1 }",
      "1:10",
      'istio.revision: expected an Istio revision such as 1-31-1 (a DNS label; "" for none), found "1.31.1"',
    ],
    [
      'hook: { recheck: "* * *" }',
      "1:9",
      'hook.recheck: expected a cron schedule of five fields such as "*/2 * * * *", or off, found "* * *"',
    ],
    [
      "hook: { image: node }",
      "1:9",
      'hook.image: expected a container image with registry and tag, found "node"',
    ],
    [
      "ingresses: { services: { sslPolicy: TLS13 } }",
      "1:26",
      'ingresses.services.sslPolicy: expected an ELB security policy such as ELBSecurityPolicy-TLS13-1-2-2021-06, found "TLS13"',
    ],
    [
      "ingresses: { services: { healthCheck: { path: ready } } }",
      "1:41",
      "ingresses.services.healthCheck.path: expected a path that starts with '/', found \"ready\"",
    ],
    [
      "ingresses: { services: { inboundCidrs: [10.0.0.0] } }",
      "1:41",
      'ingresses.services.inboundCidrs[0]: expected an address range such as 203.0.113.0/24, found "10.0.0.0"',
    ],
    [
      "ingresses: { Services: {} }",
      "1:14",
      "ingresses: expected as key a DNS label (lower-case letters, digits and '-', at most 63, no '-' at either end), found \"Services\"",
    ],
    [
      'ingresses: { services: { tags: { "": x } } }',
      "1:34",
      'ingresses.services.tags: expected as key a name that is not empty, found ""',
    ],
    // ranges and closed sets
    [
      "ingresses: { services: { healthCheck: { intervalSeconds: 301 } } }",
      "1:41",
      "ingresses.services.healthCheck.intervalSeconds: expected at most 300, found 301",
    ],
    [
      "ingresses: { services: { healthCheck: { timeoutSeconds: 1 } } }",
      "1:41",
      "ingresses.services.healthCheck.timeoutSeconds: expected at least 2, found 1",
    ],
    [
      "ingresses: { services: { healthCheck: { mode: pinned, nodePort: 29999 } } }",
      "1:55",
      "ingresses.services.healthCheck.nodePort: expected at least 30000, found 29999",
    ],
    [
      "ingresses: { services: { scheme: public } }",
      "1:26",
      'ingresses.services.scheme: expected one of internet-facing, internal, found "public"',
    ],
    [
      "argocd: { healthChecks: [application, pvc] }",
      "1:39",
      'argocd.healthChecks[1]: expected one of application, crd, hpa, found "pvc"',
    ],
    // what the API server takes as labels and names
    [
      'hook: { nodeSelector: { pool: "a, b" } }',
      "1:25",
      "hook.nodeSelector.pool: expected a label's value (letters, digits, '-', '_' and '.', at most 63, a letter or digit at either end), found \"a, b\"",
    ],
    [
      "hook: { nodeSelector: { Example.com/pool: x } }",
      "1:25",
      "hook.nodeSelector: expected as key a label's key (letters, digits, '-', '_' and '.', at most 63; a DNS name and '/' may stand in front), found \"Example.com/pool\"",
    ],
    [
      "hook: { tolerations: [{ key: a/b/c }] }",
      "1:25",
      "hook.tolerations[0].key: expected a label's key (letters, digits, '-', '_' and '.', at most 63; a DNS name and '/' may stand in front), found \"a/b/c\"",
    ],
    [
      "gateways: { ingress: { release: 1edge } }",
      "1:24",
      "gateways.ingress.release: expected a Helm release name (lower-case letters, digits and '-', a letter first, at most 53), found \"1edge\"",
    ],
    [
      `gateways: { ${"a".repeat(64)}: {} }`,
      "1:13",
      `gateways: expected as key the key of a gateway (lower-case letters, digits and '-', at most 40, no '-' at either end, not chart-…), found "${"a".repeat(64)}"`,
    ],
    [
      "gateways: { chart-x: {} }",
      "1:13",
      "gateways: expected as key the key of a gateway (lower-case letters, digits and '-', at most 40, no '-' at either end, not chart-…), found \"chart-x\"",
    ],
    // what would mean nothing or everything
    [
      "gateways: {}",
      "1:1",
      "gateways: expected at least one entry (leave the key out instead), found an empty map",
    ],
    [
      "ingresses: { services: { hosts: [] } }",
      "1:26",
      "ingresses.services.hosts: expected a list that is not empty, found an empty list",
    ],
    [
      "ingresses: { services: { tags: {} } }",
      "1:26",
      "ingresses.services.tags: expected at least one entry (leave the key out instead), found an empty map",
    ],
    [
      "ingresses: { services: { inboundCidrs: [] } }",
      "1:26",
      "ingresses.services.inboundCidrs: expected a list that is not empty, found an empty list",
    ],
    [
      'ingresses: { services: { name: "" } }',
      "1:26",
      'ingresses.services.name: expected text that is not empty, found ""',
    ],
    [
      "gateways: { ingress: { hosts: [] } }",
      "1:24",
      "gateways.ingress.hosts: expected a list that is not empty, found an empty list",
    ],
    [
      "argocd: { healthChecks: [] }",
      "1:11",
      "argocd.healthChecks: expected a list that is not empty, found an empty list",
    ],
    // keys that go together
    [
      'cluster: { server: "https://x", argocdName: x }',
      "1:1",
      'cluster: expected at most one of server, argocdName, found server "https://x", argocdName "x"',
    ],
    ["cluster: { vpc: {} }", "1:12", "cluster.vpc: expected exactly one of id, tags, found an empty map"],
    [
      "cluster: { vpc: { id: vpc-0a1b2c3d, tags: { a: b } } }",
      "1:12",
      'cluster.vpc: expected exactly one of id, tags, found id "vpc-0a1b2c3d", tags a map (a)',
    ],
    [
      "istio: { istiod: { replicas: { min: 6 } } }",
      "1:20",
      "istio.istiod.replicas: expected min not above max, found min 6",
    ],
    [
      "ingresses: { services: { subnets: {} } }",
      "1:26",
      "ingresses.services.subnets: expected exactly one of ids, tags, found an empty map",
    ],
    [
      "ingresses: { services: { healthCheck: { mode: pinned } } }",
      "1:26",
      'ingresses.services.healthCheck: expected nodePort beside mode: pinned, a number from 30000 to 32767, found mode "pinned"',
    ],
    [
      "ingresses: { services: { healthCheck: { nodePort: 30000 } } }",
      "1:26",
      "ingresses.services.healthCheck: expected mode: pinned beside nodePort, or no nodePort, found nodePort 30000",
    ],
    [
      "ingresses: { services: { healthCheck: { intervalSeconds: 5 } } }",
      "1:26",
      "ingresses.services.healthCheck: expected intervalSeconds above timeoutSeconds (AWS refuses the target group otherwise), found intervalSeconds 5",
    ],
    // unions
    [
      "ingresses: { services: { certificate: ~ } }",
      "1:26",
      "ingresses.services.certificate: expected a map or a list, found null (an empty value)",
    ],
    [
      'ingresses: { services: { certificate: "" } }',
      "1:26",
      'ingresses.services.certificate: expected a map or a list, found ""',
    ],
    [
      "ingresses: { services: { certificate: app.example.com } }",
      "1:26",
      'ingresses.services.certificate: expected a map or a list, found "app.example.com"',
    ],
    [
      "ingresses: { services: { certificate: [] } }",
      "1:26",
      "ingresses.services.certificate: expected a list that is not empty, found an empty list",
    ],
    [
      "ingresses: { services: { certificate: [{ domain: a.example.com }, 5] } }",
      "1:67",
      "ingresses.services.certificate[1]: expected a map, found 5",
    ],
    [
      "ingresses: { services: { certificate: [{ keyAlgorithm: rsa }] } }",
      "1:40",
      "ingresses.services.certificate[0]: expected exactly one of domain, arn, found a map (keyAlgorithm)",
    ],
    [
      "ingresses: { services: { webAcl: nope } }",
      "1:26",
      'ingresses.services.webAcl: expected none or a map, found "nope"',
    ],
    [
      'ingresses: { services: { webAcl: "" } }',
      "1:26",
      'ingresses.services.webAcl: expected none or a map, found ""',
    ],
    [
      "ingresses: { services: { webAcl: {} } }",
      "1:26",
      "ingresses.services.webAcl: expected exactly one of arn, name, found an empty map",
    ],
    [
      'ingresses: { services: { webAcl: { arn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/1" } } }',
      "1:36",
      'ingresses.services.webAcl.arn: expected the ARN of a REGIONAL WAFv2 web ACL (arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>), found "arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/1"',
    ],
    [
      "ingresses: { services: { subnets: [subnet-0a1b2c3d] } }",
      "1:26",
      "ingresses.services.subnets: expected a map, found a list of 1",
    ],
  ])("%s", (text, place, message) => {
    // What to do about it: near-relatives.test.ts and test/mistakes/.
    const [problem = "", ...advice] = printed(loadFragment(text)).split("\n");
    expect(problem).toBe(`clusters/demo.yaml:${place} error config/invalid-value: ${message}`);
    expect(advice.filter((line) => !line.startsWith("  "))).toEqual([]);
  });

  it("that should be a list is told how to be one", () => {
    expect(printed(loadFragment("ingresses: { services: { hosts: app.example.com } }"))).toBe(
      dedent(`
        clusters/demo.yaml:1:26 error config/invalid-value: ingresses.services.hosts: expected a list, found "app.example.com"
          Write hosts: [app.example.com].
      `),
    );
  });
});

describe("a host name", () => {
  it.each([
    "app.example.com",
    "*.example.com",
    "xn--bcher-kva.example",
    "a-b.c1.example.com",
    "1.2.3.example",
    "*",
  ])("%s is one", (host) => {
    expect(printed(loadFragment(`ingresses: { services: { hosts: ["${host}"] } }`))).toBe("");
  });

  it.each([
    "APP.example.com",
    "app.example.com.",
    "bücher.example",
    "😀.example",
    "localhost",
    "**",
    "*.com",
    "a.*.example.com",
    "app_x.example.com",
    "-a.example.com",
    "10.0.0.1",
    "app.example.123",
    "app..example.com",
    "https://app.example.com",
    "app.example.com:443",
    `${"a".repeat(64)}.example.com`,
    `${"a.".repeat(126)}example.com`,
    "app.example.com\\n",
  ])("%s is none", (host) => {
    expect(printed(loadFragment(`ingresses: { services: { hosts: ["${host}"] } }`))).toContain(
      "clusters/demo.yaml:1:34 error config/invalid-value: ingresses.services.hosts[0]: expected a host name such as app.example.com, *.example.com or * (lower case, no dot at the end, other scripts as xn--…), found ",
    );
  });
});

describe("keys that gateways has replaced", () => {
  it("are errors that write out the new ones with their values", () => {
    const text = `
      istio:
        gateway:
          releaseName: istio-edge
          namespace: edge
          replicas: { min: 3, max: 3 }
          values: { podAnnotations: { "example.com/note": "x: y" }, tolerations: [{ key: edge, operator: Exists }] }
      gateway: { name: edge, hosts: ["*.example.com"] }
    `;
    expect(printed(loadFragment(text))).toBe(
      dedent(`
        clusters/demo.yaml:2:3 error config/unknown-key: unknown key istio.gateway: gateways has taken its place
          Write gateways: { ingress: { release: "istio-edge", namespace: "edge", replicas: { min: 3, max: 3 }, values: { podAnnotations: { "example.com/note": "x: y" }, tolerations: [{ key: "edge", operator: "Exists" }] } } }.
        clusters/demo.yaml:7:1 error config/unknown-key: unknown key gateway: gateways has taken its place
          Write gateways: { ingress: { name: "edge", hosts: ["*.example.com"] } }.
      `),
    );
  });

  it("give a file that is taken, written as the error says", () => {
    const old = loadFragment("istio: { gateway: { releaseName: istio-edge, replicas: { min: 3, max: 3 } } }");
    const written = /Write (.*)\.$/.exec(printed(old))?.[1] ?? "";
    const { clusters, problems } = loadFragment(written);
    expect(problems).toEqual([]);
    expect(clusters[0]?.config.gateways).toMatchObject([
      { key: "ingress", release: "istio-edge", namespace: "istio-ingress", replicas: { min: 3, max: 3 } },
    ]);
  });

  it("say what they are where what stands in them is no map", () => {
    expect(printed(loadFragment("gateway: edge"))).toContain("Write gateways: { ingress: {} }.");
  });
});

describe("rules speak in the same run as the schema", () => {
  it("but not of a hook that is for a door which cannot be read", () => {
    const text = `
      hook: { timeoutSeconds: 60 }
      ingresses: { services: { healthCheck: { mode: named } }, addons: 5 }
    `;
    expect(printed(loadFragment(text))).toBe(
      "clusters/demo.yaml:2:58 error config/invalid-value: ingresses.addons: expected a map, found 5",
    );
    const alone = text.replace(", addons: 5", "");
    expect(printed(loadFragment(alone))).toContain("hook/without-effect");
  });

  const codes = (text: string): string[] =>
    load(dedent(text)).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);

  it("although necessary keys are missing", () => {
    const text = `
      cluster: { regoin: eu-west-1 }
      repository: { url: "https://robot:hunter2@example.com/x.git" }
      istio: { version: 1.30.1, istiod: { values: { meshConfig: ~ } } }
      ingresses:
        services: { name: internal-x, certificate: [] }
        addons: { name: internal-y, hosts: [a.example.com, a.example.com], certificate: { domain: a.example.com } }
      hook: { recheck: "61 * * * *" }
    `;
    expect(codes(text)).toEqual([
      "1:1 config/missing-key", // name
      "1:12 config/unknown-key", // region, and that it is missing is the same mistake
      "2:15 repository/credentials",
      "3:10 istio/unsafe-version",
      "3:47 istio/null-value",
      "5:3 config/missing-key", // hosts
      "5:15 alb/name-grammar",
      "5:33 config/invalid-value",
      "6:13 alb/name-grammar",
      "6:54 alb/host-twice",
      "7:9 hook/recheck-schedule",
    ]);
  });

  it("although there is no door, and then say nothing about routes", () => {
    const text = `
      cluster: { name: demo, region: eu-west-1 }
      repository: { url: "file:///x" }
      gateways: { ingress: { hosts: [b.example.com] } }
      routes: [{ name: a, hosts: [a.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }]
      ingresses: 5
    `;
    expect(codes(text)).toEqual(["2:15 repository/file-url", "5:1 config/invalid-value"]);
  });

  it("but not about what a mistake may have made of them", () => {
    const text = `
      cluster: { name: demo, region: eu west }
      repository: { url: "https://example.com/x.git" }
      routes: [{ name: a, hosts: [a.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }]
      ingresses:
        services: { hosts: [a.example.com], scheme: intrenal, certificate: { domain: a.example.com } }
        open:
          hosts: ["*.example.com"]
          certificate: { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b" }
          inboundCidrs: [10.0.0.0]
        closed: { hosts: [b.example.com], scheme: internal, certificate: { domain: b.example.com } }
        other:
          hosts: [c.example.com]
          certificate: { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b" }
    `;
    expect(codes(text)).toEqual([
      "1:24 config/invalid-value",
      "5:39 config/invalid-value",
      "9:20 config/invalid-value",
    ]);
  });

  it.each([
    ["scheme: intrenal", "config/invalid-value"],
    ["inboundCidrs: [10.0.0.0]", "config/invalid-value"],
    ["annotations: { auth-type: 1 }", "config/invalid-value"],
  ])("but not about who gets in where that is not known: %s", (broken, code) => {
    const text = `
      cluster: { name: demo, region: eu-west-1 }
      repository: { url: "https://example.com/x.git" }
      routes: [{ name: a, hosts: [k.example.com], ingress: b, service: { name: kiali, namespace: n, port: 80 } }]
      ingresses:
        a: { hosts: ["*.example.com"], certificate: { domain: example.com }, ${broken} }
        b: { hosts: [k.example.com], certificate: { domain: example.com }, ${broken} }
        c: { hosts: [c.example.com], certificate: { domain: example.com }, scheme: internal }
    `;
    expect(codes(text).map((line) => line.replace(/^\S+ /, ""))).toEqual([code, code]);
  });

  it("but not about a name or a hook that a door may not have", () => {
    const text = `
      cluster: { name: demo, region: eu-west-1 }
      repository: { url: "https://example.com/x.git" }
      hook: { recheck: "off" }
      ingresses:
        a:
          ingressName: ${"i".repeat(52)}
          hosts: [a.example.com]
          certificate: { domain: a.example.com }
          healthCheck: { mode: pined, nodePort: 30021 }
        b: { hosts: [b.example.com], certificate: { domain: b.example.com }, ingressName: Door, healthCheck: { mode: named } }
        c: { hosts: [c.example.com], certificate: { domain: c.example.com }, ingressName: ingress-b, healthCheck: { mode: named } }
    `;
    expect(codes(text)).toEqual(["9:20 config/invalid-value", "10:72 config/invalid-value"]);
  });

  it("but not about routes to a door whose hosts are not known", () => {
    const text = `
      cluster: { name: demo, region: eu-west-1 }
      repository: { url: "https://example.com/x.git" }
      routes: [{ name: a, hosts: [a.example.com], ingress: a, service: { name: web, namespace: n, port: 80 } }]
      gateways: { ingress: { hosts: [a.example.com] } }
      ingresses:
        a: { hosts: [a.example.com, A.example.com], certificate: { domain: example.com } }
        b: { hosts: [a.example.com, B.example.com], certificate: { domain: example.com } }
    `;
    expect(codes(text)).toEqual(["6:31 config/invalid-value", "7:31 config/invalid-value"]);
  });

  it("about a door with a broken key too, for what does not depend on that key", () => {
    const text = `
      cluster: { name: demo, region: eu-west-1 }
      repository: { url: "https://example.com/x.git" }
      routes: [{ name: a, hosts: [b.example.com], ingress: servces, service: { name: s, namespace: n, port: 80 } }]
      ingresses:
        services:
          hosts: [A.example.com]
          certificate: {}
          name: internal-x
          subnets: { ids: [subnet-0a1b2c3d] }
          healthCheck: { mode: pined, nodePort: 30021 }
          annotations: { auth-typ: oidc, scheme: 5 }
    `;
    expect(codes(text)).toEqual([
      "3:45 istio/route-ingress-unknown",
      "6:13 config/invalid-value",
      "7:5 config/invalid-value",
      "8:5 alb/name-grammar",
      "9:16 alb/subnets",
      "10:20 config/invalid-value",
      "11:20 alb/annotation",
      "11:36 config/invalid-value",
    ]);
  });

  it("and a refused configuration is not handed on", () => {
    expect(load("cluster: { name: demo }\n").clusters).toEqual([]);
  });
});
