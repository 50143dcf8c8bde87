// Wave 0 to 2: Istio's Helm charts, one Application each.
import type { Construct } from "constructs";
import type { Config } from "../config/config.ts";
import { helmValues } from "../config/helm-values.ts";
import { hasValidationFailurePolicy } from "../config/istio-versions.ts";
import type { ApplicationSpecIgnoreDifferences } from "../imports/argoproj.io.ts";
import { childApplication, helmSource } from "./argocd-application.ts";

/** Istio's root namespace; base and istiod live nowhere else. */
export const istioNamespace = "istio-system";

export function istioBase(scope: Construct, config: Config): void {
  childApplication(scope, config, {
    child: "istio-base",
    wave: "istioBase",
    namespace: istioNamespace,
    source: helmSource(config, "base", "istio-base", helmValues(config, "base")),
    // Field ownership: istiod writes into the webhook that this chart creates.
    syncOptions: ["ServerSideApply=true"],
    ignoreDifferences: webhookDifferences(config, "istiod-default-validator"),
  });
}

export function istiod(scope: Construct, config: Config): void {
  const suffix = config.istio.revision === "" ? "" : `-${config.istio.revision}`;
  childApplication(scope, config, {
    child: "istiod",
    wave: "istiod",
    namespace: istioNamespace,
    source: helmSource(config, "istiod", "istiod", helmValues(config, "istiod")),
    ignoreDifferences: webhookDifferences(config, `istio-validator${suffix}-${istioNamespace}`),
  });
}

export function gatewayChart(scope: Construct, config: Config): void {
  const { releaseName, namespace } = config.istio.gateway;
  childApplication(scope, config, {
    child: "istio-ingress",
    wave: "gatewayChart",
    namespace,
    source: helmSource(config, "gateway", releaseName, helmValues(config, "gateway")),
  });
}

/** Charts that cannot print `failurePolicy: Fail` print Ignore; istiod turns it into Fail and self-heal would turn it back. */
function webhookDifferences(config: Config, name: string): readonly ApplicationSpecIgnoreDifferences[] {
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
