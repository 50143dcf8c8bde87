// The keys of `meshfront diff --json` beside those of every document. Loaded by tests and generators only.
import * as z from "zod/mini";
import { about, resultOf, text, whole } from "./result.ts";

const place = {
  cluster: z.optional(text("The cluster whose output it is part of; absent for what all share.")),
  application: z.optional(text("The Argo CD Application that syncs it; absent for what a person applies.")),
  file: text("Relative to the project's folder."),
  group: text("API group; empty for the core group."),
  kind: z.string(),
  namespace: text("Empty for what is in no namespace."),
  name: z.string(),
};

const fieldChange = z
  .strictObject({
    path: text(
      'Place in the object, for example `spec.rules[host=app.example.com]` or `metadata.annotations["alb.ingress.kubernetes.io/scheme"]`; empty for an object that comes or goes as a whole.',
    ),
    before: z.optional(z.unknown().check(about("As committed; absent where it was not there."))),
    after: z.optional(
      z.unknown().check(about("As it would be written; absent where it is no longer there.")),
    ),
    order: z.optional(
      z.literal(true).check(about("The same items in another order; `before` and `after` name them.")),
    ),
    items: z.optional(
      z
        .strictObject({
          removed: z.array(z.string()),
          added: z.array(z.string()),
        })
        .check(
          about("For an annotation that is a list: its items. Both empty where only the spelling differs."),
        ),
    ),
  })
  .check(about('One field that differs. 1 and "1" differ, and so do null and absent.'));

const level = z
  .enum(["critical", "warning", "note"])
  .check(
    about("critical: deleted, replaced or opened. warning: interrupted, or a person has to do something."),
  );

export const diffResult = resultOf("diff", {
  against: z
    .nullable(
      z.strictObject({
        revision: z.optional(text("As it was asked for; absent for the files on disk.")),
        commit: z.optional(text("The full id of its commit.")),
      }),
    )
    .check(about("What was compared with; null where nothing was compared.")),
  totals: z
    .nullable(
      z.strictObject({
        clusters: whole("Clusters with differences."),
        files: whole("Files that differ byte for byte, inventories included."),
        objects: z.strictObject({
          added: whole("Objects that come."),
          removed: whole("Objects that go."),
          changed: whole("Objects of which fields differ."),
          moved: whole("The same objects in another file."),
          renamed: whole("Objects that go while one that looks alike comes: a guess."),
        }),
        fields: whole("Entries of `changes`, but for whole objects."),
        consequences: z.strictObject({ critical: z.int(), warning: z.int(), note: z.int() }),
      }),
    )
    .check(about("Null where nothing was compared.")),
  consequences: z
    .array(
      z.strictObject({
        code: text("`diff/kebab-name`: see rules.md."),
        level,
        ...place,
        message: text("Sentences for people; values in backticks."),
      }),
    )
    .check(about("What follows in the cluster and in AWS, the strongest first.")),
  objects: z
    .array(
      z.strictObject({
        fate: z.enum(["added", "removed", "changed", "moved", "renamed"]),
        ...place,
        previous: z.optional(
          z.strictObject(place).check(about("Where a moved object was, or what a renamed one was called.")),
        ),
        changes: z.array(fieldChange),
      }),
    )
    .check(about("By cluster, file and place in the file.")),
  files: z
    .array(
      z.strictObject({
        path: z.string(),
        fate: z.enum(["added", "removed", "changed", "unreadable"]),
        notes: z
          .array(z.enum(["comments or layout", "order of objects", "line endings", "inventory"]))
          .check(about("What differs beside the objects in it.")),
      }),
    )
    .check(about("Every file that differs byte for byte.")),
});
