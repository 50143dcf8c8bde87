import type { RuleCase } from "./rule-case.ts";

export const routeCases: readonly RuleCase[] = [
  {
    code: "istio/host-without-gateway",
    title: "names the hosts of doors that a narrower Gateway does not take",
    fails: `
      gateways:
        ingress: { hosts: ["*.example.org", example.com] }
    `,
    problems: `
      clusters/defaults.yaml:8:13 warning istio/host-without-gateway: gateways.ingress.hosts (*.example.org and example.com) does not cover app.example.com: the gateway answers 404 for it
        Add the host to gateways.ingress.hosts, or remove that list to take all hosts of the ingresses.
    `,
    passes: `
      gateways:
        ingress: { hosts: [app.example.com] }
      ingresses: { services: { hosts: ["*"] } }
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
        Rename all but one: VirtualServices are called like their routes.
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
    title: "refuses one path twice on the same hosts, once per path; a path may be the beginning of another",
    fails: `
      routes:
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: b, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: c, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }
        - { name: d, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: / }
        - { name: e, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
    `,
    problems: `
      clusters/demo.yaml:3:107 error istio/route-overlap: the routes a, b and e all take /api on app.example.com: only one of them would ever be asked
        Give them different paths or hosts.
      clusters/demo.yaml:5:107 error istio/route-overlap: the routes c and d all take / on app.example.com: only one of them would ever be asked
        Give them different paths or hosts.
    `,
    passes: `
      routes:
        - { name: a, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api/v2 }
        - { name: b, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: c, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }
        - { name: d, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /apis }
    `,
  },
  {
    code: "istio/route-hosts-shared",
    title: "refuses sets of hosts that overlap without being equal, and writes out the split",
    fails: `
      ingresses:
        services: { hosts: [a.example.com, b.example.com, c.example.com], certificate: { domain: "*.example.com" } }
      routes:
        - { name: pages, hosts: [a.example.com, b.example.com, c.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }
        - { name: api, hosts: [b.example.com, a.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: docs, hosts: [c.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /docs }
    `,
    problems: `
      clusters/demo.yaml:4:20 error istio/route-hosts-shared: the routes pages, api and docs have some hosts in common and others not: of two VirtualServices for one host Istio does not say which it asks first
        Split pages into [a.example.com, b.example.com] and [c.example.com]: a route for each of these sets of hosts.
    `,
    passes: `
      ingresses:
        services: { hosts: [a.example.com, b.example.com, c.example.com], certificate: { domain: "*.example.com" } }
      routes:
        - { name: pages, hosts: [a.example.com, b.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }
        - { name: api, hosts: [b.example.com, a.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /api }
        - { name: pages-c, hosts: [c.example.com], ingress: services, service: { name: s, namespace: n, port: 80 } }
        - { name: docs, hosts: [c.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /docs }
    `,
  },
];
