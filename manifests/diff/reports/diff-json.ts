import type { JsonObject } from "../../../core/json.ts";
import type { Consequence } from "../consequences/consequence.ts";
import { type ObjectDiff, type PlacedObject, placeOf } from "../output-diff.ts";
import type { DiffReport } from "./diff-report.ts";

/** The whole diff, in the shape of commands/results/diff.ts. */
export function diffJson({ against, totals, consequences, diff }: DiffReport): JsonObject {
  const report = {
    against,
    totals,
    consequences: consequences.map(consequenceJson),
    objects: diff.objects.map(objectJson),
    files: diff.files.map(({ path, fate, notes }) => ({ path, fate, notes })),
  };
  return report as unknown as JsonObject; // plain data; what is undefined is left out when it is printed
}

const consequenceJson = ({ code, level, object, message }: Consequence) => ({
  code,
  level,
  ...placeJson(object),
  message,
});

const objectJson = (object: ObjectDiff) => ({
  fate: object.fate,
  ...placeJson(placeOf(object)),
  ...(object.before !== undefined &&
    object.after !== undefined &&
    object.fate !== "changed" && { previous: placeJson(object.before) }),
  changes: object.changes,
});

const placeJson = ({ cluster, application, file, group, kind, namespace, name }: PlacedObject) => ({
  cluster,
  application,
  file,
  group,
  kind,
  namespace,
  name,
});
