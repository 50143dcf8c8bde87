// dist/<cluster>/ingress-<key>/ingress.yaml: one Ingress, which is one Application Load Balancer.
// Facts: AWS Load Balancer Controller v3.5.0, read and run against a real API server, 2026-11-22.
import type { Construct } from "constructs";
import { type AlbAnnotation, albAnnotationPrefix, canonicalAnnotation } from "../config/alb-annotations.ts";
import type { Config, GatewayConfig, IngressConfig, StringMap } from "../config/config.ts";
import { deployedGateway, httpPort, statusPortName } from "../config/helm-values.ts";
import { canonicalRange } from "../core/address-range.ts";
import type { IngressFacts } from "../facts/resolve.ts";
import { kubernetesObject } from "./kubernetes-object.ts";

interface Door {
  readonly gateway: GatewayConfig;
  readonly ingress: IngressConfig;
}

export function albIngress(
  scope: Construct,
  config: Config,
  { gateway, ingress }: Door,
  facts: IngressFacts,
): void {
  const deployed = deployedGateway(config, gateway);
  const backend = { service: { name: deployed.serviceName, port: { number: httpPort } } };
  kubernetesObject(scope, "ingress", "Ingress", {
    metadata: {
      name: ingress.ingressName,
      namespace: gateway.namespace,
      annotations: annotations(ingress, statusPortName(deployed), facts),
    },
    spec: {
      ingressClassName: "alb",
      rules: ingress.hosts.map((host) => ({
        host,
        http: { paths: [{ path: "/", pathType: "Prefix", backend }] },
      })),
    },
  });
}

type AlbAnnotations = Partial<Record<AlbAnnotation, string>>;

function annotations(ingress: IngressConfig, statusPort: string, facts: IngressFacts): StringMap {
  const all: AlbAnnotations = {
    ...loadBalancer(ingress, facts),
    ...listeners(ingress, facts),
    ...healthCheck(ingress, statusPort),
    ...Object.fromEntries(
      Object.entries(ingress.annotations).map(([suffix, value]) => [
        suffix,
        canonicalAnnotation(suffix, value),
      ]),
    ),
  };
  // An empty annotation is never an absent one: an empty web ACL detaches, empty ranges open to the world.
  const present = Object.entries(all).filter(([, value]) => value !== "");
  return Object.fromEntries(present.map(([suffix, value]) => [`${albAnnotationPrefix}${suffix}`, value]));
}

const loadBalancer = (ingress: IngressConfig, facts: IngressFacts): AlbAnnotations => ({
  "load-balancer-name": ingress.name,
  scheme: ingress.scheme,
  subnets: facts.subnetIds.join(","),
  "target-type": "instance",
  // EC2 stores the canonical form, and the controller compares as text: another spelling it would add for ever.
  "inbound-cidrs": [...new Set(ingress.inboundCidrs.map((range) => canonicalRange(range) ?? range))].join(
    ",",
  ),
  "load-balancer-attributes": pairs(ingress.attributes),
  tags: pairs(ingress.tags),
  // Absent leaves an attached web ACL alone; only `none` detaches it.
  "wafv2-acl-arn": ingress.webAcl === "none" ? "none" : (facts.webAclArn ?? ""),
});

const listeners = (ingress: IngressConfig, facts: IngressFacts): AlbAnnotations => ({
  "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "ssl-redirect": "443",
  "ssl-policy": ingress.sslPolicy,
  "certificate-arn": facts.certificateArns.join(","),
  "backend-protocol": "HTTP",
});

function healthCheck({ healthCheck: check }: IngressConfig, statusPort: string): AlbAnnotations {
  return {
    // By name the controller finds the NodePort itself: in Git the value is right whatever the hook does later.
    "healthcheck-port": check.mode === "pinned" ? String(check.nodePort) : statusPort,
    "healthcheck-protocol": "HTTP",
    "healthcheck-path": check.path,
    "healthcheck-interval-seconds": String(check.intervalSeconds),
    "healthcheck-timeout-seconds": String(check.timeoutSeconds),
    "healthy-threshold-count": String(check.healthyThreshold),
    "unhealthy-threshold-count": String(check.unhealthyThreshold),
    "success-codes": "200",
  };
}

/** The controller's map syntax: `\,` is a comma inside a value. */
const pairs = (map: StringMap): string =>
  Object.keys(map)
    .sort()
    .map((key) => `${key}=${(map[key] ?? "").replace(/,/g, "\\,")}`)
    .join(",");
