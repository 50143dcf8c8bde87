import { visible } from "../../../core/format-value.ts";
import { type Consequence, type Level, nameOfObject } from "../consequences/consequence.ts";
import { type FileDiff, type ObjectDiff, type ObjectFate, placeOf } from "../output-diff.ts";
import { changeLines, fileLines } from "./change-lines.ts";
import { type DiffReport, nameOfAgainst, nameOfTotals } from "./diff-report.ts";

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
  const lines = [
    `${nameOfTotals(totals)} against ${nameOfAgainst(against)}`,
    "",
    ...consequences.map(consequenceLine),
    ...(consequences.length > 0 ? [""] : []),
    ...byHeading(diff.objects).flatMap(([heading, objects]) => [
      heading,
      ...objects.flatMap(objectLines),
      "",
    ]),
    ...textLines(diff.files, diff.objects),
  ];
  return `${lines
    .map((line) => (colour ? paint(line) : line))
    .join("\n")
    .trimEnd()}\n`;
}

const consequenceLine = ({ level, code, object, message }: Consequence): string =>
  visible(
    `${marks[level]} ${code} ${object.cluster ?? "argocd"} ${object.kind} ${nameOfObject(object)}: ${message}`,
  );

/** The objects under the Application that syncs them, in order. */
function byHeading(objects: readonly ObjectDiff[]): readonly (readonly [string, readonly ObjectDiff[]])[] {
  const groups = new Map<string, ObjectDiff[]>();
  for (const object of objects) {
    const heading = headingOf(object);
    const group = groups.get(heading);
    if (group === undefined) groups.set(heading, [object]);
    else group.push(object);
  }
  return [...groups];
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

function objectLines(object: ObjectDiff): readonly string[] {
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

function textLines(files: readonly FileDiff[], objects: readonly ObjectDiff[]): readonly string[] {
  const others = otherFiles(files, objects);
  if (others.length === 0) return [];
  return ["files beside their objects", ...others.flatMap(fileLines).map((line) => `  ${line}`)];
}

/** By the first sign of a line (https://no-color.org is the caller's). */
function paint(line: string): string {
  const [, indent = "", sign = "", rest = ""] = /^( *)(!!|[!+~>-])( .*)$/s.exec(line) ?? [];
  const colour = colours[sign];
  return colour === undefined ? line : `${indent}\u001b[${colour}m${sign}${rest}\u001b[0m`;
}
