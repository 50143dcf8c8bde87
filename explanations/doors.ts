import type { Explanations } from "./explanation.ts";

const elbApi = "Elastic Load Balancing API reference, version 2015-12-01";
const annotationGuide = "kubernetes-sigs/aws-load-balancer-controller, docs/guide/ingress/annotations.md";
const securityGroupsOfController = "pkg/ingress/model_build_managed_sg.go of the controller at v3.5.0";

/** What keys and annotations of one door demand of each other, and what AWS says of their values. */
export const doorExplanations: Explanations = {
  "alb/wildcard-beside-security-groups": {
    meaning:
      "A wildcard of one door covers a host of another door of the same gateway, and security groups of your own decide who comes in by one of them.",
    why: "Both doors reach the same Envoy. Whether the door with the wildcard lets in somebody whom the other keeps out stands in AWS, and meshfront does not read it.",
    fix: "Look at the security groups. Name the hosts one by one, or give one of the two doors a gateway of its own (`gateways`).",
    sources: [securityGroupsOfController, "istio.io, reference: Gateway, servers[].hosts"],
    example: {
      fails: `ingresses:
  services:
    hosts: ["*.example.com"]
    certificate: { domain: "*.example.com" }
    securityGroups: { ids: [sg-0a1b2c3d] }
  consoles: { hosts: [console.example.com], certificate: { domain: "*.example.com" }, scheme: internal }`,
      passes: `ingresses:
  services:
    hosts: [app.example.com]
    certificate: { domain: "*.example.com" }
    securityGroups: { ids: [sg-0a1b2c3d] }
  consoles: { hosts: [console.example.com], certificate: { domain: "*.example.com" }, scheme: internal }`,
    },
  },
  "alb/tag": {
    meaning: "Elastic Load Balancing refuses a tag: a character, a length, or a name that is reserved.",
    why: "It takes letters, digits, blanks and _ . : / = + - @ only, 128 of them in a name and 256 in a value; a comma or a quote is too much. The controller puts the tags on all that it makes, so that nothing is made. Names that begin with `elbv2.k8s.aws/` or `ingress.k8s.aws/` are how it knows its own.",
    fix: "Rename or correct it.",
    sources: [
      `${elbApi}: Tag`,
      "github.com/aws/eks-charts/issues/883",
      "pkg/deploy/tracking/provider.go of the controller at v3.5.0",
    ],
    example: {
      fails: 'ingresses: { services: { tags: { owners: "platform,web" } } }',
      passes: 'ingresses: { services: { tags: { owners: "platform web" } } }',
    },
  },
  "alb/ssl-policy": {
    meaning: "AWS has no security policy of this name.",
    why: "Nobody can make one: AWS refuses the listener when the load balancer is already there, and the Ingress gets no address. What is dated later than the list that meshfront knows (September 2026) passes.",
    fix: "Take the name from the message.",
    sources: ["AWS, user guide of Application Load Balancers: Security policies"],
    example: {
      fails: "ingresses: { services: { sslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-60 } }",
      passes: "ingresses: { services: { sslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06 } }",
    },
  },
  "alb/protocol-version": {
    meaning: "The door wants a target group of gRPC, whose health check the gateway cannot answer.",
    why: "A target group of gRPC asks by gRPC and takes codes from 0 to 99: AWS refuses the code 200 (`Health check matcher GRPC code '200' must be within '0-99'`), no target group is made and the Ingress gets no address. The gateway's status port answers HTTP.",
    fix: "Write HTTP2. gRPC is HTTP/2, and passes.",
    sources: [
      `${elbApi}: Matcher, GrpcCode`,
      "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3514",
    ],
    example: {
      fails: "ingresses: { services: { annotations: { backend-protocol-version: GRPC } } }",
      passes: "ingresses: { services: { annotations: { backend-protocol-version: HTTP2 } } }",
    },
  },
  "alb/health-check-path": {
    meaning: "The health check asks the gateway's status port for a path that it does not answer.",
    why: "Port 15021 answers `/healthz/ready` and nothing else: with another path every target is unhealthy.",
    fix: "Remove `healthCheck.path`.",
    sources: ["istio/istio, tools/packaging/common/envoy_bootstrap.json: the listener on 15021"],
    example: {
      fails: "ingresses: { services: { healthCheck: { path: / } } }",
      passes: "ingresses: { services: { healthCheck: { path: /healthz/ready } } }",
    },
  },
  "alb/security-groups-alone": {
    meaning: "The door has security groups of your own, and nothing opens the targets to the load balancer.",
    why: "With `manageBackendRules: false` the controller adds no rule to the security group of the nodes or pods: all targets time out and clients get 504, unless that group lets the load balancer in.",
    fix: "Remove `manageBackendRules`, or open the targets yourself: the NodePorts, or with `targetType: ip` the pods' ports, and that of the health check. Then accept the warning.",
    sources: [annotationGuide, "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2586"],
    example: {
      fails: "ingresses: { services: { securityGroups: { ids: [sg-0a1b2c3d], manageBackendRules: false } } }",
      passes: `ingresses:
  services:
    securityGroups: { ids: [sg-0a1b2c3d] }`,
    },
  },
  "alb/without-effect": {
    meaning: "Something of a door has no effect beside the rest of it.",
    why: "The controller or AWS reads it only together with something else that the door does not have, and says nothing.",
    fix: "Remove it, or add what the message names.",
    sources: [annotationGuide, securityGroupsOfController, `${elbApi}: TargetGroupAttribute`],
    example: {
      fails: `ingresses: { services: { inboundCidrs: [203.0.113.0/24, "2001:db8::/32"] } }`,
      passes: `ingresses:
  services:
    inboundCidrs: [203.0.113.0/24, "2001:db8::/32"]
    annotations: { ip-address-type: dualstack }`,
    },
  },
  "alb/ip-address-type": {
    meaning: "An internal load balancer cannot have this type of addresses.",
    why: '`dualstack-without-public-ipv4` means public addresses of IPv6 only; an internal load balancer has no public ones. AWS\'s own CDK refuses the pair ("can only be used with internet-facing scheme"); it was not tried on AWS.',
    fix: "Write dualstack or ipv4.",
    sources: [
      "AWS, user guide of Application Load Balancers: IP address types",
      "github.com/aws/aws-cdk/pull/30248",
    ],
    example: {
      fails:
        "ingresses: { services: { scheme: internal, annotations: { ip-address-type: dualstack-without-public-ipv4 } } }",
      passes: "ingresses: { services: { scheme: internal, annotations: { ip-address-type: dualstack } } }",
    },
  },
  "alb/range-host-bits": {
    meaning: "An address range is spelt by an address inside it.",
    why: "EC2 stores the range in its canonical form. The controller compares text, finds its own missing, adds it again and fails (`InvalidPermission.Duplicate`), for ever: no later change of the Ingress is applied. So the canonical form is written. The range is wider than the one address that it names.",
    fix: "Write the range as the message has it, or `/32` (IPv6: `/128`) for one address.",
    sources: ["github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4893"],
    example: {
      fails: "ingresses: { services: { inboundCidrs: [203.0.113.7/24] } }",
      passes: "ingresses: { services: { inboundCidrs: [203.0.113.0/24] } }",
    },
  },
  "alb/quota": {
    meaning: "The door needs more of something than AWS gives by default.",
    why: "A rule per host on the listener (100), certificates beside the default one (25), rules of one address family in a security group (60, two for each range), tags (50, three of them the controller's). Beyond that AWS refuses in the middle of a roll-out: `TooManyRules`, `TooManyCertificates`, `RulesPerSecurityGroupLimitExceeded`. It is a warning, because most quotas can be raised.",
    fix: "Split the ingress in two, take a wildcard or a prefix list, or have the quota raised first.",
    sources: [
      "AWS, user guide of Application Load Balancers: Quotas",
      "Amazon VPC user guide: quotas, Security groups",
      "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1856, 2449 and 4789",
    ],
    example: {
      fails: `ingresses: { services: { tags: { ${tags(48)} } } }`,
      passes: `ingresses: { services: { tags: { ${tags(47)} } } }`,
    },
  },
  "alb/any-host": {
    meaning: "`*` stands beside other hosts.",
    why: "A rule without a host takes every host, those beside it too. Of a list nobody would read that off.",
    fix: 'Write `hosts: ["*"]` alone, or name the hosts one by one.',
    sources: ["kubernetes.io, concepts: Ingress rules", "istio.io, reference: VirtualService, hosts"],
    example: {
      fails: 'ingresses: { services: { hosts: [app.example.com, "*"] } }',
      passes: 'ingresses: { services: { hosts: ["*"] } }',
    },
  },
  "alb/listeners": {
    meaning: "A door listens on 443 without a certificate, or has what only a listener on 443 has.",
    why: "Without a certificate AWS refuses an HTTPS listener. With `listeners: http` there is none: a certificate or a TLS policy would do nothing, and a log-in, a token or a client's certificate is asked for at an HTTPS listener only, so that everybody would come in.",
    fix: "Add `certificate`, or remove what the message names.",
    sources: [
      `${elbApi}: CreateListener (Certificates), AuthenticateOidcActionConfig`,
      "pkg/ingress/model_build_listener.go of the controller at v3.5.0",
    ],
    example: {
      fails: "ingresses: { addons: { hosts: [grafana.example.com] } }",
      passes: "ingresses: { addons: { hosts: [grafana.example.com], listeners: http, scheme: internal } }",
    },
  },
  "alb/http-only": {
    meaning: "An internet-facing door serves plain HTTP and nothing else.",
    why: "Whoever sits on the way reads and changes what goes through: passwords and cookies too.",
    fix: "Use `listeners: redirect` with a certificate. Where a CDN in front speaks HTTP to its origin, let in that CDN alone (`prefixLists`) and accept the warning.",
    sources: ["AWS, user guide of Application Load Balancers: HTTP and HTTPS listeners"],
    example: {
      fails: "ingresses: { plain: { hosts: [plain.example.com], listeners: http } }",
      passes: "ingresses: { plain: { hosts: [plain.example.com], listeners: http, scheme: internal } }",
    },
  },
  "alb/target-type": {
    meaning: "A door whose targets are pods has a mode of health check that is about NodePorts.",
    why: "With `targetType: ip` the load balancer asks each pod at its port 15021, which the controller finds by the name of the Service's port. There is no NodePort to discover or to pin; a number from 30000 on would be asked at the pods, where nothing answers.",
    fix: "Remove `healthCheck.mode` and `nodePort`.",
    sources: ["pkg/ingress/model_build_target_group.go, buildTargetGroupHealthCheckPort, at v3.5.0"],
    example: {
      fails: "ingresses: { services: { targetType: ip, healthCheck: { mode: pinned, nodePort: 31021 } } }",
      passes: "ingresses: { services: { targetType: ip } }",
    },
  },
  "alb/backend-tls": {
    meaning:
      "Doors of one gateway name different Secrets for `backendTls`, or the gateway has no Gateway object.",
    why: "An Application Load Balancer names no host when it opens a TLS connection (no SNI), so that Envoy cannot choose a certificate by it: one server for every host has one Secret. It is in the Gateway object of the gateway. Any certificate does, one of your own making or an expired one too: the load balancer does not validate it.",
    fix: "Name one Secret for all doors of a gateway, or give a door a gateway of its own.",
    sources: [
      "github.com/istio/istio/issues/35420",
      "AWS, user guide of Application Load Balancers: Target groups, routing configuration (certificates of targets are not validated)",
    ],
    example: {
      fails: `gateways: { ingress: { object: none } }
ingresses: { services: { backendTls: { credentialName: gateway-tls } } }`,
      passes: "ingresses: { services: { backendTls: { credentialName: gateway-tls } } }",
    },
  },
  "istio/gateway-hosts-without-effect": {
    meaning: "`gateways.<key>.hosts` is set, and all doors of the gateway have `backendTls`.",
    why: "The Gateway then has one server, which takes every host: an Application Load Balancer names none when it opens a TLS connection, so that a server for certain hosts would refuse it.",
    fix: "Remove `hosts`. Which hosts come in is what the doors forward; what answers for them, the routes.",
    sources: ["github.com/istio/istio/issues/35420"],
    example: {
      fails: `gateways: { ingress: { hosts: [a.example.com] } }
ingresses: { services: { backendTls: { credentialName: gateway-tls } } }`,
      passes: "ingresses: { services: { backendTls: { credentialName: gateway-tls } } }",
    },
  },
  "alb/class-controller": {
    meaning: "The class of a door belongs to another controller than the one of the cluster.",
    why: "An IngressClass names one controller, and `spec.controller` is immutable. `alb` is what an installation of the AWS Load Balancer Controller makes; `alb-auto` is what meshfront writes for EKS Auto Mode. Of two that claim one class the second is refused by the API server, or serves nothing.",
    fix: "Leave `ingressClassName` out, or choose a name that nobody else has.",
    sources: [
      "Kubernetes, pkg/apis/networking/validation: ValidateIngressClassUpdate",
      "AWS, EKS user guide: Create an IngressClass to configure an Application Load Balancer",
    ],
    example: {
      fails: `cluster: { loadBalancerController: eks-auto-mode }
ingresses: { services: { ingressClassName: alb } }`,
      passes: "cluster: { loadBalancerController: eks-auto-mode }",
    },
  },
  "alb/auto-mode-annotation": {
    meaning: "An annotation may be one that EKS Auto Mode does not know yet, or needs more than the Ingress.",
    why: "The controller of Auto Mode is AWS's own and follows the AWS Load Balancer Controller with a delay; which annotations its version reads nobody can ask it, and one that it does not know is ignored without a word. With `auth-type: oidc` it also needs the right to read the Secret.",
    fix: "Look at the load balancer after the first roll-out: is the log-in, the token or the certificate asked for? Then accept the warning.",
    sources: [
      "AWS, EKS user guide: Auto Mode, considerations for Application Load Balancers",
      "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4473",
    ],
    example: {
      fails: `cluster: { loadBalancerController: eks-auto-mode }
ingresses: { services: { annotations: { shield-advanced-protection: "true" } } }`,
      passes: 'ingresses: { services: { annotations: { shield-advanced-protection: "true" } } }',
    },
  },
};
function tags(number: number): string {
  return Array.from({ length: number }, (_, index) => `k${index}: v`).join(", ");
}
