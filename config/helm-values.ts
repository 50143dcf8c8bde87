// Stage 1: the Helm values of Istio's charts: what meshfront computes, with the file's own values merged over it.
// Facts about the charts: templates at istio/istio tags 1.28.10 to 1.31.0-rc.0, read and rendered 2026-11-22.

import { deepMerge, type JsonObject, valueAt } from "../core/json.ts";
import { oncePer } from "../core/once-per.ts";
import { type ChartRelease, gatewayChartRelease } from "./chart-releases.ts";
import { type Config, doorsOf, type GatewayConfig, type IngressConfig } from "./config.ts";
import {
  type GatewayRelease,
  gatewayRelease,
  httpPort,
  httpsPort,
  statusPort,
  withGlobalsAtRoot,
} from "./gateway-release.ts";
import { hasValidationFailurePolicy } from "./istio-versions.ts";
import { gatewayTopology } from "./mesh-config.ts";
import { mergedProxyConfig, ownProxyConfig, proxyConfigAnnotation } from "./proxy-config.ts";

export { httpPort, httpsPort, statusPort } from "./gateway-release.ts";

/** The complete values of one release, as they go into `helm.valuesObject`. */
export const helmValues = oncePer((config: Config, release: ChartRelease): JsonObject => {
  const values = deepMerge(computedValues(config, release), release.values);
  if (release.chart !== "gateway") return values;
  const text = mergedProxyConfig(proxyConfig(config, release.gateway), ownProxyConfig(release.values));
  return deepMerge(values, { podAnnotations: { [proxyConfigAnnotation]: text } });
});

function computedValues(config: Config, release: ChartRelease): JsonObject {
  switch (release.chart) {
    case "base":
      return {
        // The validation webhook of base carries this revision; istiod only completes webhooks of its own revision.
        defaultRevision: config.istio.revision === "" ? "default" : config.istio.revision,
        ...validationFailurePolicy(config),
      };
    case "istiod":
      return {
        global: { hub: config.istio.hub },
        ...revision(config),
        ...validationFailurePolicy(config),
        ...istiodReplicas(config),
      };
    case "gateway":
      return {
        ...revision(config),
        ...gatewayReplicas(release.gateway),
        ...gatewayService(config, release.gateway),
      };
  }
}

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

function gatewayReplicas({ replicas: { min, max }, values }: GatewayConfig): JsonObject {
  const replicas: JsonObject =
    min === max
      ? { autoscaling: { enabled: false }, replicaCount: min }
      : { autoscaling: { minReplicas: min, maxReplicas: max } };
  const own = valueAt(withGlobalsAtRoot(values), ["podDisruptionBudget", "maxUnavailable"]);
  // With a single replica a budget of one would stop every drain of its node; Kubernetes takes one of the two keys only.
  return min > 1 && own === undefined ? { ...replicas, podDisruptionBudget: { minAvailable: 1 } } : replicas;
}

/**
 * Nodes are reached by NodePorts, pods without. A gateway without a door gets no load balancer of its own unless its values
 * say so: the chart's default would make one.
 */
function gatewayService(config: Config, gateway: GatewayConfig): JsonObject {
  const doors = doorsOf(config, gateway);
  const pinned = doors.map(({ healthCheck }) => healthCheck).find((check) => check.mode === "pinned");
  return {
    service: {
      type: needsNodePorts(doors) ? "NodePort" : "ClusterIP",
      ...(pinned !== undefined && { ports: pinnedPorts(pinned.nodePort) }),
    },
  };
}

export const needsNodePorts = (doors: readonly IngressConfig[]): boolean =>
  doors.some(({ targetType }) => targetType === "instance");

/** The chart's default ports, spelt out only where one of them gets a fixed NodePort: a list replaces the chart's. */
const pinnedPorts = (nodePort: number): readonly JsonObject[] => [
  { name: "status-port", port: statusPort, targetPort: statusPort, protocol: "TCP", nodePort },
  { name: "http2", port: httpPort, targetPort: httpPort, protocol: "TCP" },
  { name: "https", port: httpsPort, targetPort: httpsPort, protocol: "TCP" },
];

/**
 * The ALB appends the client to X-Forwarded-For and sets X-Forwarded-Proto. With no trusted proxy Envoy would overwrite
 * the protocol with `http`. A pod's `gatewayTopology` replaces the mesh-wide one as a whole, so the rest of that comes along.
 */
const proxyConfig = ({ istio }: Config, { trustedProxies }: GatewayConfig): JsonObject => ({
  gatewayTopology: { ...gatewayTopology(istio.istiod.values), numTrustedProxies: trustedProxies },
});

/** The gateway as its chart makes it of these values. */
export const deployedGateway = oncePer((config: Config, gateway: GatewayConfig): GatewayRelease => {
  const release = gatewayChartRelease(config, gateway);
  return gatewayRelease(helmValues(config, release), release.name);
});

/** Name of the status port on the gateway's Service, as the health-check annotation refers to it. */
export const statusPortName = ({ ports }: GatewayRelease): string =>
  ports.find(({ port }) => port === statusPort)?.name ?? "status-port";

/** Port of the gateway's Service that a door leads to. */
export const backendPort = ({ backendTls }: IngressConfig): number =>
  backendTls === undefined ? httpPort : httpsPort;
