import { describe, expect, it } from "vitest";
import type { IstioChart } from "../../config/applications.ts";
import { chartReleases } from "../../config/chart-releases.ts";
import type { Config } from "../../config/config.ts";
import { type GatewayRelease, withGlobalsAtRoot } from "../../config/gateway-release.ts";
import { deployedGateway, helmValues, statusPortName } from "../../config/helm-values.ts";
import type { JsonObject } from "../../core/json.ts";
import { loadFragment, printedOfRules } from "./minimal-cluster.ts";

function configOf(fragment: string): Config {
  const result = loadFragment(fragment);
  expect(printedOfRules(result)).toBe("");
  const [cluster] = result.clusters;
  if (cluster === undefined) throw new Error("the fragment gives no cluster");
  return cluster.config;
}

const minimal = configOf("{}");

/** Of the first release of a chart. */
function valuesOf(config: Config, chart: IstioChart): JsonObject {
  const release = chartReleases(config).find((each) => each.chart === chart);
  if (release === undefined) throw new Error(`no release of ${chart}`);
  return helmValues(config, release);
}

function gatewayOf(config: Config): GatewayRelease {
  const [gateway] = config.gateways;
  if (gateway === undefined) throw new Error("no gateway");
  return deployedGateway(config, gateway);
}

describe("computed values", () => {
  it("of a plain cluster are those that were rendered with the charts", () => {
    expect(valuesOf(minimal, "base")).toEqual({
      defaultRevision: "default",
      base: { validationFailurePolicy: "Fail" },
    });
    expect(valuesOf(minimal, "istiod")).toEqual({
      global: { hub: "docker.io/istio" },
      base: { validationFailurePolicy: "Fail" },
      autoscaleMin: 2,
      autoscaleMax: 5,
    });
    expect(valuesOf(minimal, "gateway")).toEqual({
      autoscaling: { minReplicas: 2, maxReplicas: 5 },
      podDisruptionBudget: { minAvailable: 1 },
      service: { type: "NodePort" },
      podAnnotations: { "proxy.istio.io/config": '{"gatewayTopology":{"numTrustedProxies":1}}' },
    });
  });

  it("name the revision in all three charts", () => {
    const config = configOf("istio: { revision: 1-31-1 }");
    expect(valuesOf(config, "base").defaultRevision).toBe("1-31-1");
    expect(valuesOf(config, "istiod").revision).toBe("1-31-1");
    expect(valuesOf(config, "gateway").revision).toBe("1-31-1");
  });

  it.each([
    ["1.28.5", undefined],
    ["1.28.6", { validationFailurePolicy: "Fail" }],
    ["1.29.1", undefined],
    ["1.29.2", { validationFailurePolicy: "Fail" }],
    ["1.30.3", { validationFailurePolicy: "Fail" }],
    ["1.31.0-rc.0", { validationFailurePolicy: "Fail" }],
    ["1.31.1", { validationFailurePolicy: "Fail" }],
  ])("of %s have base %j in base and istiod", (version, base) => {
    const config = configOf(`istio: { version: ${version} }`);
    expect(valuesOf(config, "base").base).toEqual(base);
    expect(valuesOf(config, "istiod").base).toEqual(base);
  });

  it("trust as many proxies as the gateway says, else as the mesh does, and carry the rest of that along", () => {
    const topology = (fragment: string): unknown =>
      JSON.parse(
        String(
          (valuesOf(configOf(fragment), "gateway").podAnnotations as JsonObject)["proxy.istio.io/config"],
        ),
      ).gatewayTopology;
    const values =
      "{ meshConfig: { defaultConfig: { gatewayTopology: { numTrustedProxies: 3, forwardClientCertDetails: SANITIZE } } } }";
    const root = `istio: { istiod: { values: ${values} } }`;
    const pilot = `istio: { istiod: { values: { pilot: ${values} } } }`;
    expect(topology(pilot)).toEqual(topology(root));
    expect(topology("gateways: { ingress: { trustedProxies: 2 } }")).toEqual({ numTrustedProxies: 2 });
    expect(topology(root)).toEqual({ numTrustedProxies: 3, forwardClientCertDetails: "SANITIZE" });
    expect(topology(`${root}\ngateways: { ingress: { trustedProxies: 2 } }`)).toEqual({
      numTrustedProxies: 2,
      forwardClientCertDetails: "SANITIZE",
    });
  });

  it("make a Service by what the doors need; a gateway without one gets no load balancer of its own unasked", () => {
    const config = configOf(`
      gateways:
        ingress: {}
        pods: {}
        mesh: { hosts: ["*.example.com"], values: { service: { type: NodePort } } }
        quiet: { object: none }
      ingresses:
        services: { gateway: ingress }
        pods: { gateway: pods, targetType: ip, hosts: [pods.example.com], certificate: { domain: pods.example.com } }
    `);
    const services = chartReleases(config)
      .filter(({ chart }) => chart === "gateway")
      .map((release) => helmValues(config, release).service);
    expect(services).toEqual([
      { type: "NodePort" },
      { type: "NodePort" },
      { type: "ClusterIP" },
      { type: "ClusterIP" },
    ]);
  });

  it("lie below the file's own: maps merge, lists replace", () => {
    const config = configOf(`
      istio:
        istiod: { values: { global: { logAsJson: true }, autoscaleMax: 9, meshConfig: { accessLogFile: /dev/stdout } } }
    `);
    expect(valuesOf(config, "istiod")).toEqual({
      global: { hub: "docker.io/istio", logAsJson: true },
      base: { validationFailurePolicy: "Fail" },
      autoscaleMin: 2,
      autoscaleMax: 9,
      meshConfig: { accessLogFile: "/dev/stdout" },
    });
  });
});

describe("replicas", () => {
  it.each([
    [2, 5, { autoscaling: { minReplicas: 2, maxReplicas: 5 }, podDisruptionBudget: { minAvailable: 1 } }],
    [1, 5, { autoscaling: { minReplicas: 1, maxReplicas: 5 } }],
    [3, 3, { autoscaling: { enabled: false }, replicaCount: 3, podDisruptionBudget: { minAvailable: 1 } }],
    [1, 1, { autoscaling: { enabled: false }, replicaCount: 1 }],
  ])(
    "of the gateway from %d to %d: an autoscaler where they differ, a budget from two on",
    (min, max, expected) => {
      const config = configOf(`gateways: { ingress: { replicas: { min: ${min}, max: ${max} } } }`);
      const { autoscaling, replicaCount, podDisruptionBudget } = valuesOf(config, "gateway");
      expect(JSON.parse(JSON.stringify({ autoscaling, replicaCount, podDisruptionBudget }))).toEqual(
        expected,
      );
    },
  );

  it.each([
    ["podDisruptionBudget: { maxUnavailable: 1 }", { maxUnavailable: 1 }],
    ["global: { podDisruptionBudget: { maxUnavailable: 1 } }", { maxUnavailable: 1 }],
    ["podDisruptionBudget: { minAvailable: 50% }", { minAvailable: "50%" }],
  ])("give way to a budget with %s: Kubernetes takes one key only", (values, budget) => {
    const config = configOf(`gateways: { ingress: { values: { ${values} } } }`);
    expect(withGlobalsAtRoot(valuesOf(config, "gateway")).podDisruptionBudget).toEqual(budget);
  });

  it.each([
    [2, 5, { autoscaleMin: 2, autoscaleMax: 5 }],
    [1, 1, { autoscaleEnabled: false, replicaCount: 1 }],
  ])("of istiod from %d to %d", (min, max, expected) => {
    const config = configOf(`istio: { istiod: { replicas: { min: ${min}, max: ${max} } } }`);
    expect(valuesOf(config, "istiod")).toMatchObject(expected);
  });
});

describe("the gateway's name and selector", () => {
  it.each([
    ["istio-ingress", "", "istio-ingress", { app: "istio-ingress", istio: "ingress" }],
    [
      "istio-ingressgateway",
      "",
      "istio-ingressgateway",
      { app: "istio-ingressgateway", istio: "ingressgateway" },
    ],
    [
      "prod-istio-ingress",
      "",
      "prod-istio-ingress",
      { app: "prod-istio-ingress", istio: "prod-istio-ingress" },
    ],
    ["istio-istio-x", "", "istio-istio-x", { app: "istio-istio-x", istio: "istio-x" }],
    ["istio-ingress", "name: edge", "edge", { app: "edge", istio: "edge" }],
    ["istio-ingress", "name: ''", "istio-ingress", { app: "istio-ingress", istio: "ingress" }],
    ["istio-ingress", "labels: { app: a }", "istio-ingress", { app: "a", istio: "ingress" }],
    [
      "istio-ingress",
      "labels: { istio: b, other: c }",
      "istio-ingress",
      { app: "istio-ingress", istio: "b" },
    ],
    ["istio-ingress", "global: { name: edge }", "edge", { app: "edge", istio: "edge" }],
    ["istio-ingress", "name: x, global: { name: edge, labels: { istio: z } }", "x", { app: "x", istio: "z" }],
  ])("of release %s with {%s} are the chart's", (releaseName, values, name, selector) => {
    const config = configOf(`gateways: { ingress: { release: ${releaseName}, values: { ${values} } } }`);
    expect(gatewayOf(config).serviceName).toBe(name);
    expect(gatewayOf(config).selector).toEqual(selector);
  });
});

describe("the ports of the gateway's Service", () => {
  it("are the chart's own where nothing says otherwise", () => {
    expect(gatewayOf(minimal).ports).toEqual([
      { name: "status-port", port: 15021, nodePort: undefined },
      { name: "http2", port: 80, nodePort: undefined },
      { name: "https", port: 443, nodePort: undefined },
    ]);
    expect(valuesOf(minimal, "gateway").service).not.toHaveProperty("ports");
  });

  it("are written out with a pinned NodePort, because the list replaces the chart's", () => {
    const config = configOf("ingresses: { services: { healthCheck: { mode: pinned, nodePort: 30021 } } }");
    expect(valuesOf(config, "gateway").service).toEqual({
      type: "NodePort",
      ports: [
        { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP", nodePort: 30021 },
        { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
        { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
      ],
    });
    expect(gatewayOf(config).ports[0]).toEqual({ name: "status-port", port: 15021, nodePort: 30021 });
  });

  it("are the file's own where it lists them, under global too", () => {
    for (const where of ["service: { ports: PORTS }", "global: { service: { ports: PORTS } }"]) {
      const ports =
        "[{ name: health, port: 15021, nodePort: 31000 }, { name: web, port: 80, targetPort: 8080 }]";
      const config = configOf(`gateways: { ingress: { values: { ${where.replace("PORTS", ports)} } } }`);
      expect(gatewayOf(config).ports).toEqual([
        { name: "health", port: 15021, nodePort: 31000 },
        { name: "web", port: 80, nodePort: undefined },
      ]);
      expect(statusPortName(gatewayOf(config))).toBe("health");
    }
  });

  it("call the status port by the chart's name", () => {
    expect(statusPortName(gatewayOf(minimal))).toBe("status-port");
  });
});

it("what stands under global of the gateway's values lies below what stands beside it", () => {
  const config = configOf(`
    gateways: { ingress: { values: { global: { service: { type: LoadBalancer }, priorityClassName: high } } } }
  `);
  expect(withGlobalsAtRoot(valuesOf(config, "gateway"))).toMatchObject({
    service: { type: "NodePort" },
    priorityClassName: "high",
  });
});
