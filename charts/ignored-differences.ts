// What a child does not count as drift, because somebody in the cluster writes it. A sync respects it too.
import { albAnnotationPrefix } from "../config/alb-annotations.ts";
import { istioNamespace } from "../config/chart-releases.ts";
import type { Child } from "../config/children.ts";
import type { Config } from "../config/config.ts";
import { hasValidationFailurePolicy } from "../config/istio-versions.ts";
import type { ApplicationSpecIgnoreDifferences } from "../imports/argoproj.io.ts";

export function ignoredDifferences(
  config: Config,
  child: Child,
): readonly ApplicationSpecIgnoreDifferences[] {
  if (child.role === "istioBase") return webhookPolicy(config, "istiod-default-validator");
  if (child.role === "istiod") {
    const suffix = config.istio.revision === "" ? "" : `-${config.istio.revision}`;
    return webhookPolicy(config, `istio-validator${suffix}-${istioNamespace}`);
  }
  if (child.role !== "ingress" || child.ingress.healthCheck.mode !== "discovered") return [];
  // Exactly the annotation that the hook writes, on exactly this Ingress.
  return [
    {
      group: "networking.k8s.io",
      kind: "Ingress",
      name: child.ingress.ingressName,
      namespace: child.namespace,
      jsonPointers: [`/metadata/annotations/${escapePointer(`${albAnnotationPrefix}healthcheck-port`)}`],
    },
  ];
}

/** Charts that cannot print `failurePolicy: Fail` print Ignore; istiod turns it into Fail and self-heal would turn it back. */
function webhookPolicy(config: Config, name: string): readonly ApplicationSpecIgnoreDifferences[] {
  if (hasValidationFailurePolicy(config.istio.version)) return [];
  return [
    {
      group: "admissionregistration.k8s.io",
      kind: "ValidatingWebhookConfiguration",
      name,
      jqPathExpressions: [".webhooks[]?.failurePolicy"],
    },
  ];
}

/** RFC 6901. */
const escapePointer = (segment: string): string => segment.replace(/~/g, "~0").replace(/\//g, "~1");
