// Stage 1: the routes of one gateway, grouped as VirtualServices. Istio gives each host of a gateway one list of routes
// and takes the first that matches; of several VirtualServices for one host it does not say which comes first.
import { type Config, doorsOf, type GatewayConfig, type RouteConfig } from "./config.ts";

export interface VirtualServiceConfig {
  /** That of the route with the shortest path. */
  readonly name: string;
  readonly hosts: readonly string[];
  /** The longest path first. */
  readonly routes: readonly RouteConfig[];
}

/** Istio takes paths as plain prefixes: `/api` takes `/apis` too. */
export const prefixOf = ({ path }: RouteConfig): string => path ?? "/";

/** Routes with the same set of hosts are one VirtualService. */
export function virtualServicesOf(config: Config, gateway: GatewayConfig): readonly VirtualServiceConfig[] {
  const doors = new Set(doorsOf(config, gateway).map(({ key }) => key));
  const groups = new Map<string, RouteConfig[]>();
  for (const route of config.routes.filter(({ ingress }) => doors.has(ingress))) {
    const key = [...new Set(route.hosts)].sort().join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [route]);
    else group.push(route);
  }
  return [...groups.values()].map(asVirtualService);
}

function asVirtualService(group: readonly RouteConfig[]): VirtualServiceConfig {
  const shortestFirst = [...group].sort(byPrefix);
  const [shortest] = shortestFirst;
  if (shortest === undefined) throw new Error("a group without routes");
  return { name: shortest.name, hosts: shortest.hosts, routes: shortestFirst.reverse() };
}

/** By length; of one length by the text, so that the order of the file does not matter. */
function byPrefix(one: RouteConfig, other: RouteConfig): number {
  const [a, b] = [prefixOf(one), prefixOf(other)];
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
