// The report for a terminal, and the same as markdown: what matters first.

import { count } from "../../core/count.ts";
import { show } from "../../core/format-value.ts";
import type { Comparison, ValueDifference } from "../compare/comparison.ts";
import { type Effect, effects, type Finding, type FindingKind } from "../finding.ts";

export interface Report {
  readonly cluster: string;
  readonly findings: readonly Finding[];
  readonly comparisons: readonly Comparison[];
  /** What was read, in a sentence. */
  readonly read: string;
}

const titles: Readonly<Record<FindingKind, string>> = {
  refused: "Refused: nothing is written",
  fault: "Wrong today, and not carried along",
  difference: "Different from what is live",
  "left-out": "Not in the file, and why",
  decision: "Decided",
  step: "For a person to do or to look at",
};

const kinds: readonly FindingKind[] = ["refused", "fault", "difference", "left-out", "step", "decision"];

export function textReport({ read, findings, comparisons }: Report): string {
  const sections = kinds.flatMap((kind) => section(kind, findings));
  return `${[read, ...sections, comparisonText(comparisons)].join("\n")}\n`;
}

function section(kind: FindingKind, findings: readonly Finding[]): readonly string[] {
  const own = ordered(findings.filter((finding) => finding.kind === kind));
  if (own.length === 0) return [];
  const lines = own.map(({ code, about, message, effect }) => {
    const head = [about, code, ...(effect === undefined ? [] : [`(${effect})`])]
      .filter((part) => part !== "")
      .join("  ");
    return `  ${head}\n    ${message}`;
  });
  return [`\n${titles[kind]} (${own.length})`, ...lines];
}

const weight = ({ effect }: { readonly effect?: Effect }): number =>
  effect === undefined ? 0 : effects.indexOf(effect);
const ordered = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => weight(a) - weight(b));

function comparisonText(comparisons: readonly Comparison[]): string {
  if (comparisons.length === 0) return "";
  const lines = comparisons.flatMap(({ about, isLive, isProven, differences }) => {
    const state = !isLive
      ? "new"
      : differences.length === 0
        ? isProven
          ? "equal"
          : "equal to what was applied"
        : count(differences.length, "difference");
    return [`  ${about}: ${state}`, ...differences.map((each) => `    ${differenceText(each)}`)];
  });
  return [`\nObject by object (live -> ours)`, ...lines].join("\n");
}

const differenceText = ({ path, live, ours, effect, why }: ValueDifference): string =>
  `${path}: ${live === undefined ? "absent" : show(live)} -> ${ours === undefined ? "absent" : show(ours)} (${effect}: ${why})`;

/** For a pull request: the same, foldable. */
export function markdownReport({ cluster, read, findings, comparisons }: Report): string {
  const sections = kinds.flatMap((kind) => markdownSection(kind, findings));
  const table = comparisons.flatMap(({ about, isLive, isProven, differences }) =>
    !isLive || differences.length === 0
      ? [`| ${about} | ${isLive ? (isProven ? "equal" : "equal to what was applied") : "new"} | | |`]
      : differences.map(
          (each) => `| ${about} | \`${each.path}\` | ${cell(each)} | ${each.effect}: ${each.why} |`,
        ),
  );
  const details = [
    "<details><summary>Object by object</summary>",
    "",
    "| object | field | live → ours | leads to |",
    "|---|---|---|---|",
    ...table,
    "",
    "</details>",
  ];
  return `${[`## Migration of ${cluster}`, "", read, ...sections, "", ...(table.length > 0 ? details : [])].join("\n")}\n`;
}

const cell = ({ live, ours }: ValueDifference): string =>
  `${live === undefined ? "absent" : code(show(live))} → ${ours === undefined ? "absent" : code(show(ours))}`
    .replaceAll("|", "\\|")
    .replaceAll("\n", " ");

const code = (text: string): string => `\`${text.replaceAll("`", "'")}\``;

function markdownSection(kind: FindingKind, findings: readonly Finding[]): readonly string[] {
  const own = ordered(findings.filter((finding) => finding.kind === kind));
  if (own.length === 0) return [];
  return [
    "",
    `### ${titles[kind]}`,
    "",
    ...own.map(
      ({ about, code: name, message, effect }) =>
        `- **${about === "" ? name : about}**${effect === undefined ? "" : ` (${effect})`}: ${message}`,
    ),
  ];
}
