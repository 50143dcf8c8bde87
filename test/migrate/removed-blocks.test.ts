// Every generated removed.tf, given to the real Terraform: a state with terraform_data at the same addresses (no registry is asked),
// and a plan that must forget all of it and destroy nothing. Without terraform on the PATH these tests say so and do not run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { removedBlocks } from "../../migrate/hand-over/removed-blocks.ts";
import type { TerraformResource, TerraformSource } from "../../migrate/live.ts";
import { migrateState, stateOf } from "./set-up.ts";

const folder = fileURLToPath(new URL("terraform", import.meta.url));
const stateIn = (file: string) => stateOf(readFileSync(join(folder, file), "utf8"));

const terraformVersion = tryVersion();
function tryVersion(): string | undefined {
  try {
    return /v(\d+\.\d+)/.exec(
      execFileSync("terraform", ["version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    )?.[1];
  } catch {
    return undefined;
  }
}

/** `helm_release.istiod` -> `terraform_data.helm_release__istiod`, in states and in blocks alike. */
const translated = (text: string): string =>
  text.replace(
    /\b(helm_release|kubectl_manifest|kubernetes_\w+?)\.(\w+)/g,
    (_, type, name) => `terraform_data.${type}__${name}`,
  );

function rawState(resources: readonly TerraformResource[]): object {
  return {
    version: 4,
    terraform_version: "1.7.0",
    serial: 1,
    lineage: "00000000-0000-4000-8000-000000000000",
    outputs: {},
    resources: resources.map(({ address, resource }) => {
      const [, module, key] =
        new RegExp(`^(?:(.*)\\.)?${resource.replace(".", "\\.")}(?:\\[(.*)\\])?$`).exec(address) ?? [];
      return {
        ...(module !== undefined && { module }),
        mode: "managed",
        type: "terraform_data",
        name: resource.replace(".", "__"),
        provider: 'provider["terraform.io/builtin/terraform"]',
        instances: [
          {
            ...(key !== undefined && { index_key: JSON.parse(key) }),
            schema_version: 0,
            attributes: { id: address, input: null, output: null, triggers_replace: null },
          },
        ],
      };
    }),
  };
}

/** What the plan does, by address. */
function plan(
  resources: readonly TerraformResource[],
  tf: string,
  rest = "",
): Readonly<Record<string, string>> {
  const root = mkdtempSync(join(tmpdir(), "meshfront-terraform-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "terraform.tfstate"), JSON.stringify(rawState(resources)));
  writeFileSync(join(root, "removed.tf"), translated(tf));
  if (rest !== "") writeFileSync(join(root, "main.tf"), rest);
  const run = (...words: string[]) =>
    execFileSync("terraform", words, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    });
  run("init", "-input=false");
  run("plan", "-input=false", "-out", "p");
  const { resource_changes } = JSON.parse(run("show", "-json", "p"));
  return Object.fromEntries(
    (
      resource_changes as readonly {
        address: string;
        previous_address?: string;
        change: { actions: readonly string[] };
      }[]
    ).map(({ address, previous_address, change }) => [previous_address ?? address, change.actions.join()]),
  );
}

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
      const actions = plan(
        resources,
        tf,
        'resource "terraform_data" "helm_release__mesh" {\n  for_each = toset(["b"])\n}\n',
      );
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
      expect(tf.match(/destroy = false/g)).toHaveLength(froms.length);
    }
  });

  test("nothing to forget writes no file", () => {
    expect(
      removedBlocks({ file: "s", program: "terraform", version: undefined, resources: [] }, new Set(["x"]))
        .tf,
    ).toBe("");
  });
});
