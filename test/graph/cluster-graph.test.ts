import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hostsOf } from "../../graph/cluster-graph.ts";
import { ofKind } from "../charts/kubernetes.ts";
import { loadOutputs, objectsOf } from "../charts/output.ts";
import { door, graphOf, graphsIn, marksOf, checkout as root, route } from "./graphs.ts";

const console = { service: { name: "grafana", namespace: "istio-system", port: 3000 } };

describe("the waves of a graph", () => {
  const cases = ["minimal", "two-gateways", "eks-capability", "auto-mode", "internal-named"];

  it.each(cases)("are those that the Applications carry: %s", (name) => {
    const folder = join(root, "test/golden", name);
    const shown = graphsIn(folder).map(({ root: ofRoot, waves }) => [
      [ofRoot, undefined],
      ...waves.flatMap(({ wave, applications }) =>
        applications.map((application) => [application.name, String(wave)]),
      ),
    ]);
    const written = loadOutputs(folder).map((output) =>
      ofKind(objectsOf(output), "Application").map(({ metadata }) => [
        metadata.name,
        metadata.annotations?.["argocd.argoproj.io/sync-wave"],
      ]),
    );
    expect(shown.map((each) => each.sort())).toEqual(written.map((each) => each.sort()));
  });

  it("tell the hook, its Job and the Ingresses that it patches", () => {
    const { waves } = graphOf({});
    const hooks = waves.flatMap(({ applications }) => applications.flatMap(({ hook }) => hook ?? []));
    expect(hooks.map(({ kind, when, ingresses }) => [kind, when, ingresses])).toEqual([
      ["Job", "PostSync", ["ingress-services"]],
      ["CronJob", "*/2 * * * *", ["ingress-services"]],
    ]);
  });
});

describe("a host", () => {
  it("has the routes of its gateway that meet it, those of another door's wildcard too", () => {
    const graph = graphOf({
      ingresses: { services: door("*.example.com"), team: door("a.b.example.org") },
      routes: [
        route("web", "services", ["web.example.com"]),
        route("api", "services", ["web.example.com"], { path: "/api" }),
        route("team", "team", ["a.b.example.org"]),
      ],
    });
    const routes = hostsOf(graph).map(({ host }) => [
      host.host,
      host.routes.map(({ path, service, port }) => `${path} ${service}:${port}`),
    ]);
    expect(routes).toEqual([
      ["*.example.com", ["/api apps/api:8080", "/ apps/web:8080"]],
      ["a.b.example.org", ["/ apps/team:8080"]],
    ]);
  });

  it("without a route is marked, and so is one that no Gateway takes", () => {
    const graph = graphOf({
      gateways: { ingress: { hosts: ["a.example.com", "b.example.com"] } },
      ingresses: { services: door("a.example.com", "b.example.com", "c.example.com") },
      routes: [route("a", "services", ["a.example.com"])],
    });
    expect(marksOf(graph)).toEqual({
      "a.example.com": [],
      "b.example.com": ["no-route"],
      "c.example.com": ["no-server", "no-route"],
    });
  });

  it("with a console is marked until somebody has to log in, whoever may connect", () => {
    const of = (more: object) =>
      marksOf(
        graphOf({
          ingresses: { services: { ...door("grafana.example.com"), ...more } },
          routes: [route("grafana", "services", ["grafana.example.com"], console)],
        }),
      );
    const marked = { "grafana.example.com": ["console-without-log-in"] };
    expect(of({})).toEqual(marked);
    expect(of({ inboundCidrs: ["203.0.113.0/24"] })).toEqual(marked);
    expect(of({ scheme: "internal" })).toEqual(marked);
    const logIn = {
      "auth-type": "cognito",
      "auth-idp-cognito": JSON.stringify({
        userPoolARN: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a",
        userPoolClientID: "a",
        userPoolDomain: "a",
      }),
    };
    expect(of({ annotations: logIn })).toEqual({ "grafana.example.com": [] });
  });

  it("is served by Gateways and VirtualServices that people bring", () => {
    const own = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop, namespace: shop }
spec:
  selector: { istio: ingress }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["shop/*.example.com"]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  gateways: [shop]
  hosts: [app.example.com]
  http:
    - match: [{ uri: { exact: /health } }, { uri: { regex: "/v[0-9]+/.*" } }]
      route: [{ destination: { host: web.shop.svc.cluster.local, port: { number: 80 } } }]
    - redirect: { uri: / }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: mesh, namespace: shop }
spec:
  hosts: [app.example.com]
  http: [{ route: [{ destination: { host: inside } }] }]
`;
    const graph = graphOf(
      {
        gateways: { ingress: { object: "none" } },
        ingresses: { services: door("app.example.com") },
        manifests: [{ path: "own/shop.yaml", wave: "gateway", namespaces: ["shop"] }],
      },
      { "own/shop.yaml": own },
    );
    const [{ host } = expect.fail("no host")] = hostsOf(graph);
    expect(host.routes.map(({ path, service, port }) => [path, service, port])).toEqual([
      ["= /health", "shop/web", 80],
      ["~ /v[0-9]+/.*", "shop/web", 80],
      ["/", "redirect", null],
    ]);
    expect(host.marks).toEqual([]);
    expect(graph.gateways[0]?.servers).toEqual([
      { gateway: "shop/shop", port: 80, protocol: "HTTP", hosts: ["*.example.com"] },
    ]);
  });
});

describe("a door", () => {
  it("tells certificate and end, as the lock file has them", () => {
    const [graph] = graphsIn(join(root));
    const [addons] = graph?.gateways[0]?.doors ?? [];
    expect(addons?.certificates).toEqual([
      {
        arn: expect.stringMatching(/^arn:aws:acm:/),
        names: ["*.example.com", "example.com"],
        expires: "2027-09-30",
      },
    ]);
    const [unknown] = graphOf({}).gateways[0]?.doors ?? [];
    expect(unknown?.certificates).toMatchObject([{ names: null, expires: null }]);
  });

  it("tells the NodePort that values fix, to which nodes are asked, and pods are not", () => {
    const ports = [
      { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
      { name: "http2", port: 80, targetPort: 80, protocol: "TCP", nodePort: 30080 },
      { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
    ];
    const graph = graphOf({
      gateways: { ingress: { values: { service: { ports } } } },
      ingresses: {
        nodes: door("a.example.com"),
        pods: { ...door("b.example.com"), targetType: "ip" },
      },
    });
    const ofDoors = graph.gateways[0]?.doors.map(({ key, target }) => [key, target.nodePort]);
    expect(ofDoors).toEqual([
      ["nodes", 30080],
      ["pods", null],
    ]);
  });

  it("tells whether its targets are nodes or pods, and where the health check asks", () => {
    const of = (more: object) => {
      const graph = graphOf({ ingresses: { services: { ...door("app.example.com"), ...more } } });
      const { target, healthCheck } = graph.gateways[0]?.doors[0] ?? expect.fail("no door");
      return [target.type, target.port, healthCheck.mode, healthCheck.port];
    };
    expect(of({})).toEqual(["instance", 80, "discovered", "status-port"]);
    expect(of({ targetType: "ip" })).toEqual(["ip", 80, "named", "status-port"]);
    expect(of({ backendTls: { credentialName: "tls" } })).toEqual([
      "instance",
      443,
      "discovered",
      "status-port",
    ]);
    expect(of({ healthCheck: { mode: "pinned", nodePort: 30021 } })).toEqual([
      "instance",
      80,
      "pinned",
      "30021",
    ]);
  });
});
