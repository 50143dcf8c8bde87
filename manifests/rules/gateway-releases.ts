// The gateways of a scope: releases of Istio's gateway chart, as the Applications among the objects describe them.
import type { Config } from "../../config/config.ts";
import { type GatewayRelease, gatewayRelease } from "../../config/gateway-release.ts";
import { helmValues } from "../../config/helm-values.ts";
import { isJsonObject, type JsonObject, type JsonValue, valueAt } from "../../config/json.ts";
import { type ObjectScope, oncePerScope, type RenderedObject } from "./object-rule.ts";

export interface DeployedGateway extends GatewayRelease {
  /** Where its Service and its pods are. */
  readonly namespace: string;
}

/** By the Applications in the scope; where it holds none of the chart, by what the configurations would make of it. */
export const gatewaysOf = oncePerScope((scope): readonly DeployedGateway[] => {
  const deployed = scope.ofKind("Application").flatMap(gatewayOf);
  return deployed.length > 0 ? deployed : scope.configs.map(configuredGateway);
});

const configuredGateway = (config: Config): DeployedGateway => ({
  ...gatewayRelease(helmValues(config, "gateway"), config.istio.gateway.releaseName),
  namespace: config.istio.gateway.namespace,
});

/** Istio's objects of a kind; the Gateway API has a Gateway too. */
export const istioObjects = (
  scope: ObjectScope,
  kind: "Gateway" | "VirtualService",
): readonly RenderedObject[] => scope.ofKind(kind).filter(({ group }) => group === "networking.istio.io");

function gatewayOf({ name, data }: RenderedObject): DeployedGateway[] {
  const at = (...path: readonly string[]) => valueAt(data, ["spec", ...path]);
  if (at("source", "chart") !== "gateway") return [];
  const values = at("source", "helm", "valuesObject");
  // Argo CD names a release after its Application where nothing else is said.
  const releaseName = textOf(at("source", "helm", "releaseName")) || name;
  return [
    {
      ...gatewayRelease(isJsonObject(values) ? values : {}, releaseName),
      namespace: textOf(at("destination", "namespace")),
    },
  ];
}

/** Objects that stand in a list at `path`; empty where there is none. */
export function objectsAt(data: JsonValue | undefined, ...path: readonly string[]): readonly JsonObject[] {
  const found = valueAt(data, path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** Texts that stand in a list at `path`. */
export function textsAt(data: JsonValue | undefined, ...path: readonly string[]): readonly string[] {
  const found = valueAt(data, path);
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}

export const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");
