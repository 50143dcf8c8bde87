// VirtualServices bound to a gateway -> `routes`, where they say no more than a route can; the others stay their owners'.

import { coverOf } from "../../config/rules/hosts.ts";
import { isJsonArray, type JsonObject, valueAt } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import type { LiveObject, LiveState } from "../live.ts";
import {
  isIstioGateway,
  isService,
  isVirtualService,
  mapOf,
  mapsOf,
  nameOf,
  namespaceOf,
  numberOf,
  specOf,
  textOf,
  textsOf,
  titleOf,
} from "./objects.ts";

/** A door as far as routes care. */
export interface RouteDoor {
  readonly key: string;
  readonly hosts: readonly string[];
}

export interface RouteSource {
  readonly state: LiveState;
  /** The Gateway object that ours replaces; undefined: ours is the first, or there is none. */
  readonly gatewayObject: LiveObject | undefined;
  /** `namespace/name` of our Gateway object. */
  readonly ourGateway: string;
  readonly namespace: string;
  readonly doors: readonly RouteDoor[];
  readonly findings: Findings;
}

export interface RoutesFound {
  /** As they go into the file. */
  readonly routes: readonly JsonObject[];
  /** The VirtualServices that they take the place of. */
  readonly objects: readonly LiveObject[];
}

export function routesOf(source: RouteSource): RoutesFound {
  const { state, gatewayObject } = source;
  if (gatewayObject === undefined) return { routes: [], objects: [] };
  const bound = state.objects.filter(
    (object) => isVirtualService(object) && isBoundTo(object, gatewayObject),
  );
  const each = bound.map((object) => ({ object, routes: routesOfOne(source, object) }));
  return {
    routes: each.flatMap(({ routes }) => routes),
    objects: each.filter(({ routes }) => routes.length > 0).map(({ object }) => object),
  };
}

const gatewayNames = (object: LiveObject): readonly string[] =>
  textsOf(specOf(object).gateways).map((name) => {
    if (name === "mesh") return name;
    const [namespace, short] = name.includes("/") ? name.split("/", 2) : [".", name];
    return `${namespace === "." ? namespaceOf(object) : namespace}/${short}`;
  });

export const isBoundTo = (object: LiveObject, gateway: LiveObject): boolean =>
  gatewayNames(object).includes(`${namespaceOf(gateway)}/${nameOf(gateway)}`);

/** Of those that name it, where the Gateway itself is not in the input: nothing can be said of them. */
export function sayUnbound({ objects }: LiveState, findings: Findings): void {
  const known = new Set(objects.filter(isIstioGateway).map((each) => `${namespaceOf(each)}/${nameOf(each)}`));
  for (const route of objects.filter(isVirtualService)) {
    const names = gatewayNames(route).filter((name) => name !== "mesh");
    if (names.length > 0 && !names.some((name) => known.has(name)))
      findings.leftOut(
        "unbound-route",
        titleOf(route),
        `It is bound to ${names.join(", ")}, which is not in the input: it stays its owner's. Give that Gateway too, if a door of yours leads to it.`,
      );
  }
}

/** Whether all it does is to publish the status port of a gateway: the way to a health check through Envoy. */
export const isHealthCheckRoute = (object: LiveObject): boolean => {
  const destinations = mapsOf(specOf(object).http).flatMap(({ route }) => mapsOf(route));
  return (
    destinations.length > 0 &&
    destinations.every((each) => valueAt(each, ["destination", "port", "number"]) === 15021)
  );
};

interface Destination {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

interface SimpleRoute {
  readonly path: string | undefined;
  readonly service: Destination;
}

function routesOfOne(source: RouteSource, object: LiveObject): readonly JsonObject[] {
  const { findings, ourGateway, namespace } = source;
  if (isHealthCheckRoute(object)) {
    findings.step(
      "health-route",
      titleOf(object),
      `It publishes the gateway's status port under a path of the load balancer, for a health check through Envoy. Ours needs no route for that: remove it, and the Gateway that only it uses, once the targets are healthy. Until then everybody who reaches the load balancer reaches /healthz there.`,
    );
    return [];
  }
  const simple = readSimple(source, object);
  const placed = typeof simple === "string" ? simple : placeHosts(source, object);
  if (typeof simple === "string" || typeof placed === "string") {
    const why = typeof simple === "string" ? simple : String(placed);
    findings.leftOut(
      "virtual-service",
      titleOf(object),
      `It stays its owner's: ${why}. It goes on working with our Gateway if it names ${ourGateway}${gatewayNames(object).includes(ourGateway) ? ", as it does" : `: change spec.gateways (now ${gatewayNames(object).join(", ")}) in the same step`}.`,
    );
    return [];
  }
  if (namespaceOf(object) !== namespace)
    findings.step(
      "route-namespace",
      titleOf(object),
      `Ours stands in ${namespace}, the gateway's namespace. Remove this one in the same change: while both are there, two VirtualServices say the same for the same host.`,
    );
  return simple.map(({ path, service }, index) => ({
    name: index === 0 ? nameOf(object) : `${nameOf(object)}-${index + 1}`,
    hosts: placed.hosts,
    ingress: placed.door.key,
    service: { name: service.name, namespace: service.namespace, port: service.port },
    ...(path !== undefined && { path }),
  }));
}

/** Which door its hosts come in by; a text where none takes them all. */
function placeHosts(
  { doors, findings }: RouteSource,
  object: LiveObject,
): { readonly door: RouteDoor; readonly hosts: readonly string[] } | string {
  const hosts = textsOf(specOf(object).hosts).map((host) => host.replace(/^[^/]*\//, ""));
  const door = doors.find((each) => hosts.every(coverOf(each.hosts, "any")));
  if (door !== undefined)
    return { door, hosts: door.hosts.includes("*") && hosts.includes("*") ? ["*"] : hosts };
  const [only] = doors;
  if (doors.length === 1 && only !== undefined && hosts.length === 1 && hosts[0] === "*") {
    findings.difference(
      "cosmetic",
      "route-hosts",
      titleOf(object),
      `It takes every host, and the load balancer passes ${only.hosts.join(", ")} only: ours says these. Nothing else comes in.`,
    );
    return { door: only, hosts: only.hosts };
  }
  return `no single door takes its hosts (${hosts.join(", ")})`;
}

/** Its routes, or why a route cannot say them. */
function readSimple({ state }: RouteSource, object: LiveObject): readonly SimpleRoute[] | string {
  const spec = specOf(object);
  if (gatewayNames(object).includes("mesh")) return "it is bound to mesh too";
  const extra = Object.keys(spec).find((key) => !["hosts", "gateways", "http"].includes(key));
  if (extra !== undefined) return `it has spec.${extra}`;
  const routes: SimpleRoute[] = [];
  for (const entry of mapsOf(spec.http)) {
    const found = readEntry(state, object, entry);
    if (typeof found === "string") return found;
    routes.push(...found);
  }
  if (routes.length === 0) return "it has no HTTP routes";
  const paths = routes.map(({ path }) => path ?? "/");
  const shadow = paths.findIndex((path, index) =>
    paths.slice(0, index).some((before) => path.startsWith(before)),
  );
  if (shadow >= 0)
    return `Istio takes the first route that matches, so ${paths[shadow]} behind a shorter prefix is never reached; ours would put it first`;
  return routes;
}

function readEntry(state: LiveState, object: LiveObject, entry: JsonObject): readonly SimpleRoute[] | string {
  const extra = Object.keys(entry).find((key) => !["name", "match", "route"].includes(key));
  if (extra !== undefined)
    return `a route of it has ${extra}, and \`routes\` knows a host, a prefix and a Service`;
  const [only, ...more] = mapsOf(entry.route);
  if (only === undefined || more.length > 0) return "a route of it leads to several destinations";
  const service = readDestination(state, object, only);
  if (typeof service === "string") return service;
  if (!isJsonArray(entry.match) || entry.match.length === 0) return [{ path: undefined, service }];
  const routes: SimpleRoute[] = [];
  for (const match of mapsOf(entry.match)) {
    const prefix = textOf(valueAt(match, ["uri", "prefix"]));
    const isPlain =
      Object.keys(match).every((key) => ["name", "uri"].includes(key)) && prefix.startsWith("/");
    if (!isPlain) return "it matches by more than a prefix of the path";
    routes.push({ path: prefix === "/" ? undefined : prefix, service });
  }
  return routes;
}

function readDestination(state: LiveState, object: LiveObject, route: JsonObject): Destination | string {
  const { weight, destination, ...rest } = route;
  if (Object.keys(rest).length > 0 || (weight !== undefined && weight !== 100 && weight !== 0))
    return "a destination of it has more than a Service";
  const { host, port, subset } = mapOf(destination);
  if (subset !== undefined) return "a destination of it names a subset";
  const found = serviceOf(textOf(host), namespaceOf(object));
  if (found === undefined) return `its destination ${textOf(host)} is no Service of this cluster`;
  const number = numberOf(mapOf(port).number) ?? portOf(state, found);
  if (number === undefined)
    return `its destination ${textOf(host)} names no port, and the Service is not in the input (give it too, or write the port)`;
  return { ...found, port: number };
}

/** A name without dots is taken in the VirtualService's own namespace; one with dots as it stands (Istio's ResolveShortnameToFQDN). */
function serviceOf(
  host: string,
  namespace: string,
): { readonly name: string; readonly namespace: string } | undefined {
  if (/^[a-z0-9-]+$/.test(host)) return { name: host, namespace };
  const [, name, inNamespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.cluster\.local$/.exec(host) ?? [];
  return name === undefined || inNamespace === undefined ? undefined : { name, namespace: inNamespace };
}

/** The only port of the Service, where the input has it: what Istio takes then. */
function portOf(
  { objects }: LiveState,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): number | undefined {
  const service = objects.find(
    (each) => isService(each) && nameOf(each) === name && namespaceOf(each) === namespace,
  );
  const ports = service === undefined ? [] : mapsOf(specOf(service).ports);
  return ports.length === 1 ? numberOf(ports[0]?.port) : undefined;
}
