// Stage 1: the Helm values of Istio's three charts: what meshfront computes, with the file's own values merged over it.
// Facts about the charts: templates at istio/istio tags 1.28.10 to 1.31.0-rc.0, read and rendered 2026-11-22.
import type { Config } from "./config.ts";
import { hasValidationFailurePolicy } from "./istio-versions.ts";
import { deepMerge, isJsonObject, type JsonObject, type JsonValue, valueAt } from "./json.ts";

export const istioCharts = ["base", "istiod", "gateway"] as const;
export type IstioChart = (typeof istioCharts)[number];

/** Port on which the gateway's status is asked for; the chart names it `status-port`. */
export const statusPort = 15021;
/** Port of the gateway's Service that Ingresses send requests to. */
export const httpPort = 80;

/** The complete values of one chart, as they go into `helm.valuesObject`. */
export function helmValues(config: Config, chart: IstioChart): JsonObject {
  return deepMerge(computedValues[chart](config), config.istio[chart].values);
}

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
  // With a single replica a budget of one would stop every drain of its node.
  return min > 1 ? { ...replicas, podDisruptionBudget: { minAvailable: 1 } } : replicas;
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

/**
 * The gateway's values as its templates see them: what stands under `global` counts at the top level too, below what
 * stands there itself (the chart's zzz_profile.yaml).
 */
export function effectiveGatewayValues(config: Config): JsonObject {
  const values = helmValues(config, "gateway");
  return isJsonObject(values.global) ? deepMerge(values.global, values) : values;
}

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly nodePort: number | undefined;
}

/** Ports of the gateway's Service: the values' own, or the chart's defaults. */
export function gatewayServicePorts(config: Config): readonly ServicePort[] {
  const ports = valueAt(effectiveGatewayValues(config), ["service", "ports"]);
  if (!Array.isArray(ports)) return chartPorts;
  return ports.filter(isJsonObject).map((port) => ({
    name: stringOr(port.name, ""),
    port: numberOr(port.port, 0),
    nodePort: typeof port.nodePort === "number" ? port.nodePort : undefined,
  }));
}

/** `service.ports` of the gateway chart's own values, in all versions measured. */
const chartPorts: readonly ServicePort[] = [
  { name: "status-port", port: statusPort, nodePort: undefined },
  { name: "http2", port: httpPort, nodePort: undefined },
  { name: "https", port: 443, nodePort: undefined },
];

/** Name of the status port on the gateway's Service, as the health-check annotation refers to it. */
export const statusPortName = (config: Config): string =>
  gatewayServicePorts(config).find(({ port }) => port === statusPort)?.name ?? "status-port";

/** Name of the gateway's Service and Deployment, by the chart's helper `gateway.name`. */
export const gatewayServiceName = (config: Config): string =>
  stringOr(valueAt(effectiveGatewayValues(config), ["name"]), "") || config.istio.gateway.releaseName;

/**
 * Labels that select the gateway's pods, by the chart's helper `gateway.selectorLabels`: `app` is the name, `istio` the
 * name without a leading `istio-`; `labels.app` and `labels.istio` win.
 */
export function gatewaySelector(config: Config): Readonly<Record<"app" | "istio", string>> {
  const name = gatewayServiceName(config);
  const values = effectiveGatewayValues(config);
  return {
    app: stringOr(valueAt(values, ["labels", "app"]), "") || name,
    istio: stringOr(valueAt(values, ["labels", "istio"]), "") || name.replace(/^istio-/, ""),
  };
}

const stringOr = (value: JsonValue | undefined, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;
const numberOr = (value: JsonValue | undefined, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;
