// Routes that meet: of one path on the same hosts, or with some hosts in common and others not. One finding per group,
// because a host may have thousands of routes.
import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import { type Config, doorsOf, type GatewayConfig, type RouteConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { prefixOf, virtualServicesOf } from "../virtual-services.ts";

function samePathFindings(config: Config): Finding[] {
  const indexOf = new Map(config.routes.map((route, index) => [route, index]));
  const services = config.gateways.flatMap((gateway) => virtualServicesOf(config, gateway));
  return services.flatMap(({ hosts, routes }) =>
    [...groupBy(routes, prefixOf)].flatMap(([prefix, taking]): Finding[] => {
      const group = [...taking].sort((a, b) => (indexOf.get(a) ?? 0) - (indexOf.get(b) ?? 0));
      const [, second] = group;
      if (second === undefined) return [];
      return [
        {
          path: ["routes", indexOf.get(second) ?? 0, second.path === undefined ? "hosts" : "path"],
          message: `the routes ${namesOf(group)} all take ${prefix} on ${listed(hosts)}: only one of them would ever be asked`,
          suggestion: "Give them different paths or hosts.",
        },
      ];
    }),
  );
}

function partlySharedFindings(config: Config): Finding[] {
  const indexOf = new Map(config.routes.map((route, index) => [route, index]));
  return config.gateways.flatMap((gateway) => {
    const ownersOf = routesByHost(config, gateway);
    return connected(ownersOf).flatMap((group): Finding[] => {
      const mixed = group
        .map((route) => ({ route, parts: partsOf(route, ownersOf) }))
        .filter(({ parts }) => parts.length > 1);
      const [first] = mixed;
      if (first === undefined) return [];
      const ways = mixed.slice(0, 4).map(({ route, parts }) => `${route.name} into ${parts.join(" and ")}`);
      const more = mixed.length > 4 ? `, and ${mixed.length - 4} more likewise` : "";
      return [
        {
          path: ["routes", indexOf.get(first.route) ?? 0, "hosts"],
          message: `the routes ${namesOf(group)} have some hosts in common and others not: of two VirtualServices for one host Istio does not say which it asks first`,
          suggestion: `Split ${ways.join(", ")}${more}: a route for each of these sets of hosts.`,
        },
      ];
    });
  });
}

const namesOf = (routes: readonly RouteConfig[]): string => listed(routes.map(({ name }) => name));

/** The routes that name each host of a gateway. */
function routesByHost(config: Config, gateway: GatewayConfig): ReadonlyMap<string, readonly RouteConfig[]> {
  const doors = new Set(doorsOf(config, gateway).map(({ key }) => key));
  const pairs = config.routes
    .filter(({ ingress }) => doors.has(ingress))
    .flatMap((route) => [...new Set(route.hosts)].map((host) => ({ host, route })));
  const groups = groupBy(pairs, ({ host }) => host);
  return new Map([...groups].map(([host, group]) => [host, group.map(({ route }) => route)]));
}

/** Routes that hang together by common hosts. */
function connected(ownersOf: ReadonlyMap<string, readonly RouteConfig[]>): readonly RouteConfig[][] {
  const seenHosts = new Set<string>();
  const seenRoutes = new Set<RouteConfig>();
  const groups: RouteConfig[][] = [];
  for (const host of ownersOf.keys()) {
    const group: RouteConfig[] = [];
    const open = [host];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seenHosts.has(next)) continue;
      seenHosts.add(next);
      for (const route of ownersOf.get(next) ?? []) {
        if (seenRoutes.has(route)) continue;
        seenRoutes.add(route);
        group.push(route);
        open.push(...route.hosts);
      }
    }
    if (group.length > 0) groups.push(group);
  }
  return groups;
}

/** The hosts of a route, apart where other routes have some of them only. */
function partsOf(
  route: RouteConfig,
  ownersOf: ReadonlyMap<string, readonly RouteConfig[]>,
): readonly string[] {
  const parts = groupBy([...new Set(route.hosts)], (host) => namesKey(ownersOf.get(host) ?? []));
  return [...parts.values()].map(
    (hosts) => `[${hosts.slice(0, mostHosts).join(", ")}${hosts.length > mostHosts ? ", …" : ""}]`,
  );
}

const mostHosts = 8;

const keys = new WeakMap<readonly RouteConfig[], string>();

/** One text for one set of routes; kept, because a host may have thousands. */
function namesKey(routes: readonly RouteConfig[]): string {
  const known = keys.get(routes) ?? routes.map(({ name }) => name).join();
  keys.set(routes, known);
  return known;
}

export const routeOverlapRules: readonly ConfigRule[] = [
  { code: "istio/route-overlap", severity: "error", check: samePathFindings },
  { code: "istio/route-hosts-shared", severity: "error", check: partlySharedFindings },
];
