// IMITATION of the AWS Load Balancer Controller, which cannot be had as a Go module: what one Ingress becomes, as a
// function. Observed answers of the real one (3.5.0 plus ten commits, with moto as AWS, 2026-11-22 and 2026-11-30) are
// the tables in load-balancer.test.ts; what these do not have (groups, certificate discovery, security groups, node
// targets, actions) is not here either. alb-actor.ts runs it against the API server, alb-webhooks.ts answers that.
import { createHash } from "node:crypto";
import {
  buildTargetGroups,
  type Ingress,
  Refusal,
  type Service,
  suffixes,
  type TargetGroup,
} from "./target-groups.ts";

/** What exists in the imitated account, and what the controller calls the cluster. */
export interface Aws {
  readonly cluster: string;
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
  /** Of the HTTPS listeners. */
  readonly certificates: readonly string[];
  readonly targetGroups: readonly TargetGroup[];
  readonly webAcl: string | undefined;
}

export type Reason = "SuccessfullyReconciled" | "FailedBuildModel" | "FailedDeployModel";

export interface Outcome {
  readonly reason: Reason;
  readonly message: string;
  /** What is in AWS afterwards: after a failed build, what was there before. */
  readonly loadBalancer: LoadBalancer | undefined;
  /** Written only after a complete deployment; a host name written earlier stays. */
  readonly hostname: string | undefined;
}

/**
 * @param ingress of the class `alb`; the controller passes over all others
 * @param services of the Ingress' own namespace
 * @param before the load balancer that this Ingress has already
 */
export function reconcile(
  ingress: Ingress,
  services: readonly Service[],
  aws: Aws,
  before: LoadBalancer | undefined,
): Outcome {
  let wanted: LoadBalancer;
  try {
    wanted = buildModel(ingress, services, aws, before);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = `Failed build model due to ${error.message}`;
    return { reason: "FailedBuildModel", message, loadBalancer: before, hostname: undefined };
  }
  const failure = deploymentFailure(ingress, services, aws, wanted, before);
  if (failure !== undefined) {
    const message = `Failed deploy model due to ${failure.message}`;
    return { reason: "FailedDeployModel", message, loadBalancer: failure.loadBalancer, hostname: undefined };
  }
  return {
    reason: "SuccessfullyReconciled",
    message: "Successfully reconciled",
    loadBalancer: wanted,
    hostname: `${wanted.name}-${tenDigits(labelOf(ingress) + wanted.scheme)}.${aws.region}.elb.amazonaws.com`,
  };
}

/** Why the controller does not let go of an Ingress that is being deleted. It says so in its log, and in no Event. */
export function deletionRefusal(ingress: Ingress): string | undefined {
  const attributes = list(suffixes(ingress)["load-balancer-attributes"] ?? "");
  return attributes.includes("deletion_protection.enabled=true")
    ? `deletion_protection is enabled, cannot delete the ingress: ${ingress.metadata.name}`
    : undefined;
}

const labelOf = ({ metadata }: Ingress): string => `${metadata.namespace}/${metadata.name}`;

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
  const named = own["load-balancer-name"] ?? generatedName(ingress, aws.cluster, scheme);
  if (named.length > 32) throw new Refusal("load balancer name cannot be longer than 32 characters");
  // A load balancer is found by tags: a new name changes nothing, a new scheme makes a new load balancer.
  const name = before !== undefined && before.scheme === scheme ? before.name : named;
  const webAcl = "wafv2-acl-arn" in own ? (own["wafv2-acl-arn"] ?? "") : before?.webAcl;
  return {
    name,
    scheme,
    listeners,
    certificates: hasHttps(listeners) ? list(own["certificate-arn"] ?? "") : [],
    targetGroups: buildTargetGroups(ingress, services, aws.cluster),
    webAcl: webAcl === "" || webAcl === "none" ? undefined : webAcl,
  };
}

/** `k8s-rows-door-e4a56eb314` */
function generatedName(ingress: Ingress, cluster: string, scheme: string): string {
  const { namespace = "", name } = ingress.metadata;
  const hash = createHash("sha256").update(cluster + labelOf(ingress) + scheme);
  const short = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 8);
  return `k8s-${short(namespace)}-${short(name)}-${hash.digest("hex").slice(0, 10)}`;
}

function requireSubnets(annotation: string | undefined, aws: Aws): void {
  if (annotation === undefined) return; // found by tags
  const ids = list(annotation);
  if (ids.length === 0) throw new Refusal("unable to resolve at least one subnet");
  const unknown = ids.find((id) => aws.subnets[id] === undefined);
  if (unknown !== undefined) {
    throw new Refusal(
      `operation error EC2: DescribeSubnets, api error InvalidSubnetID.NotFound: The subnet ID '${unknown}' does not exist`,
    );
  }
  const zones = ids.map((id) => aws.subnets[id]);
  const repeated = zones.find((zone, index) => zones.indexOf(zone) < index);
  if (repeated !== undefined) throw new Refusal(`multiple subnets in same Availability Zone ${repeated}`);
  if (ids.length < 2) throw new Refusal(`subnets count less than minimal required count: ${ids.length} < 2`);
}

function buildListeners(own: Readonly<Record<string, string>>): readonly string[] {
  const spelling = own["listen-ports"] ?? (own["certificate-arn"] ? '[{"HTTPS":443}]' : '[{"HTTP":80}]');
  let entries: readonly Readonly<Record<string, number>>[];
  try {
    entries = JSON.parse(spelling);
  } catch {
    throw new Refusal(`failed to parse listen-ports configuration: \`${spelling}\``);
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

interface Failure {
  readonly message: string;
  /** What is there then; undefined where nothing was made yet. */
  readonly loadBalancer: LoadBalancer | undefined;
}

/** What AWS refuses, in the order in which it is asked: target groups, load balancer with its listeners, web ACL. */
function deploymentFailure(
  ingress: Ingress,
  services: readonly Service[],
  aws: Aws,
  wanted: LoadBalancer,
  before: LoadBalancer | undefined,
): Failure | undefined {
  const own = suffixes(ingress);
  const service = services.find(({ metadata }) => metadata.name === wanted.targetGroups[0]?.service);
  const refusedGroup = targetGroupRefusal({ ...own, ...(service && suffixes(service)) });
  if (refusedGroup !== undefined) {
    const operation = before === undefined ? "CreateTargetGroup" : "ModifyTargetGroup";
    return { message: `${elb}: ${operation}, ${refusedGroup}`, loadBalancer: before };
  }
  if (wanted.certificates.some((arn) => !aws.certificates.includes(arn))) {
    const isLive = before?.scheme === wanted.scheme && hasHttps(before.listeners);
    const plain = wanted.listeners.filter((listener) => !hasHttps([listener]));
    return {
      message: `${elb}: ${isLive ? "ModifyListener" : "CreateListener"}, CertificateNotFound: Supplied certificate was not found`,
      loadBalancer: isLive ? before : { ...wanted, listeners: plain, certificates: [], targetGroups: [] },
    };
  }
  if (wanted.webAcl !== undefined && "wafv2-acl-arn" in own && !aws.webAcls.includes(wanted.webAcl)) {
    const message = "operation error WAFV2: AssociateWebACL, WAFNonexistentItemException";
    return { message, loadBalancer: { ...wanted, webAcl: before?.webAcl } };
  }
  return undefined;
}

const elb = "operation error Elastic Load Balancing v2";

/** moto lets a live target group have an interval as long as its timeout; whether AWS does, nobody here has asked. */
function targetGroupRefusal(check: Readonly<Record<string, string>>): string | undefined {
  const interval = Number(check["healthcheck-interval-seconds"] ?? "15");
  if (interval <= Number(check["healthcheck-timeout-seconds"] ?? "5"))
    return "ValidationError: Health check interval must be greater than the timeout.";
  return /^\d{3}([,-]\d{3})*$/.test(check["success-codes"] ?? "200")
    ? undefined
    : "InvalidParameterValue: HTTP code";
}

const hasHttps = (listeners: readonly string[]): boolean =>
  listeners.some((listener) => listener.startsWith("HTTPS:"));

const list = (text: string): readonly string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** As AWS appends them to a load balancer's name. */
function tenDigits(text: string): string {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) % 10_000_000_000;
  return String(sum).padStart(10, "0");
}
