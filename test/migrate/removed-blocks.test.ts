// Every generated removed.tf, given to the real Terraform: a state with terraform_data at the same addresses (no registry is asked),
// and a plan that must forget all of it and destroy nothing. Without terraform on the PATH these tests say so and do not run.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { removedBlocks } from "../../migrate/hand-over/removed-blocks.ts";
import type { TerraformResource, TerraformSource } from "../../migrate/live.ts";
import { plan, terraformVersion } from "./plan-removed.ts";
import { migrateState, stateOf } from "./set-up.ts";

const folder = fileURLToPath(new URL("terraform", import.meta.url));
const stateIn = (file: string) => stateOf(readFileSync(join(folder, file), "utf8"));

/** All that the recorded set-up hands over. */
function handedOver(file: string): { readonly source: TerraformSource; readonly tf: string } {
  const state = stateIn(file);
  const tf = migrateState(state).handOver.find(({ path }) => path.endsWith(".tf"))?.text ?? "";
  const [source] = state.terraform;
  if (source === undefined) throw new Error("no state");
  return { source, tf };
}

const recorded = ["seed.show.json", "set.tfstate", "tofu-seed.tfstate", "module.show.json", "module.tfstate"];

describe.skipIf(terraformVersion === undefined)(
  "removed.tf, planned by the real Terraform (skipped where there is none on the PATH)",
  () => {
    test.each(recorded)(
      "of %s forgets every resource that ours takes over, and destroys nothing",
      (file) => {
        const { source, tf } = handedOver(file);
        const ours = source.resources.filter(({ kind }) => kind !== "other");
        const actions = plan(ours, tf);
        expect(Object.keys(actions).length).toBe(ours.length);
        expect([...new Set(Object.values(actions))]).toEqual(["forget"]);
      },
      60_000,
    );

    test("a block that is missing shows as a delete: the check can fail", () => {
      const { source, tf } = handedOver("seed.show.json");
      const actions = plan(
        source.resources.filter(({ kind }) => kind !== "other"),
        tf.replace(/removed \{\n {2}from = helm_release\.istiod[\s\S]*?\n\}\n/, ""),
      );
      expect(actions["terraform_data.helm_release__istiod"]).toBe("delete");
    }, 60_000);

    test("one instance of many is moved to a name of its own and forgotten; the others stay", () => {
      const resources = ["a", "b"].map(
        (key): TerraformResource => ({
          address: `helm_release.mesh["${key}"]`,
          type: "helm_release",
          resource: "helm_release.mesh",
          modules: [],
          keyed: true,
          provider: undefined,
          kind: "release",
        }),
      );
      const { tf } = removedBlocks(
        { file: "s", program: "terraform", version: "1.11.4", resources },
        new Set(['helm_release.mesh["a"]']),
      );
      const actions = plan(resources, tf, {
        "main.tf": 'resource "terraform_data" "helm_release__mesh" {\n  for_each = toset(["b"])\n}\n',
      });
      expect(actions).toEqual({
        'terraform_data.helm_release__mesh["a"]': "forget",
        'terraform_data.helm_release__mesh["b"]': "no-op",
      });
    }, 60_000);
  },
);

describe("what stands beside the blocks", () => {
  test("a provider inside a module has to stay until the apply", () => {
    const [source] = stateIn("mixed-versions.tfstate").terraform;
    if (source === undefined) throw new Error("no state");
    const { warnings, stateRm } = removedBlocks(
      source,
      new Set(source.resources.map(({ address }) => address)),
    );
    expect(warnings.join("\n")).toContain("Provider configuration not present");
    expect(stateRm).toContain("terraform state rm 'module.mesh.helm_release.istiod'");
  });

  test("no block has an instance key, and each says destroy = false", () => {
    for (const file of recorded) {
      const { tf } = handedOver(file);
      const froms = [...tf.matchAll(/^removed \{\n {2}from = (.+)$/gm)].map(([, address]) => address);
      expect(froms.filter((address) => address?.includes("["))).toEqual([]);
      expect(tf.match(/^ {4}destroy = false/gm)).toHaveLength(froms.length);
    }
  });

  test("the file names the program that it is for", () => {
    expect(handedOver("tofu-seed.tfstate").tf).toContain("OpenTofu forgets");
    expect(handedOver("tofu-seed.tfstate").tf).not.toMatch(/terraform/i);
    expect(handedOver("seed.show.json").tf).toContain("`terraform plan`");
  });

  test("nothing to forget writes no file", () => {
    expect(
      removedBlocks({ file: "s", program: "terraform", version: undefined, resources: [] }, new Set(["x"]))
        .tf,
    ).toBe("");
  });
});
