// Stage 1: what people wrote, with defaults -> Config: unions made explicit, names computed, order fixed.

import type { JsonObject } from "../core/json.ts";
import type {
  CertificateConfig,
  ClusterConfig,
  Config,
  HealthCheckConfig,
  IngressConfig,
  SubnetsConfig,
  WebAclConfig,
} from "./config.ts";
import type { ConfigWithDefaults } from "./schema.ts";

type IngressInput = ConfigWithDefaults["ingresses"][string];

/** Shorter words for the two doors of the set-up that meshfront replaces: their load balancers carry these names. */
const shortKeys: Readonly<Record<string, string>> = { services: "svc", addons: "addon" };

export const defaultLoadBalancerName = (cluster: string, key: string): string =>
  `${cluster}-${Object.hasOwn(shortKeys, key) ? shortKeys[key] : key}-ingress`;

/** Code-unit order: the same on every machine and in every locale. */
const byKey = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number =>
  a < b ? -1 : a > b ? 1 : 0;

export function normalise(file: string, input: ConfigWithDefaults): Config {
  const ingresses = Object.entries(input.ingresses)
    .sort(byKey)
    .map(([key, ingress]) => normaliseIngress(input.cluster.name, key, ingress));
  return {
    file,
    cluster: normaliseCluster(input.cluster),
    repository: input.repository,
    // As a set: the clusters of one Argo CD must agree on it, and not on its order.
    argocd: { ...input.argocd, healthChecks: [...new Set(input.argocd.healthChecks)].sort() },
    istio: normaliseIstio(input.istio),
    gateway: {
      name: input.gateway.name,
      hosts: input.gateway.hosts ?? sortedUnion(ingresses.map((ingress) => ingress.hosts)),
    },
    routes: input.routes.map((route) => ({ ...route, path: route.path })),
    ingresses,
    hook: {
      ...input.hook,
      recheck: input.hook.recheck === "off" ? undefined : input.hook.recheck,
      nodeSelector: input.hook.nodeSelector,
      tolerations: input.hook.tolerations,
    },
  };
}

function normaliseCluster(input: ConfigWithDefaults["cluster"]): ClusterConfig {
  return {
    name: input.name,
    eksName: input.eksName ?? input.name,
    region: input.region,
    account: input.account,
    destination:
      input.argocdName === undefined
        ? { server: input.server ?? "https://kubernetes.default.svc" }
        : { name: input.argocdName },
    vpc: idOrTags(input.vpc),
  };
}

function idOrTags(vpc: ConfigWithDefaults["cluster"]["vpc"]): ClusterConfig["vpc"] {
  if (vpc?.id !== undefined) return { id: vpc.id };
  return vpc?.tags === undefined ? undefined : { tags: vpc.tags };
}

function normaliseIstio(input: ConfigWithDefaults["istio"]): Config["istio"] {
  // The values come from a YAML document, so they are JSON; the schema leaves their shape to the charts.
  const json = (values: Record<string, unknown>): JsonObject => values as JsonObject;
  return {
    ...input,
    base: { values: json(input.base.values) },
    istiod: { ...input.istiod, values: json(input.istiod.values) },
    gateway: { ...input.gateway, values: json(input.gateway.values) },
  };
}

function normaliseIngress(cluster: string, key: string, input: IngressInput): IngressConfig {
  const certificates = Array.isArray(input.certificate) ? input.certificate : [input.certificate];
  return {
    key,
    name: input.name ?? defaultLoadBalancerName(cluster, key),
    ingressName: input.ingressName ?? `ingress-${key}`,
    scheme: input.scheme,
    hosts: input.hosts,
    certificates: certificates.map(normaliseCertificate),
    subnets: normaliseSubnets(input),
    webAcl: normaliseWebAcl(input.webAcl),
    inboundCidrs: input.inboundCidrs ?? [],
    sslPolicy: input.sslPolicy,
    attributes: input.attributes ?? {},
    tags: input.tags ?? {},
    annotations: input.annotations ?? {},
    healthCheck: normaliseHealthCheck(input.healthCheck),
  };
}

type CertificateInput = Exclude<IngressInput["certificate"], readonly unknown[]>;

function normaliseCertificate(input: CertificateInput): CertificateConfig {
  if (input.arn !== undefined) return { arn: input.arn };
  return { domain: input.domain ?? "", keyAlgorithm: input.keyAlgorithm }; // the schema saw to exactly one of the two
}

function normaliseSubnets({ subnets, scheme }: IngressInput): SubnetsConfig {
  if (subnets?.ids !== undefined) return { ids: subnets.ids };
  if (subnets?.tags !== undefined) return { tags: subnets.tags };
  return { visibility: scheme === "internal" ? "private" : "public" };
}

function normaliseWebAcl(input: IngressInput["webAcl"]): WebAclConfig {
  if (input === undefined || input === "none") return input;
  return input.arn === undefined ? { name: input.name ?? "" } : { arn: input.arn }; // exactly one of the two
}

function normaliseHealthCheck({ mode, nodePort, ...rest }: IngressInput["healthCheck"]): HealthCheckConfig {
  if (mode === "pinned" && nodePort !== undefined) return { ...rest, mode, nodePort };
  return { ...rest, mode: mode === "named" ? "named" : "discovered" };
}

const sortedUnion = (lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat())].sort();
