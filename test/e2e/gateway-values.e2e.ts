/** What the rules on values of the gateway chart refuse, and what the real API server refuses: the same table for both. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isError } from "../../core/problem.ts";
import { loadFragment } from "../config/minimal-cluster.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";

type Values = Readonly<Record<string, unknown>>;

const accepted: readonly Values[] = [
  {},
  { service: { externalTrafficPolicy: "Local" } },
  { service: { internalTrafficPolicy: "Local" } },
  { service: { externalIPs: ["203.0.113.7"] } },
  { service: { loadBalancerIP: "203.0.113.7" } },
  { service: { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"] } },
  { service: { annotations: { "example.com/a": "1", "EXAMPLE.com/b": "x y" } } },
  {
    service: {
      ports: ports({
        name: "dns",
        port: 80,
        protocol: "UDP",
        nodePort: 30053,
        appProtocol: "example.com/dns",
      }),
    },
  },
  { service: { type: "ClusterIP" } },
  { service: { type: "ClusterIP", clusterIP: "None" } },
  { labels: { team: "platform-team", empty: "" } },
  { podAnnotations: { "example.com/x": "any text, of any length" } },
  { nodeSelector: { "kubernetes.io/arch": "arm64" } },
  { tolerations: [{ operator: "Exists" }, { key: "spot", value: "true", effect: "NoExecute" }] },
  { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
  { terminationGracePeriodSeconds: -1, minReadySeconds: 5, priorityClassName: "high-priority" },
  { resources: { requests: { cpu: "1500m", memory: "0.5Gi" }, limits: { cpu: "2", memory: "1G" } } },
  { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } },
  { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }] },
  { volumes: [{ name: "a", configMap: { name: "x" } }] },
  { autoscaling: { minReplicas: 5, maxReplicas: 5 } },
];

const refused: readonly Values[] = [
  { service: { type: "ClusterIP", externalTrafficPolicy: "Local" } },
  { service: { type: "ClusterIP", ports: ports({ name: "x", port: 81, nodePort: 30081 }) } },
  { service: { loadBalancerSourceRanges: ["10.0.0.0/8"] } },
  { service: { healthCheckNodePort: 32000 } },
  { service: { externalTrafficPolicy: "Local", healthCheckNodePort: 32000 } },
  { service: { clusterIP: "None" } },
  { service: { clusterIP: "gateway" } },
  { service: { annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8" } } },
  { service: { annotations: { "-bad/x": "1" } } },
  { service: { annotations: { count: 1 } } },
  { service: { externalTrafficPolicy: "local" } },
  { service: { internalTrafficPolicy: "Node" } },
  { service: { externalIPs: ["gateway.example.com"] } },
  { service: { ipFamilyPolicy: "DualStack" } },
  { service: { ipFamilies: ["IPv4", "IPv4"] } },
  { service: { ipFamilies: ["ipv4"] } },
  { service: { ports: ports({ name: "http2", port: 81 }) } },
  { service: { ports: ports({ name: "again", port: 80 }) } },
  { service: { ports: ports({ name: "high", port: 65_536 }) } },
  { service: { ports: ports({ port: 81 }) } },
  { service: { ports: ports({ name: "Upper", port: 81 }) } },
  { service: { ports: ports({ name: "x", port: 81, protocol: "tcp" }) } },
  { service: { ports: ports({ name: "x", port: 81, tagetPort: 81 }) } },
  { labels: { team: "platform team" } },
  { labels: { "a b": "c" } },
  { podAnnotations: { "example.com/replicas": 2 } },
  { podAnnotations: { "a b": "x" } },
  { nodeSelector: { spot: true } },
  { nodeSelector: { spot: "a b" } },
  { tolerations: [{ key: "spot", operator: "Exists", value: "true" }] },
  { tolerations: [{ operator: "Equal", value: "x" }] },
  { tolerations: [{ key: "spot", effect: "NoScheduling" }] },
  { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
  { minReadySeconds: -1 },
  { priorityClassName: "High_Priority" },
  { resources: { requests: { cpu: "1 cpu" } } },
  { resources: { requests: { memory: "1Gi" }, limits: { memory: "512Mi" } } },
  { resources: { requests: { gpu: "1" } } },
  { affinity: { podAntiAffinty: {} } },
  { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 1 } } } },
  { topologySpreadConstraints: [{ maxSkew: "1", topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }] },
  { volumes: [{ name: "a", configMap: { nam: "x" } }] },
  { resources: { limit: { cpu: "1" } } },
  { autoscaling: { minReplicas: 6, maxReplicas: 5 } },
  { autoscaling: { minReplicas: 2, maxReplicas: 5, targetCPUUtilizationPercentage: 0 } },
];

/** The chart's ports, and one more. */
function ports(more: Values): readonly Values[] {
  return [{ name: "status-port", port: 15021 }, { name: "http2", port: 80 }, more];
}

/** What the chart makes of such values, as far as they bear on it (manifests/charts/gateway/templates at 1.31.0-rc.0). */
function objectsOf(values: Values): readonly Values[] {
  const { service, labels, podAnnotations, autoscaling, strategy, minReadySeconds, resources, ...pod } =
    values;
  const {
    annotations,
    ports: list = ports({ name: "https", port: 443 }),
    ...spec
  } = (service ?? {}) as Values; // a map
  const metadata = { name: "gateway", namespace: "default" };
  const app = { app: "gateway" };
  const {
    minReplicas = 2,
    maxReplicas = 5,
    targetCPUUtilizationPercentage: load = 80,
  } = (autoscaling ?? {}) as Values; // a map
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { ...metadata, annotations, labels },
      spec: { type: "NodePort", selector: app, ports: list, ...spec },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...metadata, labels },
      spec: {
        selector: { matchLabels: app },
        strategy,
        minReadySeconds,
        template: {
          metadata: { labels: { ...app, ...(labels ?? {}) }, annotations: podAnnotations },
          spec: { containers: [{ name: "istio-proxy", image: "auto", resources }], ...pod },
        },
      },
    },
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: {
        minReplicas,
        maxReplicas,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "gateway" },
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: load } },
          },
        ],
      },
    },
  ];
}

/** What the API server says against them; empty where it takes them. */
async function refusalOf(
  { folder, plane }: TestBed,
  values: Values,
  ...options: readonly string[]
): Promise<string> {
  const file = join(folder, "gateway-values.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objectsOf(values) }));
  return plane.kubectl("apply", "--server-side", ...options, "--validate=strict", `--filename=${file}`).then(
    () => "",
    (error: { stderr: string }) => error.stderr,
  );
}

/** What meshfront says against them; a Service without NodePorts wants pods as targets. */
const problemsOf = (values: Values): readonly string[] =>
  loadFragment(
    `gateways: { ingress: { values: ${JSON.stringify(values)} } }\ningresses: { services: { targetType: ${JSON.stringify(values).includes("ClusterIP") ? "ip" : "instance"} } }`,
  )
    .problems.filter(isError)
    .map(({ message }) => message);

describeOnTestBed("what the gateway chart prints straight into objects", (bed) => {
  test.each(accepted)("%j is accepted by the API server and by the rules", async (values) => {
    expect(await refusalOf(bed(), values, "--dry-run=server")).toBe("");
    expect(problemsOf(values)).toEqual([]);
  });

  test.each(refused)("%j is refused by the API server and by the rules", async (values) => {
    expect(await refusalOf(bed(), values, "--dry-run=server")).not.toBe("");
    expect(problemsOf(values)).not.toEqual([]);
  });

  test("a NodePort outside of the range is refused where it is allocated, which a dry run does not do", async () => {
    const values = { service: { ports: ports({ name: "low", port: 81, nodePort: 8080 }) } };
    expect(await refusalOf(bed(), values)).toContain("not in the valid range");
    expect(problemsOf(values)).not.toEqual([]);
  });
});
