// Gateways and VirtualServices in one spelling: names of server ports say nothing, a prefix "/" is every path, and a short
// name is the Service of that name in the object's own namespace.
import { isJsonArray, type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";
import { mapOf, mapsOf, textOf } from "../recognise/objects.ts";

export function effectiveIstio(object: JsonObject): JsonObject {
  if (object.kind === "Gateway") return { ...object, spec: gatewaySpec(mapOf(object.spec)) };
  if (object.kind === "VirtualService")
    return { ...object, spec: routeSpec(mapOf(object.spec), namespaceIn(object)) };
  return object;
}

const namespaceIn = (object: JsonObject): string =>
  textOf(valueAt(object, ["metadata", "namespace"])) || "default";

const gatewaySpec = (spec: JsonObject): JsonObject => ({
  ...spec,
  servers: mapsOf(spec.servers).map((server) => {
    const { number, protocol } = mapOf(server.port);
    return {
      ...server,
      port: { number: number ?? null, protocol: protocol ?? null, name: textOf(protocol).toLowerCase() },
      ...(isJsonArray(server.hosts) && {
        hosts: server.hosts.map((host) => textOf(host).replace(/^[^/]*\//, "")),
      }),
    };
  }),
});

const routeSpec = (spec: JsonObject, namespace: string): JsonObject => ({
  ...spec,
  gateways: isJsonArray(spec.gateways)
    ? spec.gateways.map((name) => qualified(textOf(name), namespace))
    : null,
  http: mapsOf(spec.http).map((entry) => routeEntry(entry, namespace)),
});

const qualified = (name: string, namespace: string): string =>
  name.includes("/") ? name.replace(/^\.\//, `${namespace}/`) : `${namespace}/${name}`;

function routeEntry({ match, route, name: _, ...rest }: JsonObject, namespace: string): JsonObject {
  const matches = mapsOf(match);
  const takesAll = matches.length === 1 && JSON.stringify(matches[0]) === '{"uri":{"prefix":"/"}}';
  return {
    ...rest,
    ...(match !== undefined && !takesAll && { match }),
    ...(route !== undefined && { route: mapsOf(route).map((each) => withFullHost(each, namespace)) }),
  };
}

function withFullHost(route: JsonObject, namespace: string): JsonValue {
  const destination = mapOf(route.destination);
  const host = textOf(destination.host);
  const full = /^[a-z0-9-]+$/.test(host) ? `${host}.${namespace}.svc.cluster.local` : host;
  return { ...route, destination: { ...destination, host: full } };
}
