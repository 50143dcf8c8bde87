// Stage 1: what Istio's gateway chart makes of its values, by the chart's own helpers and templates.
// Facts about the chart: istio/istio tags 1.28.10 to 1.31.0-rc.0, read and rendered 2026-11-22.
import {
  deepMerge,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  valueAt,
} from "../core/json.ts";

/** Port on which the gateway's status is asked for; the chart names it `status-port`. */
export const statusPort = 15021;
/** Port of the gateway's Service that Ingresses send requests to; with TLS behind the load balancer the other. */
export const httpPort = 80;
export const httpsPort = 443;

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  /** Where the values fix one. */
  readonly nodePort: number | undefined;
}

/** One release of the chart: what can be said of its Service and its pods without rendering it. */
export interface GatewayRelease {
  /** Name of the Service and of the Deployment. */
  readonly serviceName: string;
  readonly serviceType: string;
  /** Annotations of the Service. */
  readonly serviceAnnotations: JsonObject;
  readonly ports: readonly ServicePort[];
  /** Labels that select its pods. */
  readonly selector: Readonly<Record<"app" | "istio", string>>;
  /** Those and the ones that the values add. The pods carry labels of the chart and of Kubernetes besides. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/**
 * Values as the templates see them: what stands under `global` counts at the top level too, below what stands there
 * itself (the chart's zzz_profile.yaml).
 */
export const withGlobalsAtRoot = (values: JsonObject): JsonObject =>
  isJsonObject(values.global) ? deepMerge(values.global, values) : values;

/**
 * The name is `gateway.name`, else the release's. `app` is the name, `istio` the name without a leading `istio-`;
 * `labels.app` and `labels.istio` win. The Service has `annotations` and, over them, `service.annotations`.
 */
export function gatewayRelease(values: JsonObject, releaseName: string): GatewayRelease {
  const effective = withGlobalsAtRoot(values);
  const serviceName = textOr(effective.name, "") || releaseName;
  const labels = objectAt(effective, "labels");
  const selector = {
    app: textOr(labels.app, "") || serviceName,
    istio: textOr(labels.istio, "") || serviceName.replace(/^istio-/, ""),
  };
  const texts = Object.entries(labels).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [[key, String(value)]],
  );
  return {
    serviceName,
    serviceType: textOr(valueAt(effective, ["service", "type"]), "LoadBalancer"),
    serviceAnnotations: deepMerge(
      objectAt(effective, "annotations"),
      objectAt(effective, "service", "annotations"),
    ),
    ports: portsOf(effective),
    selector,
    podLabels: { ...Object.fromEntries(texts), ...selector },
  };
}

function portsOf(effective: JsonObject): readonly ServicePort[] {
  const ports = valueAt(effective, ["service", "ports"]);
  if (!isJsonArray(ports)) return chartPorts;
  return ports.filter(isJsonObject).map(({ name, port, nodePort }) => ({
    name: textOr(name, ""),
    port: typeof port === "number" ? port : 0,
    nodePort: typeof nodePort === "number" ? nodePort : undefined,
  }));
}

/** `service.ports` of the chart's own values, in all versions measured. */
const chartPorts: readonly ServicePort[] = [
  { name: "status-port", port: statusPort, nodePort: undefined },
  { name: "http2", port: httpPort, nodePort: undefined },
  { name: "https", port: httpsPort, nodePort: undefined },
];

function objectAt(values: JsonObject, ...path: readonly string[]): JsonObject {
  const found = valueAt(values, path);
  return isJsonObject(found) ? found : {};
}

const textOr = (value: JsonValue | undefined, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;
