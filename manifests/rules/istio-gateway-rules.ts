// Istio's Gateway: whether its servers stand on pods and ports that there are. `istioctl analyze` cannot tell offline.
import { valueAt } from "../../core/json.ts";
import { mapsAt } from "../object-fields.ts";
import { gatewaysOf, istioObjects, selectedBy } from "./gateway-releases.ts";
import type { ObjectFinding, ObjectRule, ObjectScope } from "./object-rule.ts";

function selectorFindings(scope: ObjectScope): ObjectFinding[] {
  const gateways = gatewaysOf(scope);
  return istioObjects(scope, "Gateway").flatMap((object): ObjectFinding[] => {
    const path = ["spec", "selector"];
    const found = selectedBy(object, gateways);
    if (found === undefined) {
      const message =
        "expected a selector, found none: the Gateway would open its ports on every proxy of the mesh";
      return [
        { object, path, message, suggestion: "Select the gateway's pods by their labels app and istio." },
      ];
    }
    if (found.length > 0) return [];
    const carried = gateways.map(({ podLabels }) => labelsText(podLabels)).join("; or ");
    return [
      {
        object,
        path,
        message: `expected a selector that the gateway's pods carry (${carried}), found ${labelsText(valueAt(object.data, path))}: no pod would open its ports`,
        suggestion: "The labels follow from the release name and from labels in the gateway's values.",
      },
    ];
  });
}

const labelsText = (labels: unknown): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");

function portFindings(scope: ObjectScope): ObjectFinding[] {
  const gateways = gatewaysOf(scope);
  return istioObjects(scope, "Gateway").flatMap((object) => {
    const [gateway] = selectedBy(object, gateways) ?? [];
    if (gateway === undefined) return [];
    const ports = gateway.ports.map(({ port }) => port);
    return mapsAt(object.data, ["spec", "servers"]).flatMap((server, index): ObjectFinding[] => {
      const number = valueAt(server, ["port", "number"]);
      if (typeof number !== "number" || ports.includes(number)) return [];
      return [
        {
          object,
          path: ["spec", "servers", index, "port", "number"],
          message: `expected a port of the Service ${gateway.serviceName} (${ports.join(", ")}), found ${number}: nothing leads there`,
          suggestion:
            "Name a port of the Service, not a target port and not a NodePort, or add it to service.ports.",
        },
      ];
    });
  });
}

/** Envoy looks at X-Forwarded-Proto; TLS ended at the load balancer, which redirects by itself. */
const redirectFindings = (scope: ObjectScope): ObjectFinding[] =>
  istioObjects(scope, "Gateway").flatMap((object) =>
    mapsAt(object.data, ["spec", "servers"]).flatMap((server, index): ObjectFinding[] => {
      const path = ["tls", "httpsRedirect"];
      if (valueAt(server, path) !== true) return [];
      return [
        {
          object,
          path: ["spec", "servers", index, ...path],
          message: `expected no httpsRedirect behind a load balancer that ends TLS, found one: a second redirect, and an endless one where Envoy does not trust X-Forwarded-Proto`,
          suggestion: "Remove it: the load balancer redirects 80 to 443.",
        },
      ];
    }),
  );

export const istioGatewayRules: readonly ObjectRule[] = [
  { code: "istio/gateway-selector", severity: "error", check: selectorFindings },
  { code: "istio/gateway-port", severity: "error", check: portFindings },
  { code: "istio/https-redirect", severity: "error", check: redirectFindings },
];
