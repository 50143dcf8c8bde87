// dist/<cluster>/gateway: the Istio Gateway and one VirtualService per route.
import type { Construct } from "constructs";
import type { Config, RouteConfig } from "../config/config.ts";
import { gatewaySelector, httpPort } from "../config/helm-values.ts";
import { Gateway, VirtualService } from "../imports/networking.istio.io.ts";

export function istioGateway(scope: Construct, config: Config): void {
  new Gateway(scope, "gateway", {
    metadata: { name: config.gateway.name, namespace: config.istio.gateway.namespace },
    spec: {
      // Both labels: `istio: ingress` alone would also select the gateway of another release.
      selector: gatewaySelector(config),
      servers: [
        {
          // Plain HTTP without a redirect: TLS ends at the ALB, and the ALB redirects.
          port: { number: httpPort, name: "http", protocol: "HTTP" },
          hosts: [...config.gateway.hosts],
        },
      ],
    },
  });
}

export function virtualService(scope: Construct, config: Config, route: RouteConfig): void {
  const { name, namespace, port } = route.service;
  new VirtualService(scope, "virtualservice", {
    metadata: { name: route.name, namespace: config.istio.gateway.namespace },
    spec: {
      gateways: [config.gateway.name],
      hosts: [...route.hosts],
      http: [
        {
          ...(route.path !== undefined && { match: [{ uri: { prefix: route.path } }] }),
          // The port is never left to Istio: a Service with several would be routed to the listener's port.
          route: [
            { destination: { host: `${name}.${namespace}.svc.cluster.local`, port: { number: port } } },
          ],
        },
      ],
    },
  });
}
