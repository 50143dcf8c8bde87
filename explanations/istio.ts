import type { Explanations } from "./explanation.ts";

export const istioExplanations: Explanations = {
  "istio/version-unsupported": {
    meaning: "Istio is older than the oldest minor whose charts were measured.",
  },
  "istio/unsafe-version": { meaning: "The patch has a defect that hurts this set-up; the message names it." },
  "istio/retired-charts": {
    meaning: "The chart repository is one that the Istio project switches off in December 2026.",
  },
  "istio/retired-hub": {
    meaning: "The image hub is one that the Istio project switches off in December 2026.",
  },
  "istio/plain-http-charts": {
    meaning: "Charts come over plain http, so that anybody on the way can change them.",
  },
  "istio/revision-disagreement": {
    meaning:
      "base, istiod and gateway have different revisions: then nothing validates Istio's objects, or each write of one is refused.",
  },
  "istio/null-value": {
    meaning:
      "A Helm value is `null`: it is lost on the way to Argo CD, and deletes no default in these charts.",
  },
  "istio/internal-defaults": {
    meaning:
      "A Helm value stands under `_internal_defaults_do_not_set` or `defaults`, where nothing is validated.",
  },
  "istio/unknown-name": {
    meaning:
      "A `profile`, `platform` or `compatibilityVersion` that the chart does not have, so that it fails.",
  },
  "istio/removed-value": { meaning: "A value on which istiod's chart fails because it was removed." },
  "istio/unknown-root-value": { meaning: "A root key that the gateway chart's schema refuses." },
  "istio/value-type": { meaning: "A value of another type than the gateway chart's schema demands." },
  "istio/service-type": {
    meaning: "The gateway's `service.type` is not NodePort, but the load balancers reach it by NodePorts.",
  },
  "istio/service-ports": {
    meaning:
      "`service.ports` replaces the chart's list and lacks 15021 or 80, or `networkGateway` replaces it.",
  },
  "istio/host-without-gateway": {
    meaning: "`gateway.hosts` does not cover a host of a front door: the gateway would answer 404.",
  },
  "istio/route-name-twice": { meaning: "Two routes have the same name, which is the VirtualService's." },
  "istio/route-ingress-unknown": { meaning: "A route names an ingress that does not exist." },
  "istio/route-host-not-covered": { meaning: "A route's host is not among the hosts of its ingress." },
  "istio/route-overlap": {
    meaning:
      "Two routes take the same host and overlapping paths; which one Istio asks first is not defined.",
  },
  "istio/disruption-budget": {
    meaning:
      "A disruption budget lets no pod of istiod or of the gateway go, so that no node can be drained.",
  },
  "istio/image-skew": {
    meaning: "istiod's values name an image more than one minor away from the charts.",
  },
  "istio/compatibility-skew": {
    meaning: "`compatibilityVersion` is more than one minor behind the charts.",
  },
};
