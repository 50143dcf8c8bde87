// Two clusters in one state, as for_each over clusters or two aliases make them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { TerraformResource } from "../../migrate/live.ts";
import { plan, terraformVersion } from "./plan-removed.ts";
import { codesOf, migrateState, stateOf } from "./set-up.ts";

const demo = readFileSync(fileURLToPath(new URL("terraform/module.tfstate", import.meta.url)), "utf8");

/** The recorded state twice: `module.front["demo"]` and, with another host, `module.front[<other>]`. */
function twoClusters(other: string, alias: (key: string) => string = () => ""): string {
  const [ours, theirs] = [
    JSON.parse(demo),
    JSON.parse(
      demo
        .replaceAll('module.front[\\"demo\\"]', `module.front[\\"${other}\\"]`)
        .replaceAll("app.example.com", "app.other.example"),
    ),
  ];
  for (const resource of ours.resources) resource.provider += alias("demo");
  for (const resource of theirs.resources) resource.provider += alias(other);
  return JSON.stringify({ ...ours, resources: [...ours.resources, ...theirs.resources] });
}

const removedTf = (text: string): string =>
  migrateState(stateOf(text)).handOver.find(({ path }) => path.endsWith(".tf"))?.text ?? "";

describe("two clusters in one state", () => {
  test("of which one is called as the cluster: that one is taken, and the other is left alone", () => {
    const migration = migrateState(stateOf(twoClusters("prod")));
    expect(migration.clusterFile).toEqual(migrateState(stateOf(demo)).clusterFile);
    expect(codesOf(migration)).toContain("chosen-cluster");
    for (const { text } of migration.handOver) expect(text).not.toContain('"prod"');
  });

  test("is chosen by an alias where the keys are no names of clusters", () => {
    const text = twoClusters("other", (key) => (key === "other" ? ".demo" : ".x")).replaceAll(
      '[\\"demo\\"]',
      '[\\"one\\"]',
    );
    expect(migrateState(stateOf(text)).clusterFile).toContain("app.other.example");
  });

  test("of which none is called so, or both are, refuse", () => {
    const none = twoClusters("prod").replaceAll('[\\"demo\\"]', '[\\"blue\\"]');
    const both = twoClusters("prod", () => ".demo");
    for (const text of [none, both]) {
      const migration = migrateState(stateOf(text));
      expect(codesOf(migration, "refused")).toContain("several-clusters");
      expect(migration.clusterFile).toBeUndefined();
    }
  });

  test.skipIf(terraformVersion === undefined)(
    "are parted by the blocks: the real Terraform forgets the one and plans nothing for the other",
    () => {
      const text = twoClusters("prod");
      const resources = stateOf(text).terraform.flatMap((source) => source.resources);
      const taken = resources.filter(({ kind }) => kind !== "other");
      const actions = plan(taken, removedTf(text), configurationOf(taken, "prod"));
      const expected = taken.map(({ address, type }) => [
        address.replace(`${type}.`, `terraform_data.${type}__`),
        address.includes('["demo"]') ? "forget" : "no-op",
      ]);
      expect(actions).toEqual(Object.fromEntries(expected));
    },
    60_000,
  );
});

/** A module with the resources that stay, under the names that the plan is made with. */
function configurationOf(resources: readonly TerraformResource[], key: string) {
  const own = resources.filter(({ address }) => address.startsWith(`module.front["${key}"]`));
  const names = [...new Set(own.map(({ resource }) => resource))];
  const blocks = names.map((name) => {
    const keys = own
      .filter(({ resource }) => resource === name)
      .map(({ address }) => JSON.parse(/\[([^[\]]+)\]$/.exec(address)?.[1] ?? "null"));
    const many =
      typeof keys[0] === "number" ? `count = ${keys.length}` : `for_each = toset(${JSON.stringify(keys)})`;
    return `resource "terraform_data" "${name.replace(".", "__")}" {\n  ${many}\n}\n`;
  });
  return {
    "main.tf": `module "front" {\n  source = "./front"\n  for_each = toset(["${key}"])\n}\n`,
    "front/main.tf": blocks.join(""),
  };
}
