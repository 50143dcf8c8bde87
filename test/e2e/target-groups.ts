// IMITATION of the AWS Load Balancer Controller, the part that load-balancer.ts is too long for: the target groups of an
// Ingress, and the port of their health check. What is imitated, and from where, is said there.
import { createHash } from "node:crypto";
import type { KubernetesObject } from "./kubernetes-api.ts";

export const ANNOTATION_PREFIX = "alb.ingress.kubernetes.io/";

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

export interface Service extends KubernetesObject {
  readonly spec: { readonly type?: string; readonly ports?: readonly ServicePort[] };
}

interface IngressBackend {
  readonly service: {
    readonly name: string;
    readonly port: { readonly number?: number; readonly name?: string };
  };
}

export interface Ingress extends KubernetesObject {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths: readonly { readonly backend: IngressBackend }[] };
    }[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string }[] };
  };
}

export interface TargetGroup {
  /** Of a Service that is made anew it is another one, and so are its ARN and what alarms watch. */
  readonly name: string;
  readonly service: string;
  readonly port: number;
  /** A number as text, or `traffic-port`. */
  readonly healthCheckPort: string;
  readonly healthCheckProtocol: string;
}

/** Fails the build of the whole Ingress. */
export class Refusal extends Error {}

/** The annotations of one object, by suffix. An empty value is not an absent one. */
export const suffixes = (object: KubernetesObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(object.metadata.annotations ?? {})
      .filter(([key]) => key.startsWith(ANNOTATION_PREFIX))
      .map(([key, value]) => [key.slice(ANNOTATION_PREFIX.length), value]),
  );

export function buildTargetGroups(
  ingress: Ingress,
  services: readonly Service[],
  cluster: string,
): readonly TargetGroup[] {
  const backends = (ingress.spec.rules ?? [])
    .flatMap((rule) => rule.http?.paths ?? [])
    .map(({ backend }) => backend);
  const groups = new Map<string, TargetGroup>();
  for (const { service: wanted } of backends) {
    const service = services.find(({ metadata }) => metadata.name === wanted.name);
    if (service === undefined) continue; // a fixed answer 503 instead, and no word about it
    const backendPort = wanted.port.name ?? String(wanted.port.number);
    const group = buildTargetGroup(ingress, service, backendPort, cluster);
    groups.set(`${group.service}:${group.port}`, group);
  }
  return [...groups.values()];
}

function buildTargetGroup(
  ingress: Ingress,
  service: Service,
  backendPort: string,
  cluster: string,
): TargetGroup {
  const own = { ...suffixes(ingress), ...suffixes(service) }; // the Service's annotation wins
  const isInstance = (own["target-type"] ?? "instance") === "instance";
  const port = findPort(service, backendPort);
  const target = isInstance ? (port.nodePort ?? 0) : Number(port.targetPort ?? port.port);
  if (target === 0) {
    throw new Refusal(
      "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
    );
  }
  const protocol = own["backend-protocol"] ?? "HTTP";
  if (!isProtocol(protocol)) throw new Refusal("backend protocol must be within [HTTP, HTTPS]");
  const healthCheckProtocol = own["healthcheck-protocol"] ?? protocol;
  if (!isProtocol(healthCheckProtocol)) throw new Refusal("healthCheckProtocol must be within [HTTP, HTTPS]");
  const healthCheckPort = resolveHealthCheckPort(ingress, service, own["healthcheck-port"], isInstance);
  const { namespace = "", name, uid = "" } = service.metadata;
  const identity = [
    cluster,
    ingress.metadata.namespace,
    ingress.metadata.name,
    uid,
    target,
    isInstance,
    protocol,
  ];
  const hash = createHash("sha256").update(identity.join(" ")).digest("hex").slice(0, 10);
  return {
    name: `k8s-${namespace.slice(0, 8)}-${name.slice(0, 8)}-${hash}`,
    service: name,
    port: target,
    healthCheckPort,
    healthCheckProtocol,
  };
}

function resolveHealthCheckPort(
  ingress: Ingress,
  service: Service,
  annotation: string | undefined,
  isInstance: boolean,
): string {
  if (annotation === undefined || annotation === "traffic-port") return "traffic-port";
  // A number is a port of the node, and taken as it stands: not looked up, not checked for its range.
  if (/^[+-]?\d+$/.test(annotation)) return String(Number(annotation));
  try {
    const port = findPort(service, annotation);
    return String(isInstance ? port.nodePort : (port.targetPort ?? port.port));
  } catch (error) {
    const where = `ingress: ${ingress.metadata.namespace}/${ingress.metadata.name}`;
    throw new Refusal(
      `${where}: failed to resolve healthCheckPort: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** @param wanted number or name */
function findPort(service: Service, wanted: string): ServicePort {
  const found = (service.spec.ports ?? []).find(
    ({ name = "", port }) => wanted === String(port) || wanted === name,
  );
  if (found !== undefined) return found;
  throw new Refusal(
    `unable to find port ${wanted} on service ${service.metadata.namespace}/${service.metadata.name}`,
  );
}

const isProtocol = (text: string): boolean => text === "HTTP" || text === "HTTPS";
