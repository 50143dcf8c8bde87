import { authenticates } from "../alb-annotations.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { coversAnyDepth, listed } from "./hosts.ts";

const isWholeInternet = (cidr: string): boolean => /\/0+$/.test(cidr);

/** Whether something keeps the world out: no public address, address ranges, or a log-in. */
export function isClosed({ scheme, inboundCidrs, annotations }: IngressConfig): boolean {
  const hasRanges = inboundCidrs.length > 0 && !inboundCidrs.some(isWholeInternet);
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
    const place = `${ingress.gateway} ${host}`;
    const earlier = firstPlaces.get(place);
    if (earlier === undefined) {
      firstPlaces.set(place, ingress);
      return [];
    }
    const where =
      earlier === ingress ? "twice in this ingress" : `in the ingresses ${earlier.key} and ${ingress.key}`;
    return [
      {
        path,
        message: `the host ${host} stands ${where}`,
        suggestion:
          earlier === ingress
            ? "Keep it once."
            : "Keep it in one: its DNS name can point at one load balancer only. On a gateway of its own (gateways) each may have it.",
      },
    ];
  });
}

/** Both load balancers reach the same Envoy, so an open wildcard also answers for the closed door's host. */
function wildcardFindings(config: Config): Finding[] {
  const closed = config.ingresses.filter(isClosed);
  return eachHost(config)
    .filter(({ host, ingress }) => host.startsWith("*.") && !isClosed(ingress))
    .flatMap(({ ingress, host, path }) =>
      closed
        .filter(({ gateway }) => gateway === ingress.gateway)
        .map(({ key, hosts }) => ({ key, covered: hosts.filter((other) => coversAnyDepth(host, other)) }))
        .filter(({ covered }) => covered.length > 0)
        .map(({ key, covered }) => ({
          path,
          message: `${host} on the open ingress ${ingress.key} covers ${listed(covered)} of the closed ingress ${key}: the world could reach ${covered.length === 1 ? "it" : "them"} through this door`,
          suggestion:
            "Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own (gateways).",
        })),
    );
}

export const hostRules: readonly ConfigRule[] = [
  { code: "alb/host-twice", severity: "error", check: repeatedFindings },
  { code: "alb/wildcard-over-closed-host", severity: "error", check: wildcardFindings },
];
