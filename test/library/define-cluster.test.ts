// The stages as functions: a plain object in, constructs out.
import { describe, expect, it } from "vitest";
import { buildCluster, type ClusterInput, ConfigurationError, defineCluster } from "../../library.ts";
import golden from "../golden/minimal/clusters/demo.lock.json" with { type: "json" };

const arn = "arn:aws:acm:ap-northeast-2:123456789012:certificate/11111111-2222-3333-4444-555555555555";

const input = {
  cluster: { name: "demo", region: "ap-northeast-2" },
  repository: { url: "https://github.com/example/platform.git" },
  ingresses: {
    services: {
      hosts: ["app.example.com"],
      certificate: { arn },
      subnets: { ids: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"] },
    },
  },
} satisfies ClusterInput;

/** The message of what is thrown. */
function refusal(wrong: unknown): string {
  try {
    defineCluster(wrong as ClusterInput); // what a program without types may give
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error instanceof Error ? error.message : "";
  }
  return "nothing was thrown";
}

describe("defineCluster", () => {
  it("fills in what a cluster file may leave out", () => {
    const cluster = defineCluster(input);
    expect(cluster.cluster).toMatchObject({ name: "demo", eksName: "demo" });
    expect(cluster.gateways).toMatchObject([{ key: "ingress", release: "istio-ingress" }]);
    expect(cluster.ingresses[0]).toMatchObject({ name: "demo-svc-ingress", scheme: "internet-facing" });
  });

  it("throws all problems at once, each with its path and without a line", () => {
    const services = { ...input.ingresses.services, hosts: ["app_example"], shceme: "internal" };
    const message = refusal({ ...input, ingresses: { services } });
    expect(message).toContain("ingresses.services.hosts[0]: expected");
    expect(message).toContain("ingresses.services.shceme: ");
    expect(message).not.toMatch(/\.yaml|:\d+:\d+/);
  });

  it.each([
    ["undefined", undefined],
    ["a function", () => input],
    ["a list", [input]],
    ["text", "cluster: {}"],
    ["null", null],
    ["a name that is no text", { ...input, cluster: { name: 7, region: "eu-west-1" } }],
    ["a number too large", { ...input, routes: [{ port: 1n }] }],
  ])("refuses %s with a sentence", (_, wrong) => {
    expect(refusal(wrong)).toMatch(/^error config\//);
  });

  it("refuses an object that holds itself", () => {
    const circle: Record<string, unknown> = { ...input };
    circle.routes = [circle];
    expect(refusal(circle)).toContain("expected a plain object");
  });
});

describe("buildCluster", () => {
  it("makes one chart for each file", async () => {
    const app = await buildCluster(defineCluster(input));
    const paths = app.charts.map((chart) => chart.node.id.replaceAll("--", "/"));
    expect(paths).toContain("dist/demo/ingress-services/ingress.yaml");
    const [ingress] = app.charts
      .filter(({ node }) => node.id.endsWith("ingress-services--ingress.yaml"))
      .flatMap((chart) => chart.toJson());
    expect(ingress.metadata.annotations).toMatchObject({ "alb.ingress.kubernetes.io/certificate-arn": arn });
  });

  it("takes the answers of a lock file, and names the command where they are missing", async () => {
    const { certificate: _, ...services } = input.ingresses.services;
    const asking = defineCluster({
      ...input,
      ingresses: { services: { hosts: ["app.example.com"], certificate: { domain: "app.example.com" } } },
    });
    expect(services).not.toHaveProperty("certificate");
    await expect(buildCluster(asking)).rejects.toThrow("meshfront lookup demo");
    await expect(buildCluster(asking, { lock: { answers: {} } })).rejects.toThrow(ConfigurationError);
    expect((await buildCluster(asking, { lock: golden })).charts.length).toBeGreaterThan(5);
  });
});
