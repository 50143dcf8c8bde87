import type { RuleCase } from "./rule-case.ts";

const eks33 = "a".repeat(33);
export const albCases: readonly RuleCase[] = [
  {
    code: "alb/name-grammar",
    title: "takes 32 characters at most",
    fails: `
      ingresses:
        services:
          name: ${eks33}
    `,
    problems: `
      clusters/demo.yaml:3:5 error alb/name-grammar: load balancer name: expected at most 32 characters, found 33 in "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        Set \`name\` of this ingress. Choose well: the controller ignores a change while the load balancer lives.
    `,
    passes: `
      ingresses:
        services:
          name: ${eks33.slice(1)}
    `,
  },
  {
    code: "alb/name-grammar",
    title: "measures the name that follows from cluster and key, and points at the door",
    fails: `
      ingresses:
        customer-facing-services: { hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
    problems: `
      clusters/demo.yaml:2:3 error alb/name-grammar: load balancer name: expected at most 32 characters, found 37 in "demo-customer-facing-services-ingress"
        Set \`name\` of this ingress. Choose well: the controller ignores a change while the load balancer lives.
    `,
    passes: `
      ingresses:
        customer-services: { hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
  },
  {
    code: "alb/name-grammar",
    title: "takes letters, digits and dashes, no dash at an end, not internal-",
    fails: `
      ingresses:
        services: { name: -my_door- }
        consoles: { name: internal-x, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
    problems: `
      clusters/demo.yaml:2:15 error alb/name-grammar: load balancer name: expected letters, digits and '-', found "-my_door-"
        Set \`name\` of this ingress. Choose well: the controller ignores a change while the load balancer lives.
      clusters/demo.yaml:2:15 error alb/name-grammar: load balancer name: expected no '-' at either end, found "-my_door-"
        Set \`name\` of this ingress. Choose well: the controller ignores a change while the load balancer lives.
      clusters/demo.yaml:3:15 error alb/name-grammar: load balancer name: expected a name that does not begin with internal-, which AWS keeps for itself, found "internal-x"
        Set \`name\` of this ingress. Choose well: the controller ignores a change while the load balancer lives.
    `,
    passes: `
      ingresses:
        services: { name: My-Door-1 }
        consoles: { name: internal, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
  },
  {
    code: "alb/ingress-name-twice",
    title: "wants one Ingress per door",
    fails: `
      ingresses:
        consoles: { ingressName: ingress-services, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
    problems: `
      clusters/defaults.yaml:7:3 error alb/ingress-name-twice: the ingresses consoles and services would create the same Ingress, ingress-services
        Give each its own ingressName.
    `,
    passes: `
      ingresses:
        consoles: { ingressName: ingress-service, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
  },
  {
    code: "alb/ingress-name-twice",
    title: "compares doors of one namespace: two gateways may each have theirs",
    fails: `
      gateways: { ingress: {}, staff: { namespace: istio-ingress } }
      ingresses:
        services: { gateway: ingress }
        wiki: { gateway: staff, ingressName: ingress-services, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
    problems: `
      clusters/demo.yaml:4:27 error alb/ingress-name-twice: the ingresses services and wiki would create the same Ingress, ingress-services
        Give each its own ingressName.
    `,
    passes: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress }
        wiki: { gateway: staff, ingressName: ingress-services, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
  },
  {
    code: "alb/subnets",
    title: "wants two at least",
    fails: `
      ingresses:
        services:
          subnets: { ids: [subnet-0a1b2c3d] }
    `,
    problems: `
      clusters/demo.yaml:3:16 error alb/subnets: expected subnets in at least two zones, found 1 subnet: an Application Load Balancer needs two
        Name one subnet per zone, two at least.
    `,
    passes: `
      ingresses:
        services:
          subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }
    `,
  },
  {
    code: "alb/subnets",
    title: "counts a subnet once",
    fails: `
      ingresses:
        services:
          subnets:
            ids:
              - subnet-0a1b2c3d
              - subnet-0a1b2c3d
    `,
    problems: `
      clusters/demo.yaml:4:7 error alb/subnets: expected subnets in at least two zones, found 1 subnet: an Application Load Balancer needs two
        Name one subnet per zone, two at least.
      clusters/demo.yaml:6:11 error alb/subnets: expected each subnet once, found subnet-0a1b2c3d again
        Name each subnet once, one per zone.
    `,
    passes: `
      ingresses:
        services:
          subnets: { tags: { tier: public } }
    `,
  },
  {
    code: "alb/pairs",
    title: "refuses what would break key=value,key=value apart",
    fails: `
      ingresses:
        services:
          attributes: { "idle timeout": "60", ok: " 1", path: 'C:\\x' }
    `,
    problems: `
      clusters/demo.yaml:3:19 error alb/pairs: expected a name without '=', ',' or blanks, found "idle timeout=60"
        Rename or correct it.
      clusters/demo.yaml:3:41 error alb/pairs: expected a value without blanks at the ends or line breaks, found "ok= 1"
        Rename or correct it.
      clusters/demo.yaml:3:51 error alb/pairs: expected a value without a backslash, which the controller drops, found "path=C:\\\\x"
        Rename or correct it.
    `,
    passes: `
      ingresses:
        services:
          attributes: { idle_timeout.timeout_seconds: "60", access_logs.s3.prefix: "a,b = c" }
    `,
  },
  {
    code: "alb/annotation",
    title: "knows which annotations the controller reads, which keys set, and what values they take",
    fails: `
      ingresses:
        services:
          annotations:
            auth-typ: oidc
            scheme: internal
            target-type: ip
            group.name: shared
            alb.ingress.kubernetes.io/security-groups: sg-1
            ip-address-type: ipv6
    `,
    problems: `
      clusters/demo.yaml:4:7 error alb/annotation: the AWS Load Balancer Controller reads no annotation auth-typ here and would ignore it silently
        Did you mean auth-type?
      clusters/demo.yaml:5:7 error alb/annotation: annotation scheme is set by the key scheme
        Use scheme and remove the annotation.
      clusters/demo.yaml:6:7 error alb/annotation: annotation target-type is set by the key targetType
        Use targetType and remove the annotation.
      clusters/demo.yaml:7:7 error alb/annotation: annotation group.name is not supported: two front doors must not share a fate: one bad member fails every Ingress of a group
        Remove the annotation.
      clusters/demo.yaml:8:7 error alb/annotation: expected an annotation without its prefix alb.ingress.kubernetes.io/, found alb.ingress.kubernetes.io/security-groups
        Write security-groups.
      clusters/demo.yaml:9:7 error alb/annotation: annotation ip-address-type: expected one of ipv4, dualstack, dualstack-without-public-ipv4, found "ipv6"
        Correct the value: one that the controller or AWS refuses fails the whole Ingress.
    `,
    passes: `
      ingresses:
        services:
          annotations:
            ip-address-type: dualstack
            external-dns.alpha.kubernetes.io/ttl: "60"
            listener-attributes.HTTPS-443: routing.http.response.server.enabled=false
    `,
  },
  {
    code: "alb/pinned-node-port",
    title: "wants one NodePort on all doors",
    fails: `
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate: { domain: a.example.com }
          healthCheck: { mode: pinned, nodePort: 30001 }
        services:
          healthCheck: { mode: pinned, nodePort: 30002 }
    `,
    problems: `
      clusters/demo.yaml:7:34 error alb/pinned-node-port: expected the NodePort of port 15021 on the gateway's Service, 30001, found 30002: one Service serves all doors
        Pin the same NodePort on every door of the gateway, and in service.ports of its values where they are written out.
    `,
    passes: `
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate: { domain: a.example.com }
          healthCheck: { mode: named }
        services:
          healthCheck: { mode: pinned, nodePort: 30002 }
    `,
  },
  {
    code: "alb/pinned-node-port",
    title: "wants the NodePort in ports that are written out",
    fails: `
      gateways:
        ingress: { values: { service: { ports: [{ name: status-port, port: 15021 }, { name: http2, port: 80 }] } } }
      ingresses:
        services: { healthCheck: { mode: pinned, nodePort: 30021 } }
    `,
    problems: `
      clusters/demo.yaml:4:44 error alb/pinned-node-port: expected the NodePort of port 15021 on the gateway's Service, none, found 30021: one Service serves all doors
        Pin the same NodePort on every door of the gateway, and in service.ports of its values where they are written out.
    `,
    passes: `
      gateways:
        ingress:
          values: { service: { ports: [{ name: status-port, port: 15021, nodePort: 30021 }, { name: http2, port: 80 }] } }
      ingresses:
        services: { healthCheck: { mode: pinned, nodePort: 30021 } }
    `,
  },
  {
    code: "alb/service-annotation",
    title: "keeps the controller's annotations off the gateway's Service",
    fails: `
      gateways:
        ingress:
          values: { service: { annotations: { alb.ingress.kubernetes.io/healthcheck-port: "15021" } } }
    `,
    problems: `
      clusters/demo.yaml:3:41 error alb/service-annotation: expected no alb.ingress.kubernetes.io/… on the gateway's Service, found "alb.ingress.kubernetes.io/healthcheck-port": it would beat the annotation of every Ingress
        Set it on the ingress: healthCheck, or annotations.
    `,
    passes: `
      gateways:
        ingress:
          values: { service: { annotations: { example.com/team: platform } } }
    `,
  },
  {
    code: "alb/service-annotation",
    title: "knows the other ways in which annotations get onto the Service",
    fails: `
      gateways:
        ingress:
          values:
            annotations: { alb.ingress.kubernetes.io/target-type: ip }
            global: { service: { annotations: { alb.ingress.kubernetes.io/healthcheck-path: / } } }
    `,
    problems: `
      clusters/demo.yaml:4:22 error alb/service-annotation: expected no alb.ingress.kubernetes.io/… on the gateway's Service, found "alb.ingress.kubernetes.io/target-type": it would beat the annotation of every Ingress
        Set it on the ingress: healthCheck, or annotations.
      clusters/demo.yaml:5:43 error alb/service-annotation: expected no alb.ingress.kubernetes.io/… on the gateway's Service, found "alb.ingress.kubernetes.io/healthcheck-path": it would beat the annotation of every Ingress
        Set it on the ingress: healthCheck, or annotations.
    `,
    passes: `
      gateways:
        ingress:
          values: { annotations: { example.com/team: platform } }
    `,
  },
  {
    code: "alb/attribute",
    title: "knows the values of attributes, and names misspelt; new ones of AWS pass",
    fails: `
      ingresses:
        services:
          attributes:
            idle_timeout.timeout_seconds: "5000"
            deletion_protection.enable: "true"
            routing.http.desync_mitigation_mode: strict
    `,
    problems: `
      clusters/demo.yaml:4:7 error alb/attribute: expected a whole number from 1 to 4000 for idle_timeout.timeout_seconds, not "5000"
        Correct it: AWS would refuse the whole list, and the Ingress would get no address.
      clusters/demo.yaml:5:7 error alb/attribute: expected the attribute deletion_protection.enabled, not deletion_protection.enable
        Correct it: AWS would refuse the whole list, and the Ingress would get no address.
      clusters/demo.yaml:6:7 error alb/attribute: expected one of monitor, defensive, strictest for routing.http.desync_mitigation_mode, not "strict"
        Correct it: AWS would refuse the whole list, and the Ingress would get no address.
    `,
    passes: `
      ingresses:
        services:
          attributes:
            idle_timeout.timeout_seconds: "4000"
            deletion_protection.enabled: "true"
            routing.http.desync_mitigation_mode: strictest
            routing.http.teleport.enabled: "true"
    `,
  },
  {
    code: "alb/node-port-taken",
    title: "gives a NodePort to one gateway only",
    fails: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress, healthCheck: { mode: pinned, nodePort: 31421 } }
        wiki: { gateway: staff, healthCheck: { mode: pinned, nodePort: 31421 }, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
    problems: `
      clusters/demo.yaml:4:56 error alb/node-port-taken: expected a NodePort that no other gateway has, found 31421, which the gateway ingress has too: Kubernetes gives it to one Service
        Pin another one.
    `,
    passes: `
      gateways: { ingress: {}, staff: {} }
      ingresses:
        services: { gateway: ingress, healthCheck: { mode: pinned, nodePort: 31421 } }
        wiki: { gateway: staff, healthCheck: { mode: pinned, nodePort: 31422 }, hosts: [a.example.com], certificate: { domain: a.example.com } }
    `,
  },
];
