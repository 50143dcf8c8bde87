// Invariants of the way a request goes: load balancer -> gateway Service -> Gateway -> VirtualService.
import { isJsonArray, isJsonObject, type JsonValue, valueAt } from "../../../core/json.ts";
import { type Application, type Ingress, ofKind } from "../kubernetes.ts";
import { type Output, objectsOf } from "../output.ts";
import { children } from "./applications.ts";
import type { Invariant } from "./invariant.ts";

const alb = "alb.ingress.kubernetes.io/";

export const trafficInvariants: readonly Invariant[] = [
  {
    name: "every rule of an Ingress leads to a port of the gateway's Service, in its namespace",
    violations: (output) => {
      const service = gatewayService(output);
      return ingresses(output).flatMap((ingress) =>
        ingress.spec.rules
          .flatMap(({ http }) => http.paths)
          .map(({ backend }) => backend.service)
          .filter(
            ({ name, port }) =>
              name !== service.name ||
              ingress.metadata.namespace !== service.namespace ||
              !service.ports.some((each) => each.port === port.number),
          )
          .map(({ name, port }) => `${ingress.metadata.name}: ${name}:${port.number}`),
      );
    },
  },
  {
    name: "every health-check port is the name of the Service's status port, or its fixed NodePort",
    violations: (output) => {
      const status = gatewayService(output).ports.find(({ port }) => port === 15021);
      return ingresses(output)
        .map(({ metadata }) => metadata.annotations[`${alb}healthcheck-port`])
        .filter((value) => value !== status?.name && value !== String(status?.nodePort))
        .map((value) => `${value}`);
    },
  },
  {
    name: "every Ingress is answered by the ALB controller, on NodePorts, from plain HTTP",
    violations: (output) =>
      ingresses(output)
        .filter(({ metadata: { annotations }, spec }) => {
          const has = (suffix: string, value: string) => annotations[`${alb}${suffix}`] === value;
          const plain = has("backend-protocol", "HTTP") && has("healthcheck-protocol", "HTTP");
          return !(spec.ingressClassName === "alb" && has("target-type", "instance") && plain);
        })
        .map(({ metadata }) => metadata.name),
  },
  {
    name: "no Ingress joins a group",
    violations: (output) =>
      ingresses(output)
        .filter(({ metadata }) => Object.keys(metadata.annotations).some((key) => key.includes("group.")))
        .map(({ metadata }) => metadata.name),
  },
  {
    name: "the Gateway selects the pods of the gateway chart",
    violations: (output) => {
      const expected = JSON.stringify(podLabels(output));
      return ofKind(objectsOf(output), "Gateway")
        .map(({ spec: { selector } }) => JSON.stringify({ app: selector.app, istio: selector.istio }))
        .filter((selector) => selector !== expected);
    },
  },
  {
    name: "the Gateway listens on the port and for the hosts that the Ingresses send",
    violations: (output) => {
      const servers = ofKind(objectsOf(output), "Gateway").flatMap(({ spec }) => spec.servers);
      const takes = (host: string): boolean =>
        servers.some(({ port, hosts }) => port.number === 80 && hosts.some((each) => covers(each, host)));
      return ingresses(output)
        .flatMap(({ spec }) => spec.rules.map(({ host }) => host))
        .filter((host) => !takes(host));
    },
  },
  {
    name: "every VirtualService names the Gateway beside it, and hosts of an Ingress",
    violations: (output) => {
      const gateways = ofKind(objectsOf(output), "Gateway").map(({ metadata }) => metadata.name);
      const hosts = ingresses(output).flatMap(({ spec }) => spec.rules.map(({ host }) => host));
      return ofKind(objectsOf(output), "VirtualService").flatMap(({ spec }) => [
        ...spec.gateways.filter((gateway) => !gateways.includes(gateway)),
        ...spec.hosts.filter((host) => !hosts.some((each) => covers(each, host))),
      ]);
    },
  },
];

const ingresses = (output: Output): readonly Ingress[] => ofKind(objectsOf(output), "Ingress");

interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly nodePort?: number }[];
}

/** The Service that Istio's gateway chart makes of its values (measured by rendering), by reading what is written. */
function gatewayService(output: Output): Service {
  const { values, releaseName, namespace } = gatewayRelease(output);
  const ports = valueAt(values, ["service", "ports"]);
  return {
    name: text(valueAt(values, ["name"])) || releaseName,
    namespace,
    ports: isJsonArray(ports) ? ports.filter(isPort) : chartPorts,
  };
}

/** `gateway.selectorLabels` of the chart: the name, and the name without a leading `istio-`. */
function podLabels(output: Output) {
  const { values, releaseName } = gatewayRelease(output);
  const name = text(valueAt(values, ["name"])) || releaseName;
  return {
    app: text(valueAt(values, ["labels", "app"])) || name,
    istio: text(valueAt(values, ["labels", "istio"])) || name.replace(/^istio-/, ""),
  };
}

const chartPorts: Service["ports"] = [
  { name: "status-port", port: 15021 },
  { name: "http2", port: 80 },
  { name: "https", port: 443 },
];

const isPort = (value: JsonValue): value is JsonValue & Service["ports"][number] =>
  isJsonObject(value) && typeof value.name === "string" && typeof value.port === "number";

function gatewayRelease(output: Output) {
  const isGateway = ({ spec }: Application): boolean => spec.source.chart === "gateway";
  const { source, destination } = children(output).find(isGateway)?.spec ?? {};
  if (source?.helm === undefined || destination === undefined)
    throw new Error("no gateway chart in the output");
  return {
    values: source.helm.valuesObject,
    releaseName: source.helm.releaseName,
    namespace: destination.namespace,
  };
}

const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** As Istio reads a host with a wildcard: any depth. */
const covers = (pattern: string, host: string): boolean =>
  pattern === "*" || pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)));
