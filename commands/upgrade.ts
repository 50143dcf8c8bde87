// `upgrade istio VERSION`: the version in cluster files, checked as an upgrade, with the diff that it makes.
import { join } from "node:path";
import { istioVersion } from "../config/patterns.ts";
import { readClusterFiles } from "../config/read-clusters.ts";
import { count } from "../core/count.ts";
import { show } from "../core/format-value.ts";
import { overlaid } from "../core/overlaid-disk.ts";
import { isError, type Problem } from "../core/problem.ts";
import { withoutAccepted } from "./accepted.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { diff } from "./diff.ts";
import { exitCodes } from "./exit-codes.ts";
import { loadSelection } from "./load-project.ts";
import { whileNobodyElseWrites, whileSignalsWait } from "./one-writer.ts";
import type { UpgradeKeys } from "./results/upgrade.ts";
import { type EditedFile, planUpgrade, remaining } from "./upgrade/plan-upgrade.ts";
import { writeFiles } from "./write-files.ts";

export const upgrade: Command = {
  run: async (input: CommandInput): Promise<CommandResult> => {
    const [what, version = "", ...words] = input.words;
    if (what !== "istio" || !istioVersion.regex.test(version)) return refused([misused(what, version)]);
    const request = { ...input, words };
    const selection = loadSelection(request);
    if (selection.problems.some(isError))
      return refused(withoutAccepted(selection.problems, selection.clusters));
    const chosen = selection.clusters.map(({ config }) => config);
    const { files, defaults } = readClusterFiles(input.disk, input.root);
    const edits = planUpgrade({ version, chosen, all: selection.allConfigs, files, defaults });
    if (isPlan(edits))
      return await carryOut(request, version, edits, remaining(selection.allConfigs, chosen, version));
    return refused(edits);
  },
};

const isPlan = (edits: readonly EditedFile[] | readonly Problem[]): edits is readonly EditedFile[] =>
  edits.every((edit) => "text" in edit);

/** The files are judged as they would be, with the rules and the diff of all commands; only then one of them is written. */
async function carryOut(
  input: CommandInput,
  version: string,
  edits: readonly EditedFile[],
  next: readonly string[],
): Promise<CommandResult> {
  const disk = overlaid(input.disk, new Map(edits.map(({ file, text }) => [join(input.root, file), text])));
  const { format: _, json, "dry-run": isDryRun, ...options } = input.options;
  const shown = await diff.run({ ...input, disk, options });
  if (shown.problems.some(isError)) return { ...refused(shown.problems), exitCode: shown.exitCode };
  const failure =
    isDryRun === true
      ? undefined
      : whileNobodyElseWrites(input.root, input.progress, () =>
          whileSignalsWait(() => writeFiles(input.root, filesOf(edits))),
        );
  if (failure !== undefined) return { ...refused([failure]), exitCode: exitCodes.outside };
  const keys = edits.map(({ file, from }) => ({ file, from, to: version }));
  return {
    exitCode: exitCodes.clean,
    problems: shown.problems,
    summary: summaryOf(edits, version, isDryRun === true),
    output: json === true ? "" : `${told(edits, version)}${shown.output ?? ""}${nextText(next)}`,
    json: { edited: keys, remaining: [...next] } satisfies UpgradeKeys,
  };
}

const filesOf = (edits: readonly EditedFile[]) =>
  edits.map(({ file, text }) => ({ path: file, text, isNew: false }));

const summaryOf = (edits: readonly EditedFile[], version: string, isDryRun: boolean): string =>
  edits.length === 0
    ? `nothing to do: all selected clusters are at ${version}`
    : `${count(edits.length, "file")} ${isDryRun ? "would be edited; dry run, nothing written" : "edited"}`;

const told = (edits: readonly EditedFile[], version: string): string =>
  edits.map(({ file, from }) => `${file}: ${from} -> ${version}\n`).join("");

const nextText = (next: readonly string[]): string =>
  next.length === 0
    ? ""
    : `\nStill older, once this is rolled out and looked at:\n${next.map((line) => `  ${line}\n`).join("")}`;

const refused = (problems: readonly Problem[]): CommandResult => ({
  exitCode: exitCodes.invalid,
  problems,
  summary: "nothing written",
  json: { edited: [], remaining: [] } satisfies UpgradeKeys,
});

const misused = (what: string | undefined, version: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message:
    what === "istio"
      ? `expected an exact version of Istio such as 1.31.1, found ${show(version)}`
      : `expected \`istio\` and a version, found ${show(what ?? "")}`,
  suggestion: "Write `meshfront upgrade istio 1.31.1 [cluster…]`.",
});
