// A diff as people read it: what is the same for several clusters is said once, and what differs from the rest first.

import { visible } from "../../../core/format-value.ts";
import { type Shared, sameButName, withoutName, withoutNameInCode } from "../../../core/same-but-name.ts";
import { type Consequence, levels, nameOfObject } from "../consequences/consequence.ts";
import { type FileDiff, type ObjectDiff, placeOf } from "../output-diff.ts";
import { fileLines } from "./change-lines.ts";

/** What is printed of one or more clusters; the name is taken out where there are more. */
export interface Entry {
  /** Empty for what is of no cluster. */
  readonly clusters: readonly string[];
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface ConsequenceEntry extends Pick<Consequence, "level" | "code" | "message"> {
  readonly clusters: readonly string[];
  /** `Application argocd/<cluster>-istiod` */
  readonly object: string;
}

const titleOf = ({ object }: Consequence): string => `${object.kind} ${nameOfObject(object)}`;

/** By weight, then those of the fewest clusters first. */
export function groupConsequences(consequences: readonly Consequence[]): readonly ConsequenceEntry[] {
  const groups = sameButName(
    consequences,
    ({ object }) => object.cluster,
    ({ level, code, message, ...rest }, cluster) =>
      [
        level,
        code,
        withoutName(titleOf({ level, code, message, ...rest }), cluster),
        withoutNameInCode(message, cluster),
      ].join("\n"),
  );
  const entries = groups.map(({ items: [first], clusters }): ConsequenceEntry => {
    const { level, code, message } = first;
    const [cluster = "", ...others] = clusters;
    return others.length === 0
      ? { level, code, message, clusters, object: titleOf(first) }
      : {
          level,
          code,
          clusters,
          message: withoutNameInCode(message, cluster),
          object: withoutName(titleOf(first), cluster),
        };
  });
  return levels.flatMap((level) => fewestFirst(entries.filter((entry) => entry.level === level)));
}

/** The objects of a diff, each with the heading of the Application that syncs it and its own lines. */
export function groupObjects(
  objects: readonly ObjectDiff[],
  headingOf: (object: ObjectDiff) => string,
  linesOf: (object: ObjectDiff) => readonly string[],
): readonly Entry[] {
  const entries = objects.map((object) => ({
    cluster: placeOf(object).cluster,
    heading: headingOf(object),
    lines: linesOf(object),
  }));
  const groups = sameButName(
    entries,
    ({ cluster }) => cluster,
    ({ heading, lines }, cluster) => withoutName([heading, ...lines].join("\n"), cluster),
  );
  return fewestFirst(groups.map(entryOf));
}

/** The lines on files of which no object says anything. */
export function groupFiles(files: readonly FileDiff[]): readonly Entry[] {
  const entries = files.map((file) => ({
    cluster: /^dist\/([^/]+)\//.exec(file.path)?.[1],
    heading: "",
    lines: fileLines(file),
  }));
  const groups = sameButName(
    entries,
    ({ cluster }) => cluster,
    ({ lines }, cluster) => withoutName(lines.join("\n"), cluster),
  );
  return groups.map(entryOf);
}

type Single = Omit<Entry, "clusters"> & { readonly cluster: string | undefined };

function entryOf({ items: [first], clusters }: Shared<Single>): Entry {
  const { heading, lines } = first;
  const [cluster = "", ...others] = clusters;
  if (others.length === 0) return { clusters, heading, lines };
  return {
    clusters,
    heading: withoutName(heading, cluster),
    lines: lines.map((line) => withoutName(line, cluster)),
  };
}

/** Of equally many the order stays. */
const fewestFirst = <T extends { readonly clusters: readonly string[] }>(
  entries: readonly T[],
): readonly T[] => [...entries].sort((a, b) => a.clusters.length - b.clusters.length);

/** What stands above entries: `a, b: each synced by <cluster>-root`, or of one cluster its own heading. */
export function headingOfEntry(
  { clusters, heading }: Pick<Entry, "clusters" | "heading">,
  sets: ClusterSets,
): string {
  if (clusters.length < 2) return heading;
  const rest = heading.replace(/^<cluster>(?:, |: |$)/, "");
  return rest === "" ? sets.name(clusters) : `${sets.name(clusters)}: each ${rest}`;
}

/** Clusters that are named together again and again: by their number, with all names in one place. */
export class ClusterSets {
  readonly #known = new Map<string, { readonly name: string; readonly clusters: readonly string[] }>();

  /** Few are named one by one. */
  name(clusters: readonly string[]): string {
    if (clusters.length <= mostNames) return visible(clusters.join(", "));
    const key = clusters.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known.name;
    const equallyMany = [...this.#known.values()].filter(
      (set) => set.clusters.length === clusters.length,
    ).length;
    const name = `${clusters.length} clusters${equallyMany === 0 ? "" : ` (${equallyMany + 1})`}`;
    this.#known.set(key, { name, clusters });
    return name;
  }

  /** Those that were named by their number, with their names. */
  get all(): readonly { readonly name: string; readonly names: string }[] {
    return [...this.#known.values()].map(({ name, clusters }) => ({
      name,
      names: visible(clusters.join(", ")),
    }));
  }
}

const mostNames = 4;
