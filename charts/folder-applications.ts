// Wave 3 and 4: Applications whose objects stand in this repository, one folder each.
import type { Construct } from "constructs";
import { albAnnotationPrefix } from "../config/alb-annotations.ts";
import type { Config, IngressConfig } from "../config/config.ts";
import { childApplication, folderSource } from "./argocd-application.ts";

/** Beside the waves: Istio's CRDs come from another Application, and a dry run without them fails the whole sync. */
const skipDryRun = "SkipDryRunOnMissingResource=true";

export function gatewayApplication(scope: Construct, config: Config): void {
  childApplication(scope, config, {
    child: "gateway",
    wave: "gateway",
    namespace: config.istio.gateway.namespace,
    source: folderSource(config, "gateway"),
    syncOptions: [skipDryRun],
  });
}

/** One Application per door: PostSync waits until every Ingress of its Application has an address. */
export function ingressApplication(scope: Construct, config: Config, ingress: IngressConfig): void {
  const child = `ingress-${ingress.key}`;
  childApplication(scope, config, {
    child,
    wave: "ingress",
    namespace: config.istio.gateway.namespace,
    source: folderSource(config, child),
    syncOptions: [skipDryRun],
    // Exactly the annotation that the hook writes, on exactly this Ingress.
    ...(ingress.healthCheck.mode === "discovered" && {
      ignoreDifferences: [
        {
          group: "networking.k8s.io",
          kind: "Ingress",
          name: ingress.ingressName,
          namespace: config.istio.gateway.namespace,
          jsonPointers: [`/metadata/annotations/${escapePointer(`${albAnnotationPrefix}healthcheck-port`)}`],
        },
      ],
    }),
  });
}

/** On its own: a failing CronJob turns its Application Degraded, which must never hold back a door's hook. */
export function recheckApplication(scope: Construct, config: Config): void {
  childApplication(scope, config, {
    child: "recheck",
    wave: "recheck",
    namespace: config.istio.gateway.namespace,
    source: folderSource(config, "recheck"),
    syncOptions: [skipDryRun],
  });
}

/** RFC 6901. */
const escapePointer = (segment: string): string => segment.replace(/~/g, "~0").replace(/\//g, "~1");
