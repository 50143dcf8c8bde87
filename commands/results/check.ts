import * as z from "zod/mini";
import type { DifferenceCounts } from "../output-differences.ts";
import { about, listOf, type OwnKeys, resultOf, text, whole } from "./result.ts";

const counts = {
  stale: whole("As an earlier run wrote them, but the configuration, the facts or meshfront changed since."),
  edited: whole("Changed by hand since they were written."),
  mergeConflict: whole("With the markers of a merge conflict."),
  missing: whole("Not there."),
  lineEndings: whole("With the line endings CRLF and no other difference."),
  obsolete: whole("That no configuration asks for any more."),
  leftover: whole("Temporary ones of an interrupted run."),
  inventory: whole("Inventories that do not list what is there."),
  foreign: whole("That meshfront did not write."),
  unrecorded: whole("That meshfront wrote and no inventory lists."),
} satisfies Record<keyof DifferenceCounts, unknown>;

const judgedValue = z.strictObject({
  cluster: text("Name of the cluster."),
  path: text("For example `gateways.ingress.values.service.type`."),
  verdict: z
    .enum(["read", "conditional", "never", "unknown"])
    .check(about("What the templates do with it; unknown where that cannot be told from them.")),
  guards: listOf(z.string(), "What it is read under."),
  reason: z.nullable(z.string()).check(about("Why it cannot be told; null where it can.")),
});

export const checkResult = resultOf("check", {
  clusters: whole("How many clusters the run is about, as far as their files can be understood."),
  files: z
    .nullable(z.strictObject({ upToDate: whole("As `synth` would write them, byte for byte."), ...counts }))
    .check(about("How many files are in which state; null where nothing was compared.")),
  values: z
    .nullable(z.array(judgedValue))
    .check(
      about(
        "With --charts, the values of the cluster files and what the charts do with them; otherwise null.",
      ),
    ),
});

export type CheckKeys = OwnKeys<typeof checkResult>;
