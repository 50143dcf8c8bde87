import { describe, expect, it } from "vitest";
import { queriesOf, subnetsKey } from "../../facts/queries.ts";
import { load, loadFragment, minimalCluster, printed } from "../config/minimal-cluster.ts";

function queriesFor(fragment: string): ReturnType<typeof queriesOf> {
  const result = loadFragment(fragment);
  const [cluster] = result.clusters;
  if (cluster === undefined) throw new Error(printed(result));
  return queriesOf(cluster.config);
}

const keys = (fragment: string): string[] => queriesFor(fragment).map(({ key }) => key);

describe("the questions of a configuration", () => {
  it("are the certificate, the subnets and the VPC where nothing is given", () => {
    expect(queriesFor("{}")).toEqual([
      {
        kind: "certificate",
        key: "certificate:app.example.com",
        domain: "app.example.com",
        hosts: ["app.example.com"],
        keyAlgorithm: undefined,
      },
      { kind: "subnets", key: "subnets:public", select: { visibility: "public" } },
      { kind: "vpc", key: "vpc", eksName: "demo", tags: undefined },
    ]);
  });

  it("are none where ids and ARNs stand in the file, and a web ACL is detached", () => {
    const text = minimalCluster.replace(
      "{ domain: app.example.com }",
      `{ arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b" }
    subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }
    webAcl: none`,
    );
    expect(load(text).clusters.map(({ config }) => queriesOf(config))).toEqual([[]]);
  });

  it("ask for the VPC by its tags, or not at all where its id is known", () => {
    expect(queriesFor("cluster: { vpc: { tags: { Name: main } }, eksName: Prod }").at(-1)).toEqual({
      kind: "vpc",
      key: "vpc",
      eksName: "Prod",
      tags: { Name: "main" },
    });
    expect(keys("cluster: { vpc: { id: vpc-0a1b2c3d } }")).toEqual([
      "certificate:app.example.com",
      "subnets:public",
    ]);
  });

  it("are each asked once and sorted by key", () => {
    expect(
      keys(`
        ingresses:
          zoo: { hosts: [zoo.example.com], certificate: { domain: "*.example.com" }, webAcl: { name: office }, scheme: internal }
          bar: { hosts: [bar.example.com], certificate: { domain: "*.example.com" }, webAcl: { name: office } }
          foo: { hosts: [foo.example.com], certificate: { domain: "*.example.com" }, subnets: { tags: { tier: a } } }
      `),
    ).toEqual([
      "certificate:*.example.com",
      "certificate:app.example.com",
      "subnets:private",
      "subnets:public",
      "subnets:public:tags(tier=a)",
      "vpc",
      "webAcl:office",
    ]);
  });
});

describe("the question for a certificate", () => {
  const certificate = (fragment: string) =>
    queriesFor(fragment).find((query) => query.kind === "certificate" && query.domain === "*.example.com");

  it("has the hosts of all doors that name the domain alone", () => {
    expect(
      certificate(`
        ingresses:
          a: { hosts: [b.example.com, a.example.com], certificate: { domain: "*.example.com" } }
          b: { hosts: [c.example.com], certificate: { domain: "*.example.com" } }
          c: { hosts: [d.example.com], certificate: [{ domain: "*.example.com" }, { domain: d.example.com }] }
      `),
    ).toMatchObject({ hosts: ["a.example.com", "b.example.com", "c.example.com"] });
  });

  it.each([
    ["first", "a", "b"],
    ["second", "b", "a"],
  ])("has the algorithm that one of the doors names, whichever that is (%s)", (_, naming, silent) => {
    expect(
      certificate(`
        ingresses:
          ${naming}: { hosts: [${naming}.example.com], certificate: { domain: "*.example.com", keyAlgorithm: ecdsa } }
          ${silent}: { hosts: [${silent}.example.com], certificate: { domain: "*.example.com" } }
      `),
    ).toMatchObject({ keyAlgorithm: "ecdsa" });
  });
});

describe("the key of subnets by tags", () => {
  it("does not depend on the order of the tags", () => {
    expect(subnetsKey({ visibility: "public", tags: { b: "2", a: "1" } })).toBe(
      "subnets:public:tags(a=1,b=2)",
    );
    expect(subnetsKey({ visibility: "public", tags: { a: "1", b: "2" } })).toBe(
      "subnets:public:tags(a=1,b=2)",
    );
  });

  it("tells a comma in a value from two tags", () => {
    expect(subnetsKey({ visibility: "private", tags: { a: "1,b=2" } })).toBe(
      "subnets:private:tags(a=1\\,b\\=2)",
    );
  });

  it("is none for ids", () => {
    expect(subnetsKey({ ids: ["subnet-0a1b2c3d"] })).toBeUndefined();
  });
});
