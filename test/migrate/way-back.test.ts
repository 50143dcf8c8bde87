// The commands of MIGRATION.md by which Terraform knows the resources again, run by the real program on resources that need no registry.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { terraformVersion } from "./plan-removed.ts";
import { migrateState, stateOf } from "./set-up.ts";

const state = readFileSync(fileURLToPath(new URL("terraform/set.tfstate", import.meta.url)), "utf8");
const steps =
  migrateState(stateOf(state)).handOver.find(({ path }) => path.endsWith("MIGRATION.md"))?.text ?? "";
const block = (beginning: string): string =>
  new RegExp(`\`\`\`sh\\n((?:.*\\n)?${beginning}[\\s\\S]*?)\`\`\``).exec(steps)?.[1] ?? "";

const [before, after] = [
  'resource "terraform_data" "theirs" {}\nresource "terraform_data" "ours" {}\n',
  'resource "terraform_data" "theirs" {}\nremoved {\n  from = terraform_data.ours\n  lifecycle {\n    destroy = false\n  }\n}\n',
];

describe.skipIf(terraformVersion === undefined)("by the real Terraform (skipped without one)", () => {
  test("what was forgotten is known again, beside resources that stayed in the state", () => {
    const root = mkdtempSync(join(tmpdir(), "meshfront-way-back-"));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const sh = (script: string): string =>
      execFileSync("bash", ["-c", script], {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
      });
    const configure = (text: string) => writeFileSync(join(root, "main.tf"), text);

    configure(before);
    sh("terraform init -input=false && terraform apply -auto-approve -input=false");
    sh(block("terraform state pull").replace(/^kubectl.*\n/, ""));
    configure(after);
    const forget = block("terraform plan -out forget.plan");
    expect(sh(forget)).toContain("No changes");
    expect(sh("terraform state list")).toBe("terraform_data.theirs\n");

    writeFileSync(join(root, "old.tf.txt"), before);
    const back = block("terraform state list > now.txt");
    expect(back).toContain("git revert");
    const printed = sh(back.replace(/git revert .*/, "cp old.tf.txt main.tf"));
    expect(printed).toContain("< terraform_data.ours");
    expect(printed).not.toMatch(/^>/m);
    expect(printed).toContain("No changes");
    expect(sh("terraform state list")).toBe("terraform_data.ours\nterraform_data.theirs\n");
  }, 60_000);
});
