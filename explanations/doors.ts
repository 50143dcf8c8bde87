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
    annotations: { security-groups: sg-0a1b2c3d, manage-backend-security-group-rules: "true" }
  consoles: { hosts: [console.example.com], certificate: { domain: "*.example.com" }, scheme: internal }`,
      passes: `ingresses:
  services:
    hosts: [app.example.com]
    certificate: { domain: "*.example.com" }
    annotations: { security-groups: sg-0a1b2c3d, manage-backend-security-group-rules: "true" }
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
    meaning: "The door has security groups of your own, and nothing opens the nodes to the load balancer.",
    why: "With `security-groups` the controller leaves the nodes alone unless `manage-backend-security-group-rules` is true: all targets time out and clients get 504, unless the nodes' security group lets the load balancer in.",
    fix: 'Add `manage-backend-security-group-rules: "true"`, or open the nodes yourself (NodePorts and the health check\'s).',
    sources: [annotationGuide, "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2586"],
    example: {
      fails: "ingresses: { services: { annotations: { security-groups: sg-0a1b2c3d } } }",
      passes: `ingresses:
  services:
    annotations: { security-groups: sg-0a1b2c3d, manage-backend-security-group-rules: "true" }`,
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
};

function tags(number: number): string {
  return Array.from({ length: number }, (_, index) => `k${index}: v`).join(", ");
}
