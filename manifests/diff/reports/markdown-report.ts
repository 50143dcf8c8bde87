// For a comment on a pull request. Values come from files that anybody may have proposed, so they stand in code only:
// there GitHub reads neither HTML nor Markdown, and notifies nobody.
import { count } from "../../../core/count.ts";
import { visible } from "../../../core/format-value.ts";
import { code } from "../consequences/consequence.ts";
import type { ObjectDiff } from "../output-diff.ts";
import { changeLines } from "./change-lines.ts";
import { type DiffReport, nameOfTotals } from "./diff-report.ts";
import {
  ClusterSets,
  type ConsequenceEntry,
  groupConsequences,
  groupFiles,
  groupObjects,
  headingOfEntry,
} from "./grouped-diff.ts";
import { fateMarks, fileEntryLines, headingOf, otherFiles, titleOf } from "./text-report.ts";

/** GitHub takes 65 536 characters per comment; some are left for what a workflow puts around it. */
const maximumLength = 60_000;
const longestConsequences = 20_000;
const mostLinesOfAnObject = 150;
const longestObject = 12_000;

/** Totals and consequences first, then one foldable part per object, as many as fit: none is cut in the middle. */
export function markdownReport(report: DiffReport): string {
  const { against, totals, consequences, diff } = report;
  const name = against.revision === undefined ? "the files on disk" : code(against.revision);
  const commit = against.commit === undefined ? "" : ` (${code(against.commit.slice(0, 12))})`;
  if (diff.files.length === 0) return `### meshfront diff\n\nNo differences from ${name}${commit}.\n`;
  const head = `### meshfront diff\n\n${nameOfTotals(totals)}, against ${name}${commit}.\n`;
  const sets = new ClusterSets();
  const list = consequenceList(groupConsequences(consequences), sets);
  const objects = groupObjects(diff.objects, partTitle, (object) => object.changes.flatMap(changeLines));
  const parts = objects.map(({ clusters, heading, lines }) =>
    details(headingOfEntry({ clusters, heading }, sets), lines),
  );
  const files = filesPart(report, sets);
  return takeWhatFits(head + list, [...namedParts(sets), ...parts, ...files]);
}

function consequenceList(consequences: readonly ConsequenceEntry[], sets: ClusterSets): string {
  if (consequences.length === 0) return "\nNothing known beyond the fields themselves.\n";
  let text = "\n";
  for (const [index, consequence] of consequences.entries()) {
    const line = consequenceLine(consequence, sets);
    if (text.length + line.length > longestConsequences) {
      return `${text}- … ${count(consequences.length - index, "more consequence")}, run \`meshfront diff\`\n`;
    }
    text += line;
  }
  return text;
}

function consequenceLine(
  { level, code: rule, clusters, object, message }: ConsequenceEntry,
  sets: ClusterSets,
): string {
  const mark = level === "note" ? level : `**${level}**`;
  const where = code(`${clusters.length === 0 ? "argocd" : sets.name(clusters)}: ${object}`);
  return `- ${mark} ${where} ${message} (\`${rule}\`)\n`;
}

const partTitle = (object: ObjectDiff): string =>
  `${headingOf(object)}: ${fateMarks[object.fate]} ${object.fate} ${titleOf(object)}`;

function filesPart({ diff }: DiffReport, sets: ClusterSets): readonly string[] {
  const lines = groupFiles(otherFiles(diff.files, diff.objects)).flatMap((entry) =>
    fileEntryLines(entry, sets),
  );
  return lines.length === 0 ? [] : [details("files beside their objects", lines)];
}

const namedParts = (sets: ClusterSets): readonly string[] =>
  sets.all.map(({ name, names }) => details(name, [names]));

function details(title: string, lines: readonly string[]): string {
  const summary = `<details><summary><code>${escapeHtml(visible(title))}</code></summary>`;
  return `\n${summary}\n\n${fenced(shorten(lines))}\n</details>\n`;
}

function shorten(lines: readonly string[]): readonly string[] {
  let length = 0;
  const count = lines.findIndex((line, index) => {
    length += line.length + 1;
    return index >= mostLinesOfAnObject || length > longestObject;
  });
  if (count < 0) return lines;
  return [...lines.slice(0, count), `… ${lines.length - count} more lines, run meshfront diff`];
}

/** No line is a fence of its own: each begins with a sign, blanks, or the name of a folder of the output. */
const fenced = (lines: readonly string[]): string => `\`\`\`diff\n${lines.join("\n")}\n\`\`\`\n`;

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function takeWhatFits(head: string, parts: readonly string[]): string {
  let text = head;
  for (const [index, part] of parts.entries()) {
    const rest = `\n… ${count(parts.length - index, "more object")}, run \`meshfront diff\`\n`;
    // Room for the same sentence after this part.
    if (text.length + part.length + rest.length > maximumLength) return text + rest;
    text += part;
  }
  return text;
}
