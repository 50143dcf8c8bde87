import { coverTheInternet } from "../../core/address-range.ts";
import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import { authenticates } from "../alb-annotations.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { wildcardsOver } from "./hosts.ts";

/** Whether something keeps the world out: no public address, address ranges, or a log-in. */
export function isClosed({ scheme, inboundCidrs, annotations }: IngressConfig): boolean {
  const hasRanges = inboundCidrs.length > 0 && !coverTheInternet(inboundCidrs);
  return scheme === "internal" || hasRanges || authenticates(annotations);
}

const eachHost = (config: Config) =>
  config.ingresses.flatMap((ingress) =>
    ingress.hosts.map((host, index) => ({
      ingress,
      host,
      path: ["ingresses", ingress.key, "hosts", index] as const,
    })),
  );

function repeatedFindings(config: Config): Finding[] {
  return [...groupBy(eachHost(config), ({ host }) => host)].flatMap(([host, places]) => {
    const [, second] = places;
    if (second === undefined) return [];
    const keys = [...new Set(places.map(({ ingress }) => ingress.key))];
    const times = places.length === 2 ? "twice" : `${places.length} times`;
    const where = keys.length === 1 ? `${times} in this ingress` : `in the ingresses ${listed(keys)}`;
    return [
      {
        path: second.path,
        message: `the host ${host} stands ${where}`,
        suggestion: "Keep it in one: its DNS name can point at one load balancer only.",
      },
    ];
  });
}

/** Both load balancers reach the same Envoy, so an open wildcard also answers for the closed door's host. */
function wildcardFindings(config: Config): Finding[] {
  const hosts = eachHost(config);
  const closed = hosts.filter(({ ingress }) => isClosed(ingress));
  const closedByWildcard = groupBy(
    closed.flatMap((place) => wildcardsOver(place.host).map((wildcard) => ({ ...place, wildcard }))),
    ({ wildcard }) => wildcard,
  );
  return hosts
    .filter(({ ingress }) => !isClosed(ingress))
    .flatMap(({ ingress, host, path }) => {
      const covered = closedByWildcard.get(host) ?? [];
      if (covered.length === 0) return [];
      return [
        {
          path,
          message: `${host} on the open ingress ${ingress.key} covers ${listed(covered.map((other) => `${other.host} of the closed ingress ${other.ingress.key}`))}: the world could reach ${covered.length === 1 ? "it" : "them"} through this door`,
          suggestion: "Name the hosts of the open ingress one by one, or close it too.",
        },
      ];
    });
}

export const hostRules: readonly ConfigRule[] = [
  { code: "alb/host-twice", severity: "error", check: repeatedFindings },
  { code: "alb/wildcard-over-closed-host", severity: "error", check: wildcardFindings },
];
