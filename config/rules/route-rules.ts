import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import { didYouMean } from "../../core/suggest.ts";
import { type Config, doorsOf, isReachedByTlsOnly } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { anyHost, coverOf } from "./hosts.ts";
import { routeOverlapRules } from "./route-overlap-rules.ts";

const eachRouteHost = (config: Config) =>
  config.routes.flatMap((route, routeIndex) =>
    route.hosts.map((host, hostIndex) => ({
      route,
      host,
      path: ["routes", routeIndex, "hosts", hostIndex] as const,
    })),
  );

/** Of a door for every host that is meant: the Gateway says which there are. */
function hostsWithoutGateway(config: Config): Finding[] {
  return config.gateways
    .filter((gateway) => gateway.hasObject && !isReachedByTlsOnly(config, gateway))
    .flatMap((gateway) => {
      const isCovered = coverOf(gateway.hosts, "any");
      return doorsOf(config, gateway).flatMap(({ key, hosts }) =>
        hosts.flatMap((host, index) =>
          host === anyHost || isCovered(host)
            ? []
            : [
                {
                  path: ["ingresses", key, "hosts", index],
                  message: `gateways.${gateway.key}.hosts (${listed(gateway.hosts)}) does not cover ${host}: the gateway answers 404 for it`,
                  suggestion: `Add the host to gateways.${gateway.key}.hosts, or remove that list to take all hosts of the ingresses.`,
                },
              ],
        ),
      );
    });
}

function repeatedNames({ routes }: Config): Finding[] {
  return [...groupBy(routes.keys(), (index) => routes[index]?.name)].flatMap(
    ([name, [, second, ...more]]) => {
      if (second === undefined) return [];
      return [
        {
          path: ["routes", second, "name"],
          message: `${more.length === 0 ? "two" : more.length + 2} routes are called ${name}`,
          suggestion: "Rename all but one: VirtualServices are called like their routes.",
        },
      ];
    },
  );
}

export const routeRules: readonly ConfigRule[] = [
  { code: "istio/host-without-gateway", severity: "warning", check: hostsWithoutGateway },
  { code: "istio/route-name-twice", severity: "error", check: repeatedNames },
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
            suggestion:
              host === anyHost
                ? `Name its hosts here, or give the ingress \`hosts: ["*"]\` too.`
                : `Add ${host} to ingresses.${route.ingress}.hosts, or name another ingress.`,
          },
        ];
      });
    },
  },
  ...routeOverlapRules,
];
