import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

export const istioGatewayCases: readonly ObjectRuleCase[] = [
  {
    code: "istio/gateway-selector",
    title: "wants labels that the chart puts on the pods",
    fails: [replaced(/gateway\/gateway/, "app: istio-ingress", "app: ingressgateway")],
    problems: `
      dist/demo/gateway/gateway.yaml error istio/gateway-selector: Gateway istio-gateway: expected a selector that the gateway's pods carry (app=istio-ingress, istio=ingress), found app=ingressgateway, istio=ingress: no pod would open its ports
        The labels follow from the release name and from labels in the gateway's values.
    `,
    passes: [replaced(/gateway\/gateway/, "app: istio-ingress", "app.kubernetes.io/name: istio-ingress")],
  },
  {
    code: "istio/gateway-selector",
    title: "follows the release name and the labels of the Application",
    fails: [
      replaced(/applications\/istio-ingress/, "releaseName: istio-ingress", "releaseName: edge"),
      replaced(/ingress-services\/ingress/, /name: istio-ingress$/m, "name: edge"),
    ],
    problems: `
      dist/demo/gateway/gateway.yaml error istio/gateway-selector: Gateway istio-gateway: expected a selector that the gateway's pods carry (app=edge, istio=edge), found app=istio-ingress, istio=ingress: no pod would open its ports
        The labels follow from the release name and from labels in the gateway's values.
    `,
    passes: [
      replaced(/applications\/istio-ingress/, "releaseName: istio-ingress", "releaseName: edge"),
      replaced(
        /applications\/istio-ingress/,
        "valuesObject:",
        "valuesObject:\n        labels: { app: istio-ingress, istio: ingress }",
      ),
      replaced(/ingress-services\/ingress/, /name: istio-ingress$/m, "name: edge"),
    ],
  },
  {
    code: "istio/gateway-selector",
    title: "knows labels that the values add; one that nobody sets is on no pod",
    fails: [replaced(/gateway\/gateway/, "app: istio-ingress", "app: istio-ingress\n    tier: edge")],
    problems: `
      dist/demo/gateway/gateway.yaml error istio/gateway-selector: Gateway istio-gateway: expected a selector that the gateway's pods carry (app=istio-ingress, istio=ingress), found app=istio-ingress, tier=edge, istio=ingress: no pod would open its ports
        The labels follow from the release name and from labels in the gateway's values.
    `,
    passes: [
      replaced(/gateway\/gateway/, "app: istio-ingress", "app: istio-ingress\n    tier: edge"),
      replaced(
        /applications\/istio-ingress/,
        "valuesObject:",
        "valuesObject:\n        labels: { tier: edge }",
      ),
    ],
  },
  {
    code: "istio/gateway-selector",
    title: "wants a selector at all",
    fails: [replaced(/gateway\/gateway/, / {2}selector:\n(?: {4}.*\n)+/, "")],
    problems: `
      dist/demo/gateway/gateway.yaml error istio/gateway-selector: Gateway istio-gateway: expected a selector, found none: the Gateway would open its ports on every proxy of the mesh
        Select the gateway's pods by their labels app and istio.
    `,
  },
  {
    code: "istio/gateway-port",
    title: "wants ports of the Service, not target ports and not NodePorts",
    fails: [replaced(/gateway\/gateway/, "number: 80", "number: 8080")],
    problems: `
      dist/demo/gateway/gateway.yaml error istio/gateway-port: Gateway istio-gateway: expected a port of the Service istio-ingress (15021, 80, 443), found 8080: nothing leads there
        Name a port of the Service, not a target port and not a NodePort, or add it to service.ports.
    `,
    passes: [replaced(/gateway\/gateway/, "number: 80", "number: 443")],
  },
  {
    code: "istio/https-redirect",
    title: "leaves the redirect to the load balancer",
    fails: [replaced(/gateway\/gateway/, "      port:", "      tls: { httpsRedirect: true }\n      port:")],
    problems: `
      dist/demo/gateway/gateway.yaml error istio/https-redirect: Gateway istio-gateway: expected no httpsRedirect behind a load balancer that ends TLS, found one: a second redirect, and an endless one where Envoy does not trust X-Forwarded-Proto
        Remove it: the load balancer redirects 80 to 443.
    `,
    passes: [replaced(/gateway\/gateway/, "      port:", "      tls: { httpsRedirect: false }\n      port:")],
  },
];
