import type { RuleCase } from "./rule-case.ts";

const provider =
  '{"issuer":"https://i","authorizationEndpoint":"https://a","tokenEndpoint":"https://t","userInfoEndpoint":"https://u","secretName":"oidc"}';

/** An open door with a wildcard, and beside it a second door, described by what closes it. */
const besideOpenWildcard = (second: string): string => `
  ingresses:
    services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
    consoles:
      hosts: [grafana.example.com]
      certificate: { domain: "*.example.com" }
      ${second}
`;

export const hostCases: readonly RuleCase[] = [
  {
    code: "alb/host-twice",
    title: "refuses a host on two doors",
    fails: `
      ingresses:
        consoles: { hosts: [grafana.example.com, app.example.com], certificate: { domain: "*.example.com" } }
    `,
    problems: `
      clusters/defaults.yaml:8:13 error alb/host-twice: the host app.example.com stands in the ingresses consoles and services
        Keep it in one: its DNS name can point at one load balancer only. On a gateway of its own (gateways) each may have it.
    `,
    passes: `
      ingresses:
        consoles: { hosts: [grafana.example.com, "*.app.example.com"], certificate: { domain: "*.example.com" } }
    `,
  },
  {
    code: "alb/host-twice",
    title: "lets doors of two gateways have one host, each with a DNS record of its own",
    fails: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: staff }
        inside: { gateway: staff, scheme: internal, hosts: [app.example.com], certificate: { domain: "*.example.com" } }
        wiki: { gateway: ingress, hosts: [wiki.example.com], certificate: { domain: "*.example.com" } }
    `,
    problems: `
      clusters/defaults.yaml:8:13 error alb/host-twice: the host app.example.com stands in the ingresses inside and services
        Keep it in one: its DNS name can point at one load balancer only. On a gateway of its own (gateways) each may have it.
    `,
    passes: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress }
        inside: { gateway: staff, scheme: internal, hosts: [app.example.com], certificate: { domain: "*.example.com" } }
    `,
  },
  {
    code: "alb/host-twice",
    title: "refuses a host twice on one door",
    fails: `
      ingresses:
        services: { hosts: [app.example.com, api.example.com, app.example.com] }
    `,
    problems: `
      clusters/demo.yaml:2:57 error alb/host-twice: the host app.example.com stands twice in this ingress
        Keep it once.
    `,
    passes: `
      ingresses:
        services: { hosts: [app.example.com, api.example.com] }
    `,
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "protects a door that is closed by being internal",
    fails: besideOpenWildcard(`scheme: internal`),
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers grafana.example.com of the closed ingress consoles: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: besideOpenWildcard(`scheme: internet-facing`),
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "protects a door that is closed by address ranges; a range /0 closes nothing",
    fails: besideOpenWildcard(`inboundCidrs: [203.0.113.0/24]`),
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers grafana.example.com of the closed ingress consoles: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: besideOpenWildcard(`inboundCidrs: [203.0.113.0/24, 0.0.0.0/0]`),
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "does not take halves of the internet for a closed door",
    fails: besideOpenWildcard(`inboundCidrs: [0.0.0.0/1]`),
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers grafana.example.com of the closed ingress consoles: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: besideOpenWildcard(`inboundCidrs: [0.0.0.0/1, 128.0.0.0/1]`),
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "protects a door that asks for a log-in; one that lets others through is open",
    fails: besideOpenWildcard(`annotations: { auth-type: oidc, auth-idp-oidc: '${provider}' }`),
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers grafana.example.com of the closed ingress consoles: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: besideOpenWildcard(
      `annotations: { auth-type: oidc, auth-idp-oidc: '${provider}', auth-on-unauthenticated-request: allow }`,
    ),
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "protects a door that asks for a token",
    fails: besideOpenWildcard(
      `annotations: { jwt-validation: '{"issuer":"x","jwksEndpoint":"https://x/jwks"}' }`,
    ),
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers grafana.example.com of the closed ingress consoles: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: besideOpenWildcard(`annotations: { auth-type: none }`),
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "reads wildcards at any depth; between two closed doors it has nothing to say",
    fails: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" }, inboundCidrs: [0.0.0.0/0] }
        consoles: { hosts: ["*.ops.example.com"], certificate: { domain: "*.example.com" }, scheme: internal }
    `,
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers *.ops.example.com of the closed ingress consoles: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" }, inboundCidrs: [10.0.0.0/8] }
        consoles: { hosts: ["*.ops.example.com"], certificate: { domain: "*.example.com" }, scheme: internal }
    `,
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "names all hosts of one door in one finding, and looks at doors of one gateway only",
    fails: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress, hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
        wiki: { gateway: ingress, scheme: internal, hosts: [a.example.com, b.example.com], certificate: { domain: "*.example.com" } }
        consoles: { gateway: staff, scheme: internal, hosts: [c.example.com], certificate: { domain: "*.example.com" } }
    `,
    problems: `
      clusters/demo.yaml:3:41 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers a.example.com of the closed ingress wiki and b.example.com of the closed ingress wiki: the world could reach them through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress, hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
        wiki: { gateway: staff, scheme: internal, hosts: [a.example.com, b.example.com], certificate: { domain: "*.example.com" } }
    `,
  },
];
