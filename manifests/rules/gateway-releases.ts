// The gateways of a scope: releases of Istio's gateway chart, as the Applications among the objects describe them.
import type { Config } from "../../config/config.ts";
import { type GatewayRelease, gatewayRelease } from "../../config/gateway-release.ts";
import { helmValues } from "../../config/helm-values.ts";
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
