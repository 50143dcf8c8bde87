import type { Config, RouteConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { didYouMean } from "../suggest.ts";
import { coversAnyDepth, coversOneLabel } from "./hosts.ts";

const eachHost = (config: Config) =>
  config.ingresses.flatMap((ingress) => ingress.hosts.map((host, index) => ({ ingress, host, index })));

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

function overlapFindings(config: Config): Finding[] {
  const hosts = eachRouteHost(config);
  return hosts.flatMap(({ route, host, path }, index) =>
    hosts
      .slice(0, index)
      .filter((earlier) => earlier.route !== route && earlier.host === host)
      .filter((earlier) => shadows(earlier.route, route) || shadows(route, earlier.route))
      .map((earlier) => ({
        path,
        message: `the routes ${earlier.route.name} and ${route.name} both take ${host}${route.path ?? "/"}: which one Istio asks first is not defined`,
        suggestion: "Give them different hosts, or paths of which neither is the beginning of the other.",
      })),
  );
}

export const routeRules: readonly ConfigRule[] = [
  {
    code: "istio/host-without-gateway",
    severity: "error",
    check: (config) =>
      eachHost(config)
        .filter(({ host }) => !config.gateway.hosts.some((pattern) => coversAnyDepth(pattern, host)))
        .map(({ ingress, host, index }) => ({
          path: ["ingresses", ingress.key, "hosts", index],
          message: `expected gateway.hosts to cover ${host}, found ${config.gateway.hosts.join(", ")}: the gateway would answer 404`,
          suggestion:
            "Add the host to gateway.hosts, or remove gateway.hosts to take all hosts of the ingresses.",
        })),
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
    check: (config) =>
      eachRouteHost(config).flatMap(({ route, host, path }) => {
        const ingress = config.ingresses.find(({ key }) => key === route.ingress);
        if (ingress === undefined || ingress.hosts.some((pattern) => coversOneLabel(pattern, host)))
          return [];
        return [
          {
            path,
            message: `expected a host of the ingress ${route.ingress} (${ingress.hosts.join(", ")}), found ${host}`,
            suggestion: `Add ${host} to ingresses.${route.ingress}.hosts, or name another ingress.`,
          },
        ];
      }),
  },
  { code: "istio/route-overlap", severity: "error", check: overlapFindings },
];
