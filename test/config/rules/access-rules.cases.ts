import type { RuleCase } from "./rule-case.ts";

/** A console behind a second door, described by what closes it. */
const consoleBehind = (door: string, service = "kiali"): string => `
  routes:
    - { name: console, hosts: [c.example.com], ingress: addons, service: { name: ${service}, namespace: x, port: 80 } }
  ingresses:
    addons: { hosts: [c.example.com], certificate: { domain: c.example.com }${door === "" ? "" : `, ${door}`} }
`;

const openConsole = (service: string): string => `
      clusters/demo.yaml:2:46 warning alb/open-console: expected a closed ingress in front of the console ${service}, which has no log-in as Istio's samples install it, found addons, which the world can reach
        Close it: scheme internal, inboundCidrs that are not the whole internet, or auth-type among its annotations. Or route the console through another ingress.
    `;

export const accessCases: readonly RuleCase[] = [
  {
    code: "alb/authentication",
    title: "wants the provider beside the type",
    fails: `
      ingresses:
        services:
          annotations: { auth-type: cognito }
    `,
    problems: `
      clusters/demo.yaml:3:20 error alb/authentication: expected auth-idp-cognito beside auth-type cognito, found none: the controller would fail the whole Ingress
        Describe the identity provider in auth-idp-cognito.
    `,
    passes: `
      ingresses:
        services:
          annotations:
            auth-type: cognito
            auth-idp-cognito: '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/x","userPoolClientID":"id","userPoolDomain":"d"}'
    `,
  },
  {
    code: "alb/authentication",
    title: "wants the type beside everything else, or no log-in takes place",
    fails: `
      ingresses:
        services:
          annotations: { auth-on-unauthenticated-request: deny, auth-scope: openid }
    `,
    problems: `
      clusters/demo.yaml:3:20 error alb/authentication: expected auth-type beside auth-on-unauthenticated-request, found none: the load balancer would ask nobody to log in
        Set auth-type to cognito, oidc or none.
      clusters/demo.yaml:3:59 error alb/authentication: expected auth-type beside auth-scope, found none: the load balancer would ask nobody to log in
        Set auth-type to cognito, oidc or none.
    `,
    passes: `
      ingresses:
        services:
          annotations: { auth-on-unauthenticated-request: deny, auth-type: none }
    `,
  },
  {
    code: "alb/open-console",
    title: "warns of a console that the world can reach",
    fails: consoleBehind(""),
    problems: openConsole("kiali"),
    passes: consoleBehind("scheme: internal"),
  },
  {
    code: "alb/open-console",
    title: "counts a range /0 as the world",
    fails: consoleBehind("inboundCidrs: [203.0.113.0/24, 0.0.0.0/0]", "prometheus"),
    problems: openConsole("prometheus"),
    passes: consoleBehind("inboundCidrs: [203.0.113.0/24]", "prometheus"),
  },
  {
    code: "alb/open-console",
    title: "counts halves of the internet as the world, in whatever spelling",
    fails: consoleBehind("inboundCidrs: [0.0.0.0/1, 128.0.0.0/1]", "prometheus"),
    problems: openConsole("prometheus"),
    passes: consoleBehind("inboundCidrs: [0.0.0.0/1]", "prometheus"),
  },
  {
    code: "alb/open-console",
    title: "knows consoles by the name of their Service",
    fails: consoleBehind("", "tracing"),
    problems: openConsole("tracing"),
    passes: consoleBehind("", "dashboard"),
  },
];
