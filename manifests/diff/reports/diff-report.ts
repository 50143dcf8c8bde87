// What all three forms of a diff are made from.
import { count } from "../../../core/count.ts";
import { type Consequence, type Level, levels } from "../consequences/consequence.ts";
import { findConsequences } from "../consequences/index.ts";
import type { ObjectFate, OutputDiff } from "../output-diff.ts";

/** What was compared with: a revision, or the files on disk. */
export interface Against {
  /** As it was asked for, for example `origin/main`. */
  readonly revision?: string;
  readonly commit?: string;
}

export interface Totals {
  readonly clusters: number;
  readonly files: number;
  readonly objects: Readonly<Record<ObjectFate, number>>;
  readonly fields: number;
  readonly consequences: Readonly<Record<Level, number>>;
}

export interface DiffReport {
  readonly against: Against;
  readonly totals: Totals;
  readonly consequences: readonly Consequence[];
  readonly diff: OutputDiff;
}

export function reportOf(diff: OutputDiff, against: Against): DiffReport {
  const consequences = findConsequences(diff);
  const fates: readonly ObjectFate[] = ["added", "removed", "changed", "moved", "renamed"];
  const places = [
    ...diff.objects.flatMap(({ before, after }) => [before?.cluster, after?.cluster]),
    ...diff.files.map(({ path }) => /^dist\/([^/]+)\//.exec(path)?.[1]),
  ];
  return {
    against,
    consequences,
    diff,
    totals: {
      clusters: new Set(places.filter((cluster) => cluster !== undefined)).size,
      files: diff.files.length,
      objects: countBy(
        fates,
        diff.objects.map(({ fate }) => fate),
      ),
      fields: diff.objects.reduce(
        (sum, { changes }) => sum + changes.filter(({ path }) => path !== "").length,
        0,
      ),
      consequences: countBy(
        levels,
        consequences.map(({ level }) => level),
      ),
    },
  };
}

function countBy<Key extends string>(
  keys: readonly Key[],
  found: readonly Key[],
): Readonly<Record<Key, number>> {
  const counts = keys.map((key) => [key, found.filter((each) => each === key).length]);
  return Object.fromEntries(counts) as Record<Key, number>; // one entry for each key
}

/** `HEAD (0123456789ab)`, or `the files on disk`. */
export const nameOfAgainst = ({ revision, commit }: Against): string =>
  revision === undefined ? "the files on disk" : `${revision} (${(commit ?? "").slice(0, 12)})`;

/** `2 clusters, 3 files; objects: 1 added, 2 changed; 5 fields` */
export function nameOfTotals({ clusters, files, objects, fields }: Totals): string {
  const fates = Object.entries(objects).filter(([, number]) => number > 0);
  const named = fates.map(([fate, number]) => `${number} ${fate}`).join(", ");
  return `${count(clusters, "cluster")}, ${count(files, "file")}; objects: ${named || "none"}; ${count(fields, "field")}`;
}
