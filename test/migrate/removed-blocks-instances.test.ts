// Some instances go and some stay: in for_each, in count, in modules of modules. What the real Terraform does with the blocks, where it is there.
import { describe, expect, test } from "vitest";
import { removedBlocks } from "../../migrate/hand-over/removed-blocks.ts";
import type { TerraformResource } from "../../migrate/live.ts";
import { instancesOfState } from "../../migrate/read/terraform/resources.ts";
import { plan, terraformVersion } from "./plan-removed.ts";
import { rawState, type StateResource } from "./terraform-states.ts";

const resource = (each: Omit<StateResource, "attributes">): TerraformResource => {
  const [instance] = instancesOfState(JSON.parse(rawState([{ ...each, attributes: {} }])));
  if (instance === undefined) throw new Error("no instance");
  const { address, type, name, modules, isKeyed, provider } = instance;
  return {
    ...{ address, type, resource: `${type}.${name}`, modules, keyed: isKeyed, provider },
    kind: type === "helm_release" ? "release" : "other",
  };
};

const release = (each: Partial<StateResource>) => resource({ type: "helm_release", name: "mesh", ...each });
const blocksOf = (resources: readonly TerraformResource[], ...wanted: readonly string[]) =>
  removedBlocks({ file: "s", program: "terraform", version: "1.11.4", resources }, new Set(wanted));

const inModule = (body: string) => `resource "terraform_data" "helm_release__mesh" {\n${body}\n}\n`;

interface Case {
  readonly resources: readonly TerraformResource[];
  readonly goes: readonly string[];
  readonly rest: Readonly<Record<string, string>>;
}

const cases: Readonly<Record<string, Case>> = {
  "one instance of a module with for_each, the resource in all of them": {
    resources: ["demo", "prod"].map((key) => release({ module: `module.front["${key}"]` })),
    goes: ['module.front["demo"].helm_release.mesh'],
    rest: {
      "main.tf": 'module "front" {\n  source = "./front"\n  for_each = toset(["prod"])\n}\n',
      "front/main.tf": inModule(""),
    },
  },
  "one instance in a module of a module, both with keys": {
    resources: ["a", "b"].flatMap((outer) =>
      ["x", "y"].map((inner) =>
        release({ module: `module.front["${outer}"].module.mesh["${inner}"]`, key: "istiod" }),
      ),
    ),
    goes: ['module.front["a"].module.mesh["x"].helm_release.mesh["istiod"]'],
    rest: {
      "main.tf":
        'module "front" {\n  source = "./front"\n  for_each = toset(["a", "b"])\n  name = each.key\n}\n',
      "front/main.tf":
        'variable "name" {}\nmodule "mesh" {\n  source = "../mesh"\n  for_each = toset(var.name == "a" ? ["y"] : ["x", "y"])\n}\n',
      "mesh/main.tf": inModule('  for_each = toset(["istiod"])'),
    },
  },
  "the last of a count": {
    resources: [0, 1].map((key) => release({ key })),
    goes: ["helm_release.mesh[1]"],
    rest: { "main.tf": inModule("  count = 1") },
  },
  "two whose keys have one name when they are spelt as a name": {
    resources: ["a-b", "a.b", "c"].map((key) => release({ key })),
    goes: ['helm_release.mesh["a-b"]', 'helm_release.mesh["a.b"]'],
    rest: { "main.tf": inModule('  for_each = toset(["c"])') },
  },
  "a key that is a path, as kubectl_file_documents makes them": {
    resources: ["/apis/v1/namespaces/x/services/a", "/apis/v1/namespaces/x/services/b"].map((key) =>
      release({ key }),
    ),
    goes: ['helm_release.mesh["/apis/v1/namespaces/x/services/a"]'],
    rest: { "main.tf": inModule('  for_each = toset(["/apis/v1/namespaces/x/services/b"])') },
  },
  "a key that looks like a template": {
    resources: ["$" + "{a}", "b"].map((key) => release({ key })),
    goes: [`helm_release.mesh["${"$$"}{a}"]`],
    rest: { "main.tf": inModule('  for_each = toset(["b"])') },
  },
  "all of a module whose call stays, because its provider is inside": {
    resources: ["base", "istiod"].map((name) =>
      release({
        name,
        module: "module.mesh",
        provider: 'module.mesh.provider["registry.terraform.io/hashicorp/helm"]',
      }),
    ),
    goes: ["module.mesh.helm_release.base", "module.mesh.helm_release.istiod"],
    rest: { "main.tf": 'module "mesh" {\n  source = "./mesh"\n}\n', "mesh/main.tf": "locals {}\n" },
  },
};

describe.skipIf(terraformVersion === undefined)("planned by the real Terraform (skipped without one)", () => {
  test.each(Object.entries(cases))(
    "%s",
    (_, { resources, goes, rest }) => {
      const actions = plan(resources, blocksOf(resources, ...goes).tf, rest);
      const translated = (address: string) =>
        address.replace("helm_release.", "terraform_data.helm_release__");
      expect(actions).toEqual(
        Object.fromEntries(
          resources.map(({ address }) => [translated(address), goes.includes(address) ? "forget" : "no-op"]),
        ),
      );
    },
    60_000,
  );
});

test("an instance in the middle of a count goes by hand: no block says that", () => {
  const resources = [0, 1, 2].map((key) => release({ key }));
  const { tf, byHand, warnings } = blocksOf(resources, "helm_release.mesh[0]", "helm_release.mesh[2]");
  expect(byHand).toEqual(["terraform state rm 'helm_release.mesh[0]'"]);
  expect(tf).toContain("from = helm_release.mesh[2]");
  expect(tf).not.toContain("mesh[0]");
  expect(warnings.join("\n")).toMatch(/helm_release\.mesh\[0\] goes by hand.*state mv/);
});

test("a module counted below others goes by hand as well", () => {
  const resources = [0, 1].map((number) => release({ module: `module.front[${number}]` }));
  expect(blocksOf(resources, "module.front[0].helm_release.mesh")).toMatchObject({
    tf: "",
    byHand: ["terraform state rm 'module.front[0].helm_release.mesh'"],
  });
});

describe("what stands beside in the same module", () => {
  const resources = [
    ...["demo", "prod"].flatMap((key) => [
      release({ module: `module.front["${key}"]` }),
      resource({
        type: "kubernetes_namespace_v1",
        name: "this",
        module: `module.front["${key}"]`,
        key: "istio-system",
      }),
    ]),
    resource({ type: "kubernetes_namespace", name: "root" }),
    resource({ type: "aws_vpc", name: "main" }),
  ];
  const goes = 'module.front["demo"].helm_release.mesh';
  const { tf } = blocksOf(resources, goes);

  test("stays, and the file holds its blocks as a comment: a deleted key would take a namespace along", () => {
    expect(tf.match(/^# {3}from = .+/gm)).toEqual([
      '#   from = module.front["demo"].kubernetes_namespace_v1.this["istio-system"]',
      "#   from = kubernetes_namespace_v1.leave_module_front_demo_kubernetes_namespace_v1_this_istio_system",
    ]);
    expect(tf).toContain("their blocks stay: kubernetes_namespace.root.");
    expect(tf).not.toContain("aws_vpc");
  });

  test("is no comment where a module has nothing else", () => {
    const [one] = resources;
    expect(blocksOf(one === undefined ? [] : [one], goes).tf).not.toContain("take the # away");
  });

  test.skipIf(terraformVersion === undefined)(
    "is forgotten by the real Terraform when the # is away and the key is gone",
    () => {
      const all = tf.replace(/^#(?: (?=[mr ]|\}|$)|$)(?!.*[.,:]$)/gm, "");
      const inside =
        'resource "terraform_data" "kubernetes_namespace_v1__this" {\n  for_each = toset(["istio-system"])\n}\n';
      const actions = plan(resources.slice(0, 4), all, {
        "main.tf": 'module "front" {\n  source = "./front"\n  for_each = toset(["prod"])\n}\n',
        "front/main.tf": `${inModule("")}${inside}`,
      });
      expect(Object.values(actions)).toEqual(["forget", "forget", "no-op", "no-op"].sort());
    },
    60_000,
  );
});

const warned: readonly (readonly [what: string, Partial<StateResource>, message: string])[] = [
  [
    "a provider inside the module",
    { module: "module.mesh", provider: 'module.mesh.provider["registry.terraform.io/hashicorp/helm"]' },
    "Provider configuration not present",
  ],
  ["an alias", { provider: 'provider["registry.terraform.io/hashicorp/helm"].demo' }, "has an alias"],
  ["an instance key, because the input may have been a part", { key: "a" }, "use the `state rm` lines"],
  ["a module that others may call", { module: "module.mesh" }, "needs blocks of its own"],
];

test.each(warned)("%s is warned of", (_, each, message) => {
  const one = release(each);
  expect(blocksOf([one], one.address).warnings.join("\n")).toContain(message);
});

test("where the input does not tell where a provider is configured, both are said", () => {
  const one = { ...release({ module: "module.mesh" }), provider: undefined };
  expect(blocksOf([one], one.address).warnings[0]).toContain("this input does not tell");
});

test("a release of the root module needs no warning", () => {
  expect(blocksOf([release({})], "helm_release.mesh").warnings).toEqual([]);
});
