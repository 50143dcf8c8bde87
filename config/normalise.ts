// Stage 1: what people wrote, with defaults -> Config: unions made explicit, names computed, order fixed.

import { groupBy } from "../core/group-by.ts";
import { type JsonObject, valueAt } from "../core/json.ts";
import { defaultArgocdVersion, eksArgocdVersion } from "./argocd-version.ts";
import type {
  CertificateConfig,
  ClusterConfig,
  Config,
  GatewayConfig,
  HealthCheckConfig,
  IngressConfig,
  SubnetsConfig,
  WebAclConfig,
} from "./config.ts";
import { gatewayTopology } from "./mesh-config.ts";
import { anyHost } from "./rules/hosts.ts";
import type { ConfigWithDefaults } from "./schema.ts";

type GatewayInput = ConfigWithDefaults["gateways"][string];
type IngressInput = ConfigWithDefaults["ingresses"][string];

/** Shorter words for the two doors of the set-up that meshfront replaces: their load balancers carry these names. */
const shortKeys: Readonly<Record<string, string>> = { services: "svc", addons: "addon" };

export const defaultLoadBalancerName = (cluster: string, key: string): string =>
  `${cluster}-${Object.hasOwn(shortKeys, key) ? shortKeys[key] : key}-ingress`;

/** Of the Istio Gateway object. */
export const defaultGatewayName = (key: string): string =>
  key === "ingress" ? "istio-gateway" : `istio-gateway-${key}`;

/** The cluster that Argo CD runs in, as it knows it. */
export const defaultServer = "https://kubernetes.default.svc";

/** The class that an installation of the AWS Load Balancer Controller makes, and the one that meshfront writes for Auto Mode. */
export const selfManagedClass = "alb";
export const autoModeClass = "alb-auto";

/** Of the HTTPS listener. */
export const defaultSslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Code-unit order: the same on every machine and in every locale. */
const byKey = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number =>
  a < b ? -1 : a > b ? 1 : 0;

export function normalise(file: string, input: ConfigWithDefaults): Config {
  const [only, ...others] = Object.keys(input.gateways);
  const defaultGateway = others.length === 0 ? only : undefined;
  const ingresses = Object.entries(input.ingresses)
    .sort(byKey)
    .map(([key, ingress]) => normaliseIngress(input, defaultGateway, key, ingress));
  const doors = groupBy(ingresses, ({ gateway }) => gateway);
  return {
    file,
    cluster: normaliseCluster(input.cluster),
    repository: input.repository,
    // As a set: the clusters of one Argo CD must agree on it, and not on its order.
    argocd: normaliseArgocd(input.argocd),
    istio: input.istio,
    gateways: Object.entries(input.gateways)
      .sort(byKey)
      .map(([key, gateway]) => normaliseGateway(input, doors.get(key) ?? [], key, gateway)),
    routes: input.routes.map((route) => ({ ...route, path: route.path })),
    ingresses,
    accept: input.accept,
    hook: normaliseHook(input.hook),
    manifests: input.manifests.map(({ namespaces = [], ...manifest }) => ({ ...manifest, namespaces })),
  };
}

export const normaliseHook = (input: ConfigWithDefaults["hook"]): Config["hook"] => ({
  ...input,
  recheck: input.recheck === "off" ? undefined : input.recheck,
  nodeSelector: input.nodeSelector,
  tolerations: input.tolerations,
});

function normaliseArgocd(input: ConfigWithDefaults["argocd"]): Config["argocd"] {
  const { managedBy, namespace } = input;
  const isEks = managedBy === "eks";
  return {
    managedBy,
    ownCluster: isEks ? { name: input.clusterName ?? "in-cluster" } : { server: defaultServer },
    namespace,
    version: input.version ?? (isEks ? eksArgocdVersion : defaultArgocdVersion),
    healthChecks: [...new Set(input.healthChecks)].sort(),
  };
}

function normaliseCluster(input: ConfigWithDefaults["cluster"]): ClusterConfig {
  return {
    name: input.name,
    eksName: input.eksName ?? input.name,
    region: input.region,
    account: input.account,
    destination:
      input.argocdName === undefined ? { server: input.server ?? defaultServer } : { name: input.argocdName },
    vpc: idOrTags(input.vpc),
    stage: input.stage,
    labels: input.labels ?? {},
    loadBalancerController: input.loadBalancerController,
  };
}

function idOrTags(vpc: ConfigWithDefaults["cluster"]["vpc"]): ClusterConfig["vpc"] {
  if (vpc?.id !== undefined) return { id: vpc.id };
  return vpc?.tags === undefined ? undefined : { tags: vpc.tags };
}

function normaliseGateway(
  { istio }: ConfigWithDefaults,
  doors: readonly IngressConfig[],
  key: string,
  input: GatewayInput,
): GatewayConfig {
  return {
    key,
    version: input.version ?? istio.version,
    release: input.release ?? `istio-${key}`,
    namespace: input.namespace ?? `istio-${key}`,
    name: input.name ?? defaultGatewayName(key),
    hosts: input.hosts ?? (input.object === "none" ? [] : unionOfHosts(doors)),
    hasObject: input.object !== "none",
    trustedProxies: input.trustedProxies ?? meshWideProxies(istio.istiod.values) ?? 1,
    replicas: input.replicas,
    values: input.values,
  };
}

/** What somebody set for all gateways of the mesh. */
function meshWideProxies(istiodValues: JsonObject): number | undefined {
  const found = Number(valueAt(gatewayTopology(istiodValues), ["numTrustedProxies"]) ?? Number.NaN);
  return Number.isInteger(found) ? found : undefined; // of another type istiod's own schema speaks
}

function normaliseIngress(
  { argocd, cluster }: ConfigWithDefaults,
  defaultGateway: string | undefined,
  key: string,
  input: IngressInput,
): IngressConfig {
  const isAutoMode = cluster.loadBalancerController === "eks-auto-mode";
  const targetType = input.targetType ?? (isAutoMode ? "ip" : "instance");
  return {
    key,
    gateway: input.gateway ?? defaultGateway ?? "",
    name: input.name ?? defaultLoadBalancerName(cluster.name, key),
    ingressName: input.ingressName ?? `ingress-${key}`,
    ingressClassName: input.ingressClassName ?? (isAutoMode ? autoModeClass : selfManagedClass),
    labels: input.labels ?? {},
    scheme: input.scheme,
    targetType,
    hosts: input.hosts,
    listeners: input.listeners,
    certificates: [input.certificate ?? []].flat().map(normaliseCertificate),
    backendTls: input.backendTls,
    subnets: normaliseSubnets(input),
    webAcl: normaliseWebAcl(input.webAcl),
    inboundCidrs: input.inboundCidrs ?? [],
    prefixLists: input.prefixLists ?? [],
    securityGroups: input.securityGroups,
    sslPolicy: input.listeners === "http" ? input.sslPolicy : (input.sslPolicy ?? defaultSslPolicy),
    attributes: input.attributes ?? {},
    targetGroupAttributes: input.targetGroupAttributes ?? {},
    tags: input.tags ?? {},
    annotations: input.annotations ?? {},
    healthCheck: normaliseHealthCheck(
      input.healthCheck,
      isAutoMode || targetType === "ip" || argocd.managedBy === "eks",
    ),
  };
}

type CertificateInput = Exclude<NonNullable<IngressInput["certificate"]>, readonly unknown[]>;

function normaliseCertificate(input: CertificateInput): CertificateConfig {
  if (input.arn !== undefined) return { arn: input.arn };
  return { domain: input.domain ?? "", keyAlgorithm: input.keyAlgorithm }; // the schema saw to exactly one of the two
}

function normaliseSubnets({ subnets, scheme }: IngressInput): SubnetsConfig {
  if (subnets?.ids !== undefined) return { ids: subnets.ids };
  const visibility = scheme === "internal" ? "private" : "public";
  return subnets?.tags === undefined ? { visibility } : { visibility, tags: subnets.tags };
}

function normaliseWebAcl(input: IngressInput["webAcl"]): WebAclConfig {
  if (input === undefined || input === "none") return input;
  return input.arn === undefined ? { name: input.name ?? "" } : { arn: input.arn }; // exactly one of the two
}

function normaliseHealthCheck(input: IngressInput["healthCheck"], isNamed: boolean): HealthCheckConfig {
  const { mode = isNamed ? "named" : "discovered", nodePort, ...rest } = input;
  if (mode === "pinned" && nodePort !== undefined) return { ...rest, mode, nodePort };
  return { ...rest, mode: mode === "named" ? "named" : "discovered" };
}

/** Sorted; `*` alone where a door takes every host. */
export function unionOfHosts(doors: readonly IngressConfig[]): readonly string[] {
  const hosts = [...new Set(doors.flatMap((door) => door.hosts))].sort();
  return hosts.includes(anyHost) ? [anyHost] : hosts;
}
