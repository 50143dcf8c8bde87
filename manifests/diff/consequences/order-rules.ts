// In which order Argo CD applies a change, and where it keeps none.

import { textAt } from "../../object-fields.ts";
import type { ClusterObjects } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code, codes } from "./consequence.ts";

export const orderRules: readonly ConsequenceRule[] = [
  {
    code: "diff/wave",
    level: "warning",
    check: ({ objects }) =>
      objects.flatMap(({ fate, before, after }): readonly ConsequenceFinding[] => {
        if (before === undefined || after === undefined || fate === "renamed") return [];
        // What a person applies has no wave.
        if (before.application === undefined || after.application === undefined) return [];
        const [old, next] = [waveOf(before.data), waveOf(after.data)];
        return old === next
          ? []
          : [
              {
                object: after,
                message: `Sync wave ${code(old)} -> ${code(next)}: the order of the roll-out changes, and the order of a deletion.`,
              },
            ];
      }),
    source: "Argo CD docs, Sync Phases and Waves",
  },
  {
    code: "diff/unordered",
    level: "warning",
    check: ({ clusters }) => clusters.flatMap(describeUnordered),
    source:
      "Argo CD: waves order the Application objects; what is in a folder is synced by its Application as soon as it sees the commit (run on 3.5.7)",
  },
];

const waveOf = (data: Parameters<typeof textAt>[0]): string =>
  textAt(data, ["metadata", "annotations", "argocd.argoproj.io/sync-wave"]) || "0";

function describeUnordered({ before, after, objects }: ClusterObjects): readonly ConsequenceFinding[] {
  const specs = objects.flatMap(({ after: object, changes }) =>
    object?.kind === "Application" && changes.some(({ path }) => path.startsWith("spec.source."))
      ? [object]
      : [],
  );
  const [old, next] = [before, after].map(
    (all) => new Set(all.filter(({ kind }) => kind === "Application").map(({ name }) => name)),
  );
  const folders = new Set(
    objects.flatMap(({ after: object }) => {
      const name = object?.application;
      const isContent = object !== undefined && object.kind !== "Application" && object.kind !== "AppProject";
      return isContent && name !== undefined && old?.has(name) && next?.has(name) ? [name] : [];
    }),
  );
  const [first] = specs;
  if (first === undefined || folders.size === 0) return [];
  return [
    {
      object: first,
      message: `The specs of ${codes(specs.map(({ name }) => name))} and the folders of ${codes([...folders])} change in one commit. Waves order the specs only: the folders are synced at once, maybe before. Where that matters, make two commits.`,
    },
  ];
}
