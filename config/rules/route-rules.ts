import { didYouMean } from "../../core/suggest.ts";
import type { Config, RouteConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { coverOf } from "./hosts.ts";

const eachHost = (config: Config) =>
  config.ingresses.flatMap((ingress) => ingress.hosts.map((host, index) => ({ ingress, host, index })));

/** The first few of a list: a door may have hundreds of hosts. */
const listed = (hosts: readonly string[]): string =>
  hosts.length <= 8 ? hosts.join(", ") : `${hosts.slice(0, 8).join(", ")} and ${hosts.length - 8} more`;

const eachRouteHost = (config: Config) =>
  config.routes.flatMap((route, routeIndex) =>
    route.hosts.map((host, hostIndex) => ({
      route,
      host,
      path: ["routes", routeIndex, "hosts", hostIndex] as const,
    })),
  );

/** Istio takes paths as plain prefixes: `/api` takes `/apis` too. */
const shadows = (a: RouteConfig, b: RouteConfig): boolean => (b.path ?? "/").startsWith(a.path ?? "/");

/** The path that both take. */
const longer = (a: RouteConfig, b: RouteConfig): string =>
  shadows(a, b) ? (b.path ?? "/") : (a.path ?? "/");

function overlapFindings(config: Config): Finding[] {
  const routesByHost = new Map<string, RouteConfig[]>();
  return eachRouteHost(config).flatMap(({ route, host, path }) => {
    const earlier = routesByHost.get(host) ?? [];
    routesByHost.set(host, [...earlier, route]);
    return earlier
      .filter((other) => other !== route && (shadows(other, route) || shadows(route, other)))
      .map((other) => ({
        path,
        message: `the routes ${other.name} and ${route.name} both take ${host}${longer(other, route)}: which one Istio asks first is not defined`,
        suggestion: "Give them different hosts, or paths of which neither is the beginning of the other.",
      }));
  });
}

export const routeRules: readonly ConfigRule[] = [
  {
    code: "istio/host-without-gateway",
    severity: "error",
    check: (config) => {
      const isCovered = coverOf(config.gateway.hosts, "any");
      return eachHost(config)
        .filter(({ host }) => !isCovered(host))
        .map(({ ingress, host, index }) => ({
          path: ["ingresses", ingress.key, "hosts", index],
          message: `expected gateway.hosts to cover ${host}, found ${listed(config.gateway.hosts)}: the gateway would answer 404`,
          suggestion:
            "Add the host to gateway.hosts, or remove gateway.hosts to take all hosts of the ingresses.",
        }));
    },
  },
  {
    code: "istio/route-name-twice",
    severity: "error",
    check: ({ routes }) =>
      routes.flatMap((route, index) =>
        routes.findIndex(({ name }) => name === route.name) === index
          ? []
          : [
              {
                path: ["routes", index, "name"],
                message: `two routes are called ${route.name}`,
                suggestion: "Rename one: the name is the VirtualService's.",
              },
            ],
      ),
  },
  {
    code: "istio/route-ingress-unknown",
    severity: "error",
    check: ({ routes, ingresses }) => {
      const keys = ingresses.map(({ key }) => key);
      return routes.flatMap((route, index) =>
        keys.includes(route.ingress)
          ? []
          : [
              {
                path: ["routes", index, "ingress"],
                message: `expected the key of an ingress, found ${route.ingress}`,
                suggestion: didYouMean(route.ingress, keys) ?? `Known: ${keys.join(", ")}.`,
              },
            ],
      );
    },
  },
  {
    code: "istio/route-host-not-covered",
    severity: "error",
    check: (config) => {
      const covers = new Map(
        config.ingresses.map(({ key, hosts }) => [key, { hosts, isCovered: coverOf(hosts, "one label") }]),
      );
      return eachRouteHost(config).flatMap(({ route, host, path }) => {
        const cover = covers.get(route.ingress);
        if (cover === undefined || cover.isCovered(host)) return [];
        return [
          {
            path,
            message: `expected a host of the ingress ${route.ingress} (${listed(cover.hosts)}), found ${host}`,
            suggestion: `Add ${host} to ingresses.${route.ingress}.hosts, or name another ingress.`,
          },
        ];
      });
    },
  },
  { code: "istio/route-overlap", severity: "error", check: overlapFindings },
];
