// dist/<cluster>/ingress-<key>/ingress.yaml: one Ingress, which is one Application Load Balancer.
// Facts: AWS Load Balancer Controller v3.5.0, read and run against a real API server, 2026-11-22.
import type { Construct } from "constructs";
import { type AlbAnnotation, canonicalAnnotation, fullAnnotationName } from "../config/alb-annotations.ts";
import type { Config, GatewayConfig, IngressConfig, StringMap } from "../config/config.ts";
import { backendPort, deployedGateway, statusPortName } from "../config/helm-values.ts";
import { anyHost } from "../config/rules/hosts.ts";
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
  const port = { number: backendPort(ingress) };
  const backend = { service: { name: deployed.serviceName, port } };
  kubernetesObject(scope, "ingress", "Ingress", {
    metadata: {
      name: ingress.ingressName,
      namespace: gateway.namespace,
      ...(Object.keys(ingress.labels).length > 0 && { labels: ingress.labels }),
      annotations: annotations(ingress, statusPortName(deployed), facts),
    },
    spec: {
      ingressClassName: ingress.ingressClassName,
      rules: ingress.hosts.map((host) => ({
        ...(host !== anyHost && { host }),
        http: { paths: [{ path: "/", pathType: "Prefix", backend }] },
      })),
    },
  });
}

type AlbAnnotations = Partial<Record<AlbAnnotation, string>>;

function annotations(ingress: IngressConfig, statusPort: string, facts: IngressFacts): StringMap {
  const all: AlbAnnotations = {
    ...loadBalancer(ingress, facts),
    ...access(ingress),
    ...listeners(ingress, facts),
    ...targets(ingress),
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
  return Object.fromEntries(present.map(([name, value]) => [fullAnnotationName(name), value]));
}

const loadBalancer = (ingress: IngressConfig, facts: IngressFacts): AlbAnnotations => ({
  "load-balancer-name": ingress.name,
  scheme: ingress.scheme,
  subnets: facts.subnetIds.join(","),
  "load-balancer-attributes": pairs(ingress.attributes),
  tags: pairs(ingress.tags),
  // Absent leaves an attached web ACL alone; only `none` detaches it.
  "wafv2-acl-arn": ingress.webAcl === "none" ? "none" : (facts.webAclArn ?? ""),
});

const access = ({ inboundCidrs, prefixLists, securityGroups }: IngressConfig): AlbAnnotations => ({
  // EC2 stores the canonical form, and the controller compares as text: another spelling it would add for ever.
  "inbound-cidrs": [...new Set(inboundCidrs.map((range) => canonicalRange(range) ?? range))].join(","),
  "security-group-prefix-lists": prefixLists.join(","),
  ...(securityGroups !== undefined && {
    "security-groups": securityGroups.ids.join(","),
    "manage-backend-security-group-rules": String(securityGroups.manageBackendRules),
  }),
});

function listeners({ listeners: kind, sslPolicy }: IngressConfig, facts: IngressFacts): AlbAnnotations {
  if (kind === "http") return { "listen-ports": '[{"HTTP":80}]' };
  return {
    ...(kind === "redirect"
      ? { "listen-ports": '[{"HTTP":80},{"HTTPS":443}]', "ssl-redirect": "443" }
      : { "listen-ports": '[{"HTTPS":443}]' }),
    "ssl-policy": sslPolicy ?? "",
    "certificate-arn": facts.certificateArns.join(","),
  };
}

const targets = ({ backendTls, targetGroupAttributes, targetType }: IngressConfig): AlbAnnotations => ({
  "backend-protocol": backendTls === undefined ? "HTTP" : "HTTPS",
  "target-group-attributes": pairs(targetGroupAttributes),
  "target-type": targetType,
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
