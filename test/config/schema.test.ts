import { describe, expect, it } from "vitest";
import type { Config } from "../../config/config.ts";
import { dedent, load, minimalCluster, printed } from "./minimal-cluster.ts";

const configOf = (text: string): Config | undefined => load(dedent(text)).clusters[0]?.config;

const id = "0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890";

describe("a minimal file", () => {
  it("has a default for everything else", () => {
    expect(printed(load(minimalCluster))).toBe("");
    expect(configOf(minimalCluster)).toEqual({
      file: "clusters/demo.yaml",
      cluster: {
        name: "demo",
        eksName: "demo",
        region: "ap-northeast-2",
        account: undefined,
        destination: { server: "https://kubernetes.default.svc" },
        vpc: undefined,
        stage: undefined,
        labels: {},
        loadBalancerController: "aws-load-balancer-controller",
      },
      repository: { url: "https://github.com/example/platform.git", revision: "main", path: "." },
      argocd: {
        managedBy: "self",
        ownCluster: { server: "https://kubernetes.default.svc" },
        namespace: "argocd",
        version: "3.5",
        healthChecks: ["application", "crd", "hpa"],
      },
      istio: {
        version: "1.31.1",
        charts: "https://blob.istio.io/istio-release/charts",
        hub: "docker.io/istio",
        revision: "",
        base: { values: {} },
        istiod: { values: {}, replicas: { min: 2, max: 5 } },
      },
      gateways: [
        {
          key: "ingress",
          version: "1.31.1",
          release: "istio-ingress",
          namespace: "istio-ingress",
          name: "istio-gateway",
          hosts: ["app.example.com"],
          hasObject: true,
          trustedProxies: 1,
          replicas: { min: 2, max: 5 },
          values: {},
        },
      ],
      routes: [],
      ingresses: [
        {
          key: "services",
          gateway: "ingress",
          name: "demo-svc-ingress",
          ingressName: "ingress-services",
          ingressClassName: "alb",
          labels: {},
          scheme: "internet-facing",
          targetType: "instance",
          hosts: ["app.example.com"],
          listeners: "redirect",
          backendTls: undefined,
          certificates: [{ domain: "app.example.com", keyAlgorithm: undefined }],
          subnets: { visibility: "public" },
          webAcl: undefined,
          inboundCidrs: [],
          prefixLists: [],
          securityGroups: undefined,
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
          attributes: {},
          targetGroupAttributes: {},
          tags: {},
          annotations: {},
          healthCheck: {
            mode: "discovered",
            path: "/healthz/ready",
            intervalSeconds: 15,
            timeoutSeconds: 5,
            healthyThreshold: 2,
            unhealthyThreshold: 2,
          },
        },
      ],
      accept: [],
      hook: {
        image: "public.ecr.aws/docker/library/node:24.21.0-alpine",
        timeoutSeconds: 45,
        recheck: "*/2 * * * *",
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        nodeSelector: undefined,
        tolerations: undefined,
      },
      manifests: [],
    });
  });
});

/** Every key of the configuration, none with its default. */
const full = `
  accept: [{ code: alb/open-console, path: "routes[0]", reason: it has a log-in }]
  cluster:
    name: demo
    eksName: Demo_EU
    region: eu-west-1
    account: "123456789012"
    argocdName: prod-eu
    vpc: { tags: { Name: main } }
    stage: canary
    labels: { env: prod }
  repository: { url: "git@github.com:example/platform.git", revision: release, path: infra/mesh }
  argocd: { namespace: gitops, version: "3.4", healthChecks: [crd, application, crd] }
  istio:
    version: 1.30.5
    charts: ghcr.io/istio/release/charts
    hub: cache.example.com/istio
    revision: 1-30-5
    base: { values: { base: { enableCRDTemplates: false } } }
    istiod: { values: { traceSampling: 0.5 }, replicas: { min: 3, max: 3 } }
  gateways:
    front:
      version: 1.29.6
      release: edge
      namespace: edge
      name: edge
      hosts: ["*"]
      trustedProxies: 2
      replicas: { min: 4, max: 9 }
      values: { priorityClassName: high }
  manifests:
    - { path: mesh/policy.yaml, wave: gateway, namespaces: [apps] }
  routes:
    - name: kiali
      hosts: [kiali.example.com]
      ingress: addons
      service: { name: reports, namespace: istio-system, port: 20001 }
      path: /kiali
  ingresses:
    services:
      gateway: front
      name: demo-door
      ingressName: door
      scheme: internal
      hosts: ["*.example.org", example.org]
      certificate:
        - { domain: example.org, keyAlgorithm: ecdsa }
        - { arn: "arn:aws:acm:eu-west-1:123456789012:certificate/${id}" }
      subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }
      webAcl: { arn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/${id}" }
      inboundCidrs: [10.0.0.0/8, "2001:db8::/32"]
      prefixLists: [pl-0a1b2c3d]
      sslPolicy: ELBSecurityPolicy-TLS13-1-3-2021-06
      attributes: { idle_timeout.timeout_seconds: "120" }
      tags: { team: platform }
      annotations: { ip-address-type: dualstack }
      healthCheck:
        mode: pinned
        path: /healthz/ready
        intervalSeconds: 30
        timeoutSeconds: 10
        healthyThreshold: 3
        unhealthyThreshold: 4
        nodePort: 30021
    addons:
      ingressClassName: alb-edge
      labels: { team: platform }
      targetType: ip
      listeners: https
      backendTls: { credentialName: edge-tls }
      securityGroups: { ids: [sg-0a1b2c3d] }
      targetGroupAttributes: { slow_start.duration_seconds: "30" }
      hosts: [kiali.example.com]
      certificate: { domain: "*.example.com" }
      subnets: { tags: { tier: public } }
      webAcl: { name: office }
      healthCheck: { mode: named }
  hook:
    image: registry.example.com/node:24
    timeoutSeconds: 60
    recheck: off
    resources: { requests: { cpu: 20m, memory: 32Mi }, limits: { cpu: 100m, memory: 64Mi } }
    nodeSelector: { kubernetes.io/arch: arm64 }
    tolerations: [{ key: dedicated, operator: Equal, value: infra, effect: NoExecute, tolerationSeconds: 30 }]
`;

describe("a file with every key", () => {
  it("is taken as it is written", () => {
    // Its doors are pinned and named: what it says of a hook is for none.
    const codes = load(dedent(full)).problems.map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(["hook/without-effect"]);
    expect(configOf(full)).toEqual({
      file: "clusters/demo.yaml",
      cluster: {
        name: "demo",
        eksName: "Demo_EU",
        region: "eu-west-1",
        account: "123456789012",
        destination: { name: "prod-eu" },
        vpc: { tags: { Name: "main" } },
        stage: "canary",
        labels: { env: "prod" },
        loadBalancerController: "aws-load-balancer-controller",
      },
      repository: { url: "git@github.com:example/platform.git", revision: "release", path: "infra/mesh" },
      argocd: {
        managedBy: "self",
        ownCluster: { server: "https://kubernetes.default.svc" },
        namespace: "gitops",
        version: "3.4",
        healthChecks: ["application", "crd"],
      },
      istio: {
        version: "1.30.5",
        charts: "ghcr.io/istio/release/charts",
        hub: "cache.example.com/istio",
        revision: "1-30-5",
        base: { values: { base: { enableCRDTemplates: false } } },
        istiod: { values: { traceSampling: 0.5 }, replicas: { min: 3, max: 3 } },
      },
      gateways: [
        {
          key: "front",
          version: "1.29.6",
          release: "edge",
          namespace: "edge",
          name: "edge",
          hosts: ["*"],
          hasObject: true,
          trustedProxies: 2,
          replicas: { min: 4, max: 9 },
          values: { priorityClassName: "high" },
        },
      ],
      routes: [
        {
          name: "kiali",
          hosts: ["kiali.example.com"],
          ingress: "addons",
          service: { name: "reports", namespace: "istio-system", port: 20001 },
          path: "/kiali",
        },
      ],
      ingresses: [
        {
          key: "addons",
          gateway: "front",
          name: "demo-addon-ingress",
          ingressName: "ingress-addons",
          ingressClassName: "alb-edge",
          labels: { team: "platform" },
          scheme: "internet-facing",
          targetType: "ip",
          hosts: ["kiali.example.com"],
          listeners: "https",
          backendTls: { credentialName: "edge-tls" },
          certificates: [{ domain: "*.example.com", keyAlgorithm: undefined }],
          subnets: { visibility: "public", tags: { tier: "public" } },
          webAcl: { name: "office" },
          inboundCidrs: [],
          prefixLists: [],
          securityGroups: { ids: ["sg-0a1b2c3d"], manageBackendRules: true },
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
          attributes: {},
          targetGroupAttributes: { "slow_start.duration_seconds": "30" },
          tags: {},
          annotations: {},
          healthCheck: {
            mode: "named",
            path: "/healthz/ready",
            intervalSeconds: 15,
            timeoutSeconds: 5,
            healthyThreshold: 2,
            unhealthyThreshold: 2,
          },
        },
        {
          key: "services",
          gateway: "front",
          name: "demo-door",
          ingressName: "door",
          ingressClassName: "alb",
          labels: {},
          scheme: "internal",
          targetType: "instance",
          hosts: ["*.example.org", "example.org"],
          listeners: "redirect",
          backendTls: undefined,
          certificates: [
            { domain: "example.org", keyAlgorithm: "ecdsa" },
            { arn: `arn:aws:acm:eu-west-1:123456789012:certificate/${id}` },
          ],
          subnets: { ids: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"] },
          webAcl: { arn: `arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/${id}` },
          inboundCidrs: ["10.0.0.0/8", "2001:db8::/32"],
          prefixLists: ["pl-0a1b2c3d"],
          securityGroups: undefined,
          sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
          attributes: { "idle_timeout.timeout_seconds": "120" },
          targetGroupAttributes: {},
          tags: { team: "platform" },
          annotations: { "ip-address-type": "dualstack" },
          healthCheck: {
            mode: "pinned",
            nodePort: 30021,
            path: "/healthz/ready",
            intervalSeconds: 30,
            timeoutSeconds: 10,
            healthyThreshold: 3,
            unhealthyThreshold: 4,
          },
        },
      ],
      accept: [{ code: "alb/open-console", path: "routes[0]", reason: "it has a log-in" }],
      hook: {
        image: "registry.example.com/node:24",
        timeoutSeconds: 60,
        recheck: undefined,
        resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
        nodeSelector: { "kubernetes.io/arch": "arm64" },
        tolerations: [
          { key: "dedicated", operator: "Equal", value: "infra", effect: "NoExecute", tolerationSeconds: 30 },
        ],
      },
      manifests: [{ path: "mesh/policy.yaml", wave: "gateway", namespaces: ["apps"] }],
    });
  });

  it("names the server of the cluster where Argo CD runs elsewhere", () => {
    const text = full.replace("argocdName: prod-eu", "server: https://api.example.com:6443");
    expect(configOf(text)?.cluster.destination).toEqual({ server: "https://api.example.com:6443" });
  });

  it("looks for private subnets where the scheme is internal and for the VPC by its id", () => {
    const text = full
      .replace("{ ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }", "{ tags: { tier: x } }")
      .replace("      subnets: { tags: { tier: x } }\n", "")
      .replace("{ tags: { Name: main } }", "{ id: vpc-0a1b2c3d }");
    expect(configOf(text)?.cluster.vpc).toEqual({ id: "vpc-0a1b2c3d" });
    expect(configOf(text)?.ingresses[1]?.subnets).toEqual({ visibility: "private" });
  });

  it("tells a web ACL that is left alone from one that is detached", () => {
    expect(configOf(full.replace("{ name: office }", "none"))?.ingresses[0]?.webAcl).toBe("none");
    expect(
      configOf(full.replace("      webAcl: { name: office }\n", ""))?.ingresses[0]?.webAcl,
    ).toBeUndefined();
  });
});
