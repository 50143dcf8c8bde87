import * as z from "zod/mini";
import type { DifferenceCounts } from "../output-differences.ts";
import { about, type OwnKeys, resultOf, text, whole } from "./result.ts";

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

const ownValue = z.strictObject({
  cluster: text("Name of the cluster."),
  path: text("For example `istio.gateway.values.service.type`."),
  effect: z
    .enum(["yes", "default", "injection", "no", "unknown"])
    .check(
      about(
        "What it does. yes: other objects are installed without it. default: it is what the chart has anyway. injection: it is read when a proxy is injected. no: nothing. unknown: the charts do not tell.",
      ),
    ),
  reason: z.nullable(z.string()).check(about("Why it is unknown; otherwise null.")),
});

export const checkResult = resultOf("check", {
  clusters: whole("How many clusters the run is about, as far as their files can be understood."),
  files: z
    .nullable(z.strictObject({ upToDate: whole("As `synth` would write them, byte for byte."), ...counts }))
    .check(about("How many files are in which state; null where nothing was compared.")),
  values: z
    .nullable(z.array(ownValue))
    .check(
      about(
        "With --charts, the values of the cluster files and what the charts do with them; otherwise null.",
      ),
    ),
});

export type CheckKeys = OwnKeys<typeof checkResult>;
