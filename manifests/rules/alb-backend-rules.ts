// Where an Ingress leads: the gateway's Service, its port, and the port that is asked for its health.
import { statusPort } from "../../config/gateway-release.ts";
import { show } from "../../core/format-value.ts";
import { isJsonObject, type JsonObject, type JsonValue, type Path, valueAt } from "../../core/json.ts";
import { mapsAt } from "../object-fields.ts";
import { annotationOf, annotationPath } from "./alb-annotation-rules.ts";
import { type DeployedGateway, gatewaysOf } from "./gateway-releases.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

interface Backend {
  readonly path: Path;
  readonly service: JsonObject | undefined;
}

function backendsOf({ data }: RenderedObject): readonly Backend[] {
  const backend = (value: JsonValue | undefined, path: Path): Backend => {
    const service = valueAt(value, ["service"]);
    return { path: [...path, "service"], service: isJsonObject(service) ? service : undefined };
  };
  const ofRules = mapsAt(data, ["spec", "rules"]).flatMap((rule, index) =>
    mapsAt(rule, ["http", "paths"]).map((path, pathIndex) =>
      backend(path.backend, ["spec", "rules", index, "http", "paths", pathIndex, "backend"]),
    ),
  );
  const fallback = valueAt(data, ["spec", "defaultBackend"]);
  return fallback === undefined ? ofRules : [...ofRules, backend(fallback, ["spec", "defaultBackend"])];
}

/** Whether `port` of an Ingress backend, `{number}` or `{name}`, is on the gateway's Service. */
const hasPort = ({ ports }: DeployedGateway, port: JsonValue | undefined): boolean =>
  ports.some(
    ({ name, port: number }) => number === valueAt(port, ["number"]) || name === valueAt(port, ["name"]),
  );

/** Run: the controller answers a missing Service with a load balancer that has no targets, and reports success. */
function backendFindings(scope: ObjectScope): ObjectFinding[] {
  const gateways = gatewaysOf(scope);
  return scope.ofKind("Ingress").flatMap((object) =>
    backendsOf(object).flatMap(({ path, service }): ObjectFinding[] => {
      const here = gateways.filter(({ namespace }) => namespace === object.namespace);
      const gateway = here.find(({ serviceName }) => serviceName === service?.name);
      const reason =
        gateway === undefined ? otherService(object, service, here) : unfit(object, gateway, service);
      if (reason === undefined) return [];
      return [
        {
          object,
          path,
          message: reason,
          suggestion:
            "Lead every path to port 80 (backendTls: 443) of the gateway's Service, which has the type NodePort for targetType instance.",
        },
      ];
    }),
  );
}

function otherService(
  { namespace }: RenderedObject,
  service: JsonObject | undefined,
  here: readonly DeployedGateway[],
): string {
  const names = here.map(({ serviceName }) => serviceName).join(", ") || "none";
  return `expected the Service of a gateway in ${namespace} (${names}), found ${show(service?.name)}: the load balancer would have no targets, and the controller reports success`;
}

function unfit(
  object: RenderedObject,
  gateway: DeployedGateway,
  service: JsonObject | undefined,
): string | undefined {
  const { serviceName, serviceType, ports } = gateway;
  if (serviceType !== "NodePort" && annotationOf(object, "target-type") !== "ip")
    return `expected the Service ${serviceName} to be of type NodePort, found ${serviceType}: instances are reached by NodePorts`;
  if (hasPort(gateway, service?.port)) return undefined;
  const known = ports.map(({ port }) => port).join(", ");
  return `expected a port of the Service ${serviceName} (${known}), found ${portText(service?.port)}: the controller fails the whole Ingress`;
}

const portText = (port: JsonValue | undefined): string =>
  String(valueAt(port, ["number"]) ?? valueAt(port, ["name"]) ?? "none");

/** A rule without a host is for every host. Beside others, or written as an empty text, nobody meant it. */
const hostFindings = (scope: ObjectScope): ObjectFinding[] =>
  scope.ofKind("Ingress").flatMap((object) => {
    const rules = mapsAt(object.data, ["spec", "rules"]);
    return rules.flatMap(({ host }, index) =>
      (typeof host === "string" && host !== "") || (host === undefined && rules.length === 1)
        ? []
        : [
            {
              object,
              path: ["spec", "rules", index, "host"],
              message: `expected a host, found ${show(host)}: the rule would take every host that points at the load balancer`,
              suggestion: "Name the hosts one by one, or take every host with a single rule.",
            },
          ],
    );
  });

/** Facts: run with v3.5.0. A number is taken as it is, a name becomes the NodePort of that port of each backend. */
function healthCheckPortFindings(scope: ObjectScope): ObjectFinding[] {
  const gateways = gatewaysOf(scope);
  return scope.ofKind("Ingress").flatMap((object): ObjectFinding[] => {
    const value = annotationOf(object, "healthcheck-port");
    if (value === undefined || value === "") return []; // other rules say so
    const reason = /^\d+$/.test(value)
      ? wrongNumber(object, Number(value), tryFindBacking(object, gateways))
      : wrongName(value, tryFindBacking(object, gateways));
    if (reason === undefined) return [];
    return [
      {
        object,
        path: annotationPath("healthcheck-port"),
        message: `expected ${reason}`,
        suggestion: "Write status-port: the controller finds its NodePort by itself.",
      },
    ];
  });
}

/** The gateway that the Ingress leads to. */
export const tryFindBacking = (
  object: RenderedObject,
  gateways: readonly DeployedGateway[],
): DeployedGateway | undefined => {
  const names = backendsOf(object).map(({ service }) => service?.name);
  return gateways.find(
    ({ namespace, serviceName }) => namespace === object.namespace && names.includes(serviceName),
  );
};

function wrongNumber(object: RenderedObject, port: number, gateway?: DeployedGateway): string | undefined {
  if (annotationOf(object, "target-type") === "ip") {
    if (port === statusPort) return undefined;
    return `the pods' status port ${statusPort} as health-check port, found ${port}: nothing answers there`;
  }
  if (port < 30000 || port > 32767)
    return `a NodePort (30000 to 32767) as health-check port of instances, found ${port}: nothing answers there on a node`;
  const fixed = gateway?.ports.find((each) => each.port === statusPort)?.nodePort;
  if (gateway === undefined || fixed === port) return undefined;
  return `the NodePort that the Service ${gateway.serviceName} fixes for port ${statusPort} (${fixed ?? "none"}), found ${port}: the check would go astray when the NodePort moves`;
}

function wrongName(name: string, gateway: DeployedGateway | undefined): string | undefined {
  if (name === "traffic-port")
    return "the status port as health-check port, found traffic-port: the gateway answers there by its routes, with 404 as long as there is none";
  if (gateway === undefined) return undefined;
  const found = gateway.ports.find((port) => port.name === name);
  if (found?.port === statusPort) return undefined;
  const known = gateway.ports.map((port) => port.name).join(", ");
  return found === undefined
    ? `the name of a port of the Service ${gateway.serviceName} (${known}), found ${show(name)}: the controller fails the whole Ingress`
    : `the name of port ${statusPort} as health-check port, found ${show(name)}, which is port ${found.port}`;
}

export const albBackendRules: readonly ObjectRule[] = [
  { code: "alb/ingress-backend", severity: "error", check: backendFindings },
  { code: "alb/ingress-host", severity: "error", check: hostFindings },
  { code: "alb/health-check-port", severity: "error", check: healthCheckPortFindings },
];
