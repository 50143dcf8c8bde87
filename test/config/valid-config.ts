// Arbitrary cluster files that schema and rules accept: every key, every mode, any number of doors and routes.
// For property tests of all later stages too.
import fc from "fast-check";
import { partitionOf } from "../../config/aws-partition.ts";
import type { Config } from "../../config/config.ts";
import type { JsonObject, JsonValue } from "../../core/json.ts";
import { load, printed } from "./minimal-cluster.ts";

export interface ValidCluster {
  readonly name: string;
  /** What a person would write, as data. JSON is YAML. */
  readonly content: JsonObject;
}

/** A key that is sometimes left out. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Without the keys that were left out. */
const compact = (object: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  JSON.parse(JSON.stringify(object));

const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
const inner = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789-");

/** A DNS label. Names that other files or AWS keep to themselves begin with another letter. */
const label = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(letter, fc.string({ unit: inner, maxLength: maxLength - 2 }), letter)
    .map(([first, middle, last]) => `${first}${middle}${last}`)
    .filter((name) => !["internal", "argocd-cm", "defaults", "constructor"].includes(name))
    .filter((name) => !name.startsWith("internal-"));

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });

/** Text that needs thought from whoever prints it, but none from the controller's key=value,key=value. */
const plainText = fc.oneof(
  label(12),
  fc.constantFrom(
    "true",
    "no",
    "1e3",
    "0755",
    "2026-11-22",
    "~",
    "a, b",
    "x: y",
    "#",
    "'",
    '"',
    "é",
    "\u{1F600}",
    "*a",
    "- x",
  ),
);
const stringMap = (key: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> =>
  fc.dictionary(key, plainText, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

const replicas = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 4 }))
  .map(([min, more]) => ({ min, max: min + more }));

const uuid = fc.uuid();

interface Scope {
  readonly region: string;
  readonly account: string;
  /** Of the first gateway; the next has the next. */
  readonly nodePort: number;
  /** Keys of the gateways; empty where the file has none of its own. */
  readonly gateways: readonly string[];
  /** Beside another door, one for every host would let in whom that one keeps out. */
  readonly isOnlyDoor: boolean;
}

/** Hosts of its own domain, so that no wildcard reaches over to another door. */
function door(key: string, index: number, scope: Scope): fc.Arbitrary<JsonObject> {
  const { region, account, gateways } = scope;
  // One gateway need not be named; of several each has a door.
  const gateway = gateways[index % Math.max(1, gateways.length)];
  const named = gateways.length > 1 ? fc.constant(gateway) : maybe(fc.constant(gateway ?? "ingress"));
  const nodePort = scope.nodePort + (gateways.length > 1 ? index % gateways.length : 0);
  const domain = `d${index}.example.com`;
  const hosts = fc.uniqueArray(
    fc.constantFrom(domain, `*.${domain}`, `app.${domain}`, `a.b.${domain}`, `xn--bcher-kva.${domain}`),
    { minLength: 1 },
  );
  const arn = uuid.map((id) => ({
    arn: `arn:${partitionOf(region)}:acm:${region}:${account}:certificate/${id}`,
  }));
  const byDomain = fc
    .tuple(fc.constantFrom(domain, `*.${domain}`), maybe(fc.constantFrom("rsa", "ecdsa")))
    .map(([name, keyAlgorithm]) => compact({ domain: name, keyAlgorithm }));
  const certificate = fc.oneof(
    arn,
    byDomain,
    fc.tuple(byDomain, arn).map((list) => [...list]),
    byDomain.map((one) => [one]),
  );
  const healthCheck = fc
    .record({
      mode: fc.constantFrom("discovered", "named", "pinned"),
      path: maybe(fc.constant("/healthz/ready")),
      timeoutSeconds: maybe(fc.integer({ min: 2, max: 14 })),
      intervalSeconds: maybe(fc.integer({ min: 15, max: 300 })),
      healthyThreshold: maybe(fc.integer({ min: 2, max: 10 })),
      unhealthyThreshold: maybe(fc.integer({ min: 2, max: 10 })),
    })
    .map((check) => compact({ ...check, ...(check.mode === "pinned" && { nodePort }) }));
  return fc
    .record({
      gateway: named,
      name: maybe(hex(12).map((suffix) => `Door-${index}-${suffix}`)),
      ingressName: maybe(fc.constant(`own-${key}`)),
      ingressClassName: maybe(fc.constantFrom("alb", "alb-edge.v2")),
      labels: maybe(fc.constant({ "example.com/team": "platform", empty: "" })),
      scheme: maybe(fc.constantFrom("internet-facing", "internal")),
      targetType: maybe(fc.constantFrom("instance", "ip")),
      hosts: scope.isOnlyDoor ? fc.oneof(hosts, fc.constant(["*"])) : hosts,
      listeners: maybe(fc.constantFrom("redirect", "https", "http")),
      certificate,
      backendTls: maybe(fc.constant({ credentialName: "gateway-tls" })),
      subnets: maybe(subnets),
      webAcl: maybe(webAcl(scope)),
      inboundCidrs: maybe(
        fc.uniqueArray(
          fc.constantFrom("10.0.0.0/8", "203.0.113.0/24", "2001:db8::/32", "0.0.0.0/0", "::/0"),
          {
            minLength: 1,
          },
        ),
      ),
      prefixLists: maybe(fc.constant(["pl-0a1b2c3d", "pl-0a1b2c3d4e5f60718"])),
      securityGroups: maybe(
        fc.record({
          ids: fc.constant(["sg-0a1b2c3d", "sg-0a1b2c3d4e5f60718"]),
          manageBackendRules: fc.boolean(),
        }),
      ),
      sslPolicy: maybe(fc.constant("ELBSecurityPolicy-TLS13-1-3-2021-06")),
      attributes: maybe(fc.subarray(attributes, { minLength: 1 }).map((pairs) => Object.fromEntries(pairs))),
      targetGroupAttributes: maybe(fc.constant({ "deregistration_delay.timeout_seconds": "30" })),
      tags: maybe(tags),
      annotations: maybe(
        fc.subarray(annotations, { minLength: 1 }).map((groups) => Object.fromEntries(groups.flat())),
      ),
      healthCheck: maybe(healthCheck),
    })
    .map(compact)
    .map(withoutContradictions);
}

/** What a key rules out goes. */
function withoutContradictions(door: JsonObject): JsonObject {
  const { annotations, certificate, healthCheck, inboundCidrs, prefixLists, sslPolicy, ...rest } = door;
  const isPlain = rest.listeners === "http";
  const own = rest.securityGroups !== undefined;
  const kept = Object.entries((annotations ?? {}) as JsonObject).filter(
    ([name]) => !isPlain || !(name.startsWith("auth-") || name.startsWith("listener-attributes.HTTPS")),
  );
  const { mode, nodePort, ...check } = (healthCheck ?? {}) as JsonObject;
  return compact({
    ...rest,
    certificate: isPlain ? undefined : certificate,
    sslPolicy: isPlain ? undefined : sslPolicy,
    inboundCidrs: own ? undefined : inboundCidrs,
    prefixLists: own ? undefined : prefixLists,
    annotations: kept.length === 0 ? undefined : Object.fromEntries(kept),
    healthCheck:
      healthCheck === undefined
        ? undefined
        : compact(rest.targetType === "ip" ? check : { mode, nodePort, ...check }),
  });
}

const subnets: fc.Arbitrary<JsonObject> = fc.oneof(
  fc
    .uniqueArray(hex(17), { minLength: 2, maxLength: 4 })
    .map((ids) => ({ ids: ids.map((each) => `subnet-${each}`) })),
  stringMap(fc.constantFrom("Name", "kubernetes.io/role/elb")).map((tags) => ({ tags })),
);

/** Elastic Load Balancing takes letters of every script. */
const tags = fc.dictionary(label(10), fc.constantFrom("", "platform", "Größe 1 = a/b@c", "웹"), {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});

const webAcl = ({ region, account }: Scope): fc.Arbitrary<JsonValue> =>
  fc.oneof(
    fc.constant("none"),
    label(10).map((name) => ({ name })),
    uuid.map((id) => ({
      arn: `arn:${partitionOf(region)}:wafv2:${region}:${account}:regional/webacl/acl/${id}`,
    })),
  );

const attributes: [string, string][] = [
  ["idle_timeout.timeout_seconds", "4000"],
  ["deletion_protection.enabled", "true"],
  ["access_logs.s3.prefix", "a, b"],
];

const identityProvider = JSON.stringify({
  issuer: "https://idp.example.com",
  authorizationEndpoint: "https://idp.example.com/authorize",
  tokenEndpoint: "https://idp.example.com/token",
  userInfoEndpoint: "https://idp.example.com/user",
  secretName: "oidc",
});

/** What stands together stands in one group. */
const annotations: [string, string][][] = [
  [["ip-address-type", "dualstack"]],
  [
    ["auth-type", "oidc"],
    ["auth-idp-oidc", identityProvider],
  ],
  [["external-dns.alpha.kubernetes.io/hostname", "app.example.com"]],
  [["listener-attributes.HTTPS-443", "routing.http.response.server.enabled=false"]],
];

/** All hosts of a door have the same routes; each path is the beginning of the next. */
const routesTo = (doors: Readonly<Record<string, JsonObject>>): fc.Arbitrary<readonly JsonObject[]> =>
  fc
    .array(
      fc.record({
        door: fc.constantFrom(...Object.keys(doors)),
        namespace: label(10),
        port: fc.integer({ min: 1, max: 65535 }),
      }),
      { maxLength: 4 },
    )
    .map((routes) =>
      routes.map(({ door: key, namespace, port }, index) =>
        compact({
          name: `route-${index}`,
          hosts: doors[key]?.hosts ?? [],
          ingress: key,
          service: { name: "web", namespace, port },
          path: index === 0 ? undefined : `/${"r/".repeat(index)}`,
        }),
      ),
    );

const helmValues = (chart: "base" | "istiod" | "gateway"): fc.Arbitrary<JsonObject> =>
  fc.subarray(Object.entries(sampleValues[chart])).map((entries) => Object.fromEntries(entries));

const sampleValues: Readonly<Record<"base" | "istiod" | "gateway", JsonObject>> = {
  base: { global: { enableReaderRBAC: false }, base: { enableCRDTemplates: false } },
  istiod: {
    meshConfig: { accessLogFile: "/dev/stdout", outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } },
    global: { logAsJson: true, networkPolicy: { enabled: true } },
    env: { A: "no", B: "0755" },
    traceSampling: 0.5,
    tolerations: [{ key: "infra", operator: "Exists" }],
  },
  gateway: {
    kind: "DaemonSet",
    labels: { app: "edge", istio: "edge" },
    podAnnotations: { "example.com/note": "x: y" },
    resources: { requests: { cpu: "200m" } },
    global: { networkPolicy: { enabled: true } },
    service: { externalTrafficPolicy: "Local" },
  },
};

const istio: fc.Arbitrary<JsonObject> = fc
  .record({
    version: maybe(
      fc.constantFrom("1.28.5", "1.28.6", "1.29.1", "1.29.6", "1.30.3", "1.31.0-rc.0", "1.31.1"),
    ),
    charts: maybe(
      fc.constantFrom("https://blob.istio.io/istio-release/charts", "ghcr.io/istio/release/charts"),
    ),
    hub: maybe(fc.constant("cache.example.com:5000/istio")),
    revision: maybe(fc.constantFrom("", "canary", "1-31-1")),
    base: maybe(fc.record({ values: helmValues("base") })),
    istiod: maybe(fc.record({ values: helmValues("istiod"), replicas })),
  })
  .map(compact);

/** The chart of each version that a gateway may have beside istiod's. */
const olderBy: Readonly<Record<string, string>> = {
  "1.28.6": "1.28.5",
  "1.29.1": "1.28.6",
  "1.30.3": "1.29.6",
  "1.31.0-rc.0": "1.30.3",
};

function gatewayOf(
  key: string,
  index: number,
  istioVersion: JsonValue | undefined,
): fc.Arbitrary<JsonObject> {
  const older = typeof istioVersion === "string" ? olderBy[istioVersion] : "1.30.3";
  return fc
    .record({
      version: maybe(fc.constant(older)),
      release: maybe(fc.constant(`edge-${key}`)),
      namespace: maybe(label(12)),
      name: maybe(fc.constant(`door-${key}`)),
      hosts: maybe(fc.constantFrom(["*"], ["*.example.com"])),
      object: maybe(fc.constant("none")),
      trustedProxies: maybe(fc.integer({ min: 1, max: 10 })),
      replicas: maybe(replicas),
      // Two with the labels of `sampleValues` would select each other's pods.
      values: maybe(
        helmValues("gateway").map(({ labels, ...rest }) =>
          compact({ ...rest, ...(index === 0 && { labels }) }),
        ),
      ),
    })
    .map(compact);
}

const nodeLabels = fc.dictionary(
  fc.constantFrom("kubernetes.io/arch", "pool"),
  fc.constantFrom("arm64", "", "a.b_C-1", "true", "0755"),
  { minKeys: 1, noNullPrototype: true },
);

const hook: fc.Arbitrary<JsonObject> = fc
  .record({
    image: maybe(fc.constant("registry.example.com:5000/node:24")),
    timeoutSeconds: maybe(fc.integer({ min: 10, max: 60 })),
    recheck: maybe(fc.constantFrom("off", "@daily", "*/10 * * * *", "0 4 1,15 jan-mar Sun")),
    resources: maybe(
      fc.constant({ requests: { cpu: "20m", memory: "32Mi" }, limits: { cpu: "1", memory: "1Gi" } }),
    ),
    nodeSelector: maybe(nodeLabels),
    tolerations: maybe(
      fc.constantFrom(
        [{ key: "infra", operator: "Exists", effect: "NoSchedule" }],
        [{ key: "infra", operator: "Equal", value: "yes", effect: "NoExecute", tolerationSeconds: 30 }],
      ),
    ),
  })
  .map(compact);

const manifests: fc.Arbitrary<JsonValue> = fc.uniqueArray(
  fc
    .record({
      path: fc.constantFrom("mesh/policy.yaml", "mesh/eu/telemetry.yml", "policy.yaml"),
      wave: fc.constantFrom("gateway", "ingress"),
      namespaces: maybe(fc.constant(["apps"])),
    })
    .map(compact),
  { selector: ({ path }) => path, maxLength: 3 },
);

const argocd: fc.Arbitrary<JsonObject> = fc
  .record({
    managedBy: maybe(fc.constantFrom("self", "eks")),
    clusterName: maybe(fc.constant("hub")),
    namespace: maybe(label(12)),
    version: maybe(fc.constantFrom("3.3", "3.4", "3.5", "3.10")),
    healthChecks: maybe(
      fc.constantFrom(["application"], ["hpa", "application"], ["crd", "hpa", "application"]),
    ),
  })
  .map(compact);

const repository: fc.Arbitrary<JsonObject> = fc
  .record({
    url: fc.constantFrom(
      "https://github.com/example/platform.git",
      "git@github.com:example/platform.git",
      "ssh://git@git.example.com:2222/platform",
    ),
    revision: maybe(fc.constantFrom("main", "release/1.2", "0123abc")),
    path: maybe(fc.constantFrom(".", "infra/mesh")),
  })
  .map(compact);

const clusterOf = (name: string, { region, account }: Scope): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      eksName: maybe(fc.constant("Prod_EU")),
      account: fc.constantFrom(account, undefined),
      stage: maybe(fc.constantFrom("canary", "rest")),
      labels: maybe(fc.constant({ env: "prod", "example.com/tier": "edge" })),
      loadBalancerController: maybe(fc.constantFrom("aws-load-balancer-controller", "eks-auto-mode")),
      destination: fc.constantFrom(
        {},
        { server: "https://api.example.com:6443" },
        { argocdName: "prod (eu)" },
      ),
      vpc: maybe(
        fc.oneof(
          hex(17).map((id) => ({ id: `vpc-${id}` })),
          stringMap(fc.constant("Name")).map((tags) => ({ tags })),
        ),
      ),
    })
    .map(({ destination, ...rest }) => compact({ name, region, ...rest, ...destination }));

const scope: fc.Arbitrary<Omit<Scope, "isOnlyDoor">> = fc.record({
  region: fc.constantFrom("ap-northeast-2", "eu-west-1", "us-gov-west-1", "cn-north-1"),
  account: digits(12),
  nodePort: fc.integer({ min: 30000, max: 32760 }),
  gateways: fc.oneof(
    fc.constant([]),
    fc.uniqueArray(label(10), { minLength: 1, maxLength: 2 }).filter((keys) => !keys.includes("base")),
  ),
});

/** One cluster file, complete by itself. */
export const validCluster: fc.Arbitrary<ValidCluster> = fc
  .record({ name: label(10), keys: fc.uniqueArray(label(10), { minLength: 1, maxLength: 4 }), scope })
  // A gateway without a door would have no host.
  .filter(({ keys, scope: { gateways } }) => keys.length >= gateways.length)
  .map(({ keys, scope: where, ...rest }) => ({
    ...rest,
    keys,
    where: { ...where, isOnlyDoor: keys.length === 1 },
  }))
  .chain(({ name, keys, where }) =>
    fc
      .tuple(
        fc.record(Object.fromEntries(keys.map((key, index) => [key, door(key, index, where)]))),
        maybe(istio),
      )
      .chain(([ingresses, istio]) =>
        fc
          .record({
            cluster: clusterOf(name, where),
            repository,
            argocd: maybe(argocd),
            istio: fc.constant(istio),
            gateways: gatewaysOf(where, istio),
            routes: maybe(routesTo(ingresses)),
            ingresses: fc.constant(ingresses),
            hook: maybe(hook),
            accept: maybe(fc.constant([{ code: "alb/open-console", path: "ingresses", reason: "seen" }])),
            manifests: maybe(manifests),
          })
          .map((content) => ({ name, content: fitting(withFittingArgocd(compact(content))) })),
      ),
  );

/** Where the account is known, so is the ARN. */
function withArn({ argocdName: _, ...cluster }: JsonObject): JsonObject {
  const { name, eksName = name, region, account } = cluster;
  const partition = partitionOf(String(region));
  return { ...cluster, server: `arn:${partition}:eks:${region}:${account}:cluster/${eksName}` };
}

/** The EKS capability knows clusters by name or ARN, and has no time for a hook; an Argo CD of one's own has one cluster. */
function withFittingArgocd(content: JsonObject): JsonObject {
  const { clusterName, ...argocd } = (content.argocd ?? {}) as JsonObject;
  if (argocd.managedBy !== "eks")
    return content.argocd === undefined ? content : compact({ ...content, argocd });
  const { server: _, ...named } = content.cluster as JsonObject;
  const doors = Object.entries(content.ingresses as Readonly<Record<string, JsonObject>>);
  return compact({
    ...content,
    cluster: named.account === undefined ? { argocdName: "prod (eu)", ...named } : withArn(named),
    ingresses: Object.fromEntries(
      doors.map(([key, { healthCheck, ...door }]) => {
        const { mode, ...check } = (healthCheck ?? {}) as JsonObject;
        const kept = compact({ ...check, mode: mode === "discovered" ? undefined : mode });
        return [key, compact({ ...door, healthCheck: healthCheck === undefined ? undefined : kept })];
      }),
    ),
  });
}

/** There pods are the targets by default, and the class of the other controller is none. */
const onAutoMode = (doors: Readonly<Record<string, JsonObject>>): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(
    Object.entries(doors).map(([key, { ingressClassName, ...door }]) => [
      key,
      withoutContradictions(
        compact({
          targetType: "ip",
          ...door,
          ingressClassName: ingressClassName === "alb" ? undefined : ingressClassName,
        }),
      ),
    ]),
  );

/** What gateways and their doors rule out of each other goes. */
function fitting(content: JsonObject): JsonObject {
  const gateways = (content.gateways ?? {}) as Readonly<Record<string, JsonObject>>;
  const written = content.ingresses as Readonly<Record<string, JsonObject>>;
  const isAutoMode = (content.cluster as JsonObject).loadBalancerController === "eks-auto-mode";
  const doors = isAutoMode ? onAutoMode(written) : written;
  const [only] = Object.keys(gateways);
  const gatewayOfDoor = (key: string): JsonObject => gateways[String(doors[key]?.gateway ?? only)] ?? {};
  const hasNone = (key: string): boolean => gatewayOfDoor(key).object === "none";
  const byPods = (gateway: string): boolean =>
    Object.values(doors).every((door) => (door.gateway ?? only) !== gateway || door.targetType === "ip");
  const fittingGateways = Object.entries(gateways).map(([key, { hosts, values, ...rest }]) => {
    const { service, ...others } = (values ?? {}) as JsonObject;
    return [
      key,
      compact({
        ...rest,
        hosts: rest.object === "none" ? undefined : hosts,
        values: byPods(key) ? others : values,
      }),
    ];
  });
  const fittingDoors = Object.entries(doors).map(([key, { backendTls, ...rest }]) => [
    key,
    compact({ ...rest, backendTls: hasNone(key) ? undefined : backendTls }),
  ]);
  const routes = ((content.routes ?? []) as readonly JsonObject[]).filter(
    ({ ingress }) => !hasNone(String(ingress)),
  );
  return compact({
    ...content,
    gateways: content.gateways === undefined ? undefined : Object.fromEntries(fittingGateways),
    ingresses: Object.fromEntries(fittingDoors),
    routes: content.routes === undefined ? undefined : [...routes],
  });
}

const gatewaysOf = (
  { gateways }: Scope,
  istio: JsonObject | undefined,
): fc.Arbitrary<JsonObject | undefined> =>
  gateways.length === 0
    ? fc.constant(undefined)
    : fc.record(
        Object.fromEntries(gateways.map((key, index) => [key, gatewayOf(key, index, istio?.version)])),
      );

/** The text of a file with this content. */
export const textOf = (content: JsonValue): string => `${JSON.stringify(content, null, 2)}\n`;

/** The same as configurations, for the stages after this one. */
export const validConfig: fc.Arbitrary<Config> = validCluster.map(({ name, content }) => {
  const text = textOf(content);
  const { config } = load(text).clusters[0] ?? {};
  if (config === undefined) throw new Error(`${name} is not valid:\n${printed(load(text))}\n${text}`);
  return { ...config, file: `clusters/${name}.yaml` };
});

/** The same data with the keys of all maps in another order. */
export const shuffled = (value: JsonValue): fc.Arbitrary<JsonValue> => {
  if (Array.isArray(value)) return fc.tuple(...value.map(shuffled)).map((items) => [...items]);
  if (typeof value !== "object" || value === null) return fc.constant(value);
  const entries = Object.entries(value);
  return fc
    .tuple(
      fc.shuffledSubarray(entries, { minLength: entries.length }),
      fc.tuple(...entries.map(([, item]) => shuffled(item as JsonValue))), // JSON throughout
    )
    .map(([order, items]) => {
      const byKey = new Map(entries.map(([key], index) => [key, items[index] ?? null]));
      return Object.fromEntries(order.map(([key]) => [key, byKey.get(key) ?? null]));
    });
};
