import type { RuleCase } from "./rule-case.ts";

export const listenerCases: readonly RuleCase[] = [
  {
    code: "alb/listeners",
    title:
      "wants a certificate where something listens on 443, and none of what TLS needs where nothing does",
    fails: `
      ingresses:
        a: { hosts: [a.example.com] }
        b:
          hosts: [b.example.com]
          listeners: http
          certificate: { domain: b.example.com }
          sslPolicy: ELBSecurityPolicy-TLS13-1-3-2021-06
          annotations:
            auth-type: oidc
            auth-idp-oidc: '{"issuer":"https://i","authorizationEndpoint":"https://a","tokenEndpoint":"https://t","userInfoEndpoint":"https://u","secretName":"oidc"}'
            listener-attributes.HTTPS-443: routing.http.response.server.enabled=false
          scheme: internal
        c:
          hosts: [c.example.com]
          listeners: https
          certificate: { domain: c.example.com }
          annotations: { listener-attributes.HTTP-80: routing.http.response.server.enabled=false }
    `,
    problems: `
      clusters/demo.yaml:2:3 error alb/listeners: expected a certificate for the HTTPS listener of the ingress a (listeners: redirect), found none
        Add \`certificate: { domain: … }\` or \`{ arn: … }\`. \`listeners: http\` needs none, and encrypts nothing.
      clusters/demo.yaml:6:5 error alb/listeners: expected no certificate beside listeners http, found one: there is no HTTPS listener that would have it
        Remove certificate, or listen on 443: \`listeners: redirect\` or \`https\`.
      clusters/demo.yaml:7:5 error alb/listeners: expected no sslPolicy beside listeners http, found one: there is no HTTPS listener that would have it
        Remove sslPolicy, or listen on 443: \`listeners: redirect\` or \`https\`.
      clusters/demo.yaml:9:7 error alb/listeners: expected no auth-type beside listeners http, found one: a load balancer asks who a client is at an HTTPS listener only, and everybody would come in
        Listen on 443: \`listeners: redirect\` or \`https\`, with a certificate.
      clusters/demo.yaml:11:7 error alb/listeners: expected attributes of a listener that there is (listeners: http), found listener-attributes.HTTPS-443
        Remove the annotation, or change \`listeners\`.
      clusters/demo.yaml:17:20 error alb/listeners: expected attributes of a listener that there is (listeners: https), found listener-attributes.HTTP-80
        Remove the annotation, or change \`listeners\`.
    `,
    passes: `
      ingresses:
        a: { hosts: [a.example.com], listeners: https, certificate: { domain: a.example.com } }
        b: { hosts: [b.example.com], listeners: http, scheme: internal }
    `,
  },
  {
    code: "alb/http-only",
    title: "warns of a door to the internet that encrypts nothing",
    fails: `
      ingresses: { plain: { hosts: [plain.example.com], listeners: http } }
    `,
    problems: `
      clusters/demo.yaml:1:51 warning alb/http-only: expected an HTTPS listener on an internet-facing load balancer, found listeners http: whatever goes through can be read and changed on the way
        Use redirect, with a certificate. Behind a CDN that speaks HTTP to its origin, accept the warning (accept) and let in the CDN alone (prefixLists).
    `,
    passes: `
      ingresses: { plain: { hosts: [plain.example.com], listeners: http, scheme: internal } }
    `,
  },
];
