// Stage 1: what a cluster file may hold. The one place for keys, types, defaults and descriptions;
// schema/cluster.schema.json is generated from it.
import * as z from "zod/mini";
import type { JsonObject } from "../core/json.ts";
import { defaultArgocdVersion, eksArgocdVersion } from "./argocd-version.ts";
import { defaultCharts, defaultHub, defaultIstioVersion } from "./istio-versions.ts";
import * as patterns from "./patterns.ts";

// One parse per run: compiling a parser for each object costs more than it saves.
z.config({ jitless: true });

const about = <T>(description: string, ...examples: unknown[]): z.core.$ZodCheck<T> =>
  z.meta(examples.length > 0 ? { description, examples } : { description });

const form = ({ regex, expected }: patterns.Pattern) => z.string().check(z.regex(regex, { error: expected }));

/** One call of check(): each makes another schema. */
const text = ({ regex, expected }: patterns.Pattern, description: string, ...examples: unknown[]) =>
  z.string().check(z.regex(regex, { error: expected }), about(description, ...examples));

const whole = (minimum: number, maximum: number, description: string) =>
  z.int().check(z.minimum(minimum), z.maximum(maximum), about(description));

const anyText = (description: string, ...examples: unknown[]) =>
  z.string().check(z.minLength(1), about(description, ...examples));

const listOf = <T extends z.core.SomeType>(item: T, description: string) =>
  z.array(item).check(z.minLength(1), about(description));

/** A map that is left out when there is nothing to say: an empty one is a mistake. */
const stringMap = (description: string, ...examples: unknown[]) =>
  z.record(nameInMap, z.string()).check(notEmpty, about(description, ...examples));

const nameInMap = z.string().check(z.minLength(1, { error: "a name that is not empty" }));

const notEmpty = z.refine<Record<string, unknown>>((map) => Object.keys(map).length > 0, {
  error: "at least one entry (leave the key out instead)",
});

const count = (value: object, keys: readonly string[]): number =>
  keys.filter((key) => Object.hasOwn(value, key)).length;

/** As JSON Schema says it: editors see it too. */
const exactlyOne = (...keys: readonly string[]): z.core.$ZodCheck<object>[] => [
  z.refine((value) => count(value, keys) === 1, { error: `exactly one of ${keys.join(", ")}` }),
  z.meta({ oneOf: keys.map((key) => ({ required: [key] })) }),
];

const cidr = z.union([z.cidrv4(), z.cidrv6()], { error: "an address range such as 203.0.113.0/24" });

export const loadBalancerControllers = ["aws-load-balancer-controller", "eks-auto-mode"] as const;

const vpc = z
  .strictObject({
    id: z.optional(text(patterns.vpcId, "The VPC's id.", "vpc-0a1b2c3d4e5f60718")),
    tags: z.optional(stringMap("Tags that exactly one VPC carries.")),
  })
  .check(...exactlyOne("id", "tags"));

const cluster = z
  .strictObject({
    name: text(
      patterns.dnsLabel,
      "Name of the cluster: a DNS label, equal to the name of this file.",
      "demo",
    ),
    eksName: z.optional(
      text(patterns.eksName, "What EKS calls the cluster, where that differs (capitals, '_').", "Demo_EU"),
    ),
    region: text(patterns.region, "AWS region of the cluster.", "ap-northeast-2"),
    account: z.optional(
      text(
        patterns.account,
        "AWS account, 12 digits in quotes. Look-ups refuse credentials of another account.",
        "123456789012",
      ),
    ),
    server: z.optional(
      z
        .string()
        .check(
          z.regex(patterns.apiServer.regex, { error: patterns.apiServer.expected }),
          about(
            "API server as Argo CD knows it; with argocd.managedBy eks the cluster's ARN. Default: https://kubernetes.default.svc, an Argo CD inside the cluster.",
            "https://kubernetes.default.svc",
          ),
        ),
    ),
    argocdName: z.optional(anyText("Name of the cluster in Argo CD, instead of `server`.", "prod-eu")),
    vpc: z.optional(vpc.check(about("The cluster's VPC. Default: that of the security group EKS tags."))),
    stage: z.optional(
      text(
        patterns.dnsLabel,
        "Stage of a roll-out that the cluster belongs to, for `-l stage=canary`.",
        "canary",
      ),
    ),
    labels: z.optional(
      z
        .record(form(patterns.labelKey), form(patterns.labelValue))
        .check(
          notEmpty,
          about("What the cluster is, for `-l env=prod`. Nothing in the output has them.", { env: "prod" }),
        ),
    ),
    loadBalancerController: z._default(
      z
        .enum(loadBalancerControllers)
        .check(
          about(
            "Which controller makes the load balancers: the one that somebody installed, or the one of EKS Auto Mode, for which meshfront writes the IngressClass too.",
          ),
        ),
      "aws-load-balancer-controller",
    ),
  })
  .check(
    z.refine((value) => count(value, ["server", "argocdName"]) <= 1, {
      error: "at most one of server, argocdName",
    }),
    about("The EKS cluster."),
  );

const repository = z
  .strictObject({
    url: text(
      patterns.repositoryUrl,
      "Git URL that Argo CD reads the output from, without credentials.",
      "https://github.com/example/platform.git",
    ),
    revision: z._default(text(patterns.revision, "Branch, tag or commit that Argo CD follows."), "main"),
    path: z._default(text(patterns.folder, "Folder of this project inside the repository."), "."),
  })
  .check(about("Where Argo CD reads the output."));

const healthChecks = ["application", "crd", "hpa"] as const;

const argocd = z
  .strictObject({
    managedBy: z._default(
      z
        .enum(["self", "eks"])
        .check(
          about(
            "self: an Argo CD that somebody installed; eks: the EKS capability, which AWS runs (docs/how-to/eks-capability.md).",
          ),
        ),
      "self",
    ),
    clusterName: z.optional(
      anyText(
        "Name of Argo CD's own cluster in it, where the root goes; only with managedBy eks. Default: in-cluster.",
        "in-cluster",
      ),
    ),
    namespace: z._default(text(patterns.dnsLabel, "Namespace Argo CD runs in."), "argocd"),
    version: z.optional(
      text(
        patterns.argocdVersion,
        `Minor version of Argo CD, in quotes, at least 3.3. Default: ${defaultArgocdVersion}, of the EKS capability ${eksArgocdVersion}.`,
        "3.5",
      ),
    ),
    healthChecks: z._default(
      listOf(
        z.enum(healthChecks),
        "Health checks in argocd/argocd-cm.yaml. `application` is the gate that sync waves wait for and cannot be left out.",
      ),
      [...healthChecks],
    ),
  })
  .check(
    z.refine(({ managedBy, clusterName }) => managedBy === "eks" || clusterName === undefined, {
      error: "managedBy: eks beside clusterName, or no clusterName",
    }),
  );

/** Data of a YAML document; what the keys mean is the charts' business. */
const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodMiniType<JsonObject>; // so it is JSON

const values = (chart: string) =>
  z._default(
    jsonObject.check(
      about(
        `Helm values of Istio's ${chart} chart, merged over what meshfront computes: maps deeply, lists replaced. No nulls.`,
      ),
    ),
    {},
  );

const replicas = (what: string) =>
  z.prefault(
    z
      .strictObject({
        min: z._default(whole(1, 1000, "Fewest replicas."), 2),
        max: z._default(whole(1, 1000, "Most replicas. Equal to min: a fixed number, no autoscaler."), 5),
      })
      .check(
        z.refine(({ min, max }) => min <= max, { error: "min not above max" }),
        about(`Replicas of ${what}.`),
      ),
    {},
  );

const istio = z.strictObject({
  version: z._default(
    text(patterns.istioVersion, "Version of Istio's Helm charts: exact, no 'v', no range.", "1.31.1"),
    defaultIstioVersion,
  ),
  charts: z._default(
    text(
      patterns.chartRepository,
      "Helm repository of Istio's charts, or an OCI registry without oci://.",
      "ghcr.io/istio/release/charts",
    ),
    defaultCharts,
  ),
  hub: z._default(
    text(patterns.imageHub, "Registry of Istio's images, for instance a pull-through cache."),
    defaultHub,
  ),
  revision: z._default(
    text(patterns.istioRevision, "Revision of the control plane, for canary upgrades.", "1-31-1"),
    "",
  ),
  base: z.prefault(
    z
      .strictObject({ values: values("base") })
      .check(about("The base chart: CRDs and the validation webhook.")),
    {},
  ),
  istiod: z.prefault(
    z
      .strictObject({ values: values("istiod"), replicas: replicas("istiod") })
      .check(about("The istiod chart: the control plane.")),
    {},
  ),
});

const gateway = z.strictObject({
  version: z.optional(
    text(
      patterns.istioVersion,
      "Version of the gateway chart: at most one minor older than istio.version, never newer. Default: istio.version.",
    ),
  ),
  release: z.optional(
    text(
      patterns.releaseName,
      "Helm release name; Service, Deployment and labels are called so. Default: istio-<key>.",
      "istio-ingress",
    ),
  ),
  namespace: z.optional(
    text(patterns.dnsLabel, "Namespace of the gateway, its routes and Ingresses. Default: istio-<key>."),
  ),
  name: z.optional(
    text(
      patterns.dnsLabel,
      "Name of the Istio Gateway object. Default: istio-gateway for the key ingress, otherwise istio-gateway-<key>.",
    ),
  ),
  hosts: z.optional(
    listOf(
      text(patterns.gatewayHost, "A host.", "*.example.com"),
      "Hosts the Gateway takes; for others of its ingresses Envoy answers 404. Default: the hosts of all its ingresses.",
    ),
  ),
  object: z.optional(
    z
      .literal("none")
      .check(
        about("none: no Gateway object. Applications bring their own, or `manifests`; `routes` need ours."),
      ),
  ),
  trustedProxies: z.optional(
    whole(
      1,
      10,
      "Proxies in front of Envoy: 1 is the load balancer, 2 a CDN before it. Default: what istiod's meshConfig.defaultConfig.gatewayTopology says, otherwise 1.",
    ),
  ),
  replicas: replicas("the gateway"),
  values: values("gateway"),
});

const route = z.strictObject({
  name: text(patterns.dnsLabel, "Name of the route, and of its VirtualService.", "grafana"),
  hosts: listOf(
    text(patterns.gatewayHost, "A host."),
    "Hosts of the route; the ingress must have them. [*] alone under an ingress that takes every host.",
  ),
  ingress: text(patterns.dnsLabel, "Key of the ingress these hosts come in by.", "addons"),
  service: z
    .strictObject({
      name: text(patterns.dnsLabel, "Name of the Service.", "grafana"),
      namespace: text(patterns.dnsLabel, "Namespace of the Service.", "istio-system"),
      port: whole(1, 65535, "Port of the Service (its `port`, not its target port)."),
    })
    .check(about("Where the route leads.")),
  path: z.optional(text(patterns.urlPath, "Prefix of the paths that are routed. Default: all.", "/kiali")),
});

const certificate = z
  .strictObject({
    domain: z.optional(
      text(
        patterns.host,
        "Domain of an issued ACM certificate; `meshfront lookup` finds it.",
        "app.example.com",
      ),
    ),
    keyAlgorithm: z.optional(
      z.enum(["rsa", "ecdsa"]).check(about("Key algorithm, where several certificates fit.")),
    ),
    arn: z.optional(text(patterns.certificateArn, "ARN of the certificate: no look-up.")),
  })
  .check(
    ...exactlyOne("domain", "arn"),
    z.refine((value) => count(value, ["arn", "keyAlgorithm"]) <= 1, {
      error: "no keyAlgorithm beside arn",
    }),
  );

const subnets = z
  .strictObject({
    ids: z.optional(listOf(text(patterns.subnetId, "A subnet's id."), "Ids of the subnets: no look-up.")),
    tags: z.optional(stringMap("Tags that the subnets carry; one subnet per zone must match.")),
  })
  .check(...exactlyOne("ids", "tags"));

const webAcl = z.union([
  z.literal("none"),
  z
    .strictObject({
      arn: z.optional(text(patterns.webAclArn, "ARN of a REGIONAL web ACL: no look-up.")),
      name: z.optional(text(patterns.webAclName, "Name of a REGIONAL web ACL; `meshfront lookup` finds it.")),
    })
    .check(...exactlyOne("arn", "name")),
]);

const healthCheckModes = ["discovered", "named", "pinned"] as const;

const healthCheck = z
  .strictObject({
    mode: z.optional(
      z
        .enum(healthCheckModes)
        .check(
          about(
            "discovered: a hook patches the NodePort into the annotation; named: the port's name, resolved by the controller; pinned: a fixed NodePort. Default: discovered; with targetType ip, on EKS Auto Mode and with argocd.managedBy eks named.",
          ),
        ),
    ),
    path: z._default(text(patterns.urlPath, "Path of the health check."), "/healthz/ready"),
    intervalSeconds: z._default(whole(5, 300, "Seconds between checks; above timeoutSeconds."), 15),
    timeoutSeconds: z._default(whole(2, 120, "Seconds until a check has failed."), 5),
    healthyThreshold: z._default(whole(2, 10, "Passed checks until a target is healthy."), 2),
    unhealthyThreshold: z._default(whole(2, 10, "Failed checks until a target is unhealthy."), 2),
    nodePort: z.optional(whole(30000, 32767, "NodePort of the status port; only with mode pinned.")),
  })
  .check(
    z.refine(({ mode, nodePort }) => mode !== "pinned" || nodePort !== undefined, {
      error: "nodePort beside mode: pinned, a number from 30000 to 32767",
    }),
    z.refine(({ mode, nodePort }) => mode === "pinned" || nodePort === undefined, {
      error: "mode: pinned beside nodePort, or no nodePort",
    }),
    z.refine(({ intervalSeconds, timeoutSeconds }) => intervalSeconds > timeoutSeconds, {
      error: "intervalSeconds above timeoutSeconds (AWS refuses the target group otherwise)",
    }),
  );

const ingress = z.strictObject({
  gateway: z.optional(
    text(patterns.gatewayKey, "Key of the gateway it leads to. Default: the only one.", "ingress"),
  ),
  name: z.optional(
    anyText(
      "Name of the load balancer. Default: <cluster>-<key>-ingress, with svc for services and addon for addons.",
    ),
  ),
  ingressName: z.optional(
    text(
      patterns.dnsLabel,
      "Name of the Ingress object. Default: ingress-<key>. Set it to adopt a live one.",
    ),
  ),
  ingressClassName: z.optional(
    text(
      patterns.objectName,
      "Name of the IngressClass: which controller serves the Ingress. Default: alb, on EKS Auto Mode alb-auto.",
    ),
  ),
  labels: z.optional(
    z
      .record(form(patterns.labelKey), form(patterns.labelValue))
      .check(notEmpty, about("Labels of the Ingress object.", { team: "platform" })),
  ),
  scheme: z._default(
    z.enum(["internet-facing", "internal"]).check(about("Who can reach the load balancer.")),
    "internet-facing",
  ),
  targetType: z.optional(
    z
      .enum(["instance", "ip"])
      .check(
        about(
          "instance: nodes are the targets, by NodePort; ip: the gateway's pods are, and nothing is discovered. Default: instance, on EKS Auto Mode ip.",
        ),
      ),
  ),
  hosts: listOf(
    text(patterns.gatewayHost, "A host.", "app.example.com"),
    "Hosts that come in by this load balancer. [*] alone: every host, as a rule without one.",
  ),
  listeners: z._default(
    z
      .enum(["redirect", "https", "http"])
      .check(
        about(
          "redirect: 443, and 80 leads there; https: 443 alone; http: 80 alone, unencrypted, without a certificate.",
        ),
      ),
    "redirect",
  ),
  certificate: z.optional(
    z
      .union([certificate, z.array(certificate).check(z.minLength(1))])
      .check(
        about(
          "Certificate of the HTTPS listener, or several: the first is the default. Required, but for listeners http.",
        ),
      ),
  ),
  backendTls: z.optional(
    z
      .strictObject({
        credentialName: text(
          patterns.objectName,
          "Name of the Secret with the gateway's certificate, in the gateway's namespace. It never stands in Git.",
          "gateway-tls",
        ),
      })
      .check(
        about("The load balancer speaks HTTPS to the gateway's port 443. Default: HTTP to its port 80."),
      ),
  ),
  subnets: z.optional(
    subnets.check(
      about(
        "Subnets of the load balancer. Default: the VPC's public ones, for an internal scheme the private ones.",
      ),
    ),
  ),
  webAcl: z.optional(
    webAcl.check(about("Web ACL to attach. none: detach whatever is attached. Default: leave it as it is.")),
  ),
  inboundCidrs: z.optional(listOf(cidr, "Address ranges that may connect. Default: all.")),
  prefixLists: z.optional(
    listOf(
      text(patterns.prefixListId, "A prefix list's id.", "pl-0a1b2c3d4e5f60718"),
      "Prefix lists whose ranges may connect, beside inboundCidrs.",
    ),
  ),
  securityGroups: z.optional(
    z
      .strictObject({
        ids: listOf(
          text(patterns.securityGroupId, "A security group's id.", "sg-0a1b2c3d4e5f60718"),
          "Your own security groups: they decide who may connect, and the controller makes none.",
        ),
        manageBackendRules: z._default(
          z.boolean().check(about("Whether the controller opens the nodes or pods to the load balancer.")),
          true,
        ),
      })
      .check(about("Security groups of the load balancer. Default: the controller makes one.")),
  ),
  sslPolicy: z.optional(
    text(
      patterns.sslPolicy,
      "Security policy of the HTTPS listener. Default: ELBSecurityPolicy-TLS13-1-2-2021-06.",
    ),
  ),
  attributes: z.optional(
    stringMap("Attributes of the load balancer.", { "idle_timeout.timeout_seconds": "60" }),
  ),
  targetGroupAttributes: z.optional(
    stringMap("Attributes of its target group.", { "deregistration_delay.timeout_seconds": "30" }),
  ),
  tags: z.optional(stringMap("Tags on what the controller creates in AWS.", { team: "platform" })),
  annotations: z.optional(
    stringMap(
      "Further annotations of the AWS Load Balancer Controller, without the prefix alb.ingress.kubernetes.io/; those of external-dns by their full name.",
    ),
  ),
  healthCheck: z.prefault(
    healthCheck.check(about("How the load balancer asks whether the gateway is ready.")),
    {},
  ),
});

const toleration = z.strictObject({
  key: z.optional(text(patterns.labelKey, "Key of the taint.")),
  operator: z.optional(z.enum(["Equal", "Exists"]).check(about("How value is compared."))),
  value: z.optional(text(patterns.labelValue, "Value of the taint.")),
  effect: z.optional(
    z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).check(about("Effect that is tolerated.")),
  ),
  tolerationSeconds: z.optional(whole(0, 86400, "Seconds to stay, with NoExecute.")),
});

const nodeLabels = z
  .record(form(patterns.labelKey), form(patterns.labelValue))
  .check(notEmpty, about("Node labels the hook's pods need.", { "kubernetes.io/arch": "arm64" }));

const resourceList = (description: string, cpu: string | undefined, memory: string) =>
  z.prefault(
    z
      .strictObject({
        cpu:
          cpu === undefined
            ? z.optional(text(patterns.cpuQuantity, "CPU."))
            : z._default(text(patterns.cpuQuantity, "CPU."), cpu),
        memory: z._default(text(patterns.memoryQuantity, "Memory."), memory),
      })
      .check(about(description)),
    {},
  );

const hook = z.strictObject({
  image: z._default(
    text(patterns.image, "Image with Node.js 20 or newer that runs the health-check program."),
    "public.ecr.aws/docker/library/node:24.21.0-alpine",
  ),
  timeoutSeconds: z._default(
    whole(10, 60, "Seconds one run waits for the gateway's Service and the Ingresses."),
    45,
  ),
  recheck: z._default(
    text(patterns.recheck, "When the health-check ports are checked again (cron, five fields), or off."),
    "*/2 * * * *",
  ),
  resources: z.prefault(
    z
      .strictObject({
        requests: resourceList("What a node must have free.", "10m", "64Mi"),
        limits: resourceList("What a run may use at most.", undefined, "128Mi"),
      })
      .check(about("CPU and memory of the hook's pods.")),
    {},
  ),
  nodeSelector: z.optional(nodeLabels),
  tolerations: z.optional(listOf(toleration, "Taints the hook's pods tolerate.")),
});

/** What holds where nobody writes anything. */
export const defaultHook = z.parse(hook, {});

const acceptance = z.strictObject({
  code: text(patterns.problemCode, "Code of the warning.", "alb/open-console"),
  path: z.optional(
    anyText("Key that it is about, or one above it. Default: wherever it occurs.", "ingresses.services"),
  ),
  reason: anyText("Why it is accepted, for whoever reads this.", "Kiali has a log-in of its own."),
});

const manifest = z.strictObject({
  path: text(
    patterns.manifestPath,
    "YAML file with objects of your own, relative to the project's folder.",
    "mesh/authorization.yaml",
  ),
  wave: z
    .enum(["gateway", "ingress"])
    .check(
      about("With what it is applied: with the Gateway and its routes, or after them with the front doors."),
    ),
  namespaces: z.optional(
    listOf(
      text(patterns.dnsLabel, "A namespace that is there.", "apps"),
      "Namespaces its objects may stand in, beside those of the gateways and istio-system.",
    ),
  ),
});

/** A whole cluster file, after `clusters/defaults.yaml` was merged below it. */
export const clusterFile = z
  .strictObject({
    cluster,
    repository,
    argocd: z.prefault(
      argocd.check(about("The Argo CD that reads the output. The clusters of one repository agree on it.")),
      {},
    ),
    istio: z.prefault(istio.check(about("Istio's Helm charts.")), {}),
    gateways: z.prefault(
      z
        .record(
          z.string().check(z.regex(patterns.gatewayKey.regex, { error: patterns.gatewayKey.expected })),
          gateway,
        )
        .check(
          notEmpty,
          about(
            "The gateways: a release of Istio's gateway chart with its Gateway object each. Default: one, with the key ingress.",
          ),
        ),
      { ingress: {} },
    ),
    routes: z._default(
      z
        .array(route)
        .check(
          about(
            "Routes from hosts to Services. Those of the same hosts on one gateway are one VirtualService, longest path first.",
          ),
        ),
      [],
    ),
    ingresses: z
      .record(
        z.string().check(z.regex(patterns.dnsLabel.regex, { error: patterns.dnsLabel.expected })),
        ingress,
      )
      .check(notEmpty, about("The front doors: one Ingress and one load balancer each.")),
    accept: z._default(
      z
        .array(acceptance)
        .check(
          about(
            "Warnings that somebody looked at: they are not shown again, and --strict does not fail for them. Those of defaults.yaml are added to a cluster's.",
          ),
        ),
      [],
    ),
    hook: z.prefault(hook.check(about("The program that keeps the health-check port right.")), {}),
    manifests: z._default(
      z
        .array(manifest)
        .check(
          about(
            "Files with objects of your own that belong to the mesh's front: AuthorizationPolicy, Telemetry, EnvoyFilter, NetworkPolicy and the like.",
          ),
        ),
      [],
    ),
  })
  .check(about("One EKS cluster with an Istio ingress behind AWS load balancers."));

/** What people write. */
export type ConfigInput = z.input<typeof clusterFile>;
/** The same with every default filled in. */
export type ConfigWithDefaults = z.output<typeof clusterFile>;
