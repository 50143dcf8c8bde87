// The cluster file of the end-to-end tests: two doors, no look-ups, and values that a careless compiler, Argo CD or the
// wave gate could lose on their way: false, 0, "", [] and {}.
import type { ConfigInput } from "../../config/schema.ts";
import type { Aws } from "./load-balancer.ts";
import type { TestBed } from "./test-bed.ts";

const region = "ap-northeast-2";
const certificate = `arn:aws:acm:${region}:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890`;
const subnets = ["subnet-0a1b2c3d4e5f60711", "subnet-0b2c3d4e5f6071822"] as const;

export const demoAws: Aws = {
  cluster: "demo",
  region,
  subnets: { [subnets[0]]: `${region}a`, [subnets[1]]: `${region}b` },
  certificates: [certificate],
  webAcls: [],
};

export const gatewayNamespace = "istio-ingress";
export const doors = ["services", "addons"] as const;

/** In the order in which they may appear. */
export const demoWaves: readonly (readonly string[])[] = [
  ["demo-istio-base"],
  ["demo-istiod"],
  ["demo-istio-ingress"],
  ["demo-gateway"],
  ["demo-ingress-services", "demo-ingress-addons", "demo-healthcheck", "demo-recheck"],
];

export function demoConfig(bed: TestBed) {
  const door = { certificate: { arn: certificate }, subnets: { ids: [...subnets] } };
  return {
    cluster: { name: "demo", region },
    repository: { url: bed.platform.url },
    istio: {
      version: "1.31.0",
      charts: bed.charts.url,
      base: { values: {} },
      istiod: {
        values: {
          env: {},
          tolerations: [],
          traceSampling: 0,
          meshConfig: { accessLogFile: "", enableTracing: false, defaultConfig: { proxyMetadata: {} } },
        },
      },
    },
    gateways: {
      ingress: {
        replicas: { min: 2, max: 2 },
        values: { autoscaling: { enabled: false }, affinity: {}, tolerations: [], networkGateway: "" },
      },
    },
    routes: [
      {
        name: "kiali",
        hosts: ["kiali.example.com"],
        ingress: "addons",
        service: { name: "kiali", namespace: "istio-system", port: 20001 },
      },
    ],
    ingresses: {
      services: { ...door, hosts: ["app.example.com"] },
      addons: { ...door, hosts: ["kiali.example.com"], inboundCidrs: ["203.0.113.0/24"] },
    },
    // The default, so that the hook finds a new door on a busy machine too. Once a year: no recheck repairs what these tests look at.
    hook: { timeoutSeconds: 45, recheck: "0 0 1 1 *" },
  } satisfies ConfigInput;
}
