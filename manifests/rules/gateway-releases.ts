// The gateways of a scope: releases of Istio's gateway chart, as the Applications among the objects describe them.
import type { Config } from "../../config/config.ts";
import { type GatewayRelease, gatewayRelease } from "../../config/gateway-release.ts";
import { deployedGateway } from "../../config/helm-values.ts";
import { isJsonObject, valueAt } from "../../core/json.ts";
import { applicationsOf } from "./application.ts";
import { type ObjectScope, oncePerScope, type RenderedObject } from "./object-rule.ts";

export interface DeployedGateway extends GatewayRelease {
  /** Where its Service and its pods are. */
  readonly namespace: string;
}

/** By the Applications in the scope; where it holds none of the chart, by what the configurations would make of it. */
export const gatewaysOf = oncePerScope((scope): readonly DeployedGateway[] => {
  const deployed = applicationsOf(scope)
    .filter(({ source }) => source.chart === "gateway")
    .map(({ name, source, destination }) => ({
      // Argo CD names a release after its Application where nothing else is said.
      ...gatewayRelease(source.values, source.releaseName || name),
      namespace: destination.namespace,
    }));
  return deployed.length > 0 ? deployed : scope.configs.flatMap(configuredGateways);
});

const configuredGateways = (config: Config): readonly DeployedGateway[] =>
  config.gateways.map((gateway) => ({
    ...deployedGateway(config, gateway),
    namespace: gateway.namespace,
  }));

/** Labels with a prefix may come from the chart, from Istio or from Kubernetes: only those without are ours to judge. */
const isJudged = (label: string, { podLabels }: DeployedGateway): boolean =>
  Object.hasOwn(podLabels, label) || !label.includes("/");

/** The gateways whose pods an Istio Gateway selects; undefined where its selector is missing or empty. */
export function selectedBy(
  object: RenderedObject,
  gateways: readonly DeployedGateway[],
): readonly DeployedGateway[] | undefined {
  const selector = valueAt(object.data, ["spec", "selector"]);
  if (!isJsonObject(selector) || Object.keys(selector).length === 0) return undefined;
  return gateways.filter((gateway) =>
    Object.entries(selector).every(
      ([label, value]) => !isJudged(label, gateway) || gateway.podLabels[label] === value,
    ),
  );
}

/** Istio's objects of a kind; the Gateway API has a Gateway too. */
export const istioObjects = (
  scope: ObjectScope,
  kind: "Gateway" | "VirtualService",
): readonly RenderedObject[] => scope.ofKind(kind).filter(({ group }) => group === "networking.istio.io");
