import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import { oncePer } from "../../core/once-per.ts";
import type { Config, IngressConfig } from "../config.ts";
import { annotationsOfDoor, type Held, isClosed, letsInMore } from "../door-access.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { anyHost, wildcardsOver } from "./hosts.ts";

const eachHost = (config: Config) =>
  config.ingresses.flatMap((ingress) =>
    ingress.hosts.map((host, index) => ({
      ingress,
      host,
      path: ["ingresses", ingress.key, "hosts", index] as const,
    })),
  );

function repeatedFindings(config: Config): Finding[] {
  return [...groupBy(eachHost(config), ({ host, ingress }) => `${host} ${ingress.gateway}`)].flatMap(
    ([, places]) => {
      const [, second] = places;
      if (second === undefined) return [];
      const { host } = second;
      const keys = [...new Set(places.map(({ ingress }) => ingress.key))];
      const times = places.length === 2 ? "twice" : `${places.length} times`;
      const where = keys.length === 1 ? `${times} in this ingress` : `in the ingresses ${listed(keys)}`;
      return [
        {
          path: second.path,
          message: `the host ${host} stands ${where}`,
          suggestion:
            keys.length === 1
              ? "Keep it once."
              : "Keep it in one: its DNS name can point at one load balancer only. On a gateway of its own (gateways) each may have it.",
        },
      ];
    },
  );
}

/** A rule without a host beside others would be the last of them, and take what they do not: nobody reads that off a list. */
const anyHostFindings = ({ ingresses, routes }: Config): Finding[] =>
  [
    ...ingresses.map(({ key, hosts }) => ({ hosts, path: ["ingresses", key, "hosts"] })),
    ...routes.map(({ hosts }, index) => ({ hosts, path: ["routes", index, "hosts"] })),
  ].flatMap(({ hosts, path }) =>
    hosts.includes(anyHost) && hosts.length > 1
      ? [
          {
            path: [...path, hosts.indexOf(anyHost)],
            message: `expected ${anyHost} alone, found it beside other hosts: it takes every host, those too`,
            suggestion: "Remove the others, or name all hosts one by one.",
          },
        ]
      : [],
  );

type Place = ReturnType<typeof eachHost>[number];

/** Both load balancers reach the same Envoy, so the wildcard of one door also answers for the hosts of another below it. */
function wildcardFindings(config: Config, isAbout: Held): Finding[] {
  const hosts = eachHost(config);
  const guarded = hosts.filter(({ ingress }) => access(ingress) !== false); // nobody is kept out of the others
  const byWildcard = groupBy(
    guarded.flatMap((place) => wildcardsOver(place.host).map((wildcard) => ({ ...place, wildcard }))),
    ({ wildcard, ingress }) => `${wildcard} ${ingress.gateway}`,
  );
  return hosts.flatMap((place) => {
    const below = byWildcard.get(`${place.host} ${place.ingress.gateway}`) ?? [];
    const covered = below.filter(
      ({ ingress }) => ingress !== place.ingress && letsIn(place.ingress, ingress) === isAbout,
    );
    return covered.length === 0 ? [] : [wildcardFinding(place, covered, isAbout)];
  });
}

const access = oncePer((door: IngressConfig): Held => isClosed(annotationsOfDoor(door)));

const letsIn = oncePer(
  (door: IngressConfig, other: IngressConfig): Held =>
    letsInMore(annotationsOfDoor(door), annotationsOfDoor(other)),
);

const ownGateway =
  "give one of the two a gateway of its own: another key under `gateways`, and `gateway` on both ingresses.";

function wildcardFinding({ ingress, host, path }: Place, covered: readonly Place[], isAbout: Held): Finding {
  const isOpen = isClosed(annotationsOfDoor(ingress)) === false;
  const others = listed(
    covered.map((other) => `${other.host} of the ${isOpen ? "closed " : ""}ingress ${other.ingress.key}`),
  );
  const it = covered.length === 1 ? "it" : "them";
  const whom = isOpen ? "the world" : "clients whom that ingress keeps out";
  return {
    path,
    message:
      isAbout === true
        ? `${host} on the ${isOpen ? "open " : ""}ingress ${ingress.key} covers ${others}: ${whom} could reach ${it} through this door`
        : `${host} on the ingress ${ingress.key} covers ${others}: whether others could reach ${it} through this door depends on security groups, which meshfront does not read`,
    suggestion: isOpen
      ? `Name the hosts of the open ingress one by one, close it too, or ${ownGateway}`
      : `Name the hosts of this ingress one by one, or ${ownGateway}`,
  };
}

export const hostRules: readonly ConfigRule[] = [
  { code: "alb/any-host", severity: "error", check: anyHostFindings },
  { code: "alb/host-twice", severity: "error", check: repeatedFindings },
  {
    code: "alb/wildcard-over-closed-host",
    severity: "error",
    check: (config) => wildcardFindings(config, true),
  },
  {
    code: "alb/wildcard-beside-security-groups",
    severity: "warning",
    check: (config) => wildcardFindings(config, "unknown"),
  },
];
