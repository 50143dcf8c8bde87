// One change of a good set-up each, and what the report has to say of it.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  codesOf,
  type DoorChange,
  gatewayObject,
  ingress,
  migrateObjects,
  type ServiceChange,
  service,
  virtualService,
  whole,
} from "./set-up.ts";

const withDoor = (change: DoorChange) =>
  migrateObjects([service(), ingress(change), gatewayObject(), virtualService()]);
const withService = (change: ServiceChange, door: DoorChange = {}) =>
  migrateObjects([service(change), ingress(door), gatewayObject(), virtualService()]);

describe("a set-up that ours would write as it is", () => {
  const migration = migrateObjects(whole());

  test("is equal, object by object", () => {
    const differing = migration.comparisons.filter(
      ({ isLive, differences }) => !isLive || differences.length > 0,
    );
    expect(differing).toEqual([]);
    expect(migration.comparisons.map(({ about }) => about)).toEqual([
      "Gateway istio-ingress/istio-gateway",
      "VirtualService istio-ingress/app",
      "Ingress istio-ingress/web",
    ]);
  });

  test("has no fault, no difference, and nothing that is left out", () => {
    expect(
      migration.findings.filter(({ kind }) => ["fault", "difference", "left-out", "refused"].includes(kind)),
    ).toEqual([]);
  });
});

const faults: readonly (readonly [what: string, code: string, door: DoorChange])[] = [
  ["15021 by number on nodes", "literal-status-port", { alb: { "healthcheck-port": "15021" } }],
  ["a NodePort that the Service does not have", "stale-node-port", { alb: { "healthcheck-port": "30000" } }],
  ["the traffic port", "traffic-port-health", { alb: { "healthcheck-port": "traffic-port" } }],
  [
    "no health check",
    "traffic-port-health",
    { alb: { "healthcheck-port": undefined, "healthcheck-path": undefined } },
  ],
  ["a path that the status port does not know", "health-path", { alb: { "healthcheck-path": "/health" } }],
  ["a health check by HTTPS", "health-protocol", { alb: { "healthcheck-protocol": "HTTPS" } }],
  ["no redirect", "unencrypted", { alb: { "ssl-redirect": undefined } }],
  ["a redirect with nothing on 80", "redirect-without-http", { alb: { "listen-ports": '[{"HTTPS":443}]' } }],
  [
    "a redirect with nothing on 443",
    "redirect-without-https",
    { alb: { "listen-ports": '[{"HTTP":80}]', "certificate-arn": undefined } },
  ],
  [
    "HTTP to the TLS port",
    "http-to-tls",
    {
      spec: {
        rules: [
          {
            host: "app.example.com",
            http: {
              paths: [
                {
                  path: "/",
                  pathType: "Prefix",
                  backend: { service: { name: "istio-ingress", port: { number: 443 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
  [
    "ranges beside security groups",
    "ranges-ignored",
    { alb: { "security-groups": "sg-0123456789abcdef0", "inbound-cidrs": "10.0.0.0/8" } },
  ],
  ["the class said twice", "class-twice", { foreign: { "kubernetes.io/ingress.class": "alb" } }],
  ["an annotation that nobody reads", "dead-annotation", { alb: { "helthcheck-port": "1" } }],
  [
    "an action that no rule uses",
    "dead-action",
    { alb: { "actions.web": '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"200"}}' } },
  ],
  ["a condition that no rule uses", "dead-condition", { alb: { "conditions.other": "[]" } }],
];

test.each(faults)("%s is a fault by name, and not carried along", (_, code, door) => {
  const migration = withDoor(door);
  expect(codesOf(migration, "fault")).toContain(code);
  expect(codesOf(migration, "refused")).toEqual([]);
});

test("annotations of the Service are a fault: they win over the Ingress", () => {
  const migration = withService({ annotations: { "alb.ingress.kubernetes.io/healthcheck-port": "31021" } });
  expect(codesOf(migration, "fault")).toContain("service-annotations");
});

test("the NodePort of another gateway is a fault", () => {
  const migration = migrateObjects([
    ...[service(), service({ name: "istio-internal", statusNodePort: 31999 })],
    ...[
      ingress({ alb: { "healthcheck-port": "31999" } }),
      ingress({
        name: "inside",
        service: "istio-internal",
        host: "in.example.com",
        alb: { "load-balancer-name": "inside" },
      }),
    ],
  ]);
  expect(codesOf(migration, "fault")).toContain("foreign-node-port");
});

const others: readonly (readonly [what: string, code: string, door: DoorChange])[] = [
  [
    "paths of the load balancer",
    "paths",
    {
      spec: {
        rules: [
          {
            http: {
              paths: [
                {
                  path: "/api",
                  pathType: "Prefix",
                  backend: { service: { name: "istio-ingress", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
  ["other ports", "other-ports", { alb: { "listen-ports": '[{"HTTP":80},{"HTTPS":443},{"HTTPS":8443}]' } }],
  ["an empty web ACL", "empty-web-acl", { alb: { "wafv2-acl-arn": "" } }],
  ["WAF Classic", "waf-classic", { alb: { "web-acl-id": "12345678-1234-1234-1234-123456789012" } }],
  ["a policy of the controller's", "ssl-policy", { alb: { "ssl-policy": undefined } }],
  ["no scheme", "scheme", { alb: { scheme: undefined } }],
  ["a foreign annotation", "foreign-annotation", { foreign: { "cert-manager.io/cluster-issuer": "x" } }],
  [
    "a credential in an annotation",
    "secret-annotation",
    { alb: { "auth-scope": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig" } },
  ],
  ["a group", "group-left", { alb: { "group.name": "shared" } }],
];

test.each(others)("%s: named", (_, code, door) => {
  expect(codesOf(withDoor(door))).toContain(code);
});

const refusals: readonly (readonly [what: string, code: string, door: DoorChange])[] = [
  ["subnets by name", "subnet-names", { alb: { subnets: "public-a,public-b" } }],
  ["security groups by name", "security-group-names", { alb: { "security-groups": "web" } }],
  ["HTTPS to Envoy without a Secret", "no-backend-secret", { alb: { "backend-protocol": "HTTPS" } }],
  [
    "HTTPS without certificate and host",
    "no-certificate",
    { host: "*", alb: { "certificate-arn": undefined } },
  ],
  ["a door to an application", "no-door", { service: "shop" }],
];

test.each(refusals)("%s is refused, and nothing is written", (_, code, door) => {
  const migration = withDoor(door);
  expect(codesOf(migration, "refused")).toContain(code);
  expect(migration.clusterFile).toBeUndefined();
});

test("a Service of type LoadBalancer as the door is refused, with what it is", () => {
  const migration = migrateObjects([service({ type: "LoadBalancer" }), gatewayObject(), virtualService()]);
  const [refusal] = migration.findings.filter(({ kind }) => kind === "refused");
  expect(refusal?.message).toContain("Network Load Balancer");
});

test("members of a group that lead to one gateway are one door with all hosts, and the cost is said", () => {
  const group = { "group.name": "shared", "load-balancer-name": undefined };
  const migration = migrateObjects([
    ...[service(), ingress({ alb: { ...group, "group.order": "2" } })],
    ...[
      ingress({ name: "first", host: "first.example.com", alb: { ...group, "group.order": "1" } }),
      gatewayObject({ servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }] }),
    ],
  ]);
  const { ingresses } = parse(migration.clusterFile ?? "");
  expect(Object.values(ingresses)).toHaveLength(1);
  expect(ingresses.main).toMatchObject({
    ingressName: "first",
    hosts: ["first.example.com", "app.example.com"],
  });
  expect(ingresses.main.name).toBeUndefined();
  expect(codesOf(migration, "difference")).toContain("group-merged");
  expect(migration.clusterFile).not.toContain("group");
});

const destination = { destination: { host: "app", port: { number: 80 } } };
const applications: readonly (readonly [what: string, spec: object])[] = [
  [
    "weights",
    {
      http: [
        {
          route: [
            { ...destination, weight: 50 },
            { destination: { host: "b", port: { number: 80 } }, weight: 50 },
          ],
        },
      ],
    },
  ],
  ["a rewrite", { http: [{ rewrite: { uri: "/" }, route: [destination] }] }],
  ["headers in a match", { http: [{ match: [{ headers: { a: { exact: "b" } } }], route: [destination] }] }],
  [
    "a destination without port and without its Service",
    { http: [{ route: [{ destination: { host: "app" } }] }] },
  ],
  ["TCP", { tcp: [{ route: [destination] }] }],
  [
    "a prefix behind a shorter one",
    { http: [{ route: [destination] }, { match: [{ uri: { prefix: "/api" } }], route: [destination] }] },
  ],
  ["a host that no door takes", { hosts: ["elsewhere.example.com"] }],
];

test.each(applications)("a VirtualService with %s stays its owner's, and the report says why", (_, spec) => {
  const migration = migrateObjects([service(), ingress(), gatewayObject(), virtualService(spec)]);
  expect(codesOf(migration, "left-out")).toContain("virtual-service");
  expect(parse(migration.clusterFile ?? "").routes).toBeUndefined();
});

test("prefixes become routes, each with its path", () => {
  const http = [
    {
      match: [{ uri: { prefix: "/api" } }],
      route: [{ destination: { host: "api.shop.svc.cluster.local", port: { number: 8080 } } }],
    },
    {
      match: [{ uri: { prefix: "/" } }],
      route: [{ destination: { host: "app.shop.svc.cluster.local", port: { number: 80 } } }],
    },
  ];
  const migration = migrateObjects([service(), ingress(), gatewayObject(), virtualService({ http })]);
  expect(parse(migration.clusterFile ?? "").routes).toMatchObject([
    { name: "app", path: "/api", service: { name: "api", port: 8080 } },
    { name: "app-2", service: { name: "app", port: 80 } },
  ]);
  expect(migration.comparisons.find(({ about }) => about.startsWith("VirtualService"))?.differences).toEqual(
    [],
  );
});

describe("two doors with one host on one gateway", () => {
  const inside = { name: "inside", alb: { "load-balancer-name": "inside", scheme: "internal" } };

  test("become one door; the other is left out with the reason and a way out, and stays as it is", () => {
    const migration = migrateObjects([service(), ingress(), ingress(inside), gatewayObject()]);
    expect(codesOf(migration, "refused")).toEqual([]);
    expect(Object.keys(parse(migration.clusterFile ?? "").ingresses)).toEqual(["web"]);
    const left = migration.findings.find(({ code }) => code === "door");
    expect(left).toMatchObject({ kind: "left-out", about: "Ingress istio-ingress/inside" });
    expect(left?.message).toContain("gateway of its own");
  });
});

test("a log-in that cannot work is a fault that says the door is open", () => {
  const migration = withDoor({ alb: { "auth-type": "oidc" } });
  expect(migration.findings.find(({ code }) => code === "dead-log-in")).toMatchObject({
    kind: "fault",
    effect: "changes exposure",
  });
});

test("a gateway that the Gateway API made is refused by name", () => {
  const migration = migrateObjects([
    ...[service({ name: "web-istio" }), ingress({ service: "web-istio" })],
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: "web", namespace: "istio-ingress" },
      spec: {},
    },
  ]);
  expect(codesOf(migration, "refused")).toEqual(["gateway-api", "no-door"]);
});

test("a gateway that no door leads to is named", () => {
  const migration = migrateObjects([...whole(), service({ name: "istio-eastwest", type: "LoadBalancer" })]);
  expect(migration.findings.find(({ code }) => code === "gateway-without-door")?.about).toBe(
    "Service istio-ingress/istio-eastwest",
  );
});

test("without the Service in the input the Gateways' selector tells the gateway", () => {
  const migration = migrateObjects([
    ingress({ service: "edge-gateway" }),
    gatewayObject({ selector: { istio: "edge" } }),
    virtualService(),
  ]);
  expect(parse(migration.clusterFile ?? "")).toMatchObject({
    gateways: { ingress: { release: "edge-gateway", values: { labels: { istio: "edge" } } } },
    routes: [{ name: "app" }],
  });
});

test("an extra path to the status port is named, and is neither a host nor a backend of the door", () => {
  const backend = (port: object) => ({ service: { name: "istio-ingress", port } });
  const paths = [
    { path: "/healthz/ready", pathType: "Exact", backend: backend({ number: 15021 }) },
    { path: "/*", pathType: "ImplementationSpecific", backend: backend({ name: "http2" }) },
  ];
  const migration = withDoor({ spec: { rules: [{ host: "app.example.com", http: { paths } }] } });
  expect(codesOf(migration, "difference")).toEqual(["status-path"]);
  const door = migration.comparisons.find(({ about }) => about === "Ingress istio-ingress/web");
  expect(door?.differences).toEqual([]);
});

test("an Ingress of another controller is named, and stays as it is", () => {
  const nginx = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "n", namespace: "a" },
    spec: { ingressClassName: "nginx" },
  };
  const migration = migrateObjects([...whole(), nginx]);
  expect(migration.findings.find(({ code }) => code === "other-class")?.message).toContain("nginx");
});

test("a VirtualService of a Gateway that is not in the input, and a Gateway of other pods, are named", () => {
  const migration = migrateObjects([
    ...whole(),
    virtualService({ gateways: ["shop/edge"] }, { name: "other", namespace: "shop" }),
    {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "inner", namespace: "shop" },
      spec: { selector: { istio: "inner" } },
    },
  ]);
  expect(migration.findings.find(({ code }) => code === "unbound-route")?.message).toContain("shop/edge");
  expect(migration.findings.find(({ code }) => code === "other-gateway")?.about).toBe("Gateway shop/inner");
});
