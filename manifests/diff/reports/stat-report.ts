// `diff --stat`: how much of what, and in how many clusters, without the fields.
import { count } from "../../../core/count.ts";
import { groupBy } from "../../../core/group-by.ts";
import { levels } from "../consequences/consequence.ts";
import { placeOf } from "../output-diff.ts";
import { type DiffReport, nameOfAgainst, nameOfTotals } from "./diff-report.ts";

interface Row {
  readonly number: number;
  readonly what: string;
  readonly clusters: number;
}

export function statReport(report: DiffReport, { isMarkdown }: { readonly isMarkdown: boolean }): string {
  const { against, totals, diff } = report;
  if (diff.files.length === 0) return isMarkdown ? `No differences from ${nameOfAgainst(against)}.\n` : "";
  const head = `${nameOfTotals(totals)}, against ${nameOfAgainst(against)}`;
  const rows = [...consequenceRows(report), ...objectRows(report)];
  return isMarkdown ? markdown(head, rows) : text(head, rows);
}

/** The heaviest first, of one weight the most frequent. */
function consequenceRows({ consequences }: DiffReport): readonly Row[] {
  const groups = [...groupBy(consequences, ({ level, code }) => `${level} ${code}`)].map(([what, same]) => ({
    what,
    number: same.length,
    clusters: new Set(same.map(({ object }) => object.cluster)).size,
    weight: levels.indexOf(same[0]?.level ?? "note"),
  }));
  return groups.sort((a, b) => a.weight - b.weight || b.number - a.number);
}

function objectRows({ diff }: DiffReport): readonly Row[] {
  const groups = [...groupBy(diff.objects, (object) => `${placeOf(object).kind} ${object.fate}`)];
  return groups
    .map(([what, same]) => ({
      what,
      number: same.length,
      clusters: new Set(same.map((object) => placeOf(object).cluster)).size,
    }))
    .sort((a, b) => b.number - a.number);
}

function text(head: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ number }) => String(number).length));
  const lines = rows.map(
    ({ number, what, clusters }) =>
      `  ${String(number).padStart(width)}  ${what}, ${count(clusters, "cluster")}`,
  );
  return `${[head, ...lines].join("\n")}\n`;
}

function markdown(head: string, rows: readonly Row[]): string {
  const table = rows.map(({ number, what, clusters }) => `| ${number} | ${what} | ${clusters} |`);
  return `### meshfront diff\n\n${head}.\n\n${["| number | what | clusters |", "|---:|---|---:|", ...table].join("\n")}\n`;
}
