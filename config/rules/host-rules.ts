import { coverTheInternet } from "../../core/address-range.ts";
import { authenticates } from "../alb-annotations.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { coversAnyDepth } from "./hosts.ts";

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
  const firstPlaces = new Map<string, IngressConfig>();
  return eachHost(config).flatMap(({ ingress, host, path }) => {
    const earlier = firstPlaces.get(host);
    if (earlier === undefined) {
      firstPlaces.set(host, ingress);
      return [];
    }
    const where =
      earlier === ingress ? "twice in this ingress" : `in the ingresses ${earlier.key} and ${ingress.key}`;
    return [
      {
        path,
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
  return hosts
    .filter(({ host, ingress }) => host.startsWith("*.") && !isClosed(ingress))
    .flatMap(({ ingress, host, path }) =>
      closed
        .filter((other) => coversAnyDepth(host, other.host))
        .map((other) => ({
          path,
          message: `${host} on the open ingress ${ingress.key} covers ${other.host} of the closed ingress ${other.ingress.key}: the world could reach it through this door`,
          suggestion: "Name the hosts of the open ingress one by one, or close it too.",
        })),
    );
}

export const hostRules: readonly ConfigRule[] = [
  { code: "alb/host-twice", severity: "error", check: repeatedFindings },
  { code: "alb/wildcard-over-closed-host", severity: "error", check: wildcardFindings },
];
