import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

export const istioRouteCases: readonly ObjectRuleCase[] = [
  {
    code: "istio/route-gateway",
    title: "wants a Gateway that there is, in its namespace",
    fails: [replaced(/virtualservice-web/, "- istio-gateway", "- edge\n    - other/istio-gateway")],
    problems: `
      dist/demo/gateway/virtualservice-web.yaml error istio/route-gateway: VirtualService web: expected a Gateway of this cluster (istio-ingress/istio-gateway), found istio-ingress/edge: requests would find no route
        Name the Gateway, with its namespace in front where that is another one.
      dist/demo/gateway/virtualservice-web.yaml error istio/route-gateway: VirtualService web: expected a Gateway of this cluster (istio-ingress/istio-gateway), found other/istio-gateway: requests would find no route
        Name the Gateway, with its namespace in front where that is another one.
    `,
    passes: [replaced(/virtualservice-web/, "- istio-gateway", "- mesh\n    - istio-ingress/istio-gateway")],
  },
  {
    code: "istio/route-gateway",
    title: "wants any Gateway at all",
    fails: [replaced(/virtualservice-web/, / {2}gateways:\n.*\n/, "")],
    problems: `
      dist/demo/gateway/virtualservice-web.yaml error istio/route-gateway: VirtualService web: expected the Gateway of its hosts, found none: the route would hold inside the mesh only
        Known: istio-ingress/istio-gateway.
    `,
  },
  {
    code: "istio/host-unserved",
    title: "wants hosts of routes among those of the servers",
    fails: [replaced(/gateway\/gateway/, "- app.example.com", "- shop.example.com")],
    problems: `
      dist/demo/gateway/virtualservice-web.yaml error istio/host-unserved: VirtualService web: expected a host that a server of its Gateway takes, found app.example.com: the gateway would answer 404
        Add the host to gateways.<key>.hosts, or remove that list to take all hosts of the ingresses.
    `,
    passes: [replaced(/gateway\/gateway/, "- app.example.com", "- '*.example.com'")],
  },
  {
    code: "istio/host-unserved",
    title: "knows that hosts of a server may be for one namespace",
    fails: [replaced(/gateway\/gateway/, "- app.example.com", "- web/app.example.com")],
    problems: `
      dist/demo/gateway/virtualservice-web.yaml error istio/host-unserved: VirtualService web: expected a host that a server of its Gateway takes, found app.example.com: the gateway would answer 404
        Add the host to gateways.<key>.hosts, or remove that list to take all hosts of the ingresses.
    `,
    passes: [replaced(/gateway\/gateway/, "- app.example.com", "- ./app.example.com")],
  },
  {
    code: "istio/host-unserved",
    title: "takes a wildcard of a route that a server has a host of",
    fails: [replaced(/virtualservice-web/, "- app.example.com", "- '*.example.org'")],
    problems: `
      dist/demo/gateway/virtualservice-web.yaml error istio/host-unserved: VirtualService web: expected a host that a server of its Gateway takes, found *.example.org: the gateway would answer 404
        Add the host to gateways.<key>.hosts, or remove that list to take all hosts of the ingresses.
    `,
    passes: [replaced(/virtualservice-web/, "- app.example.com", "- '*.example.com'")],
  },
  {
    code: "istio/route-port",
    title: "wants a port, because a Service may have several",
    fails: [replaced(/virtualservice-web/, /\n +port:\n +number: 80/, "")],
    problems: `
      dist/demo/gateway/virtualservice-web.yaml error istio/route-port: VirtualService web: expected the port of web.web.svc.cluster.local, found none: with several ports Istio takes that of the listener, where nothing answers
        Name port.number, the Service's own port.
    `,
    passes: [replaced(/virtualservice-web/, "number: 80", "number: 9090")],
  },
];
