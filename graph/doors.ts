// One door: the load balancer as clients and AWS see it, up to the targets behind it.
import { childName } from "../config/children.ts";
import type { Config, GatewayConfig, IngressConfig } from "../config/config.ts";
import {
  annotationsOfDoor,
  authenticates,
  isClosed,
  sourcesOf,
  wantsClientCertificate,
} from "../config/door-access.ts";
import { backendPort, deployedGateway, statusPortName } from "../config/helm-values.ts";
import type { LockFile } from "../facts/lock-schema.ts";
import type { GraphInput } from "./cluster-graph.ts";

export interface DoorGraph {
  readonly key: string;
  readonly application: string;
  /** `<namespace>/<name>` */
  readonly ingress: string;
  readonly loadBalancer: string;
  readonly scheme: IngressConfig["scheme"];
  readonly listeners: readonly Listener[];
  readonly sslPolicy: string | null;
  /** The first is the listener's default. */
  readonly certificates: readonly CertificateGraph[];
  /** An ARN; `none` where an attached one is detached; null where whatever is attached stays. */
  readonly webAcl: string | null;
  readonly access: AccessGraph;
  readonly target: TargetGraph;
  readonly healthCheck: HealthCheckGraph;
}

export interface Listener {
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly redirectsTo: number | null;
}

export interface CertificateGraph {
  readonly arn: string;
  /** Null where the cluster file names it by ARN: nobody asked AWS. */
  readonly names: readonly string[] | null;
  /** YYYY-MM-DD */
  readonly expires: string | null;
}

/** Who may connect. */
export interface AccessGraph {
  /** Ranges, prefix lists and security groups, in words of AWS. */
  readonly from: readonly string[];
  readonly isInternal: boolean;
  readonly logIn: string | null;
  readonly wantsClientCertificate: boolean;
  /** Whether anything keeps the world out; `unknown` where security groups decide. */
  readonly isClosed: boolean | "unknown";
}

export interface TargetGraph {
  readonly type: IngressConfig["targetType"];
  readonly service: string;
  /** Of the Service. */
  readonly port: number;
  /** Where the values fix one; else Kubernetes chooses. Null with pods. */
  readonly nodePort: number | null;
  readonly protocol: "HTTP" | "HTTPS";
}

export interface HealthCheckGraph {
  readonly mode: "discovered" | "named" | "pinned";
  readonly path: string;
  /** Name of the Service's port, or the NodePort that is pinned. */
  readonly port: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
}

export function doorGraph(
  { config, facts, lock }: GraphInput,
  gateway: GatewayConfig,
  ingress: IngressConfig,
): DoorGraph {
  const found = facts.get(ingress.key);
  return {
    key: ingress.key,
    application: childName(config, `ingress-${ingress.key}`),
    ingress: `${gateway.namespace}/${ingress.ingressName}`,
    loadBalancer: ingress.name,
    scheme: ingress.scheme,
    listeners: listeners[ingress.listeners],
    sslPolicy: ingress.sslPolicy ?? null,
    certificates: (found?.certificateArns ?? []).map((arn) => certificateGraph(lock, arn)),
    webAcl: ingress.webAcl === "none" ? "none" : (found?.webAclArn ?? null),
    access: accessGraph(ingress),
    target: targetGraph(config, gateway, ingress),
    healthCheck: healthCheckGraph(config, gateway, ingress),
  };
}

const listeners: Readonly<Record<IngressConfig["listeners"], readonly Listener[]>> = {
  redirect: [
    { port: 80, protocol: "HTTP", redirectsTo: 443 },
    { port: 443, protocol: "HTTPS", redirectsTo: null },
  ],
  https: [{ port: 443, protocol: "HTTPS", redirectsTo: null }],
  http: [{ port: 80, protocol: "HTTP", redirectsTo: null }],
};

function certificateGraph(lock: LockFile | undefined, arn: string): CertificateGraph {
  for (const answer of Object.values(lock?.answers ?? {}))
    if ("arn" in answer && answer.arn === arn) return { arn, names: answer.names, expires: answer.notAfter };
  return { arn, names: null, expires: null };
}

function accessGraph(ingress: IngressConfig): AccessGraph {
  const door = annotationsOfDoor(ingress);
  const { ranges, prefixLists } = sourcesOf(door);
  const groups = ingress.securityGroups?.ids;
  const kind = door["jwt-validation"] === undefined ? door["auth-type"] : "JWT";
  return {
    from: groups === undefined ? [...ranges, ...prefixLists] : [...groups].sort(),
    isInternal: ingress.scheme === "internal",
    logIn: authenticates(door) ? (kind ?? null) : null,
    wantsClientCertificate: wantsClientCertificate(door),
    isClosed: isClosed(door),
  };
}

function targetGraph(config: Config, gateway: GatewayConfig, ingress: IngressConfig): TargetGraph {
  const { serviceName, ports } = deployedGateway(config, gateway);
  const port = backendPort(ingress);
  const isNode = ingress.targetType === "instance";
  return {
    type: ingress.targetType,
    service: `${gateway.namespace}/${serviceName}`,
    port,
    nodePort: (isNode ? ports.find((each) => each.port === port)?.nodePort : undefined) ?? null,
    protocol: ingress.backendTls === undefined ? "HTTP" : "HTTPS",
  };
}

function healthCheckGraph(
  config: Config,
  gateway: GatewayConfig,
  { healthCheck: check }: IngressConfig,
): HealthCheckGraph {
  const named = statusPortName(deployedGateway(config, gateway));
  return {
    mode: check.mode,
    path: check.path,
    port: check.mode === "pinned" ? String(check.nodePort) : named,
    intervalSeconds: check.intervalSeconds,
    timeoutSeconds: check.timeoutSeconds,
  };
}
