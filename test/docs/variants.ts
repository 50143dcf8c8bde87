// Clusters that together make the compiler emit every field it can, where clusters/demo.yaml does not.

/** A door inside the VPC, no hook, fixed replicas, a revision, and every optional annotation that has a key. */
const inside = `
cluster: { name: inside, region: eu-west-1, argocdName: inside }
repository: { url: "https://github.com/example/platform.git" }
istio:
  revision: 1-31-1
  istiod: { replicas: { min: 2, max: 2 } }
  base: { values: { experimental: { stableValidationPolicy: true } } }
gateways:
  ingress: { replicas: { min: 1, max: 1 }, values: { kind: DaemonSet, global: { networkPolicy: { enabled: true } } } }
ingresses:
  services:
    scheme: internal
    hosts: [app.example.com]
    certificate: { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890" }
    subnets: { ids: [subnet-0a1b2c3d4e5f60711, subnet-0b2c3d4e5f6071822] }
    webAcl: none
    inboundCidrs: [10.0.0.0/8]
    attributes: { idle_timeout.timeout_seconds: "60" }
    tags: { team: platform }
    healthCheck: { mode: named }
`;

/** Charts that cannot print `failurePolicy: Fail`, and a pinned NodePort. */
const old = `
cluster: { name: old, region: eu-west-1 }
repository: { url: "https://github.com/example/platform.git" }
istio: { version: 1.28.3 }
ingresses:
  services:
    hosts: [old.example.com]
    certificate: { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890" }
    subnets: { ids: [subnet-0a1b2c3d4e5f60711, subnet-0b2c3d4e5f6071822] }
    healthCheck: { mode: pinned, nodePort: 30021 }
`;

/** EKS Auto Mode with pods as targets, every host, TLS to the gateway, prefix lists; a second door with groups of its own. */
const auto = `
cluster: { name: auto, region: eu-west-1, argocdName: auto, loadBalancerController: eks-auto-mode }
repository: { url: "https://github.com/example/platform.git" }
gateways: { public: {}, staff: {} }
ingresses:
  public:
    gateway: public
    labels: { team: edge }
    hosts: ["*"]
    certificate: { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890" }
    backendTls: { credentialName: public-tls }
    subnets: { ids: [subnet-0a1b2c3d4e5f60711, subnet-0b2c3d4e5f6071822] }
    prefixLists: [pl-0a1b2c3d4e5f60718]
    targetGroupAttributes: { slow_start.duration_seconds: "30" }
  staff:
    gateway: staff
    hosts: [staff.example.com]
    listeners: http
    subnets: { ids: [subnet-0a1b2c3d4e5f60711, subnet-0b2c3d4e5f6071822] }
    securityGroups: { ids: [sg-0a1b2c3d] }
`;

export const variants: Readonly<Record<string, string>> = { inside, old, auto };
