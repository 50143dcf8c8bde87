import type { RuleCase } from "./rule-case.ts";

export const routeCases: readonly RuleCase[] = [
  {
    code: "istio/host-without-gateway",
    title: "wants gateway.hosts to cover every host of every door",
    fails: `
      gateway:
        hosts: ["*.example.org", example.com]
    `,
    problems: `
      clusters/defaults.yaml:8:13 error istio/host-without-gateway: expected gateway.hosts to cover app.example.com, found *.example.org, example.com: the gateway would answer 404
        Add the host to gateway.hosts, or remove gateway.hosts to take all hosts of the ingresses.
    `,
    passes: `
      gateway:
        hosts: ["*.example.com"]
    `,
  },
  {
    code: "istio/route-name-twice",
    title: "wants one VirtualService per name",
    fails: `
      routes:
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /a }
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /b }
    `,
    problems: `
      clusters/demo.yaml:3:7 error istio/route-name-twice: two routes are called a
        Rename one: the name is the VirtualService's.
    `,
    passes: `
      routes:
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /a }
        - { name: b, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /b }
    `,
  },
  {
    code: "istio/route-ingress-unknown",
    title: "wants the key of a door, and suggests the nearest",
    fails: `
      routes:
        - name: a
          hosts: [app.example.com]
          ingress: service
          service: { name: s, namespace: n, port: 80 }
    `,
    problems: `
      clusters/demo.yaml:4:5 error istio/route-ingress-unknown: expected the key of an ingress, found service
        Did you mean services?
    `,
    passes: `
      routes:
        - name: a
          hosts: [app.example.com]
          ingress: services
          service: { name: s, namespace: n, port: 80 }
    `,
  },
  {
    code: "istio/route-host-not-covered",
    title: "wants hosts of that door; a wildcard of a door stands for one label",
    fails: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
      routes:
        - name: a
          hosts: [app.example.com, a.b.example.com, example.com]
          ingress: services
          service: { name: s, namespace: n, port: 80 }
    `,
    problems: `
      clusters/demo.yaml:5:30 error istio/route-host-not-covered: expected a host of the ingress services (*.example.com), found a.b.example.com
        Add a.b.example.com to ingresses.services.hosts, or name another ingress.
      clusters/demo.yaml:5:47 error istio/route-host-not-covered: expected a host of the ingress services (*.example.com), found example.com
        Add example.com to ingresses.services.hosts, or name another ingress.
    `,
    passes: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
      routes:
        - name: a
          hosts: [app.example.com, "*.example.com"]
          ingress: services
          service: { name: s, namespace: n, port: 80 }
    `,
  },
  {
    code: "istio/route-overlap",
    title: "refuses a prefix of another route's path on the same host, whichever comes first",
    fails: `
      routes:
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api/v2 }
        - { name: b, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: c, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /apis }
    `,
    problems: `
      clusters/demo.yaml:3:24 error istio/route-overlap: the routes a and b both take app.example.com/api/v2: which one Istio asks first is not defined
        Give them different hosts, or paths of which neither is the beginning of the other.
      clusters/demo.yaml:4:24 error istio/route-overlap: the routes b and c both take app.example.com/apis: which one Istio asks first is not defined
        Give them different hosts, or paths of which neither is the beginning of the other.
    `,
    passes: `
      routes:
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: b, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /web }
    `,
  },
];
