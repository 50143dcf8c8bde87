// Which host is served by which load balancer, and by any route at all.
import { anyHost } from "../../../config/rules/hosts.ts";
import { isJsonArray, isJsonObject, valueAt } from "../../../core/json.ts";
import { textsAt } from "../../object-fields.ts";
import type { ClusterObjects, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, codes, nameOfObject } from "./consequence.ts";
import { isIngress } from "./ingress-pairs.ts";

export const hostConsequences: readonly ConsequenceRule[] = [
  {
    code: "diff/host-moves",
    level: "critical",
    check: ({ clusters }) => clusters.flatMap((cluster) => describeHosts(cluster).moved),
    source:
      "Each Ingress is a load balancer of its own (AWS Load Balancer Controller v3.5.0), and its rules name the hosts it forwards",
  },
  {
    code: "diff/host-gone",
    level: "warning",
    check: ({ clusters }) => clusters.flatMap((cluster) => describeHosts(cluster).gone),
    source: "AWS Load Balancer Controller: a listener answers 404 where no rule matches (issue 1264)",
  },
  {
    code: "diff/host-new",
    level: "note",
    check: ({ clusters }) => clusters.flatMap((cluster) => describeHosts(cluster).come),
    source: "The output itself: meshfront writes no DNS records",
  },
  {
    code: "diff/route-gone",
    level: "warning",
    check: ({ clusters }) => clusters.flatMap(describeRoutes),
    source: "Istio docs, Virtual Service: a gateway answers 404 for a host without a route",
  },
];

/** The Ingresses of each host that rules name, `*` for a rule without one: doors of two gateways may have the same. */
type HostOwners = ReadonlyMap<string, readonly PlacedObject[]>;

interface HostFindings {
  readonly moved: readonly ConsequenceFinding[];
  readonly gone: readonly ConsequenceFinding[];
  readonly come: readonly ConsequenceFinding[];
}

/** Of a cluster that is there before and after; what comes or goes as a whole is said elsewhere. */
function describeHosts({ before, after }: ClusterObjects): HostFindings {
  const [old, next] = [hostOwners(before), hostOwners(after)];
  if (after.length === 0) return { moved: [], gone: [], come: [] };
  const lost = newPairs(next, old);
  const won = newPairs(old, next);
  const isLost = (host: string): boolean => lost.some(([other]) => other === host);
  const isWon = (host: string): boolean => won.some(([other]) => other === host);
  const moved = group(won.filter(([host]) => isLost(host)));
  const gone = group(lost.filter(([host]) => !isWon(host) && !isCoveredBy(host, next)));
  const come = group(won.filter(([host]) => !isLost(host)));
  const routed = new Set(after.flatMap(routedHosts).map(({ host }) => host));
  return {
    moved: moved.map(([object, hosts]) => ({
      object,
      message: `${codes(hosts)}: from the load balancer of ${codes(ownersOf(hosts, lost))} to this one. DNS must follow; requests by old DNS answers get a 404 until these have expired.`,
    })),
    gone: gone.map(([object, hosts]) => ({
      object,
      message: `${hosts.some((host) => next.has(host)) ? "This load balancer no longer forwards" : "No load balancer of the cluster forwards"} ${codes(hosts)}${hosts.some((host) => next.has(host)) ? "; another one still does." : " any more."}`,
    })),
    come: come.map(([object, hosts]) => ({
      object,
      message: `${hosts.includes(anyHost) ? "Each host that is to come in needs a DNS record that points" : `${codes(hosts)} ${hosts.length === 1 ? "needs a DNS record that points" : "need DNS records that point"}`} to this load balancer.${describeUnrouted(hosts, routed)}`,
    })),
  };
}

/** Of a wildcard one route below it is enough: that somebody means to answer there. */
function describeUnrouted(hosts: readonly string[], routed: ReadonlySet<string>): string {
  const isRouted = (host: string): boolean =>
    routed.has(host) ||
    (host === anyHost && routed.size > 0) ||
    routed.has(host.replace(/^[^.]+/, "*")) ||
    (host.startsWith("*.") && [...routed].some((other) => other.endsWith(host.slice(1))));
  const unrouted = hosts.filter((host) => !isRouted(host));
  return unrouted.length === 0
    ? ""
    : ` For ${codes(unrouted)} there is no route here: the gateway answers 404 until somebody's VirtualService has one.`;
}

type HostPair = readonly [host: string, ingress: PlacedObject];

/** What of `next` was not in `old`. */
const newPairs = (old: HostOwners, next: HostOwners): readonly HostPair[] =>
  [...next].flatMap(([host, ingresses]) => {
    const names = (old.get(host) ?? []).map(nameOfObject);
    return ingresses
      .filter((ingress) => !names.includes(nameOfObject(ingress)))
      .map((ingress): HostPair => [host, ingress]);
  });

const ownersOf = (hosts: readonly string[], pairs: readonly HostPair[]): readonly string[] => [
  ...new Set(pairs.filter(([host]) => hosts.includes(host)).map(([, { name }]) => name)),
];

function hostOwners(objects: readonly PlacedObject[]): HostOwners {
  const owners = new Map<string, PlacedObject[]>();
  for (const object of objects.filter(isIngress)) {
    const rules = valueAt(object.data, ["spec", "rules"]);
    for (const rule of isJsonArray(rules) ? rules : []) {
      const host = isJsonObject(rule) && typeof rule.host === "string" ? rule.host : anyHost;
      owners.set(host, [...(owners.get(host) ?? []), object]);
    }
  }
  return owners;
}

function group(
  hosts: readonly (readonly [string, PlacedObject])[],
): readonly (readonly [PlacedObject, readonly string[]])[] {
  const groups = new Map<PlacedObject, string[]>();
  for (const [host, object] of hosts) groups.set(object, [...(groups.get(object) ?? []), host]);
  return [...groups];
}

/** Whether a wildcard for one label, as load balancers match it, or a rule without a host stands for a host. */
const isCoveredBy = (host: string, owners: HostOwners): boolean =>
  owners.has(host.replace(/^[^.]+/, "*")) || owners.has(anyHost);

function describeRoutes({ before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  if (after.length === 0) return [];
  const staying = after.flatMap(routedHosts);
  const [hosts, hostsOfGateways] = [
    new Set(staying.map(({ host }) => host)),
    new Set(staying.map(({ host, gateway }) => `${gateway} ${host}`)),
  ];
  const gateways = new Set(after.filter(({ kind }) => kind === "Gateway").map(nameOfObject));
  const isServed = ({ host, gateway }: RoutedHost): boolean =>
    [host, host.replace(/^[^.]+/, "*")].some((each) =>
      // Of a Gateway that is gone its host alone counts.
      gateways.has(gateway) ? hostsOfGateways.has(`${gateway} ${each}`) : hosts.has(each),
    );
  const gone = before.flatMap(routedHosts).filter((routed) => !isServed(routed));
  const [first] = gone;
  if (first === undefined) return [];
  const names = codes([...new Set(gone.map(({ host }) => host))]);
  const message = `No route here is for ${names} any more: the gateway answers 404, unless somebody else's VirtualService has one.`;
  return [{ object: first.object, message }];
}

interface RoutedHost {
  readonly object: PlacedObject;
  readonly host: string;
  /** `istio-ingress/istio-gateway` */
  readonly gateway: string;
}

function routedHosts(object: PlacedObject): readonly RoutedHost[] {
  if (object.kind !== "VirtualService") return [];
  const gateways = textsAt(object.data, ["spec", "gateways"]);
  return textsAt(object.data, ["spec", "hosts"]).flatMap((host) =>
    gateways.map((name) => ({
      object,
      host,
      gateway: name.includes("/") || object.namespace === "" ? name : `${object.namespace}/${name}`,
    })),
  );
}
