// A plan of the real Terraform over a state with terraform_data at the addresses of a real one, so that no registry is asked.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { TerraformResource } from "../../migrate/live.ts";

/** Undefined where no terraform is on the PATH. */
export const terraformVersion = tryVersion();
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
            ...(key !== undefined && { index_key: JSON.parse(key.replace(/([$%])\1\{/g, "$1{")) }),
            schema_version: 0,
            attributes: { id: address, input: null, output: null, triggers_replace: null },
          },
        ],
      };
    }),
  };
}

/** What the plan does, by address. */
export function plan(
  resources: readonly TerraformResource[],
  tf: string,
  /** The rest of the configuration, by file name. */
  rest: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const root = mkdtempSync(join(tmpdir(), "meshfront-terraform-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "terraform.tfstate"), JSON.stringify(rawState(resources)));
  writeFileSync(join(root, "removed.tf"), translated(tf));
  for (const [name, text] of Object.entries(rest)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
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
