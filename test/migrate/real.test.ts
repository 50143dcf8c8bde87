// The public set-ups of test/real, through migrate: the cluster file that a person wrote for each, and every trap by name.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { renderDraft } from "../../commands/migrate/render-draft.ts";
import type { Config } from "../../config/config.ts";
import { loadPlain } from "../../config/load-plain.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { migrate } from "../../migrate/migrate.ts";
import { mergeStates, readInput } from "../../migrate/read/read-input.ts";
import { markdownReport, textReport } from "../../migrate/report/text.ts";

const folder = fileURLToPath(new URL("../real", import.meta.url));
const repository = { url: "https://github.com/example/platform.git" };

function migrateSetUp(name: string) {
  const files = ["set-up.yaml", "values-gateway.yaml", "values-istiod.yaml"].filter((file) =>
    existsSync(join(folder, name, file)),
  );
  const texts = files.map((file) => ({ file, text: readFileSync(join(folder, name, file), "utf8") }));
  const options = { cluster: "demo", region: "eu-west-1", eksName: undefined, repository };
  return migrate(mergeStates(texts.map(readInput)), {
    ...options,
    beside: { files: [], defaults: undefined },
    render: renderDraft(nodeReadFileSystem, "/project"),
  });
}

/** Keys are ours to choose: a gateway is its release, a door its Ingress. */
function essenceOf({ gateways, ingresses, routes, istio, manifests }: Config) {
  const releaseOf = (key: string) => gateways.find((gateway) => gateway.key === key)?.release;
  const doorOf = (key: string) => ingresses.find((ingress) => ingress.key === key)?.ingressName;
  return {
    gateways: gateways
      // Without a Gateway object its name is nobody's.
      .map(({ key: _, name, hasObject, ...gateway }) => ({
        ...gateway,
        hasObject,
        ...(hasObject && { name }),
      }))
      .sort((a, b) => (a.release < b.release ? -1 : 1)),
    ingresses: ingresses
      .map(({ key: _, gateway, ...ingress }) => ({ ...ingress, gateway: releaseOf(gateway) }))
      .sort((a, b) => (a.ingressName < b.ingressName ? -1 : 1)),
    routes: routes.map(({ ingress, ...route }) => ({ ...route, door: doorOf(ingress) })),
    istio,
    manifests: manifests.length,
  };
}

/** Values and names that a set-up leaves to the reader. */
const theirs: Readonly<Record<string, (config: Config) => Config>> = {
  // expected: the Service's type written out, which is what meshfront computes.
  "06-cognito-and-header-door": withoutServiceType,
  "07-terraform-ip-waf-values": withoutServiceType,
  // A door that leaves its group is another load balancer: it gets the name that our default gives.
  "11-group-shared-alb-external-dns": (config) => ({
    ...config,
    ingresses: config.ingresses.map((ingress) => ({ ...ingress, name: "demo-main-ingress" })),
  }),
};

function withoutServiceType(config: Config): Config {
  return {
    ...config,
    gateways: config.gateways.map((gateway) => {
      const { service: _, ...values } = gateway.values;
      return { ...gateway, values };
    }),
  };
}

/** Codes of the findings that each set-up must get, and none that is refused. */
const traps: Readonly<Record<string, readonly string[]>> = {
  "01-waf-literal-15021": [
    ...["literal-status-port", "no-status-port", "fixed-node-ports", "match-labels", "server-port", "policy"],
    ...["trusted-proxies", "target-ports", "route-namespace", "operator"],
  ],
  "02-http-only-ip-no-status-port": [
    ...["no-status-port", "literal-status-port-ip", "dead-annotation", "gateway-namespace", "service-type"],
    ...["http-only", "route-namespace"],
  ],
  "03-https-to-envoy-block-scalars": ["backend-secret", "gateway-redirect", "redirect-action"],
  "04-old-service-annotations-external-dns": [
    "service-annotations",
    "node-port",
    "target-type",
    "external-dns",
  ],
  "05-terraform-pinned-no-health-check": [
    "unencrypted",
    "traffic-port-health",
    "route-hosts",
    "unknown-version",
  ],
  "06-cognito-and-header-door": ["header-door", "dead-action", "traffic-port-health", "config-map", "policy"],
  "07-terraform-ip-waf-values": [
    "gateway-label",
    "no-gateway-object",
    "gateway-replicas",
    "literal-status-port-ip",
  ],
  "08-two-gateways-class-albv2": ["class-annotation", "node-port", "no-gateway-object", "gateway-label"],
  "09-three-doors-https-external-dns": [
    ...[
      "virtual-service",
      "ingress-tls",
      "service-type",
      "external-dns",
      "backend-secret",
      "gateway-redirect",
      "warning",
    ],
  ],
  "10-two-security-groups-blanks": ["backend-rules", "gateway-namespace", "target-type", "route-namespace"],
  "11-group-shared-alb-external-dns": ["group-left", "certificate-discovery"],
  "12-internal-health-through-envoy": ["traffic-port-health", "health-route", "target-type", "http-only"],
};

const setUps = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(setUps)("%s", (name) => {
  const migration = migrateSetUp(name);

  test("becomes the cluster file that a person wrote", () => {
    const written = loadPlain(parse(migration.clusterFile ?? "")).config;
    const expected = loadPlain(parse(readFileSync(join(folder, name, "cluster.yaml"), "utf8"))).config;
    if (written === undefined || expected === undefined) throw new Error("a file that does not load");
    const same = theirs[name] ?? ((config: Config) => config);
    expect(essenceOf(same(written))).toEqual(essenceOf(same(expected)));
  });

  test("gets every trap named, and nothing is refused", () => {
    const codes = migration.findings.map(({ code }) => code);
    expect((traps[name] ?? []).filter((code) => !codes.includes(code))).toEqual([]);
    expect(migration.findings.filter(({ kind }) => kind === "refused")).toEqual([]);
  });

  test("is compared object by object, and no load balancer is replaced but where the report says so first", () => {
    const report = { cluster: "demo", read: "", ...migration };
    expect(textReport(report)).toMatchSnapshot();
    const replaced = migration.comparisons.filter(({ differences }) =>
      differences.some(({ effect }) => effect === "replaces a load balancer"),
    );
    expect(replaced).toEqual([]);
    for (const text of [
      textReport(report),
      markdownReport(report),
      JSON.stringify(migration),
      migration.clusterFile,
    ])
      expect(text).not.toMatch(/token1|token2/);
  });
});
