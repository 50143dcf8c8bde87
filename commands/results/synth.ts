import * as z from "zod/mini";
import type { WriteReason } from "../../manifests/compare-file.ts";
import { about, listOf, type OwnKeys, resultOf, text, whole } from "./result.ts";

const reasons = {
  new: "new",
  changed: "changed",
  edited: "edited",
  "edited-and-changed": "edited-and-changed",
  missing: "missing",
  "merge-conflict": "merge-conflict",
  "line-endings": "line-endings",
} as const satisfies Record<WriteReason, WriteReason>;

const written = z.strictObject({
  path: text("Relative to the project's folder."),
  reason: z
    .enum(reasons)
    .check(about("What was there: nothing (new, missing), an older version (changed), or something else.")),
});

export const synthResult = resultOf("synth", {
  applied: z
    .boolean()
    .check(about("Whether it was done; false for --dry-run, and where an error or a refusal came before.")),
  written: listOf(
    written,
    "Files that were written, or would be; inventories are not among them. Empty where no plan could be made.",
  ),
  removed: listOf(z.string(), "Files that were removed, or would be."),
  unchanged: whole("How many files were as they should be."),
  dropped: listOf(
    z.strictObject({
      path: text("The lock file, relative to the project's folder."),
      answers: z.array(z.string()).check(about("Keys of the answers in it.")),
    }),
    "Answers of lock files that nothing asks for any more, and that were dropped, or would be.",
  ),
});

export type SynthKeys = OwnKeys<typeof synthResult>;
