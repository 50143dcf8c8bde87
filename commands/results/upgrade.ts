import * as z from "zod/mini";
import { listOf, type OwnKeys, resultOf, text } from "./result.ts";

const edit = z.strictObject({
  file: text("Relative to the project's folder."),
  from: text("The version before."),
  to: text("The version now."),
});

export const upgradeResult = resultOf("upgrade", {
  edited: listOf(edit, "Files with a new version; with --dry-run those that would get it."),
  remaining: listOf(z.string(), "Stages with clusters at an older version, each with its clusters."),
});

export type UpgradeKeys = OwnKeys<typeof upgradeResult>;
