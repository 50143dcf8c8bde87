// How the load balancer asks today whether the gateway is ready, and how it will.
// Facts: aws-load-balancer-controller docs/guide/ingress/annotations.md and its model builder, run on public set-ups;
// Envoy's status port 15021 has one route, the prefix /healthz/ready (istio tools/packaging/common/envoy_bootstrap.json).
import { albAnnotationPrefix } from "../../config/alb-annotations.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import { gatewayTitle, hasStatusPort, type LiveGateway, statusNodePort, statusPortName } from "./gateways.ts";
import type { IngressView } from "./ingress-view.ts";
import { annotationsOf, type StringMap, titleOf } from "./objects.ts";

const readyPath = "/healthz/ready";

interface Check {
  readonly view: IngressView;
  readonly gateway: LiveGateway;
  /** The other gateways of the input, to see whether a NodePort is theirs. */
  readonly others: readonly LiveGateway[];
  readonly targetType: "instance" | "ip";
  readonly speaksHttps: boolean;
  readonly findings: Findings;
}

/** The key `healthCheck`, without what is the default anyway. */
export function healthCheckOf(check: Check): JsonObject {
  const alb = effectiveAnnotations(check);
  sayPath(check, alb);
  sayProtocol(check, alb);
  const mode = modeOf(check, alb);
  return { ...mode, ...numbersOf(alb) };
}

/** The controller lets annotations of the Service win over those of the Ingress. */
function effectiveAnnotations({ view, gateway, findings }: Check): StringMap {
  const own = gateway.service === undefined ? {} : annotationsOf(gateway.service);
  const ofService = Object.entries(own).flatMap(([name, value]) =>
    name.startsWith(albAnnotationPrefix)
      ? [[name.slice(albAnnotationPrefix.length), value.trim()] as const]
      : [],
  );
  if (ofService.length > 0) {
    const names = ofService.map(([name]) => name).join(", ");
    findings.fault(
      "service-annotations",
      gatewayTitle(gateway),
      `The Service has annotations of the load balancer controller (${names}). They win over those of the Ingress, so whatever is changed there changes nothing. Ours leaves them out of the chart's values: the Ingress alone decides.`,
    );
  }
  return { ...view.alb, ...Object.fromEntries(ofService) };
}

function sayPath({ view, findings }: Check, alb: StringMap): void {
  const path = alb["healthcheck-path"];
  const port = alb["healthcheck-port"];
  const about = titleOf(view.object);
  if (port === undefined || port === "traffic-port") {
    findings.fault(
      "traffic-port-health",
      about,
      `The health check asks the traffic port for ${path ?? "/"}: what answers there is a route of some application, not the gateway, so targets are unhealthy without such a route and healthy without a ready gateway. Ours asks the gateway's status port for ${readyPath}${path === undefined ? "" : "; the path is not carried over, because the status port knows no other"}.`,
    );
    return;
  }
  if (path === undefined || !path.startsWith(readyPath))
    findings.fault(
      "health-path",
      about,
      `The health check's path is ${path ?? "/ (the controller's default)"}, and the gateway's status port answers ${readyPath} alone: no target ever becomes healthy. Ours asks ${readyPath}.`,
    );
}

function sayProtocol({ view, speaksHttps, findings }: Check, alb: StringMap): void {
  const protocol = alb["healthcheck-protocol"] ?? (speaksHttps ? "HTTPS" : "HTTP");
  if (protocol.toUpperCase() === "HTTPS")
    findings.fault(
      "health-protocol",
      titleOf(view.object),
      "The health check speaks HTTPS (said, or taken over from backend-protocol), and the gateway's status port speaks HTTP: no target ever becomes healthy. Ours says healthcheck-protocol: HTTP.",
    );
  const codes = alb["success-codes"];
  if (codes !== undefined && codes !== "200")
    findings.difference(
      "cosmetic",
      "success-codes",
      titleOf(view.object),
      `The health check takes the codes ${codes}; ours takes 200, which is what a ready gateway answers.`,
    );
}

function modeOf(check: Check, alb: StringMap): JsonObject {
  const { gateway, targetType } = check;
  const port = alb["healthcheck-port"];
  sayPort(check, port);
  if (targetType === "ip") return {};
  const fixed = fixedStatusNodePort(gateway);
  if (fixed !== undefined) return { mode: "pinned", nodePort: fixed };
  return port !== undefined && port === (statusPortName(gateway) ?? "status-port") ? { mode: "named" } : {};
}

/** One that the chart's values fix: pinned, and not only what the cluster happened to give. */
function fixedStatusNodePort({ release }: LiveGateway): number | undefined {
  const ports = (release?.values.service as JsonObject | undefined)?.ports;
  if (!Array.isArray(ports)) return undefined;
  const found = ports.find((port) => (port as JsonObject | null)?.port === 15021) as JsonObject | undefined; // of a user's values
  return typeof found?.nodePort === "number" ? found.nodePort : undefined;
}

function sayPort(check: Check, port: string | undefined): void {
  const { view, gateway, targetType, findings } = check;
  const about = titleOf(view.object);
  if (!hasStatusPort(gateway))
    findings.difference(
      "mends a fault",
      "no-status-port",
      gatewayTitle(gateway),
      "The gateway's Service has no port 15021. Ours has it, by the chart's default ports, and asks it by its name status-port: whoever writes service.ports in the values has to keep it there. The ports 80 and 443 keep their numbers; the pods listen on what the chart says.",
    );
  if (port === undefined || !/^\d+$/.test(port)) return;
  if (port === "15021") {
    sayLiteralStatusPort(check);
    return;
  }
  if (targetType === "ip") {
    findings.fault(
      "health-port",
      about,
      `The health check asks port ${port} of the pods, and only 15021 tells whether a gateway is ready. Ours asks status-port.`,
    );
    return;
  }
  sayNodePort(check, Number(port));
}

function sayLiteralStatusPort({ view, targetType, findings }: Check): void {
  const about = titleOf(view.object);
  if (targetType === "instance")
    findings.fault(
      "literal-status-port",
      about,
      "The health check asks port 15021 of the nodes (target type instance), and no node listens there: no target ever becomes healthy, and traffic flows only because the load balancer fails open. Ours asks the NodePort of the status port, which the hook finds.",
    );
  else
    findings.difference(
      "cosmetic",
      "literal-status-port-ip",
      about,
      "The health check asks 15021 by number, which is right for target type ip; ours asks the same port by its name status-port, so the gateway's Service must have it.",
    );
}

function sayNodePort({ view, gateway, others, findings }: Check, port: number): void {
  const about = titleOf(view.object);
  const own = statusNodePort(gateway);
  const foreign = others.find((other) => other !== gateway && statusNodePort(other) === port);
  if (foreign !== undefined) {
    findings.fault(
      "foreign-node-port",
      about,
      `The health check asks NodePort ${port}, which is the status port of ${gatewayTitle(foreign)}: the door looks healthy while its own gateway is not. Ours asks that of ${gatewayTitle(gateway)}.`,
    );
    return;
  }
  if (own !== undefined && own !== port) {
    findings.fault(
      "stale-node-port",
      about,
      `The health check asks NodePort ${port}, and the status port of ${gatewayTitle(gateway)} has ${own}: no target becomes healthy. Ours finds the NodePort.`,
    );
    return;
  }
  const isFixed = fixedStatusNodePort(gateway) !== undefined;
  findings.decision(
    "node-port",
    about,
    isFixed
      ? `The literal NodePort ${port} is fixed in the chart's values: healthCheck.mode pinned keeps it.`
      : `The literal NodePort ${port} is what this cluster happened to give: it is not written down. The hook of healthCheck.mode discovered finds it${own === undefined ? "; the Service is not in the input, or shows no NodePorts, so nobody compared" : ""}.`,
  );
}

const numbers: readonly (readonly [annotation: string, key: string, byDefault: number])[] = [
  ["healthcheck-interval-seconds", "intervalSeconds", 15],
  ["healthcheck-timeout-seconds", "timeoutSeconds", 5],
  ["healthy-threshold-count", "healthyThreshold", 2],
  ["unhealthy-threshold-count", "unhealthyThreshold", 2],
];

/** The controller's defaults are ours: 15, 5, 2, 2. */
const numbersOf = (alb: StringMap): JsonObject =>
  Object.fromEntries(
    numbers.flatMap(([annotation, key, byDefault]) => {
      const value = Number(alb[annotation]);
      return Number.isInteger(value) && value !== byDefault ? [[key, value]] : [];
    }),
  );
