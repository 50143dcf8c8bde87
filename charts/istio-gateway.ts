// A gateway's folder: the Istio Gateway and the VirtualServices of its routes.
import type { Construct } from "constructs";
import { backendSecretOf, type Config, type GatewayConfig, isReachedByTlsOnly } from "../config/config.ts";
import { deployedGateway, httpPort, httpsPort } from "../config/helm-values.ts";
import { anyHost } from "../config/rules/hosts.ts";
import type { VirtualServiceConfig } from "../config/virtual-services.ts";
import {
  Gateway,
  type GatewaySpecServers,
  GatewaySpecServersTlsMode,
  VirtualService,
} from "../imports/networking.istio.io.ts";

export function istioGateway(scope: Construct, config: Config, gateway: GatewayConfig): void {
  new Gateway(scope, "gateway", {
    metadata: { name: gateway.name, namespace: gateway.namespace },
    spec: {
      // Both labels: `istio: ingress` alone would also select the gateway of another release.
      selector: deployedGateway(config, gateway).selector,
      servers: [...plainServers(config, gateway), ...tlsServers(config, gateway)],
    },
  });
}

/** Plain HTTP without a redirect: TLS ends at the ALB, and the ALB redirects. None where every door comes by TLS. */
function plainServers(config: Config, gateway: GatewayConfig): GatewaySpecServers[] {
  if (isReachedByTlsOnly(config, gateway)) return [];
  return [{ port: { number: httpPort, name: "http", protocol: "HTTP" }, hosts: [...gateway.hosts] }];
}

/** An ALB names no host when it opens a connection (no SNI): a server for certain hosts would refuse it (istio#35420). */
function tlsServers(config: Config, gateway: GatewayConfig): GatewaySpecServers[] {
  const credentialName = backendSecretOf(config, gateway);
  if (credentialName === undefined) return [];
  return [
    {
      port: { number: httpsPort, name: "https", protocol: "HTTPS" },
      tls: { mode: GatewaySpecServersTlsMode.SIMPLE, credentialName },
      hosts: [anyHost],
    },
  ];
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
