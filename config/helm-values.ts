// Stage 1: the Helm values of Istio's three charts: what meshfront computes, with the file's own values merged over it.
// Facts about the charts: templates at istio/istio tags 1.28.10 to 1.31.0-rc.0, read and rendered 2026-11-22.

import { deepMerge, type JsonObject, valueAt } from "../core/json.ts";
import { oncePer } from "../core/once-per.ts";
import type { Config } from "./config.ts";
import {
  effectiveValues,
  type GatewayRelease,
  gatewayRelease,
  httpPort,
  type ServicePort,
  statusPort,
} from "./gateway-release.ts";
import { hasValidationFailurePolicy } from "./istio-versions.ts";

export const istioCharts = ["base", "istiod", "gateway"] as const;
export type IstioChart = (typeof istioCharts)[number];

export { httpPort, statusPort } from "./gateway-release.ts";

/** The complete values of one chart, as they go into `helm.valuesObject`. */
export const helmValues = oncePer(
  (config: Config, chart: IstioChart): JsonObject =>
    deepMerge(computedValues[chart](config), config.istio[chart].values),
);

const computedValues: Readonly<Record<IstioChart, (config: Config) => JsonObject>> = {
  base: (config) => ({
    // The validation webhook of base carries this revision; istiod only completes webhooks of its own revision.
    defaultRevision: config.istio.revision === "" ? "default" : config.istio.revision,
    ...validationFailurePolicy(config),
  }),
  istiod: (config) => ({
    global: { hub: config.istio.hub },
    ...revision(config),
    ...validationFailurePolicy(config),
    ...istiodReplicas(config),
  }),
  gateway: (config) => ({
    ...revision(config),
    ...gatewayReplicas(config),
    service: { type: "NodePort", ...pinnedPorts(config) },
    // One trusted proxy: the ALB appends the client to X-Forwarded-For and sets X-Forwarded-Proto. With none, Envoy
    // would overwrite the protocol with `http`.
    podAnnotations: { "proxy.istio.io/config": '{"gatewayTopology":{"numTrustedProxies":1}}' },
  }),
};

const revision = ({ istio }: Config): JsonObject =>
  istio.revision === "" ? {} : { revision: istio.revision };

/**
 * Argo CD renders with `helm template`, where the charts print `failurePolicy: Ignore` and istiod turns it into `Fail`
 * for ever after. Printing `Fail` from the start ends that.
 */
const validationFailurePolicy = ({ istio }: Config): JsonObject =>
  hasValidationFailurePolicy(istio.version) ? { base: { validationFailurePolicy: "Fail" } } : {};

/** istiod's chart renders its disruption budget only where more than one replica makes it legal. */
function istiodReplicas({ istio }: Config): JsonObject {
  const { min, max } = istio.istiod.replicas;
  return min === max
    ? { autoscaleEnabled: false, replicaCount: min }
    : { autoscaleMin: min, autoscaleMax: max };
}

function gatewayReplicas({ istio }: Config): JsonObject {
  const { min, max } = istio.gateway.replicas;
  const replicas: JsonObject =
    min === max
      ? { autoscaling: { enabled: false }, replicaCount: min }
      : { autoscaling: { minReplicas: min, maxReplicas: max } };
  const own = valueAt(effectiveValues(istio.gateway.values), ["podDisruptionBudget", "maxUnavailable"]);
  // With a single replica a budget of one would stop every drain of its node; Kubernetes takes one of the two keys only.
  return min > 1 && own === undefined ? { ...replicas, podDisruptionBudget: { minAvailable: 1 } } : replicas;
}

/** The chart's default ports, spelt out only where one of them gets a fixed NodePort: a list replaces the chart's. */
function pinnedPorts({ ingresses }: Config): JsonObject {
  const pinned = ingresses.map(({ healthCheck }) => healthCheck).find((check) => check.mode === "pinned");
  if (pinned === undefined) return {};
  return {
    ports: [
      {
        name: "status-port",
        port: statusPort,
        targetPort: statusPort,
        protocol: "TCP",
        nodePort: pinned.nodePort,
      },
      { name: "http2", port: httpPort, targetPort: httpPort, protocol: "TCP" },
      { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
    ],
  };
}

/** The gateway's values as its templates see them. */
export const effectiveGatewayValues = (config: Config): JsonObject =>
  effectiveValues(helmValues(config, "gateway"));

/** The gateway as its chart makes it of these values. */
const releaseOf = oncePer(
  (config: Config): GatewayRelease =>
    gatewayRelease(helmValues(config, "gateway"), config.istio.gateway.releaseName),
);

/** Ports of the gateway's Service: the values' own, or the chart's defaults. */
export const gatewayServicePorts = (config: Config): readonly ServicePort[] => releaseOf(config).ports;

/** Name of the status port on the gateway's Service, as the health-check annotation refers to it. */
export const statusPortName = (config: Config): string =>
  gatewayServicePorts(config).find(({ port }) => port === statusPort)?.name ?? "status-port";

/** Name of the gateway's Service and Deployment. */
export const gatewayServiceName = (config: Config): string => releaseOf(config).serviceName;

/** Labels that select the gateway's pods. */
export const gatewaySelector = (config: Config): Readonly<Record<"app" | "istio", string>> =>
  releaseOf(config).selector;
