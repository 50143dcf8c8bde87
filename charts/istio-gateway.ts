// A gateway's folder: the Istio Gateway and the VirtualServices of its routes.
import type { Construct } from "constructs";
import type { Config, GatewayConfig } from "../config/config.ts";
import { deployedGateway, httpPort } from "../config/helm-values.ts";
import type { VirtualServiceConfig } from "../config/virtual-services.ts";
import { Gateway, VirtualService } from "../imports/networking.istio.io.ts";

export function istioGateway(scope: Construct, config: Config, gateway: GatewayConfig): void {
  new Gateway(scope, "gateway", {
    metadata: { name: gateway.name, namespace: gateway.namespace },
    spec: {
      // Both labels: `istio: ingress` alone would also select the gateway of another release.
      selector: deployedGateway(config, gateway).selector,
      servers: [
        {
          // Plain HTTP without a redirect: TLS ends at the ALB, and the ALB redirects.
          port: { number: httpPort, name: "http", protocol: "HTTP" },
          hosts: [...gateway.hosts],
        },
      ],
    },
  });
}

export function virtualService(
  scope: Construct,
  gateway: GatewayConfig,
  { name, hosts, routes }: VirtualServiceConfig,
): void {
  new VirtualService(scope, "virtualservice", {
    metadata: { name, namespace: gateway.namespace },
    spec: {
      gateways: [gateway.name],
      hosts: [...hosts],
      // Istio takes the first that matches.
      http: routes.map(({ path, service }) => ({
        ...(path !== undefined && { match: [{ uri: { prefix: path } }] }),
        route: [
          {
            destination: {
              host: `${service.name}.${service.namespace}.svc.cluster.local`,
              // Never left to Istio: a Service with several ports would be routed to the listener's.
              port: { number: service.port },
            },
          },
        ],
      })),
    },
  });
}
