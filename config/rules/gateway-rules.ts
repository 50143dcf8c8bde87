// Gateways: which door leads to which, and what two of them must not share.
import { didYouMean } from "../../core/suggest.ts";
import { applicationTable, meshRoles } from "../applications.ts";
import { type Config, doorsOf, type GatewayConfig, tryFindGateway, withGatewayKey } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import type { GatewayRelease } from "../gateway-release.ts";
import { deployedGateway } from "../helm-values.ts";
import { compareIstioVersions, parseIstioVersion } from "../istio-versions.ts";

function unknownGatewayFindings({ gateways, ingresses }: Config): Finding[] {
  const keys = gateways.map(({ key }) => key);
  return ingresses
    .filter(({ gateway }) => !keys.includes(gateway))
    .map(({ key, gateway }) => ({
      path: ["ingresses", key, "gateway"],
      message:
        gateway === ""
          ? `expected the key of the gateway that the ingress ${key} leads to, found none: there are several`
          : `expected the key of a gateway, found ${gateway}`,
      suggestion: (gateway === "" ? undefined : didYouMean(gateway, keys)) ?? `Known: ${keys.join(", ")}.`,
    }));
}

/** Releases and folders of meshfront's own; some of their objects are called like them. */
const fixedNames: readonly string[] = [
  ...["gateway", "healthcheck", "project", "recheck"],
  ...meshRoles.map((role) => applicationTable[role].release),
];

function releaseNameFindings(config: Config): Finding[] {
  const taken = new Set([
    ...fixedNames,
    ...config.gateways.flatMap((gateway) =>
      ["healthcheck", "recheck"].map((name) => withGatewayKey(config, name, gateway)),
    ),
  ]);
  const owners = new Map<string, GatewayConfig>();
  return eachGateway(config).flatMap(({ gateway, deployed }): Finding[] => {
    const path = ["gateways", gateway.key, "release"];
    const fixed = [gateway.release, deployed.serviceName].find((name) => taken.has(name));
    if (fixed !== undefined) {
      const message = `expected a release name that nothing else here has, found ${fixed}: Applications and objects of meshfront's own are called so`;
      return [{ path, message, suggestion: `Set \`release\`, for example to edge-${gateway.key}.` }];
    }
    const name = `${gateway.namespace}/${deployed.serviceName}`;
    const owner = owners.get(name);
    if (owner === undefined) {
      owners.set(name, gateway);
      return [];
    }
    const message = `expected a release that no other gateway has, found ${name}, which is that of ${owner.key} too: two Applications would take the same objects from each other`;
    return [{ path, message, suggestion: "Give each its own `release`, or its own `namespace`." }];
  });
}

/** Istio looks for the selected pods in all namespaces (Gateway reference, `selector`). */
function labelFindings(config: Config): Finding[] {
  const owners = new Map<string, GatewayConfig>();
  return eachGateway(config).flatMap(({ gateway, deployed: { selector } }): Finding[] => {
    const labels = `app=${selector.app}, istio=${selector.istio}`;
    const owner = owners.get(labels);
    if (owner === undefined) owners.set(labels, gateway);
    if (owner === undefined || (owner.namespace === gateway.namespace && owner.release === gateway.release))
      return [];
    return [
      {
        path: ["gateways", gateway.key, "release"],
        message: `expected pods with labels of their own, found ${labels}, those of the gateway ${owner.key} too: Istio looks in all namespaces, and each of the two would open the other's hosts`,
        suggestion: "Give each its own `release`; the labels follow from it.",
      },
    ];
  });
}

interface EachGateway {
  readonly gateway: GatewayConfig;
  readonly deployed: GatewayRelease;
}

const eachGateway = (config: Config): readonly EachGateway[] =>
  config.gateways.map((gateway) => ({ gateway, deployed: deployedGateway(config, gateway) }));

function repeatedNameFindings({ gateways }: Config): Finding[] {
  const owners = new Map<string, GatewayConfig>();
  return gateways.flatMap((gateway) => {
    const name = `${gateway.namespace}/${gateway.name}`;
    const owner = owners.get(name);
    if (owner === undefined) owners.set(name, gateway);
    if (owner === undefined) return [];
    return [
      {
        path: ["gateways", gateway.key, "name"],
        message: `the gateways ${owner.key} and ${gateway.key} would both create the Gateway ${name}`,
        suggestion: "Set `name` of one of them.",
      },
    ];
  });
}

function versionFindings({ istio, gateways }: Config): Finding[] {
  const istiod = parseIstioVersion(istio.version);
  return gateways
    .filter(({ version }) => {
      const gateway = parseIstioVersion(version);
      const isNear = gateway.major === istiod.major && istiod.minor - gateway.minor <= 1;
      return compareIstioVersions(version, istio.version) > 0 || !isNear;
    })
    .map(({ key, version }) => ({
      path: ["gateways", key, "version"],
      message: `expected a version not newer than istiod's ${istio.version}, and at most one minor older, found ${version}: Istio supports no other proxies`,
      suggestion: "Upgrade istiod first, then the gateways, one minor at a time.",
    }));
}

/** A server of a Gateway needs a host. Where a door does not say its gateway, that is what is missing. */
const hostlessFindings = (config: Config): Finding[] =>
  (config.ingresses.some((ingress) => tryFindGateway(config, ingress) === undefined) ? [] : config.gateways)
    .filter(
      (gateway) => gateway.hasObject && gateway.hosts.length === 0 && doorsOf(config, gateway).length === 0,
    )
    .map(({ key }) => ({
      path: ["gateways", key],
      message: `expected an ingress that leads to the gateway ${key}, or hosts, found neither: its Gateway would take no host`,
      suggestion: `Set \`gateway: ${key}\` on an ingress, list gateways.${key}.hosts, say \`object: none\`, or remove the gateway.`,
    }));

/** What has its place in the Gateway object, where there is none. */
function objectlessFindings(config: Config): Finding[] {
  return config.gateways
    .filter(({ hasObject }) => !hasObject)
    .flatMap((gateway) => {
      const doors = doorsOf(config, gateway).map(({ key }) => key);
      const routes = config.routes.flatMap(({ ingress, name }, index) =>
        doors.includes(ingress)
          ? [
              {
                path: ["routes", index, "ingress"],
                message: `expected an ingress of a gateway with a Gateway object, found ${ingress}: the route ${name} has none to bind to (gateways.${gateway.key}.object: none)`,
                suggestion: `Bring the VirtualService with the Gateway that it binds to (manifests), or remove gateways.${gateway.key}.object.`,
              },
            ]
          : [],
      );
      if (gateway.hosts.length === 0) return routes;
      return [
        ...routes,
        {
          path: ["gateways", gateway.key, "hosts"],
          message: "expected hosts or object none, found both: there is no Gateway that would take them",
          suggestion: "Remove one of the two.",
        },
      ];
    });
}

/** The Network or Classic Load Balancer of such a Service is none of the doors. */
const ownLoadBalancerFindings = (config: Config): Finding[] =>
  config.gateways
    .filter((gateway) => doorsOf(config, gateway).length === 0)
    .filter((gateway) => deployedGateway(config, gateway).serviceType === "LoadBalancer")
    .map(({ key }) => ({
      path: ["gateways", key, "values", "service", "type"],
      message: `the gateway ${key} gets a load balancer of its own: who can reach it, and by which certificate, meshfront does not look at`,
      suggestion: "Accept this (accept) where it is meant, or give the gateway an ingress.",
    }));

export const gatewayRules: readonly ConfigRule[] = [
  { code: "istio/unknown-gateway", severity: "error", check: unknownGatewayFindings },
  { code: "istio/release-name", severity: "error", check: releaseNameFindings },
  { code: "istio/gateway-labels", severity: "error", check: labelFindings },
  { code: "istio/gateway-name-twice", severity: "error", check: repeatedNameFindings },
  { code: "istio/gateway-version", severity: "error", check: versionFindings },
  { code: "istio/gateway-without-host", severity: "error", check: hostlessFindings },
  { code: "istio/gateway-without-object", severity: "error", check: objectlessFindings },
  { code: "istio/own-load-balancer", severity: "warning", check: ownLoadBalancerFindings },
];
