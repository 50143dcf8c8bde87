// The program that sets the health-check port: when it runs again, and when it is another one.
import { isJsonObject, type JsonObject, valueAt } from "../../../core/json.ts";
import { canonical } from "../canonical.ts";
import type { ObjectDiff, OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code } from "./consequence.ts";
import { isHook } from "./removal-rules.ts";

export const hookConsequences: readonly ConsequenceRule[] = [
  {
    code: "diff/hook-program",
    level: "warning",
    check: ({ objects }) =>
      objects.flatMap(({ before, after }): readonly ConsequenceFinding[] => {
        if (before === undefined || after === undefined || after.kind !== "ConfigMap") return [];
        return canonical(programsIn(before.data)) === canonical(programsIn(after.data))
          ? []
          : [
              {
                object: after,
                message: "Another program runs in the cluster with the rights of its ServiceAccount.",
              },
            ];
      }),
    source: "The output itself: hook.yaml and recheck.yaml mount the ConfigMap and run what is in it",
  },
  {
    code: "diff/health-check-mode",
    level: "warning",
    check: ({ objects }) =>
      objects.flatMap(({ fate, before, after }): readonly ConsequenceFinding[] => {
        if (before === undefined || after === undefined || fate === "renamed") return [];
        const [old, next] = [leavesPortToHook(before.data), leavesPortToHook(after.data)];
        if (old === next) return [];
        const message = next
          ? "The hook sets the health-check port from now on: Argo CD leaves that annotation alone. Where the folder is synced before the Application knows that, the number comes with the next recheck."
          : "The hook no longer sets the health-check port: Argo CD puts back what stands in Git.";
        return [{ object: after, message }];
      }),
    source:
      "Argo CD docs, Diffing Customization and Sync Options (ignoreDifferences with RespectIgnoreDifferences=true)",
  },
  {
    code: "diff/hook-runs",
    level: "note",
    check: (diff) => hooksThatRun(diff),
    source:
      "Argo CD docs, Sync Phases and Waves (PostSync); a hook does not count for the sync status (issue 9830), so that it runs with a sync that something else causes",
  },
  {
    code: "diff/hook-waits",
    level: "warning",
    check: ({ clusters }) => clusters.flatMap(({ objects }) => hooksThatWait(objects)),
    source: "Argo CD issue 9830: hooks are left out of the sync status",
  },
];

/** Whether an Application ignores the annotation that the hook patches. */
export function leavesPortToHook(application: JsonObject): boolean {
  const ignored = valueAt(application, ["spec", "ignoreDifferences"]);
  return ignored !== undefined && canonical(ignored).includes("alb.ingress.kubernetes.io~1healthcheck-port");
}

const programsIn = (configMap: JsonObject): JsonObject => {
  const entries = valueAt(configMap, ["data"]);
  const programs = isJsonObject(entries)
    ? Object.entries(entries).filter(([key]) => key.endsWith(".mjs"))
    : [];
  return Object.fromEntries(programs);
};

const changesBesideHooks = (
  objects: readonly ObjectDiff[],
  { application }: PlacedObject,
): readonly ObjectDiff[] =>
  objects.filter(({ before, after }) => {
    const object = after ?? before;
    return object !== undefined && object.application === application && !isHook(object);
  });

function hooksThatRun({ clusters }: OutputDiff): readonly ConsequenceFinding[] {
  return clusters.flatMap(({ after, objects }) =>
    after
      .filter((object) => isHook(object) && object.application !== undefined)
      .filter((hook) => changesBesideHooks(objects, hook).length > 0)
      .map((hook) => ({
        object: hook,
        message: `The Application ${code(hook.application)} syncs, and its hook runs once everything in it is healthy.`,
      })),
  );
}

function hooksThatWait(objects: readonly ObjectDiff[]): readonly ConsequenceFinding[] {
  return objects.flatMap(({ fate, after }) =>
    fate === "changed" &&
    after !== undefined &&
    isHook(after) &&
    changesBesideHooks(objects, after).length === 0
      ? [
          {
            object: after,
            message: `Nothing else of the Application ${code(after.application)} changes: a hook alone makes no sync, this one runs with the next.`,
          },
        ]
      : [],
  );
}
