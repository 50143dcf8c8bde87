import type { RuleCase } from "./rule-case.ts";

const eks33 = "a".repeat(33);
const ingressName52 = "i".repeat(52);

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
    code: "alb/ingress-name-length",
    title: "leaves room for the name of the hook's Job",
    fails: `
      ingresses:
        services:
          ingressName: ${ingressName52}
    `,
    problems: `
      clusters/demo.yaml:3:5 error alb/ingress-name-length: expected at most 51 characters with a hook Job named after the Ingress, found 52
        Shorten it, or use healthCheck.mode named.
    `,
    passes: `
      ingresses:
        services:
          ingressName: ${ingressName52}
          healthCheck: { mode: named }
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
    title: "refuses what would break key=value,key=value apart, and reserved tags",
    fails: `
      ingresses:
        services:
          attributes: { "idle timeout": "60", ok: " 1" }
          tags:
            "team=a": x
            "aws:owner": y
            path: 'C:\\'
    `,
    problems: `
      clusters/demo.yaml:3:19 error alb/pairs: expected a name without '=', ',' or blanks, found "idle timeout=60"
        Rename or correct it.
      clusters/demo.yaml:3:41 error alb/pairs: expected a value without blanks at the ends or line breaks, found "ok= 1"
        Rename or correct it.
      clusters/demo.yaml:5:7 error alb/pairs: expected a name without '=', ',' or blanks, found "team=a=x"
        Rename or correct it.
      clusters/demo.yaml:6:7 error alb/pairs: expected a tag that is not reserved by AWS or the controller, found "aws:owner=y"
        Rename or correct it.
      clusters/demo.yaml:7:7 error alb/pairs: expected a value without a backslash in front of a comma or at the end, where it would join two pairs, found "path=C:\\\\"
        Rename or correct it.
    `,
    passes: `
      ingresses:
        services:
          attributes: { idle_timeout.timeout_seconds: "60" }
          tags: { team: "a, b = c", empty: "", path: 'C:\\\\x' }
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
      clusters/demo.yaml:6:7 error alb/annotation: annotation target-type is set by meshfront, which targets NodePorts
        Remove the annotation.
      clusters/demo.yaml:7:7 error alb/annotation: annotation group.name is not supported: two front doors must not share a fate: one bad member fails every Ingress of a group
        Remove the annotation.
      clusters/demo.yaml:8:7 error alb/annotation: expected an annotation without its prefix alb.ingress.kubernetes.io/, found alb.ingress.kubernetes.io/security-groups
        Write security-groups.
      clusters/demo.yaml:9:7 error alb/annotation: annotation ip-address-type: expected one of ipv4, dualstack, dualstack-without-public-ipv4, found "ipv6"
        Correct the value: one that the controller cannot read fails the whole Ingress.
    `,
    passes: `
      ingresses:
        services:
          annotations:
            ip-address-type: dualstack
            security-groups: sg-1,sg-2
            listener-attributes.HTTPS-443: routing.http.response.server.enabled=false
    `,
  },
  {
    code: "alb/inbound-cidrs-ignored",
    title: "refuses ranges that the controller would ignore",
    fails: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24]
          annotations: { security-groups: sg-0a1b2c3d }
    `,
    problems: `
      clusters/demo.yaml:4:20 error alb/inbound-cidrs-ignored: expected inboundCidrs or the annotation security-groups, found both: the controller would ignore inboundCidrs, silently
        Put the ranges into the security group and remove inboundCidrs, or remove the annotation.
    `,
    passes: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24]
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
        Pin the same NodePort on every door, and in service.ports of the gateway's values where they are written out.
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
      istio:
        gateway: { values: { service: { ports: [{ name: status-port, port: 15021 }, { name: http2, port: 80 }] } } }
      ingresses:
        services: { healthCheck: { mode: pinned, nodePort: 30021 } }
    `,
    problems: `
      clusters/demo.yaml:4:44 error alb/pinned-node-port: expected the NodePort of port 15021 on the gateway's Service, none, found 30021: one Service serves all doors
        Pin the same NodePort on every door, and in service.ports of the gateway's values where they are written out.
    `,
    passes: `
      istio:
        gateway:
          values: { service: { ports: [{ name: status-port, port: 15021, nodePort: 30021 }, { name: http2, port: 80 }] } }
      ingresses:
        services: { healthCheck: { mode: pinned, nodePort: 30021 } }
    `,
  },
  {
    code: "alb/service-annotation",
    title: "keeps the controller's annotations off the gateway's Service",
    fails: `
      istio:
        gateway:
          values: { service: { annotations: { alb.ingress.kubernetes.io/healthcheck-port: "15021" } } }
    `,
    problems: `
      clusters/demo.yaml:3:41 error alb/service-annotation: expected no alb.ingress.kubernetes.io/… on the gateway's Service, found "alb.ingress.kubernetes.io/healthcheck-port": it would beat the annotation of every Ingress
        Set it on the ingress: healthCheck, or annotations.
    `,
    passes: `
      istio:
        gateway:
          values: { service: { annotations: { example.com/team: platform } } }
    `,
  },
  {
    code: "alb/service-annotation",
    title: "knows the other ways in which annotations get onto the Service",
    fails: `
      istio:
        gateway:
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
      istio:
        gateway:
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
];
