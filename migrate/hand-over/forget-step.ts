// The step of MIGRATION.md at which Terraform or OpenTofu forgets what Argo CD has taken over.
import type { StepOf } from "./steps.ts";
import { programOf } from "./way-back.ts";

export const forget: StepOf = ({ sources }) => {
  const used = sources.filter(({ blocks }) => blocks.stateRm.length > 0);
  if (used.length === 0) return [];
  const program = programOf(used);
  const lines = used
    .filter(({ blocks }) => blocks.tf !== "")
    .map(({ source, file }) => `- \`${file}\`, into the root module that \`${source.file}\` is the state of`);
  const warnings = used.flatMap(({ blocks }) => blocks.warnings.map((warning) => `- ${warning}`));
  const byHand = used.flatMap(({ blocks }) => blocks.byHand);
  const first = byHand.length === 0 ? "" : `${byHand.join("\n")}\n`;
  return [
    {
      title: `${program === "tofu" ? "OpenTofu" : "Terraform"} forgets`,
      text: `${lines.length === 0 ? "" : `Copy, and delete the blocks of the resources in the same change:\n\n${lines.join("\n")}\n\n`}${
        warnings.length === 0 ? "" : `Mind:\n\n${warnings.join("\n")}\n\n`
      }\`\`\`sh
${first}${program} plan -out forget.plan   # 0 to add, 0 to change, 0 to destroy
${program} apply forget.plan
${program} plan   # No changes
\`\`\`

Check: the plan destroys nothing. **If it says anything but 0 to destroy, stop**: a block is missing. Where blocks cannot be used (Terraform below 1.7), the
same by hand, and then delete the configuration at once, because the next plan would create what it still declares:

\`\`\`sh
${used.flatMap(({ blocks }) => blocks.stateRm).join("\n")}
\`\`\`

It refreshes nothing, so it works with the cluster down too. That the release Secrets are gone already makes a forgotten block of a release harmless: there is
nothing to uninstall. A forgotten block of a manifest is not: its object would be deleted.`,
    },
  ];
};
