// Invariants of the way a request goes: load balancer -> gateway Service -> Gateway -> VirtualService.
import { isJsonArray, isJsonObject, type JsonValue, valueAt } from "../../../core/json.ts";
import { type Gateway, type Ingress, ofKind } from "../kubernetes.ts";
import { type Output, objectsOf } from "../output.ts";
import { children } from "./applications.ts";
import type { Invariant } from "./invariant.ts";

const alb = "alb.ingress.kubernetes.io/";

export const trafficInvariants: readonly Invariant[] = [
  {
    name: "every rule of an Ingress leads to a port of the gateway's Service, in its namespace",
    violations: (output) =>
      ingresses(output).flatMap((ingress) =>
        backends(ingress)
          .filter(
            ({ name, port }) =>
              !releases(output).some(
                ({ service, namespace, ports }) =>
                  name === service &&
                  ingress.metadata.namespace === namespace &&
                  ports.some((each) => each.port === port.number),
              ),
          )
          .map(({ name, port }) => `${ingress.metadata.name}: ${name}:${port.number}`),
      ),
  },
  {
    name: "every health-check port is the name of the Service's status port, or its fixed NodePort",
    violations: (output) =>
      ingresses(output).flatMap((ingress) => {
        const status = releaseOf(output, ingress)?.ports.find(({ port }) => port === 15021);
        const value = ingress.metadata.annotations[`${alb}healthcheck-port`];
        return value === status?.name || value === String(status?.nodePort) ? [] : [`${value}`];
      }),
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
    name: "every Gateway selects the pods of one gateway chart, in its namespace",
    violations: (output) =>
      gateways(output)
        .filter((gateway) => selected(output, gateway).length !== 1)
        .map(({ metadata }) => metadata.name),
  },
  {
    name: "the Gateway listens on the port and for the hosts that the Ingresses send",
    violations: (output) =>
      ingresses(output).flatMap((ingress) => {
        const servers = gatewaysBehind(output, ingress).flatMap(({ spec }) => spec.servers);
        return ingress.spec.rules
          .map(({ host }) => host)
          .filter(
            (host) =>
              !servers.some(
                ({ port, hosts }) => port.number === 80 && hosts.some((each) => covers(each, host)),
              ),
          );
      }),
  },
  {
    name: "every VirtualService names the Gateway beside it, and hosts of an Ingress that leads there",
    violations: (output) =>
      output.files.flatMap(({ path, objects }) =>
        ofKind(objects, "VirtualService").flatMap(({ spec }) => {
          const folder = path.slice(0, path.lastIndexOf("/"));
          const beside = gateways({
            ...output,
            files: output.files.filter((file) => file.path.startsWith(`${folder}/`)),
          });
          const names = beside.map(({ metadata }) => metadata.name);
          const hosts = ingresses(output)
            .filter((ingress) =>
              gatewaysBehind(output, ingress).some(({ metadata }) => names.includes(metadata.name)),
            )
            .flatMap((ingress) => ingress.spec.rules.map(({ host }) => host));
          return [
            ...spec.gateways.filter((gateway) => !names.includes(gateway)),
            ...spec.hosts.filter((host) => !hosts.some((each) => covers(each, host))),
          ];
        }),
      ),
  },
];

const ingresses = (output: Output): readonly Ingress[] => ofKind(objectsOf(output), "Ingress");

const gateways = (output: Output): readonly Gateway[] => ofKind(objectsOf(output), "Gateway");

const backends = ({ spec }: Ingress) =>
  spec.rules.flatMap(({ http }) => http.paths).map(({ backend }) => backend.service);

interface Port {
  readonly name: string;
  readonly port: number;
  readonly nodePort?: number;
}

interface Release {
  readonly service: string;
  readonly namespace: string;
  readonly ports: readonly Port[];
  readonly labels: { readonly app: string; readonly istio: string };
}

/** What Istio's gateway chart makes of its values (measured by rendering), by reading what is written. */
const releases = (output: Output): readonly Release[] =>
  children(output)
    .filter(({ spec }) => spec.source.chart === "gateway")
    .map(({ spec: { source, destination } }) => {
      const values = source.helm?.valuesObject ?? {};
      const service = text(valueAt(values, ["name"])) || (source.helm?.releaseName ?? "");
      const ports = valueAt(values, ["service", "ports"]);
      return {
        service,
        namespace: destination.namespace,
        ports: isJsonArray(ports) ? ports.filter(isPort) : chartPorts,
        // `gateway.selectorLabels` of the chart: the name, and the name without a leading `istio-`.
        labels: {
          app: text(valueAt(values, ["labels", "app"])) || service,
          istio: text(valueAt(values, ["labels", "istio"])) || service.replace(/^istio-/, ""),
        },
      };
    });

const releaseOf = (output: Output, ingress: Ingress): Release | undefined =>
  releases(output).find(
    ({ service, namespace }) =>
      ingress.metadata.namespace === namespace && backends(ingress).every(({ name }) => name === service),
  );

const selected = (output: Output, { metadata, spec: { selector } }: Gateway): readonly Release[] =>
  releases(output).filter(
    ({ labels, namespace }) =>
      labels.app === selector.app && labels.istio === selector.istio && namespace === metadata.namespace,
  );

const gatewaysBehind = (output: Output, ingress: Ingress): readonly Gateway[] =>
  gateways(output).filter((gateway) =>
    selected(output, gateway).some(({ service }) => service === releaseOf(output, ingress)?.service),
  );

const chartPorts: readonly Port[] = [
  { name: "status-port", port: 15021 },
  { name: "http2", port: 80 },
  { name: "https", port: 443 },
];

const isPort = (value: JsonValue): value is JsonValue & Port =>
  isJsonObject(value) && typeof value.name === "string" && typeof value.port === "number";

const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** As Istio reads a host with a wildcard: any depth. */
const covers = (pattern: string, host: string): boolean =>
  pattern === "*" || pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)));
