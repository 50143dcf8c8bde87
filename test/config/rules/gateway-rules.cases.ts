import type { RuleCase } from "./rule-case.ts";

/** Two doors, one for each of two gateways. */
const doors = `ingresses:
        services: { gateway: ingress }
        wiki: { gateway: staff, hosts: [wiki.example.com], certificate: { domain: "*.example.com" } }`;

export const gatewayCases: readonly RuleCase[] = [
  {
    code: "istio/unknown-gateway",
    title: "wants the key of a gateway, and suggests the nearest",
    fails: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress }
        wiki: { gateway: staf, hosts: [wiki.example.com], certificate: { domain: "*.example.com" } }
        shop: { gateway: staff, hosts: [shop.example.com], certificate: { domain: "*.example.com" } }
    `,
    problems: `
      clusters/demo.yaml:4:11 error istio/unknown-gateway: expected the key of a gateway, found staf
        Did you mean staff?
    `,
    passes: `
      gateways: { ingress: {}, staff: {} }
      ${doors}
    `,
  },
  {
    code: "istio/unknown-gateway",
    title: "wants each door to say which, where there are several",
    fails: `
      gateways: { ingress: {}, staff: { hosts: [staff.example.com] } }
      ingresses: { services: {} }
    `,
    problems: `
      clusters/demo.yaml:2:14 error istio/unknown-gateway: expected the key of the gateway that the ingress services leads to, found none: there are several
        Known: ingress, staff.
    `,
    passes: `
      gateways: { staff: {} }
      ingresses: { services: {} }
    `,
  },
  {
    code: "istio/release-name",
    title: "refuses names of meshfront's own, also as the name in the values and as a default",
    fails: `
      gateways:
        base: {}
        staff: { release: healthcheck-base }
        wiki: { values: { name: istiod } }
      ingresses:
        services: { gateway: base }
        wiki: { gateway: staff, hosts: [wiki.example.com], certificate: { domain: "*.example.com" } }
        shop: { gateway: wiki, hosts: [shop.example.com], certificate: { domain: "*.example.com" } }
    `,
    problems: `
      clusters/demo.yaml:2:3 error istio/release-name: expected a release name that nothing else here has, found istio-base: Applications and objects of meshfront's own are called so
        Set \`release\`, for example to edge-base.
      clusters/demo.yaml:3:12 error istio/release-name: expected a release name that nothing else here has, found healthcheck-base: Applications and objects of meshfront's own are called so
        Set \`release\`, for example to edge-staff.
      clusters/demo.yaml:4:3 error istio/release-name: expected a release name that nothing else here has, found istiod: Applications and objects of meshfront's own are called so
        Set \`release\`, for example to edge-wiki.
    `,
    passes: `
      gateways: { base: { release: istio-front }, staff: { release: healthcheck-wiki } }
      ingresses:
        services: { gateway: base }
        wiki: { gateway: staff, hosts: [wiki.example.com], certificate: { domain: "*.example.com" } }
    `,
  },
  {
    code: "istio/release-name",
    title: "refuses one release in one namespace for two gateways",
    fails: `
      gateways: { ingress: {}, staff: { release: istio-ingress, namespace: istio-ingress } }
      ${doors}
    `,
    problems: `
      clusters/demo.yaml:1:35 error istio/release-name: expected a release that no other gateway has, found istio-ingress/istio-ingress, which is that of ingress too: two Applications would take the same objects from each other
        Give each its own \`release\`, or its own \`namespace\`.
    `,
    passes: `
      gateways: { ingress: {}, staff: { namespace: istio-ingress } }
      ${doors}
    `,
  },
  {
    code: "istio/gateway-labels",
    title: "refuses pods that both Gateways would select, whatever their namespaces",
    fails: `
      gateways: { ingress: {}, staff: { release: istio-ingress } }
      ${doors}
    `,
    problems: `
      clusters/demo.yaml:1:35 error istio/gateway-labels: expected pods with labels of their own, found app=istio-ingress, istio=ingress, those of the gateway ingress too: Istio looks in all namespaces, and each of the two would open the other's hosts
        Give each its own \`release\`; the labels follow from it.
    `,
    passes: `
      gateways: { ingress: {}, staff: { release: istio-ingress, values: { labels: { app: staff } } } }
      ${doors}
    `,
  },
  {
    code: "istio/gateway-name-twice",
    title: "refuses one Gateway for two in one namespace",
    fails: `
      gateways: { ingress: {}, staff: { namespace: istio-ingress, name: istio-gateway } }
      ${doors}
    `,
    problems: `
      clusters/demo.yaml:1:61 error istio/gateway-name-twice: the gateways ingress and staff would both create the Gateway istio-ingress/istio-gateway
        Set \`name\` of one of them.
    `,
    passes: `
      gateways: { ingress: {}, staff: { name: istio-gateway } }
      ${doors}
    `,
  },
  {
    code: "istio/gateway-version",
    title: "wants istiod to be the newer, by one minor at most",
    fails: `
      istio: { version: 1.30.5 }
      gateways: { ingress: { version: 1.30.6 }, staff: { version: 1.28.10 } }
      ${doors}
    `,
    problems: `
      clusters/demo.yaml:2:24 error istio/gateway-version: expected a version not newer than istiod's 1.30.5, and at most one minor older, found 1.30.6: Istio supports no other proxies
        Upgrade istiod first, then the gateways, one minor at a time.
      clusters/demo.yaml:2:52 error istio/gateway-version: expected a version not newer than istiod's 1.30.5, and at most one minor older, found 1.28.10: Istio supports no other proxies
        Upgrade istiod first, then the gateways, one minor at a time.
    `,
    passes: `
      istio: { version: 1.30.5 }
      gateways: { ingress: { version: 1.30.3 }, staff: { version: 1.29.6 } }
      ${doors}
    `,
  },
  {
    code: "istio/gateway-without-host",
    title: "wants a door or hosts",
    fails: `
      gateways: { ingress: {}, staff: {} }
      ingresses: { services: { gateway: ingress } }
    `,
    problems: `
      clusters/demo.yaml:1:26 error istio/gateway-without-host: expected an ingress that leads to the gateway staff, or hosts, found neither: its Gateway would take no host
        Set \`gateway: staff\` on an ingress, list gateways.staff.hosts, say \`object: none\`, or remove the gateway.
    `,
    passes: `
      gateways: { ingress: {}, staff: { hosts: ["*.staff.example.com"] } }
      ingresses: { services: { gateway: ingress } }
    `,
  },
];
