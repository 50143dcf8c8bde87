import type { RuleCase } from "./rule-case.ts";

export const targetCases: readonly RuleCase[] = [
  {
    code: "alb/target-type",
    title: "wants pods to be asked at their own port",
    fails: `
      ingresses:
        services: { targetType: ip, healthCheck: { mode: pinned, nodePort: 31021 } }
        more:
          hosts: [more.example.com]
          certificate: { domain: more.example.com }
          targetType: ip
          healthCheck: { mode: discovered }
    `,
    problems: `
      clusters/demo.yaml:2:46 error alb/target-type: expected mode named beside targetType ip, found pinned: pods are asked at their own port, and no NodePort is in the way
        Remove mode and nodePort.
      clusters/demo.yaml:7:20 error alb/target-type: expected mode named beside targetType ip, found discovered: pods are asked at their own port, and no NodePort is in the way
        Remove mode.
    `,
    passes: `
      ingresses: { services: { targetType: ip } }
    `,
  },
  {
    code: "istio/service-type",
    title: "wants NodePorts where nodes are the targets of one door at least",
    fails: `
      gateways: { ingress: { values: { service: { type: ClusterIP } } } }
      ingresses:
        services: { targetType: ip }
        nodes: { hosts: [nodes.example.com], certificate: { domain: nodes.example.com } }
    `,
    problems: `
      clusters/demo.yaml:1:45 error istio/service-type: expected NodePort, found "ClusterIP": the load balancers reach the gateway through NodePorts
        Remove the line. With targetType ip on all of its ingresses it may be ClusterIP.
    `,
    passes: `
      gateways: { ingress: { values: { service: { type: ClusterIP } } } }
      ingresses: { services: { targetType: ip } }
    `,
  },
  {
    code: "istio/service-ports",
    title: "wants the port of TLS where a door speaks it, and then no other",
    fails: `
      gateways: { ingress: { values: { service: { ports: [{ name: status-port, port: 15021 }, { name: http2, port: 80 }] } } } }
      ingresses: { services: { backendTls: { credentialName: gateway-tls } } }
    `,
    problems: `
      clusters/demo.yaml:1:45 error istio/service-ports: expected port 443 among service.ports, found 15021, 80
        The list replaces the chart's: write out status-port 15021, http2 80 and https 443 as well.
    `,
    passes: `
      gateways: { ingress: { values: { service: { ports: [{ name: status-port, port: 15021 }, { name: https, port: 443 }] } } } }
      ingresses: { services: { backendTls: { credentialName: gateway-tls } } }
    `,
  },
  {
    code: "istio/service-field",
    title: "knows what a Service of type ClusterIP cannot have",
    fails: `
      gateways:
        ingress:
          values:
            service:
              externalTrafficPolicy: Local
              ports: [{ name: status-port, port: 15021, nodePort: 31021 }, { name: http2, port: 80 }]
      ingresses: { services: { targetType: ip } }
    `,
    problems: `
      clusters/demo.yaml:5:9 error istio/service-field: service.externalTrafficPolicy: expected no such field on a Service of type ClusterIP, found "Local": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:51 error istio/service-field: service.ports[0].nodePort: expected none on a Service of type ClusterIP, found 31021: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways: { ingress: { values: { service: { clusterIP: None } } } }
      ingresses: { services: { targetType: ip } }
    `,
  },
  {
    code: "alb/backend-tls",
    title: "wants one Secret for all doors of a gateway, and a Gateway object that has it",
    fails: `
      gateways: { ingress: {}, bare: { object: none } }
      ingresses:
        services: { gateway: ingress, backendTls: { credentialName: gateway-tls } }
        other: { gateway: ingress, hosts: [b.example.com], certificate: { domain: b.example.com }, backendTls: { credentialName: edge-tls } }
        own: { gateway: bare, hosts: [c.example.com], certificate: { domain: c.example.com }, backendTls: { credentialName: own-tls } }
    `,
    problems: `
      clusters/demo.yaml:3:47 error alb/backend-tls: expected the Secret edge-tls, as on the other ingresses of the gateway ingress, found gateway-tls: a load balancer names no host when it connects (no SNI), so that one certificate serves all of them
        Name the same Secret, or give one of them a gateway of its own (gateways).
      clusters/demo.yaml:5:89 error alb/backend-tls: expected a Gateway object for backendTls, found object none on the gateway bare: nothing would answer on its port 443
        Remove gateways.bare.object, or backendTls.
    `,
    passes: `
      gateways: { ingress: {}, edge: {} }
      ingresses:
        services: { gateway: ingress, backendTls: { credentialName: gateway-tls } }
        plain: { gateway: ingress, hosts: [b.example.com], certificate: { domain: b.example.com } }
        other: { gateway: edge, hosts: [c.example.com], certificate: { domain: c.example.com }, backendTls: { credentialName: edge-tls } }
    `,
  },
  {
    code: "istio/gateway-hosts-without-effect",
    title: "says that the server for TLS takes every host",
    fails: `
      gateways: { ingress: { hosts: [b.example.com] } }
      ingresses:
        services: { hosts: [a.example.com, b.example.com], backendTls: { credentialName: gateway-tls } }
    `,
    problems: `
      clusters/demo.yaml:1:24 warning istio/gateway-hosts-without-effect: hosts does nothing: all ingresses of the gateway ingress have backendTls, and the server for TLS takes every host, because a load balancer names none when it connects
        Remove hosts; which hosts come in is what the ingresses forward.
    `,
    passes: `
      gateways: { ingress: { hosts: [a.example.com, b.example.com] } }
      ingresses:
        services: { hosts: [a.example.com, b.example.com], backendTls: { credentialName: gateway-tls } }
    `,
  },
  {
    code: "istio/gateway-without-object",
    title: "wants neither hosts nor routes where there is no Gateway object",
    fails: `
      gateways: { ingress: { object: none, hosts: [app.example.com] } }
      routes:
        - { name: web, hosts: [app.example.com], ingress: services, service: { name: web, namespace: apps, port: 80 } }
    `,
    problems: `
      clusters/demo.yaml:1:38 error istio/gateway-without-object: expected hosts or object none, found both: there is no Gateway that would take them
        Remove one of the two.
      clusters/demo.yaml:3:44 error istio/gateway-without-object: expected an ingress of a gateway with a Gateway object, found services: the route web has none to bind to (gateways.ingress.object: none)
        Bring the VirtualService with the Gateway that it binds to (manifests), or remove gateways.ingress.object.
    `,
    passes: `
      gateways: { ingress: { object: none, name: theirs }, east-west: { object: none } }
      ingresses: { services: { gateway: ingress } }
    `,
  },
  {
    code: "istio/own-load-balancer",
    title: "warns of a gateway without a door that is given a load balancer",
    fails: `
      gateways:
        ingress: {}
        east-west:
          object: none
          values:
            service:
              type: LoadBalancer
              loadBalancerSourceRanges: [10.0.0.0/8]
              externalTrafficPolicy: Local
              healthCheckNodePort: 32000
              annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8 }
      ingresses: { services: { gateway: ingress } }
    `,
    problems: `
      clusters/demo.yaml:7:9 warning istio/own-load-balancer: the gateway east-west gets a load balancer of its own: who can reach it, and by which certificate, meshfront does not look at
        Accept this (accept) where it is meant, or give the gateway an ingress.
    `,
    passes: `
      gateways: { ingress: {}, east-west: { object: none, values: { service: { type: NodePort } } } }
      ingresses: { services: { gateway: ingress } }
    `,
  },
  {
    code: "alb/class-controller",
    title: "wants a class that no other controller has",
    fails: `
      cluster: { loadBalancerController: eks-auto-mode }
      ingresses: { services: { ingressClassName: alb } }
    `,
    problems: `
      clusters/demo.yaml:2:26 error alb/class-controller: expected a class of eks-auto-mode, found alb, which an installation of the AWS Load Balancer Controller makes: a class has one controller, and cannot change it
        Remove the line, or choose a name that no other controller has.
    `,
    passes: `
      cluster: { loadBalancerController: eks-auto-mode }
      ingresses: { services: { ingressClassName: edge } }
    `,
  },
  {
    code: "alb/class-controller",
    title: "keeps the class of Auto Mode for it",
    fails: `
      ingresses: { services: { ingressClassName: alb-auto } }
    `,
    problems: `
      clusters/demo.yaml:1:26 error alb/class-controller: expected a class of aws-load-balancer-controller, found alb-auto, which meshfront writes for EKS Auto Mode: a class has one controller, and cannot change it
        Remove the line, or set cluster.loadBalancerController.
    `,
    passes: `
      ingresses: { services: { ingressClassName: albv2 } }
    `,
  },
  {
    code: "alb/auto-mode-annotation",
    title: "warns of what another controller may not read yet",
    fails: `
      cluster: { loadBalancerController: eks-auto-mode }
      ingresses:
        services:
          annotations: { jwt-validation: '{"issuer":"https://i","jwksEndpoint":"https://i/jwks"}' }
    `,
    problems: `
      clusters/demo.yaml:4:20 warning alb/auto-mode-annotation: jwt-validation on EKS Auto Mode: new annotations arrive late there, and one that its version does not know is ignored, silently
        Look at the load balancer after the first roll-out, and accept this (accept).
    `,
    passes: `
      ingresses:
        services:
          annotations: { jwt-validation: '{"issuer":"https://i","jwksEndpoint":"https://i/jwks"}' }
    `,
  },
];
