import { describe, expect, it } from "vitest";
import { bytesOf, dedent, load, loadFleet, printed } from "./minimal-cluster.ts";

const cluster = (name: string, more = ""): string =>
  `cluster: { name: ${name}, region: eu-west-1 }
ingresses: { services: { hosts: [app.example.com], certificate: { domain: app.example.com } } }
${dedent(more)}
`;

const defaults = `repository: { url: "https://github.com/example/platform.git" }
`;

describe("clusters/defaults.yaml", () => {
  it("lies below every cluster: maps merge, lists and single values are replaced", () => {
    const shared = `
      repository: { url: "https://github.com/example/platform.git", path: mesh }
      argocd: { namespace: gitops }
      ingresses:
        services: { tags: { team: platform, stage: dev }, inboundCidrs: [10.0.0.0/8, 172.16.0.0/12] }
        addons: { hosts: [kiali.example.com], certificate: { domain: kiali.example.com } }
    `;
    const own = `
      cluster: { name: demo, region: eu-west-1 }
      ingresses:
        services:
          hosts: [app.example.com]
          certificate: { domain: app.example.com }
          tags: { stage: live }
          inboundCidrs: [192.168.0.0/16]
    `;
    const loaded = load(dedent(own), dedent(shared));
    expect(printed(loaded)).toBe("");
    const [config] = loaded.clusters.map((each) => each.config);
    expect(config?.repository).toMatchObject({ path: "mesh", revision: "main" });
    expect(config?.argocd.namespace).toBe("gitops");
    expect(config?.ingresses.map(({ key }) => key)).toEqual(["addons", "services"]);
    expect(config?.ingresses[1]).toMatchObject({
      tags: { team: "platform", stage: "live" },
      inboundCidrs: ["192.168.0.0/16"],
    });
  });

  it("may name the cluster of the EKS capability, which files of another Argo CD leave alone", () => {
    const shared = `${defaults}argocd: { clusterName: hub }\n`;
    const result = loadFleet(
      {
        a: `argocd: { managedBy: eks }\n${cluster("a").replace("region", "argocdName: a, region")}`,
        b: cluster("b"),
        c: cluster("c", "argocd: { managedBy: self }"),
      },
      shared,
    );
    expect(printed(result)).toBe("");
    expect(result.clusters.map(({ config }) => config.argocd.ownCluster)).toEqual([
      { name: "hub" },
      { server: "https://kubernetes.default.svc" },
      { server: "https://kubernetes.default.svc" },
    ]);
  });

  it("says eks for all, and a file of its own Argo CD says otherwise", () => {
    const shared = `${defaults}argocd: { managedBy: eks, clusterName: hub }\n`;
    expect(printed(load(cluster("demo", "argocd: { managedBy: self }"), shared))).toBe("");
    expect(printed(load(cluster("demo", "argocd: { managedBy: self, clusterName: x }"), shared))).toBe(
      'clusters/demo.yaml:3:1 error config/invalid-value: argocd: expected managedBy: eks beside clusterName, or no clusterName, found managedBy "self", clusterName "x"',
    );
  });

  it("may hold what is for the clusters with a hook", () => {
    const shared = `${defaults}hook: { timeoutSeconds: 60, recheck: "*/5 * * * *" }\n`;
    const named = (more = "") =>
      `${cluster("demo", more).replace("hosts", "healthCheck: { mode: named }, hosts")}`;
    expect(printed(load(named(), shared))).toBe("");
    expect(printed(load(named("hook: { timeoutSeconds: 50 }"), shared))).toContain(
      "clusters/demo.yaml:3:9 warning hook/without-effect: hook.timeoutSeconds has no effect",
    );
  });

  it("is optional", () => {
    expect(printed(load(cluster("demo", defaults)))).toBe("");
  });

  it("says a mistake once, and where it stands, however many clusters inherit it", () => {
    const bad = `${defaults}argocd: { versoin: "3.5" }\nhook: { timeoutSeconds: 5 }\nistio: { version: 1.30.1 }\n`;
    expect(printed(loadFleet({ a: cluster("a"), b: cluster("b"), c: cluster("c") }, bad))).toBe(
      dedent(`
        clusters/defaults.yaml:2:11 error config/unknown-key: unknown key argocd.versoin
          Did you mean version?
        clusters/defaults.yaml:3:9 error config/invalid-value: hook.timeoutSeconds: expected at least 10, found 5
        clusters/defaults.yaml:4:10 error istio/unsafe-version: expected 1.30.3 or a later patch, found 1.30.1: 1.30.0 to 1.30.2 push the whole configuration to every proxy when only metadata of a VirtualService changes, as Argo CD does (istio#60629)
          Use 1.30.3 or newer.
      `),
    );
  });

  it("keeps a mistake that one cluster mends to the others", () => {
    const bad = `${defaults}hook: { timeoutSeconds: 5 }\n`;
    const result = loadFleet({ a: cluster("a"), b: cluster("b", "hook: { timeoutSeconds: 60 }") }, bad);
    expect(printed(result)).toBe(
      "clusters/defaults.yaml:2:9 error config/invalid-value: hook.timeoutSeconds: expected at least 10, found 5",
    );
    expect(result.clusters.map(({ config }) => config.cluster.name)).toEqual(["b"]);
  });

  it("comes with the problems of all cluster files, in reading order", () => {
    const bad = `${defaults}hoook: {}\n`;
    const fleet = {
      b: cluster("b", "rotues: []"),
      a: "cluster: [\n",
      c: cluster("c", "ingresses: 5").replace(/ingresses: \{.*\n/, ""),
    };
    expect(
      printed(loadFleet(fleet, bad))
        .split("\n")
        .filter((line) => !line.startsWith(" ")),
    ).toEqual([
      "clusters/a.yaml:2:1 error config/yaml-syntax: expected valid YAML, found a mistake: Flow sequence in block collection must be sufficiently indented and end with a ]",
      "clusters/b.yaml:3:1 error config/unknown-key: unknown key rotues",
      "clusters/c.yaml:2:1 error config/invalid-value: ingresses: expected a map, found 5",
      "clusters/defaults.yaml:2:1 error config/unknown-key: unknown key hoook",
    ]);
  });
});

describe("of keys that exclude each other the cluster file's holds, and that of defaults.yaml goes", () => {
  const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001";
  const aclArn =
    "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/0a1b2c3d-0000-4000-8000-000000000002";
  const doorOf = (own: string, shared: string) => {
    const door = (more: string) => `ingresses: { services: { ${more} } }\n`;
    const loaded = load(
      `cluster: { name: demo, region: eu-west-1 }\n${door(own)}`,
      `${defaults}${door(`hosts: [app.example.com], ${shared}`)}`,
    );
    expect(printed(loaded)).toBe("");
    return loaded.clusters[0]?.config.ingresses[0];
  };
  const domain = "certificate: { domain: app.example.com, keyAlgorithm: rsa }";

  it.each([
    ["a certificate by its ARN", `certificate: { arn: "${arn}" }`, domain, "certificates", [{ arn }]],
    [
      "a certificate by its domain",
      "certificate: { domain: app.example.com }",
      `certificate: { arn: "${arn}" }`,
      "certificates",
      [{ domain: "app.example.com" }],
    ],
    [
      "another key of the same domain",
      "certificate: { keyAlgorithm: ecdsa }",
      domain,
      "certificates",
      [{ domain: "app.example.com", keyAlgorithm: "ecdsa" }],
    ],
    [
      "subnets by id",
      "subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }",
      `${domain}, subnets: { tags: { tier: public } }`,
      "subnets",
      { ids: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"] },
    ],
    [
      "subnets by tag",
      "subnets: { tags: { tier: public } }",
      `${domain}, subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }`,
      "subnets",
      { tags: { tier: "public" } },
    ],
    [
      "a web ACL by its ARN",
      `webAcl: { arn: "${aclArn}" }`,
      `${domain}, webAcl: { name: edge }`,
      "webAcl",
      { arn: aclArn },
    ],
    [
      "a web ACL by its name",
      "webAcl: { name: edge }",
      `${domain}, webAcl: { arn: "${aclArn}" }`,
      "webAcl",
      { name: "edge" },
    ],
    ["no web ACL", "webAcl: none", `${domain}, webAcl: { name: edge }`, "webAcl", "none"],
    [
      "a mode without a NodePort",
      "healthCheck: { mode: named }",
      `${domain}, healthCheck: { mode: pinned, nodePort: 30021, intervalSeconds: 20 }`,
      "healthCheck",
      { mode: "named", intervalSeconds: 20 },
    ],
    [
      "another NodePort",
      "healthCheck: { mode: pinned, nodePort: 30022 }",
      `${domain}, healthCheck: { mode: pinned, nodePort: 30021 }`,
      "healthCheck",
      { mode: "pinned", nodePort: 30022 },
    ],
    [
      "the same mode, and keeps the NodePort",
      "healthCheck: { mode: pinned, intervalSeconds: 20 }",
      `${domain}, healthCheck: { mode: pinned, nodePort: 30021 }`,
      "healthCheck",
      { mode: "pinned", nodePort: 30021, intervalSeconds: 20 },
    ],
  ] as const)("%s", (_, own, shared, key, expected) => {
    expect(doorOf(own, shared)).toMatchObject({ [key]: expected });
  });

  it.each([
    ["a server", "server: https://a.example.com", "argocdName: shared", { server: "https://a.example.com" }],
    ["a name", "argocdName: own", "server: https://a.example.com", { name: "own" }],
  ])("%s as destination", (_, own, shared, destination) => {
    const loaded = load(
      cluster("demo").replace("region:", `${own}, region:`),
      `${defaults}cluster: { ${shared} }\n`,
    );
    expect(printed(loaded)).toBe("");
    expect(loaded.clusters[0]?.config.cluster.destination).toEqual(destination);
  });

  it.each([
    ["its id", "id: vpc-0a1b2c3d", "tags: { Name: mesh }", { id: "vpc-0a1b2c3d" }],
    ["its tags", "tags: { Name: mesh }", "id: vpc-0a1b2c3d", { tags: { Name: "mesh" } }],
  ])("the VPC by %s", (_, own, shared, vpc) => {
    const withVpc = cluster("demo").replace("region:", `vpc: { ${own} }, region:`);
    const loaded = load(withVpc, `${defaults}cluster: { vpc: { ${shared} } }\n`);
    expect(printed(loaded)).toBe("");
    expect(loaded.clusters[0]?.config.cluster.vpc).toEqual(vpc);
  });

  it("but two of them in one file stay a mistake", () => {
    const both = cluster("demo").replace("domain: app.example.com", `domain: app.example.com, arn: "${arn}"`);
    expect(printed(load(both, defaults))).toMatch(/exactly one of domain, arn/);
    expect(printed(load(cluster("demo"), both.replace(/^cluster.*\n/, defaults)))).toBe("");
  });
});

describe("a value that both files have a part in", () => {
  const place = (own: string, shared: string): string[] =>
    load(
      `cluster: { name: demo, region: eu-west-1 }\n${dedent(own)}`,
      `${defaults}${dedent(shared)}`,
    ).problems.map(({ file, line, column, code, path }) => `${file}:${line}:${column} ${code} ${path}`);

  it("belongs to the cluster file below a list that it replaces", () => {
    const shared = `
      routes:
        - { name: shared, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }
      ingresses: { services: { hosts: [app.example.com], certificate: { domain: app.example.com } } }
    `;
    expect(place("routes: [{ name: own, hosts: [app.example.com], ingress: services }]", shared)).toEqual([
      "clusters/demo.yaml:2:10 config/missing-key routes[0].service",
    ]);
  });

  it("belongs to defaults.yaml below the first key that only that one has", () => {
    const shared = `
      ingresses:
        services: { hosts: [app.example.com], certificate: { domain: app.example.com } }
        addons:
          hosts: [Kiali.example.com]
    `;
    expect(place("ingresses: { services: { scheme: internal } }", shared)).toEqual([
      "clusters/defaults.yaml:4:3 alb/listeners ingresses.addons",
      "clusters/defaults.yaml:5:13 config/invalid-value ingresses.addons.hosts[0]",
    ]);
  });

  it("is told with the text of the file that it comes from", () => {
    const shared = `
      ingresses: { services: { hosts: [app.example.com], certificate: { domain: app.example.com } } }
      istio: { istiod: { values: { env: { A: 0755, B: "0644" } } } }
    `;
    expect(place('istio: { istiod: { values: { env: { B: 0644, C: "no" } } } }', shared)).toEqual([
      "clusters/defaults.yaml:3:37 config/ambiguous-scalar istio.istiod.values.env.A",
      "clusters/demo.yaml:2:37 config/ambiguous-scalar istio.istiod.values.env.B",
    ]);
  });
});

describe("a defaults.yaml that cannot be read", () => {
  it.each([
    ["empty", "", "found nothing"],
    ["only comments", "# nothing yet\n", "found nothing"],
    ["a list", "- a\n", "found a list"],
  ])("because it is %s is told once", (_, content, found) => {
    expect(printed(loadFleet({ a: cluster("a"), b: cluster("b") }, content))).toBe(
      `clusters/defaults.yaml:1:1 error config/not-a-map: expected a map with keys such as cluster, istio and ingresses, ${found}\n  Write what all clusters share, or remove the file.`,
    );
  });

  it("does not keep back what is wrong with a cluster file alone, and blames it for no missing key", () => {
    const files = { a: `${cluster("a")}rotues: []\nhook: { timeoutSeconds: 5 }\n`, b: "cluster: {}\n" };
    expect(loadFleet(files, "argocd: [\n").problems.map(({ file, code }) => [file, code])).toEqual([
      ["clusters/a.yaml", "config/unknown-key"],
      ["clusters/a.yaml", "config/invalid-value"],
      ["clusters/defaults.yaml", "config/yaml-syntax"],
    ]);
  });

  it("is judged although no cluster file can be read", () => {
    expect(load("- a\n", "hoook: {}\n").problems.map(({ file, code }) => [file, code])).toEqual([
      ["clusters/defaults.yaml", "config/unknown-key"],
      ["clusters/demo.yaml", "config/not-a-map"],
    ]);
  });

  it("gives no cluster", () => {
    expect(loadFleet({ a: cluster("a") }, bytesOf("- x\n")).clusters).toEqual([]);
  });
});
