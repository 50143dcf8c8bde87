// IMITATION of the AWS Load Balancer Controller, which cannot be had as a Go module: what one Ingress becomes, as a
// function. Observed answers of the real one (3.5.0 plus ten commits, with moto as AWS, 2026-11-22) are the table in
// load-balancer.test.ts; what that table does not have (groups, certificate discovery, security groups, node targets,
// actions) is not here either. alb-actor.ts runs it against the API server.
import {
  buildTargetGroups,
  type Ingress,
  Refusal,
  type Service,
  suffixes,
  type TargetGroup,
} from "./target-groups.ts";

/** What exists in the imitated account. */
export interface Aws {
  readonly region: string;
  /** Subnet id -> zone. */
  readonly subnets: Readonly<Record<string, string>>;
  readonly certificates: readonly string[];
  readonly webAcls: readonly string[];
}

export interface LoadBalancer {
  readonly name: string;
  readonly scheme: string;
  /** `HTTP:80`. */
  readonly listeners: readonly string[];
  readonly targetGroups: readonly TargetGroup[];
  readonly webAcl: string | undefined;
}

export type Reason =
  | "SuccessfullyReconciled"
  | "FailedBuildModel"
  | "FailedDeployModel"
  | "FailedLoadGroupID";

export interface Outcome {
  readonly reason: Reason;
  readonly message: string;
  /** What is in AWS afterwards: after a failed build, what was there before. */
  readonly loadBalancer: LoadBalancer | undefined;
  /** Written only after a complete deployment; a host name written earlier stays. */
  readonly hostname: string | undefined;
}

/**
 * @param services of the Ingress' own namespace
 * @param before the load balancer that this Ingress has already
 */
export function reconcile(
  ingress: Ingress,
  services: readonly Service[],
  aws: Aws,
  before: LoadBalancer | undefined,
): Outcome {
  const label = `${ingress.metadata.namespace}/${ingress.metadata.name}`;
  const refused = (reason: Reason, message: string, loadBalancer = before): Outcome => ({
    reason,
    message,
    loadBalancer,
    hostname: undefined,
  });
  const className = ingress.spec.ingressClassName;
  if (className !== "alb") return refused("FailedLoadGroupID", `IngressClass "${className}" not found`);
  let wanted: LoadBalancer;
  try {
    wanted = buildModel(ingress, services, aws, before);
  } catch (error) {
    if (error instanceof Refusal) return refused("FailedBuildModel", error.message);
    throw error;
  }
  const failure = deploymentFailure(ingress, services, aws, wanted);
  if (failure !== undefined) return refused("FailedDeployModel", failure.message, failure.loadBalancer);
  const hostname = `${wanted.name}-${hash(label + wanted.scheme)}.${aws.region}.elb.amazonaws.com`;
  return {
    reason: "SuccessfullyReconciled",
    message: "Successfully reconciled",
    loadBalancer: wanted,
    hostname,
  };
}

function buildModel(
  ingress: Ingress,
  services: readonly Service[],
  aws: Aws,
  before: LoadBalancer | undefined,
): LoadBalancer {
  const own = suffixes(ingress);
  const scheme = own.scheme ?? "internal";
  if (scheme !== "internal" && scheme !== "internet-facing") throw new Refusal(`unknown scheme: ${scheme}`);
  requireSubnets(own.subnets, aws);
  const listeners = buildListeners(own);
  const named =
    own["load-balancer-name"] ?? `k8s-${ingress.metadata.namespace}-${ingress.metadata.name}`.slice(0, 32);
  if (named.length > 32) throw new Refusal("load balancer name cannot be longer than 32 characters");
  // A load balancer is found by tags: a new name changes nothing, a new scheme makes a new load balancer.
  const name = before !== undefined && before.scheme === scheme ? before.name : named;
  const webAcl = "wafv2-acl-arn" in own ? (own["wafv2-acl-arn"] ?? "") : before?.webAcl;
  return {
    name,
    scheme,
    listeners,
    targetGroups: buildTargetGroups(ingress, services),
    webAcl: webAcl === "" || webAcl === "none" ? undefined : webAcl,
  };
}

function requireSubnets(annotation: string | undefined, aws: Aws): void {
  if (annotation === undefined) return; // found by tags
  const ids = list(annotation);
  if (ids.length === 0) throw new Refusal("unable to resolve at least one subnet");
  const zones = ids.map((id) => aws.subnets[id]);
  if (zones.includes(undefined)) throw new Refusal(`couldn't find all subnets, want: [${ids}]`);
  if (new Set(zones).size < zones.length) {
    throw new Refusal(
      `multiple subnets in same Availability Zone ${zones.find((zone, i) => zones.indexOf(zone) < i)}`,
    );
  }
  if (ids.length < 2) throw new Refusal(`subnets count less than minimal required count: ${ids.length} < 2`);
}

function buildListeners(own: Readonly<Record<string, string>>): readonly string[] {
  const spelling = own["listen-ports"] ?? (own["certificate-arn"] ? '[{"HTTPS":443}]' : '[{"HTTP":80}]');
  let entries: readonly Readonly<Record<string, number>>[];
  try {
    entries = JSON.parse(spelling);
  } catch {
    throw new Refusal(`failed to parse listen-ports configuration: ${spelling}`);
  }
  const listeners = entries.flatMap((entry) =>
    Object.entries(entry).map(([protocol, port]) => `${protocol}:${port}`),
  );
  const redirect = own["ssl-redirect"];
  if (redirect !== undefined && !listeners.includes(`HTTPS:${redirect}`)) {
    throw new Refusal(`listener does not exist for SSLRedirect port: ${redirect}`);
  }
  return listeners;
}

/** What AWS refuses once the load balancer exists already: no host name is written then. */
function deploymentFailure(
  ingress: Ingress,
  services: readonly Service[],
  aws: Aws,
  wanted: LoadBalancer,
): { readonly message: string; readonly loadBalancer: LoadBalancer } | undefined {
  const own = suffixes(ingress);
  const service = services.find(({ metadata }) => metadata.name === wanted.targetGroups[0]?.service);
  const check = { ...own, ...(service && suffixes(service)) };
  const bare = { ...wanted, listeners: [], targetGroups: [] };
  const [interval, timeout] = [
    check["healthcheck-interval-seconds"] ?? "15",
    check["healthcheck-timeout-seconds"] ?? "5",
  ];
  if (Number(interval) <= Number(timeout)) {
    return {
      message: "ValidationError: Health check interval must be greater than the timeout.",
      loadBalancer: bare,
    };
  }
  if (!/^\d{3}([,-]\d{3})*$/.test(check["success-codes"] ?? "200")) {
    return { message: "InvalidParameterValue: HTTP code", loadBalancer: bare };
  }
  const unknown = list(own["certificate-arn"] ?? "").find((arn) => !aws.certificates.includes(arn));
  if (unknown !== undefined && wanted.listeners.some((listener) => listener.startsWith("HTTPS"))) {
    const plain = wanted.listeners.filter((listener) => !listener.startsWith("HTTPS"));
    const message = `operation error Elastic Load Balancing v2: CreateListener, CertificateNotFound: ${unknown}`;
    return { message, loadBalancer: { ...wanted, listeners: plain, targetGroups: [] } };
  }
  if (wanted.webAcl !== undefined && "wafv2-acl-arn" in own && !aws.webAcls.includes(wanted.webAcl)) {
    return { message: "WAFNonexistentItemException", loadBalancer: { ...wanted, webAcl: undefined } };
  }
  return undefined;
}

const list = (text: string): readonly string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** Ten digits, as AWS appends them to a load balancer's name. */
function hash(text: string): string {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) % 10_000_000_000;
  return String(sum).padStart(10, "0");
}
