// The routes of a gateway: those of the cluster file, and the VirtualServices that people bring with `manifests`.
import type { OwnObjects } from "../charts/own-objects.ts";
import type { Config, GatewayConfig } from "../config/config.ts";
import { consoles } from "../config/rules/access-rules.ts";
import { prefixOf, virtualServicesOf } from "../config/virtual-services.ts";
import { isJsonObject, type JsonObject, type JsonValue, valueAt } from "../core/json.ts";
import { type GatewayObject, itemsAt, nameOfObject, objectsOfKind, textsAt } from "./own-gateways.ts";

export interface RouteGraph {
  /** `<namespace>/<name>` */
  readonly virtualService: string;
  readonly hosts: readonly string[];
  /** What it takes, for example `/`, `/api` (a prefix), `= /exact`, `~ /regex.*`. */
  readonly path: string;
  /** `<namespace>/<name>`, or the host as somebody wrote it; a redirect and the like by its name. */
  readonly service: string;
  readonly port: number | null;
  /** Whether it is one of the consoles of Istio's samples, which ask nobody to log in. */
  readonly isConsole: boolean;
}

/** In the order in which Istio tries those of one VirtualService. */
export const routesOf = (
  config: Config,
  gateway: GatewayConfig,
  objects: readonly GatewayObject[],
  ownObjects: OwnObjects,
): readonly RouteGraph[] => [
  ...(gateway.hasObject ? writtenRoutes(config, gateway) : []),
  ...broughtRoutes(
    ownObjects,
    objects.map(({ name }) => name),
  ),
];

const writtenRoutes = (config: Config, gateway: GatewayConfig): readonly RouteGraph[] =>
  virtualServicesOf(config, gateway).flatMap(({ name, hosts, routes }) =>
    routes.map((route) => ({
      virtualService: `${gateway.namespace}/${name}`,
      hosts,
      path: prefixOf(route),
      service: `${route.service.namespace}/${route.service.name}`,
      port: route.service.port,
      isConsole: consoles.includes(route.service.name),
    })),
  );

function broughtRoutes(ownObjects: OwnObjects, gateways: readonly string[]): readonly RouteGraph[] {
  const served = objectsOfKind(ownObjects, "VirtualService").filter((object) => {
    const namespace = String(valueAt(object, ["metadata", "namespace"]));
    const named = textsAt(object, "spec", "gateways");
    // A name alone is one of the VirtualService's own namespace.
    return named.some((name) => gateways.includes(name.includes("/") ? name : `${namespace}/${name}`));
  });
  return served.flatMap((object) =>
    itemsAt(object, "spec", "http").flatMap((http) => routesOfHttp(object, http)),
  );
}

function routesOfHttp(object: JsonObject, http: JsonValue): readonly RouteGraph[] {
  const paths = itemsAt(http, "match").map((match) => pathOf(valueAt(match, ["uri"])));
  const destinations = destinationsOf(http);
  return (paths.length === 0 ? ["/"] : paths).flatMap((path) =>
    destinations.map(({ service, port }) => ({
      virtualService: nameOfObject(object),
      hosts: textsAt(object, "spec", "hosts"),
      path,
      service,
      port,
      isConsole: consoles.includes(/^(?:[^/]*\/)?([^/]*)$/.exec(service)?.[1] ?? ""),
    })),
  );
}

const signs: Readonly<Record<string, string>> = { prefix: "", exact: "= ", regex: "~ " };

function pathOf(uri: JsonValue | undefined): string {
  if (!isJsonObject(uri)) return "/"; // told apart by something else than the path
  const [[kind, text] = ["prefix", "/"]] = Object.entries(uri);
  return `${signs[kind] ?? ""}${String(text)}`;
}

function destinationsOf(http: JsonValue): readonly Pick<RouteGraph, "service" | "port">[] {
  const routes = itemsAt(http, "route").map((route) => {
    const port = valueAt(route, ["destination", "port", "number"]);
    return {
      service: serviceOf(String(valueAt(route, ["destination", "host"]))),
      port: typeof port === "number" ? port : null,
    };
  });
  if (routes.length > 0) return routes;
  const other = ["redirect", "directResponse", "delegate"].find((key) => valueAt(http, [key]) !== undefined);
  return [{ service: other ?? "nothing", port: null }];
}

/** `web.shop.svc.cluster.local` as everything else here is called. */
const serviceOf = (host: string): string =>
  host.replace(/^([^.]+)\.([^.]+)\.svc(?:\.cluster\.local)?$/, "$2/$1");
