// Cluster files that are valid by construction, as data, for property tests.
import fc from "fast-check";
import type { JsonObject } from "../../core/json.ts";

/** A DNS label that is no word of meshfront's own; short, because the load balancer's name holds two of them. */
const label = fc.stringMatching(/^x[a-z0-9-]{0,7}[a-z0-9]$/);
/** Half of the time undefined: the key is then left out. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const cluster = fc
  .record({ name: label, argocdName: maybe(label), account: maybe(fc.constant("111122223333")) })
  .map((fields) => ({ ...fields, region: "eu-west-1" }));

const repository = fc.record({
  url: fc.constantFrom(
    "https://github.com/example/platform.git",
    "git@github.com:example/platform.git",
    "ssh://git@git.example.com:2222/platform.git",
  ),
  revision: fc.constantFrom("main", "release/1.2", "0123456789abcdef0123456789abcdef01234567"),
  path: fc.constantFrom(".", "mesh", "teams/edge/mesh"),
});

const argocd = fc.record({
  namespace: label,
  version: fc.constantFrom("3.3", "3.5", "3.6"),
  healthChecks: fc.shuffledSubarray(["crd", "hpa"]).map((others) => [...others, "application"]),
});

const replicas = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }));
const asReplicas = replicas.map(([min, more]) => ({ min, max: min + more }));
const switchedOn = fc.boolean().map((enabled) => ({ global: { networkPolicy: { enabled } } }));

const istio = fc.record({
  version: fc.constantFrom("1.28.5", "1.28.10", "1.29.6", "1.30.3", "1.31.1"),
  charts: fc.constantFrom("https://blob.istio.io/istio-release/charts", "ghcr.io/istio/release/charts"),
  revision: fc.constantFrom("", "1-31-1", "blue"),
  istiod: fc.record({ replicas: asReplicas, values: switchedOn }),
  gateway: fc.record({
    replicas: asReplicas,
    namespace: fc.oneof(label, fc.constant("istio-system")),
    releaseName: label.map((name) => `istio-${name}`),
    values: fc.record(
      {
        kind: fc.constantFrom("Deployment", "DaemonSet"),
        labels: fc.record({ app: label, istio: label }, { requiredKeys: [] }),
        podAnnotations: fc.dictionary(label, fc.string({ unit: "grapheme" }), { maxKeys: 2 }),
      },
      { requiredKeys: [] },
    ),
  }),
});

/** No blank at the ends, no line break: the annotation that holds them all is one line. */
const pairs = fc.dictionary(label, fc.stringMatching(/^[a-z0-9,=.:/_-]+$/), { minKeys: 1, maxKeys: 3 });

const door = fc.record({
  scheme: fc.constantFrom("internet-facing", "internal"),
  certificate: fc.constantFrom("domain", "arn", "both"),
  subnets: maybe(
    fc.constantFrom({ ids: ["subnet-0aaaaaaa1", "subnet-0aaaaaaa2"] }, { tags: { tier: "edge" } }),
  ),
  webAcl: maybe(fc.constantFrom("none", { name: "office" })),
  inboundCidrs: maybe(fc.constantFrom(["10.0.0.0/8"], ["0.0.0.0/0", "::/0"])),
  attributes: maybe(pairs),
  tags: maybe(pairs),
  mode: fc.constantFrom("discovered", "named", "pinned"),
  hasRoute: fc.boolean(),
});

const hook = fc.record({
  timeoutSeconds: fc.integer({ min: 10, max: 3600 }),
  recheck: fc.constantFrom("off", "*/10 * * * *", "@hourly"),
  nodeSelector: maybe(fc.dictionary(label, label, { minKeys: 1, maxKeys: 3 })),
  tolerations: maybe(fc.constant([{ key: "dedicated", operator: "Exists" }])),
});

interface Door {
  readonly scheme: string;
  readonly certificate: string;
  readonly mode: string;
  readonly hasRoute: boolean;
}

/** Any valid cluster file with one to four doors. */
export const clusterFiles: fc.Arbitrary<JsonObject> = fc
  .record({
    cluster,
    repository,
    argocd,
    istio,
    hook,
    doors: fc.dictionary(label, door, { minKeys: 1, maxKeys: 4 }),
  })
  .map(({ doors, ...rest }) => {
    const entries = Object.entries(doors);
    const ingresses = Object.fromEntries(entries.map(([key, each]) => [key, asIngress(key, each)]));
    const routes = entries.filter(([, { hasRoute }]) => hasRoute).map(([key]) => asRoute(key));
    const all: unknown = { ...rest, ingresses, routes };
    return JSON.parse(JSON.stringify(all)) as JsonObject; // leaves out what is undefined
  });

const hostOf = (key: string): string => `app.${key}.example.com`;
const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001";

function asIngress(key: string, { certificate, mode, hasRoute: _, ...fields }: Door) {
  const domain = { domain: `*.${key}.example.com` };
  return {
    ...fields,
    hosts: [hostOf(key), `*.${key}.example.com`],
    certificate: certificate === "domain" ? domain : certificate === "arn" ? { arn } : [domain, { arn }],
    healthCheck: mode === "pinned" ? { mode, nodePort: 31_404 } : { mode },
  };
}

const asRoute = (key: string) => ({
  name: `route-${key}`,
  hosts: [hostOf(key)],
  ingress: key,
  service: { name: key, namespace: key, port: 8080 },
});
