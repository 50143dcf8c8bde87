import { describe, expect, it } from "vitest";
import { defaultLoadBalancerName } from "../../config/normalise.ts";
import { loadFragment, printed } from "./minimal-cluster.ts";

describe("the name of a load balancer", () => {
  it.each([
    ["services", "demo-svc-ingress"],
    ["addons", "demo-addon-ingress"],
    ["internal", "demo-internal-ingress"],
    ["constructor", "demo-constructor-ingress"],
  ])("of the door %s is %s", (key, name) => {
    expect(defaultLoadBalancerName("demo", key)).toBe(name);
  });
});

describe("a configuration", () => {
  it("has its doors sorted and its routes in the order of the file", () => {
    const result = loadFragment(`
      ingresses:
        zoo: { hosts: [zoo.example.com], certificate: { domain: zoo.example.com } }
        a-b: { hosts: [b.example.com, a.example.com], certificate: { domain: b.example.com } }
        ab: { hosts: [ab.example.com], certificate: { domain: ab.example.com } }
      routes:
        - { name: z, hosts: [zoo.example.com], ingress: zoo, service: { name: s, namespace: n, port: 80 } }
        - { name: a, hosts: [ab.example.com], ingress: ab, service: { name: s, namespace: n, port: 80 } }
    `);
    expect(printed(result)).toBe("");
    const [config] = result.clusters.map((cluster) => cluster.config);
    expect(config?.ingresses.map(({ key }) => key)).toEqual(["a-b", "ab", "services", "zoo"]);
    expect(config?.routes.map(({ name }) => name)).toEqual(["z", "a"]);
    expect(config?.gateways[0]?.hosts).toEqual([
      "a.example.com",
      "ab.example.com",
      "app.example.com",
      "b.example.com",
      "zoo.example.com",
    ]);
  });

  it("names each health check once, whatever the order of the list", () => {
    const result = loadFragment("argocd: { healthChecks: [hpa, application, hpa] }");
    expect(result.clusters[0]?.config.argocd.healthChecks).toEqual(["application", "hpa"]);
  });
});
