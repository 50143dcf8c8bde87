import { ingressExample, ingressWith } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const controller = "run with the AWS Load Balancer Controller v3.5.0";
const elbApi = "Elastic Load Balancing API reference, version 2015-12-01";
const annotationGuide = "kubernetes-sigs/aws-load-balancer-controller, docs/guide/ingress/annotations.md";

export const albExplanations: Explanations = {
  "alb/host-twice": {
    meaning:
      "A host stands in two ingresses of one gateway, or twice in one; its DNS name can point at one load balancer only.",
    why: "Both load balancers would serve the host; which one is asked, with its web ACL and its address ranges, depends on DNS alone.",
    fix: "Keep the host in one ingress, or give one of the two a gateway of its own.",
    sources: ["RFC 1034, 3.6.2: one name, one canonical name"],
    example: {
      fails: `ingresses:
  consoles: { hosts: [app.example.com], certificate: { domain: app.example.com } }`,
      passes: `ingresses:
  consoles: { hosts: [console.example.com], certificate: { domain: console.example.com } }`,
    },
  },
  "alb/wildcard-over-closed-host": {
    meaning:
      "A wildcard on a front door covers a host of a more closed one of the same gateway. Both reach the same Envoy, so that others than meant could reach that host.",
    why: "A request to the open load balancer with the closed door's host passes its wildcard rule, and the gateway answers: neither the address ranges nor the log-in of the closed door are asked. A door is closed if it is internal, has `inboundCidrs` or prefix lists that are not the whole internet, asks everybody to log in, or verifies clients' certificates. The same holds of two closed doors, where one lets in all whom the other does, and more.",
    fix: "Name the hosts of the open door one by one, close it too, or give one of the two a gateway of its own (`gateways`).",
    sources: [
      "Elastic Load Balancing, user guide: host conditions (`*` takes any number of labels)",
      "istio.io, reference: Gateway, servers[].hosts",
    ],
    example: {
      fails: `ingresses:
  services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
  consoles: { hosts: [console.example.com], certificate: { domain: "*.example.com" }, scheme: internal }`,
      passes: `ingresses:
  services: { hosts: [app.example.com], certificate: { domain: "*.example.com" } }
  consoles: { hosts: [console.example.com], certificate: { domain: "*.example.com" }, scheme: internal }`,
    },
  },
  "alb/name-grammar": {
    meaning:
      "AWS refuses the load balancer's name: over 32 characters, other characters, or `internal-` in front.",
    why: "The controller checks the length only and fails the Ingress for it; the rest is refused by AWS. The load balancer is not made.",
    fix: "Set `name`. Choose well: a change on a live Ingress is ignored.",
    sources: [
      `${elbApi}: CreateLoadBalancer, Name`,
      `${controller}: load balancer name cannot be longer than 32 characters`,
    ],
    example: {
      fails: "ingresses: { services: { name: internal-services } }",
      passes: "ingresses: { services: { name: services-internal } }",
    },
  },
  "alb/name-twice": {
    meaning: "Two load balancers of one account and region have the same name.",
    why: "AWS refuses the second one, or, where all settings are equal, hands out the first: then two Ingresses fight over one load balancer. The controller does not look.",
    fix: "Set `name` of one of them, or `cluster.account` where the accounts differ.",
    sources: [
      `${elbApi}: CreateLoadBalancer, Name (unique per region and account)`,
      "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3173 and 3027",
    ],
    example: {
      fails: `# clusters/demo.yaml
ingresses: { services: { name: edge } }
# clusters/other.yaml
ingresses: { services: { name: edge } }`,
      passes: `# clusters/demo.yaml
ingresses: { services: { name: edge } }
# clusters/other.yaml
ingresses: { services: { name: edge-other } }`,
    },
  },
  "alb/ingress-name-twice": {
    meaning: "Two front doors would create the same Ingress.",
    why: "Two Applications would overwrite each other's object for ever, and one load balancer would be missing.",
    fix: "Give each its own `ingressName`.",
    sources: ["Argo CD documentation: SharedResourceWarning"],
    example: {
      fails: `ingresses:
  consoles: { ingressName: ingress-services, hosts: [a.example.com], certificate: { domain: a.example.com } }`,
      passes: `ingresses:
  consoles: { hosts: [a.example.com], certificate: { domain: a.example.com } }`,
    },
  },
  "alb/node-port-taken": {
    meaning: "Two gateways pin one NodePort.",
    why: "A NodePort belongs to one Service of a cluster. The API server refuses the second (`provided port is already allocated`), and the Application of its gateway chart fails.",
    fix: "Pin another one for one of the two.",
    sources: ["kubernetes.io, concepts: Service, Choosing your own port"],
    example: {
      fails: `gateways: { ingress: {}, staff: {} }
ingresses:
  services: { gateway: ingress, healthCheck: { mode: pinned, nodePort: 31421 } }
  wiki: { gateway: staff, healthCheck: { mode: pinned, nodePort: 31421 }, hosts: [wiki.example.com], certificate: { domain: wiki.example.com } }`,
      passes: `gateways: { ingress: {}, staff: {} }
ingresses:
  services: { gateway: ingress, healthCheck: { mode: pinned, nodePort: 31421 } }
  wiki: { gateway: staff, healthCheck: { mode: pinned, nodePort: 31422 }, hosts: [wiki.example.com], certificate: { domain: wiki.example.com } }`,
    },
  },
  "alb/certificate-region": {
    meaning:
      "A certificate, web ACL or trust store is of another region than the cluster; the load balancer takes none such.",
    why: "AWS refuses the listener (CertificateNotFound) when the load balancer is already there. The Ingress never gets an address.",
    fix: "Request or import the certificate in the cluster's region. Only CloudFront needs us-east-1.",
    sources: [`${controller}: CreateListener … CertificateNotFound, no host name`],
    example: {
      fails:
        "ingresses: { services: { certificate: { arn: arn:aws:acm:us-east-1:111122223333:certificate/0a1b } } }",
      passes:
        "ingresses: { services: { certificate: { arn: arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b } } }",
    },
  },
  "alb/arn-partition": {
    meaning:
      "An ARN names the partition of AWS that another region is in: China and GovCloud have their own.",
    why: "There is nothing of that name, and the controller fails when it asks for it.",
    fix: "Copy the ARN where the thing is: `arn:aws-cn:` in China, `arn:aws-us-gov:` in GovCloud.",
    sources: [
      "AWS, general reference: Amazon Resource Names, partitions",
      "botocore 1.43, data/partitions.json",
    ],
    example: {
      fails: `cluster: { region: cn-north-1 }
ingresses: { services: { certificate: { arn: arn:aws:acm:cn-north-1:111122223333:certificate/0a1b } } }`,
      passes: `cluster: { region: cn-north-1 }
ingresses: { services: { certificate: { arn: arn:aws-cn:acm:cn-north-1:111122223333:certificate/0a1b } } }`,
    },
  },
  "alb/certificate-account": {
    meaning: "A certificate or web ACL is of another account than `cluster.account`.",
    why: "A load balancer takes neither from another account: AWS says that it does not exist, after the load balancer was made.",
    fix: "Correct the ARN or `cluster.account`.",
    sources: [
      "AWS Certificate Manager, user guide: Services integrated with ACM",
      "AWS WAF API reference: AssociateWebACL",
    ],
    example: {
      fails: `cluster: { account: "111122223333" }
ingresses:
  services: { certificate: { arn: arn:aws:acm:ap-northeast-2:444455556666:certificate/0a1b } }`,
      passes: `cluster: { account: "111122223333" }
ingresses:
  services: { certificate: { arn: arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b } }`,
    },
  },
  "alb/subnets": {
    meaning: "A subnet is named twice, or fewer than two are: an Application Load Balancer needs two zones.",
    why: "The controller fails the whole Ingress: one subnet, or two in one zone. Zones of ids that are written out are not known here; those of a look-up are checked.",
    fix: "Name one subnet per zone, two at least.",
    sources: [
      `${controller}: subnets count less than minimal required count: 1 < 2; multiple subnets in same Availability Zone`,
    ],
    example: {
      fails: "ingresses: { services: { subnets: { ids: [subnet-0a1b2c3d] } } }",
      passes: "ingresses: { services: { subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] } } }",
    },
  },
  "alb/pairs": {
    meaning:
      "An attribute cannot travel in an annotation (`=`, `,`, blanks in its name, a backslash in its value).",
    why: "The controller reads `key=value,key=value`: what breaks that apart becomes other attributes, or fails the whole Ingress. It drops backslashes.",
    fix: "Rename or correct it. A comma inside a value is fine: it is escaped.",
    sources: [annotationGuide, "pkg/annotations/parser.go of the controller at v3.5.0"],
    example: {
      fails: 'ingresses: { services: { attributes: { access_logs.s3.prefix: "a\\\\b" } } }',
      passes: 'ingresses: { services: { attributes: { access_logs.s3.prefix: "a,b" } } }',
    },
  },
  "alb/attribute": {
    meaning:
      "AWS refuses an attribute of the load balancer: its name is misspelt or that of something else, its value is out of range, or another one is missing beside it.",
    why: "The load balancer is made first and its attributes are set afterwards. When AWS refuses them the Ingress gets no address, and its Application never becomes healthy.",
    fix: "Correct it. Those of target groups have the key `targetGroupAttributes`, those of listeners annotations: `listener-attributes.HTTPS-443`. Attributes that are not known here pass unless they are two letters away from one that is.",
    sources: [`${elbApi}: LoadBalancerAttribute, TargetGroupAttribute, ListenerAttribute`],
    example: {
      fails: 'ingresses: { services: { attributes: { idle_timeout.timeout_seconds: "5000" } } }',
      passes: 'ingresses: { services: { attributes: { idle_timeout.timeout_seconds: "4000" } } }',
    },
  },
  "alb/annotation": {
    meaning:
      "An extra annotation is unknown to the controller (it would be ignored silently), malformed, refused here, or set by a key.",
    why: "The controller has no list of its annotations, and its webhook let thirteen bad ones on one Ingress through. A misspelt key does nothing; a value it cannot read fails the whole Ingress; a live load balancer then keeps its old settings while Argo CD says Healthy.",
    fix: "Take the name or value from the message; where a key of the cluster file sets it, use the key.",
    sources: [controller, annotationGuide],
    example: {
      fails: "ingresses: { services: { annotations: { ip-address-type: ipv6 } } }",
      passes: "ingresses: { services: { annotations: { ip-address-type: dualstack } } }",
    },
  },
  "alb/authentication": {
    meaning:
      "`auth-type` stands without its identity provider or beside `jwt-validation`, or settings for a log-in stand without `auth-type`, so that there is none.",
    why: "Without `auth-type` the controller ignores everything else about the log-in, silently: a door that looks closed is open. Without the provider it fails the whole Ingress, and so it does with a log-in and tokens on one door.",
    fix: "Set both: `auth-type: oidc` with `auth-idp-oidc`, or `auth-type: cognito` with `auth-idp-cognito`. Write `auth-type: none` to switch a log-in off.",
    sources: [
      "pkg/ingress/auth_config_builder.go (default none) and model_build_actions.go (missing IDPConfigOIDC) of the controller at v3",
    ],
    example: {
      fails: "ingresses: { services: { annotations: { auth-on-unauthenticated-request: deny } } }",
      passes: `ingresses:
  services:
    annotations:
      auth-type: cognito
      auth-idp-cognito: '{"userPoolARN":"arn:aws:cognito-idp:ap-northeast-2:111122223333:userpool/x","userPoolClientID":"id","userPoolDomain":"login"}'
      auth-on-unauthenticated-request: deny`,
    },
  },
  "alb/open-console": {
    meaning: "A console without a log-in of its own is routed through a front door that the world can reach.",
    why: "A console here is a Service called grafana, kiali, prometheus, tracing or zipkin, in whatever namespace: so Istio's samples/addons name them, and install them without a log-in (Grafana's visitors are administrators). What they show is the whole mesh. It is a warning, because yours may ask for one.",
    fix: "Close the door: `scheme: internal`, `inboundCidrs` that are not the whole internet, or `auth-type`. Or route the console through another ingress.",
    sources: [
      "istio/istio, samples/addons at 1.30.3: kiali.yaml (auth.strategy anonymous), grafana.yaml (anonymous Admin)",
    ],
    example: {
      fails: `routes:
  - { name: kiali, hosts: [kiali.example.com], ingress: addons, service: { name: kiali, namespace: istio-system, port: 20001 } }
ingresses:
  addons: { hosts: [kiali.example.com], certificate: { domain: kiali.example.com } }`,
      passes: `routes:
  - { name: kiali, hosts: [kiali.example.com], ingress: addons, service: { name: kiali, namespace: istio-system, port: 20001 } }
ingresses:
  addons: { hosts: [kiali.example.com], certificate: { domain: kiali.example.com }, inboundCidrs: [203.0.113.0/24] }`,
    },
  },
  "alb/inbound-cidrs-ignored": {
    meaning:
      "`inboundCidrs` or `prefixLists` stand beside `securityGroups`, and the controller would ignore them silently.",
    why: "Both go into a security group that the controller makes itself. With groups of your own it makes none: the door is as open as those groups are.",
    fix: "Put the ranges into the security group, or remove `securityGroups`.",
    sources: ["pkg/ingress/model_build_managed_sg.go of the controller at v3.5.0", annotationGuide],
    example: {
      fails: `ingresses:
  services:
    inboundCidrs: [203.0.113.0/24]
    securityGroups: { ids: [sg-0a1b2c3d] }`,
      passes: `ingresses:
  services:
    securityGroups: { ids: [sg-0a1b2c3d] }`,
    },
  },
  "alb/key-algorithm-conflict": {
    meaning: "One domain is asked for with different key algorithms, but has one answer in the lock file.",
    why: "A look-up gives one certificate per domain, and one certificate has one key.",
    fix: "Name one of the two by its `arn`, or use the same algorithm.",
    sources: ["docs/adr/0011-lock-files.md"],
    example: {
      fails: `ingresses:
  services: { certificate: { domain: "*.example.com", keyAlgorithm: rsa } }
  consoles: { hosts: [c.example.com], certificate: { domain: "*.example.com", keyAlgorithm: ecdsa } }`,
      passes: `ingresses:
  services: { certificate: { domain: "*.example.com", keyAlgorithm: ecdsa } }
  consoles: { hosts: [c.example.com], certificate: { domain: "*.example.com", keyAlgorithm: ecdsa } }`,
    },
  },
  "alb/service-annotation": {
    meaning:
      "An annotation of the controller on the gateway's Service would beat that of every Ingress, the patched one too.",
    why: "The controller merges the backend Service's annotations over those of the Ingress: with a health-check port there, what the hook patches does nothing, silently.",
    fix: "Set it on the ingress. Both `service.annotations` and `annotations` of the gateway's values end up on the Service.",
    sources: [`${controller}: 15021 on the Service, status-port on the Ingress`, annotationGuide],
    example: {
      fails:
        'gateways: { ingress: { values: { service: { annotations: { alb.ingress.kubernetes.io/healthcheck-port: "15021" } } } } }',
      passes:
        "gateways: { ingress: { values: { service: { annotations: { example.com/team: platform } } } } }",
    },
  },
  "alb/pinned-node-port": {
    meaning: "Front doors pin different NodePorts, or another one than the gateway's Service has.",
    why: "All doors lead to one Service, whose status port has one NodePort. A number that is not its NodePort is checked all the same, and every target is unhealthy.",
    fix: "Pin the same NodePort on every door, and in `service.ports` where they are written out.",
    sources: [`${controller}: a number is taken as it is`],
    example: {
      fails: `ingresses:
  services: { healthCheck: { mode: pinned, nodePort: 30021 } }
  more: { hosts: [a.example.com], certificate: { domain: a.example.com }, healthCheck: { mode: pinned, nodePort: 30022 } }`,
      passes: `ingresses:
  services: { healthCheck: { mode: pinned, nodePort: 30021 } }
  more: { hosts: [a.example.com], certificate: { domain: a.example.com }, healthCheck: { mode: pinned, nodePort: 30021 } }`,
    },
  },
  "alb/ingress-annotation": {
    meaning: "An annotation on an Ingress is unknown to the controller, malformed or refused here.",
    why: "The same table as `alb/annotation`, over what is emitted, whoever set it. Among the worst: an empty `wafv2-acl-arn` detaches a web ACL, an empty `inbound-cidrs` opens to the world, a line break at the end of a value is part of it.",
    fix: "Correct what writes the annotation.",
    versions:
      "An empty wafv2-acl-arn detaches with the AWS Load Balancer Controller 2.14.0 to 3.5.0; from 2.8.2 to 2.13.4 it left the web ACL alone.",
    sources: [
      controller,
      annotationGuide,
      "github.com/kubernetes-sigs/aws-load-balancer-controller/pull/4888",
    ],
    example: {
      fails: ingressWith("target-type: instance", "target-type: instances"),
      passes: ingressExample,
    },
  },
  "alb/annotation-missing": {
    meaning: "An Ingress lacks an annotation without which the controller silently assumes something else.",
    why: "Without `scheme` the load balancer is internal, without `certificate-arn` it gets every certificate that matches, without `ssl-policy` one of 2016, without `healthcheck-port` its health depends on a route; a health check without a protocol takes that of the backend.",
    fix: "State it.",
    sources: [controller, annotationGuide],
    example: {
      fails: ingressWith("    alb.ingress.kubernetes.io/scheme: internet-facing\n", ""),
      passes: ingressExample,
    },
  },
  "alb/health-check-interval": {
    meaning: "The interval of the health check is not above its timeout.",
    why: "AWS refuses the target group. Absent, the interval is 15 seconds and the timeout 5.",
    fix: "Raise the interval or lower the timeout.",
    sources: [
      `${controller}: interval 5 with timeout 5 is a ValidationError`,
      "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2951",
    ],
    example: {
      fails: ingressWith('interval-seconds: "15"', 'interval-seconds: "5"'),
      passes: ingressExample,
    },
  },
  "alb/plain-protocol": {
    meaning:
      "An Ingress sends requests or health checks to the gateway over HTTPS, where it speaks plain HTTP.",
    why: "A health check without a protocol takes that of the backend, and the status port knows no TLS: every target is unhealthy while the controller reports success.",
    fix: "Write `HTTP` in both: TLS ends at the load balancer.",
    sources: [
      `${controller}: backend-protocol HTTPS, healthcheck-protocol omitted`,
      "istio/istio, tools/packaging/common/envoy_bootstrap.json: the status listener has no TLS",
    ],
    example: {
      fails: ingressWith("backend-protocol: HTTP", "backend-protocol: HTTPS"),
      passes: ingressExample,
    },
  },
  "alb/ssl-redirect": {
    meaning: "`ssl-redirect` names a port on which the load balancer does not listen with TLS.",
    why: "The controller fails the whole Ingress: listener does not exist for SSLRedirect port.",
    fix: 'Listen on it: `[{"HTTP":80},{"HTTPS":443}]`.',
    sources: [`${controller}: listener does not exist for SSLRedirect port: 443`],
    example: { fails: ingressWith('{"HTTPS":443}', '{"HTTPS":8443}'), passes: ingressExample },
  },
  "alb/ingress-class": {
    meaning: "An Ingress has the old class annotation, or a class other than `alb`.",
    why: "The annotation `kubernetes.io/ingress.class` beats `ingressClassName` and makes the controller ignore the parameters of the class. An Ingress of no known class is nobody's.",
    fix: "Set `spec.ingressClassName: alb` alone.",
    sources: ["pkg/ingress/group_loader.go, classifyIngress, of the controller at v3.5.0"],
    example: {
      fails: ingressWith("  annotations:\n", "  annotations:\n    kubernetes.io/ingress.class: alb\n"),
      passes: ingressExample,
    },
  },
  "alb/ingress-backend": {
    meaning:
      "An Ingress leads to something else than a port of the gateway's NodePort Service in its namespace.",
    why: "An Ingress reaches Services of its own namespace only. For a Service that is not there the controller makes a load balancer without targets and reports success; for a port that is not there, or a Service without NodePorts, it fails the whole Ingress.",
    fix: "Lead every path to port 80 of the gateway's Service.",
    sources: [
      `${controller}: backend Service missing or in another namespace; unable to find port 8080 on service; TargetGroup port is empty`,
    ],
    example: { fails: ingressWith("number: 80", "number: 8080"), passes: ingressExample },
  },
  "alb/ingress-host": {
    meaning:
      "A rule of an Ingress has no host, and it is not the only one: it takes every host that points at the load balancer.",
    why: 'Whatever name somebody points at the load balancer reaches the gateway. Where that is meant, `hosts: ["*"]` says it, alone.',
    fix: "Name the hosts one by one, or take every host with a single rule.",
    sources: ["kubernetes.io, concepts: Ingress rules"],
    example: {
      fails: ingressWith("    - host: app.example.com\n      http:", '    - host: ""\n      http:'),
      passes: ingressExample,
    },
  },
  "alb/health-check-port": {
    meaning: "The health-check port of an Ingress is neither the name of the status port nor its NodePort.",
    why: "A name becomes the NodePort of that port; a name that the Service does not have fails the whole Ingress. A number is taken as it is: 15021 is checked on the nodes, where nothing answers, while everything reports success. A NodePort that is not fixed goes astray when it moves.",
    fix: "Write `status-port`. What the hook patches later is not in Git and not judged.",
    sources: [
      `${controller}: status-port, 15021, statusport and a moved NodePort`,
      "pkg/ingress/model_build_target_group.go, buildTargetGroupHealthCheckPort, at v3.5.0",
    ],
    example: {
      fails: ingressWith("healthcheck-port: status-port", 'healthcheck-port: "15021"'),
      passes: ingressExample,
    },
  },
};
