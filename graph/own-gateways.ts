// The Gateway objects that select a gateway's pods: ours, and those that people bring with `manifests`.
import type { OwnObjects } from "../charts/own-objects.ts";
import { backendSecretOf, type Config, type GatewayConfig, isReachedByTlsOnly } from "../config/config.ts";
import { deployedGateway, httpPort, httpsPort } from "../config/helm-values.ts";
import { anyHost } from "../config/rules/hosts.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, valueAt } from "../core/json.ts";

export interface ServerGraph {
  /** The Gateway object: `<namespace>/<name>`. */
  readonly gateway: string;
  readonly port: number;
  readonly protocol: string;
  readonly hosts: readonly string[];
}

export interface GatewayObject {
  readonly name: string;
  readonly servers: readonly ServerGraph[];
}

export function gatewayObjectsOf(
  config: Config,
  gateway: GatewayConfig,
  ownObjects: OwnObjects,
): readonly GatewayObject[] {
  const { podLabels } = deployedGateway(config, gateway);
  const brought = objectsOfKind(ownObjects, "Gateway").filter((object) => selects(object, podLabels));
  return [...(gateway.hasObject ? [writtenGateway(config, gateway)] : []), ...brought.map(broughtGateway)];
}

/** As charts/istio-gateway.ts writes it. */
function writtenGateway(config: Config, gateway: GatewayConfig): GatewayObject {
  const name = `${gateway.namespace}/${gateway.name}`;
  const plain = { gateway: name, port: httpPort, protocol: "HTTP", hosts: gateway.hosts };
  const tls = { gateway: name, port: httpsPort, protocol: "HTTPS", hosts: [anyHost] };
  return {
    name,
    servers: [
      ...(isReachedByTlsOnly(config, gateway) ? [] : [plain]),
      ...(backendSecretOf(config, gateway) === undefined ? [] : [tls]),
    ],
  };
}

function broughtGateway(object: JsonObject): GatewayObject {
  const name = nameOfObject(object);
  const servers = itemsAt(object, "spec", "servers").map((server) => ({
    gateway: name,
    port: Number(valueAt(server, ["port", "number"])),
    protocol: String(valueAt(server, ["port", "protocol"])),
    // `<namespace>/<host>` says whose VirtualServices may have the host.
    hosts: textsAt(server, "hosts").map((host) => host.replace(/^.*\//, "")),
  }));
  return { name, servers };
}

/** Istio takes pods that carry all labels of the selector, in any namespace. */
function selects(object: JsonObject, podLabels: Readonly<Record<string, string>>): boolean {
  const selector = valueAt(object, ["spec", "selector"]);
  return (
    isJsonObject(selector) && Object.entries(selector).every(([label, value]) => podLabels[label] === value)
  );
}

/** Of the kinds of Istio for traffic. */
export const objectsOfKind = (ownObjects: OwnObjects, kind: string): readonly JsonObject[] =>
  [...ownObjects.values()]
    .flat()
    .filter((object) => object.kind === kind && String(object.apiVersion).startsWith("networking.istio.io/"));

export const nameOfObject = (object: JsonObject): string =>
  `${String(valueAt(object, ["metadata", "namespace"]))}/${String(valueAt(object, ["metadata", "name"]))}`;

export function itemsAt(value: JsonValue, ...path: readonly string[]): readonly JsonValue[] {
  const found = valueAt(value, path);
  return isJsonArray(found) ? found : [];
}

export const textsAt = (value: JsonValue, ...path: readonly string[]): readonly string[] =>
  itemsAt(value, ...path).filter((item) => typeof item === "string");
