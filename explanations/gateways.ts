// Gateways and what two of them must not share.
import type { Explanations } from "./explanation.ts";

/** A door for each of the gateways ingress and staff. */
const doors = `ingresses:
  services: { gateway: ingress }
  wiki: { gateway: staff, hosts: [wiki.example.com], certificate: { domain: wiki.example.com } }`;

export const gatewayExplanations: Explanations = {
  "istio/unknown-gateway": {
    meaning: "An ingress names a gateway that the file does not have, or none where there are several.",
    why: "A load balancer leads to the Service of one gateway. With one gateway it is that; with several somebody has to say which.",
    fix: "Set `gateway` of the ingress to a key of `gateways`.",
    sources: ["meshfront: ingresses.<key>.gateway is a key of gateways (docs/reference/configuration.md)"],
    example: {
      fails: `gateways: { ingress: {}, staff: {} }
ingresses: { services: { gateway: stuff }, wiki: { gateway: staff, hosts: [wiki.example.com], certificate: { domain: wiki.example.com } } }`,
      passes: `gateways: { ingress: {}, staff: {} }
${doors}`,
    },
  },
  "istio/release-name": {
    meaning: "A gateway's release is called like another one, or like an object of meshfront's own.",
    why: "Service, Deployment, ServiceAccount and Role of a release are called like it. Two Applications that create one object take it from each other for ever, and deleting the one deletes it for the other.",
    fix: "Set `release`, or `namespace` where two gateways share both.",
    sources: [
      "istio/istio, manifests/charts/gateway/templates/_helpers.tpl at 1.30.3",
      "Argo CD documentation: SharedResourceWarning",
    ],
    example: {
      fails: `gateways: { ingress: { release: istiod } }`,
      passes: `gateways: { ingress: { release: istio-edge } }`,
    },
  },
  "istio/gateway-labels": {
    meaning: "Pods of two gateways have the same labels `app` and `istio`.",
    why: "A Gateway selects pods by these labels, in all namespaces: each of the two Gateways would open its hosts on both, so that a host of the closed gateway is answered by the open one.",
    fix: "Give each its own `release`, from which the labels follow, or set `labels` in its values.",
    sources: [
      "istio/istio, pilot/pkg/model/push_context.go at 1.30.3 (selected pods of any namespace, unless PILOT_SCOPE_GATEWAY_TO_NAMESPACE is set)",
      "istio.io, reference: Gateway, selector",
    ],
    example: {
      fails: `gateways: { ingress: {}, staff: { release: istio-ingress } }
${doors}`,
      passes: `gateways: { ingress: {}, staff: {} }
${doors}`,
    },
  },
  "istio/gateway-name-twice": {
    meaning: "Two gateways would create the same Gateway object.",
    why: "Two Applications would overwrite it for ever, and one of the two would have no Gateway.",
    fix: "Set `name` of one of them.",
    sources: ["Argo CD documentation: SharedResourceWarning"],
    example: {
      fails: `gateways: { ingress: {}, staff: { namespace: istio-ingress, name: istio-gateway } }
${doors}`,
      passes: `gateways: { ingress: {}, staff: { namespace: istio-ingress } }
${doors}`,
    },
  },
  "istio/gateway-version": {
    meaning: "A gateway is newer than istiod, or more than one minor older.",
    why: "Istio supports proxies of the same minor as the control plane and of the one before. A newer proxy may ask for what istiod does not know.",
    fix: "Upgrade istiod (`istio.version`) first, then the gateways, one minor at a time.",
    sources: ["istio.io, Supported Releases (control plane/data plane skew)"],
    example: {
      fails: `istio: { version: 1.30.5 }
gateways: { ingress: { version: 1.31.1 } }`,
      passes: `istio: { version: 1.31.1 }
gateways: { ingress: { version: 1.30.5 } }`,
    },
  },
  "istio/gateway-without-host": {
    meaning: "A gateway has neither an ingress nor hosts of its own.",
    why: "Its Gateway object would have a server without hosts, which istiod refuses.",
    fix: "Lead an ingress to it, list its `hosts`, or remove it.",
    sources: ["istio.io, reference: Gateway, servers[].hosts (required)"],
    example: {
      fails: `gateways: { ingress: {}, staff: {} }
ingresses: { services: { gateway: ingress } }`,
      passes: `gateways: { ingress: {}, staff: {} }
${doors}`,
    },
  },
  "istio/gateway-without-object": {
    meaning: "A gateway has `object: none`, and `hosts` or routes that need its Gateway object.",
    why: "A VirtualService holds for the Gateway that it names. Where applications bring their own Gateways they bring their routes too.",
    fix: "Bring Gateway and VirtualServices with `manifests`, or remove `object`.",
    sources: ["istio.io, reference: VirtualService, gateways"],
    example: {
      fails: "gateways: { ingress: { object: none, hosts: [app.example.com] } }",
      passes: "gateways: { ingress: { object: none } }",
    },
  },
  "istio/own-load-balancer": {
    meaning: "The Service of a gateway without an ingress has the type LoadBalancer.",
    why: "AWS makes a Network or Classic Load Balancer for it, beside the front doors. Nothing here looks at who can reach it: not at its scheme, its ranges or its certificate.",
    fix: "Accept the warning where it is meant, for instance of an east-west gateway. Without `service.type` the Service is ClusterIP.",
    sources: ["kubernetes.io, concepts: Service, type LoadBalancer"],
    example: {
      fails: `gateways: { ingress: {}, east-west: { object: none, values: { service: { type: LoadBalancer } } } }
ingresses: { services: { gateway: ingress } }`,
      passes: `gateways: { ingress: {}, east-west: { object: none } }
ingresses: { services: { gateway: ingress } }`,
    },
  },
};
