// Stage 1: the configuration of one cluster after validation, with every default and computed name filled in.
import { groupBy } from "../core/group-by.ts";
import type { JsonObject } from "../core/json.ts";
import { oncePer } from "../core/once-per.ts";
import type { ConfigWithDefaults } from "./schema.ts";

export type HealthCheckName = "application" | "crd" | "hpa";

export interface Config {
  /** The file it came from, relative to the project root, for example `clusters/demo.yaml`. */
  readonly file: string;
  readonly cluster: ClusterConfig;
  readonly repository: { readonly url: string; readonly revision: string; readonly path: string };
  readonly argocd: {
    readonly managedBy: "self" | "eks";
    /** Argo CD's own cluster, where the root goes. */
    readonly ownCluster: { readonly server: string } | { readonly name: string };
    readonly namespace: string;
    /** Minor version, for example `3.5`. */
    readonly version: string;
    readonly healthChecks: readonly HealthCheckName[];
  };
  /** As the schema has it: versions, registries, and per chart of the control plane its own values. */
  readonly istio: ConfigWithDefaults["istio"];
  /** Sorted by key; at least one. */
  readonly gateways: readonly GatewayConfig[];
  /** In the order of the file. */
  readonly routes: readonly RouteConfig[];
  /** Sorted by key. */
  readonly ingresses: readonly IngressConfig[];
  readonly hook: HookConfig;
  /** In the order of the file. */
  readonly manifests: readonly ManifestConfig[];
  /** In the order of the files, those of defaults.yaml first. */
  readonly accept: readonly Acceptance[];
}

/** A warning that somebody looked at. */
export interface Acceptance {
  readonly code: string;
  /** Dotted path of the key that it is about, or of one above it; undefined: wherever it occurs. */
  readonly path?: string | undefined;
  readonly reason: string;
}

export interface ClusterConfig {
  readonly name: string;
  readonly eksName: string;
  readonly region: string;
  /** 12 digits, where the file gives them. */
  readonly account: string | undefined;
  /** Destination of the child Applications. */
  readonly destination: { readonly server: string } | { readonly name: string };
  readonly vpc: { readonly id: string } | { readonly tags: StringMap } | undefined;
  /** Of a roll-out. */
  readonly stage: string | undefined;
  readonly labels: StringMap;
  readonly loadBalancerController: "aws-load-balancer-controller" | "eks-auto-mode";
}

export type StringMap = Readonly<Record<string, string>>;

/** One release of the gateway chart, its Gateway object, and the doors that lead to it. */
export interface GatewayConfig {
  readonly key: string;
  /** Of the chart. */
  readonly version: string;
  /** Name of the Helm release. */
  readonly release: string;
  /** Of the release, the Gateway, its routes and its Ingresses. */
  readonly namespace: string;
  /** Name of the Gateway object. */
  readonly name: string;
  /** That its Gateway object takes; empty where there is none. */
  readonly hosts: readonly string[];
  /** False: applications bring their own Gateway objects, or `manifests` does. */
  readonly hasObject: boolean;
  /** Proxies in front of Envoy. */
  readonly trustedProxies: number;
  readonly replicas: Replicas;
  /** Own values of the chart. */
  readonly values: JsonObject;
}

export interface Replicas {
  readonly min: number;
  readonly max: number;
}

export interface RouteConfig {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly ingress: string;
  readonly service: { readonly name: string; readonly namespace: string; readonly port: number };
  readonly path: string | undefined;
}

export type CertificateConfig =
  | { readonly domain: string; readonly keyAlgorithm: "rsa" | "ecdsa" | undefined }
  | { readonly arn: string };

export type SubnetsConfig =
  | { readonly ids: readonly string[] }
  /** By look-up: the VPC's public subnets, or for an internal door its private ones; where there are tags, those that carry them. */
  | { readonly visibility: "public" | "private"; readonly tags?: StringMap };

export type WebAclConfig = { readonly arn: string } | { readonly name: string } | "none" | undefined;

export interface IngressConfig {
  readonly key: string;
  /** Key of the gateway it leads to; empty where nobody named one of several. */
  readonly gateway: string;
  /** Name of the load balancer. */
  readonly name: string;
  /** Name of the Ingress object. */
  readonly ingressName: string;
  readonly ingressClassName: string;
  readonly labels: StringMap;
  readonly scheme: "internet-facing" | "internal";
  readonly targetType: "instance" | "ip";
  /** `*` alone: every host. */
  readonly hosts: readonly string[];
  readonly listeners: "redirect" | "https" | "http";
  /** None where it listens on 80 alone. */
  readonly certificates: readonly CertificateConfig[];
  /** HTTPS to the gateway, with the certificate in this Secret of the gateway's namespace. */
  readonly backendTls: { readonly credentialName: string } | undefined;
  readonly subnets: SubnetsConfig;
  readonly webAcl: WebAclConfig;
  readonly inboundCidrs: readonly string[];
  readonly prefixLists: readonly string[];
  readonly securityGroups:
    | { readonly ids: readonly string[]; readonly manageBackendRules: boolean }
    | undefined;
  /** Of the HTTPS listener; undefined where there is none. */
  readonly sslPolicy: string | undefined;
  readonly attributes: StringMap;
  readonly targetGroupAttributes: StringMap;
  readonly tags: StringMap;
  /** Extra annotations by suffix, without the controller's prefix; those of external-dns by their full name. */
  readonly annotations: StringMap;
  readonly healthCheck: HealthCheckConfig;
}

export type HealthCheckConfig = {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
} & ({ readonly mode: "discovered" | "named" } | { readonly mode: "pinned"; readonly nodePort: number });

export interface HookConfig {
  readonly image: string;
  readonly timeoutSeconds: number;
  /** Cron schedule, or undefined for off. */
  readonly recheck: string | undefined;
  readonly resources: {
    readonly requests: { readonly cpu?: string | undefined; readonly memory: string };
    readonly limits: { readonly cpu?: string | undefined; readonly memory: string };
  };
  readonly nodeSelector: StringMap | undefined;
  readonly tolerations: readonly Toleration[] | undefined;
}

/** A file with objects of people's own. */
export interface ManifestConfig {
  /** Posix, relative to the project's folder; of a chart of the person's own program its name. */
  readonly path: string;
  /** From `charts` of the library, not from `manifests` in the file. */
  readonly isChart?: true;
  /** With what it is applied. */
  readonly wave: "gateway" | "ingress";
  /** Where its objects may stand, beside the namespaces of the gateways and istio-system. */
  readonly namespaces: readonly string[];
}

export interface Toleration {
  readonly key?: string | undefined;
  readonly operator?: "Equal" | "Exists" | undefined;
  readonly value?: string | undefined;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
  readonly tolerationSeconds?: number | undefined;
}

/** The classes that meshfront writes: EKS Auto Mode comes without any for load balancers of this kind. */
export const writtenClassesOf = ({ cluster, ingresses }: Config): readonly string[] =>
  cluster.loadBalancerController === "eks-auto-mode"
    ? [...new Set(ingresses.map(({ ingressClassName }) => ingressClassName))].sort()
    : [];

/** The doors that lead to a gateway. */
export const doorsOf = (config: Config, gateway: GatewayConfig): readonly IngressConfig[] =>
  doorsByGateway(config).get(gateway.key) ?? [];

const doorsByGateway = oncePer(({ ingresses }: Config) => groupBy(ingresses, ({ gateway }) => gateway));

/** Those of them whose health-check port is discovered in the cluster: one hook and one recheck serve them all. */
export const discoveredDoorsOf = (config: Config, gateway: GatewayConfig): readonly IngressConfig[] =>
  doorsOf(config, gateway).filter(({ healthCheck }) => healthCheck.mode === "discovered");

/** Whether all doors of a gateway have `backendTls`: its Gateway then has one server, which takes every host. */
export function isReachedByTlsOnly(config: Config, gateway: GatewayConfig): boolean {
  const doors = doorsOf(config, gateway);
  return doors.length > 0 && doors.every(({ backendTls }) => backendTls !== undefined);
}

/** The Secret that its doors with backendTls name: a rule saw to one at most. */
export const backendSecretOf = (config: Config, gateway: GatewayConfig): string | undefined =>
  doorsOf(config, gateway).find(({ backendTls }) => backendTls !== undefined)?.backendTls?.credentialName;

/** Undefined for a door of a gateway that the file does not have: a rule says so. */
export const tryFindGateway = (config: Config, ingress: IngressConfig): GatewayConfig | undefined =>
  gatewaysByKey(config).get(ingress.gateway);

const gatewaysByKey = oncePer(
  ({ gateways }: Config) => new Map(gateways.map((gateway) => [gateway.key, gateway])),
);

/** A name with the key of its gateway, which is left out where there is one gateway only. */
export const withGatewayKey = ({ gateways }: Config, name: string, { key }: GatewayConfig): string =>
  gateways.length === 1 ? name : `${name}-${key}`;
