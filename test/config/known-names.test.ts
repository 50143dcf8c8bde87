// What editors complete is what the rules accept, with words for what it takes.
import { describe, expect, it } from "vitest";
import { validateAnnotation } from "../../config/alb-annotations.ts";
import { loadBalancerPairs, targetGroupPairs } from "../../config/alb-attributes.ts";
import { clusterJsonSchema } from "../../config/json-schema.ts";
import { loadClusters } from "../../config/load.ts";

interface Known {
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, Known>>;
  readonly additionalProperties?: Known;
}

const schema: Known = JSON.parse(clusterJsonSchema());

/** What is completed below a path, `*` for a key of the person's own. */
function namesAt(...path: readonly string[]): Readonly<Record<string, Known>> {
  const found = path.reduce<Known | undefined>(
    (node, name) => (name === "*" ? node?.additionalProperties : node?.properties?.[name]),
    schema,
  );
  return found?.properties ?? {};
}

const door = ["ingresses", "*"];

describe("an editor", () => {
  it("completes only annotations that may be written, and says what each takes", () => {
    const names = namesAt(...door, "annotations");
    const refused = Object.keys(names).filter((name) =>
      /reads no|is set by|not supported/.test(validateAnnotation(name, "x")?.message ?? ""),
    );
    expect(refused).toEqual([]);
    expect(Object.entries(names).filter(([, known]) => known.markdownDescription === undefined)).toEqual([]);
    expect(names["auth-type"]?.markdownDescription).toBe("Value: one of none, cognito, oidc.");
    expect(Object.keys(names)).toEqual(
      expect.arrayContaining(["listener-attributes.HTTPS-443", "external-dns.kubernetes.io/hostname"]),
    );
  });

  it.each([
    ["attributes", loadBalancerPairs, "idle_timeout.timeout_seconds", "a whole number from 1 to 4000"],
    ["targetGroupAttributes", targetGroupPairs, "stickiness.type", "one of lb_cookie, app_cookie"],
  ] as const)("completes only %s that AWS knows, and says what each takes", (key, { each }, name, value) => {
    const names = namesAt(...door, key);
    expect(Object.keys(names).filter((one) => /^(?:an|the) attribute/.test(each(one, "") ?? ""))).toEqual([]);
    expect(Object.entries(names).filter(([, known]) => known.markdownDescription === undefined)).toEqual([]);
    expect(names[name]?.markdownDescription).toBe(`Value: ${value}.`);
  });

  it.each([
    ["base", (values: object) => ({ istio: { base: { values } } })],
    ["istiod", (values: object) => ({ istio: { istiod: { values } } })],
    ["gateway", (values: object) => ({ gateways: { ingress: { values } } })],
  ])("completes only values that the %s chart reads", (chart, place) => {
    const names =
      chart === "gateway" ? namesAt("gateways", "*", "values") : namesAt("istio", chart, "values");
    const paths = leaves(names);
    const dead = paths.filter((path) => codesOf(place(nested(path))).some((code) => unread.includes(code)));
    expect(dead.map((path) => path.join("."))).toEqual([]);
    expect(paths.length).toBeGreaterThan(10);
  });

  it("says of a value under which condition it is read", () => {
    expect(namesAt("istio", "istiod", "values").replicaCount?.markdownDescription).toBe(
      "Read only with autoscaleEnabled: false.",
    );
    expect(namesAt("istio", "istiod", "values").global?.properties?.hub?.markdownDescription).toMatch(
      /^Not read with /,
    );
  });
});

const unread = ["istio/dead-value", "istio/unknown-root-value", "istio/removed-value", "istio/chart-fails"];

const leaves = (names: Readonly<Record<string, Known>>): readonly (readonly string[])[] =>
  Object.entries(names).flatMap(([name, { properties }]) =>
    properties === undefined ? [[name]] : leaves(properties).map((path) => [name, ...path]),
  );

const nested = (path: readonly string[]): object =>
  path.reduceRight<unknown>((below, name) => ({ [name]: below }), "x") as object; // a path has a name

function codesOf(more: object): readonly string[] {
  const file = {
    cluster: { name: "demo", region: "eu-west-1" },
    repository: { url: "https://github.com/example/platform.git" },
    ingresses: { services: { hosts: ["app.example.com"], certificate: { domain: "app.example.com" } } },
    ...more,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(file));
  return loadClusters([{ file: "clusters/demo.yaml", bytes }], undefined).problems.map(({ code }) => code);
}
