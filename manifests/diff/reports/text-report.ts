import { visible } from "../../../core/format-value.ts";
import { groupBy } from "../../../core/group-by.ts";
import { type Level, nameOfObject } from "../consequences/consequence.ts";
import { type FileDiff, type ObjectDiff, type ObjectFate, placeOf } from "../output-diff.ts";
import { changeLines } from "./change-lines.ts";
import { type DiffReport, nameOfAgainst, nameOfTotals } from "./diff-report.ts";
import {
  ClusterSets,
  type ConsequenceEntry,
  type Entry,
  groupConsequences,
  groupFiles,
  groupObjects,
  headingOfEntry,
} from "./grouped-diff.ts";

const marks: Readonly<Record<Level, string>> = { critical: "!!", warning: "! ", note: "· " };
const colours: Readonly<Record<string, number>> = { "!": 33, "!!": 31, "+": 32, "-": 31, "~": 33, ">": 36 };
export const fateMarks: Readonly<Record<ObjectFate, string>> = {
  added: "+",
  removed: "-",
  changed: "~",
  moved: ">",
  renamed: ">",
};

/** For a terminal: totals, consequences, then the fields by cluster, Application and object. Empty without differences. */
export function textReport(report: DiffReport, { colour }: { readonly colour: boolean }): string {
  const { against, totals, consequences, diff } = report;
  if (diff.files.length === 0) return "";
  const sets = new ClusterSets();
  const lines = [
    `${nameOfTotals(totals)} against ${nameOfAgainst(against)}`,
    "",
    ...groupConsequences(consequences).map((entry) => consequenceLine(entry, sets)),
    ...(consequences.length > 0 ? [""] : []),
    ...byHeading(groupObjects(diff.objects, headingOf, objectLines), sets).flatMap(([heading, lines]) => [
      heading,
      ...lines,
      "",
    ]),
    ...textLines(diff.files, diff.objects, sets),
    ...sets.all.flatMap(({ name, names }) => ["", name, `  ${names}`]),
  ];
  return `${lines
    .map((line) => (colour ? paint(line) : line))
    .join("\n")
    .trimEnd()}\n`;
}

function consequenceLine(
  { level, code, clusters, object, message }: ConsequenceEntry,
  sets: ClusterSets,
): string {
  return visible(`${marks[level]} ${code} ${sets.name(clusters) || "argocd"} ${object}: ${message}`);
}

/** The objects under the Application that syncs them, in order. */
function byHeading(
  entries: readonly Entry[],
  sets: ClusterSets,
): readonly (readonly [string, readonly string[]])[] {
  const groups = groupBy(entries, (entry) => headingOfEntry(entry, sets));
  return [...groups].map(([heading, group]) => [heading, group.flatMap(({ lines }) => lines)]);
}

export function headingOf(object: ObjectDiff): string {
  const { cluster, file, application } = placeOf(object);
  if (file.startsWith("argocd/")) return "argocd, applied by hand";
  return visible(application === undefined ? `${cluster}` : `${cluster}, synced by ${application}`);
}

/** `Ingress istio-ingress/ingress-services (dist/demo/ingress-services/ingress.yaml)` */
export function titleOf({ fate, before, after }: ObjectDiff): string {
  const place = placeOf({ fate, ...(before && { before }), ...(after && { after }), changes: [] });
  const from =
    fate === "moved"
      ? `, was in ${before?.file}`
      : fate === "renamed" && before !== undefined
        ? `, was ${nameOfObject(before)}: to the cluster a deletion and a creation`
        : "";
  return visible(`${place.kind} ${nameOfObject(place)} (${place.file}${from})`);
}

/** An object with its fields, one line each. */
export function objectLines(object: ObjectDiff): readonly string[] {
  const fields = object.changes.filter(({ path }) => path !== "").flatMap(changeLines);
  return [
    `  ${fateMarks[object.fate]} ${object.fate} ${titleOf(object)}`,
    ...fields.map((line) => `      ${line}`),
  ];
}

/** The files of which nothing was said yet. */
export function otherFiles(files: readonly FileDiff[], objects: readonly ObjectDiff[]): readonly FileDiff[] {
  const named = new Set(objects.flatMap(({ before, after }) => [before?.file, after?.file]));
  return files.filter(
    ({ path, notes, fate }) => !named.has(path) || notes.length > 0 || fate === "unreadable",
  );
}

function textLines(
  files: readonly FileDiff[],
  objects: readonly ObjectDiff[],
  sets: ClusterSets,
): readonly string[] {
  const others = otherFiles(files, objects);
  if (others.length === 0) return [];
  const lines = groupFiles(others).flatMap((entry) => fileEntryLines(entry, sets));
  return ["files beside their objects", ...lines.map((line) => `  ${line}`)];
}

export const fileEntryLines = (
  { clusters, lines: [first = "", ...more] }: Entry,
  sets: ClusterSets,
): readonly string[] => [clusters.length < 2 ? first : `${first}, of ${sets.name(clusters)}`, ...more];

/** By the first sign of a line (https://no-color.org is the caller's). */
function paint(line: string): string {
  const [, indent = "", sign = "", rest = ""] = /^( *)(!!|[!+~>-])( .*)$/s.exec(line) ?? [];
  const colour = colours[sign];
  return colour === undefined ? line : `${indent}\u001b[${colour}m${sign}${rest}\u001b[0m`;
}
