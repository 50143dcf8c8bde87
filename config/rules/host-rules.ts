import { authenticates } from "../alb-annotations.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { coversAnyDepth } from "./hosts.ts";

const isWholeInternet = (cidr: string): boolean => /\/0+$/.test(cidr);

/** How far the world is kept out; a larger number is more restricted. */
function restriction({ scheme, inboundCidrs, annotations }: IngressConfig): number {
  const hasRanges = inboundCidrs.length > 0 && !inboundCidrs.some(isWholeInternet);
  return scheme === "internal" || hasRanges || authenticates(annotations) ? 1 : 0;
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
  const hosts = eachHost(config);
  return hosts.flatMap(({ ingress, host, path }, index) => {
    const earlier = hosts.slice(0, index).find((other) => other.host === host);
    if (earlier === undefined) return [];
    const where =
      earlier.ingress === ingress
        ? "twice in this ingress"
        : `in the ingresses ${earlier.ingress.key} and ${ingress.key}`;
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
  return hosts
    .filter(({ host }) => host.startsWith("*."))
    .flatMap(({ ingress, host, path }) =>
      hosts
        .filter((other) => other.ingress !== ingress && coversAnyDepth(host, other.host))
        .filter((other) => restriction(other.ingress) > restriction(ingress))
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
