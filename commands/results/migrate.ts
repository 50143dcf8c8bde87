import * as z from "zod/mini";
import { effects, findingKinds } from "../../migrate/finding.ts";
import { about, listOf, type OwnKeys, resultOf, text } from "./result.ts";

const effect = z.enum(effects);

const finding = z.strictObject({
  kind: z
    .enum(findingKinds)
    .check(
      about(
        "refused: nothing is written. fault: what is live is wrong, and ours does not carry it along. difference: ours is another. left-out: not in the file. decision: migrate chose. step: for a person to do or to look at.",
      ),
    ),
  code: text("Short and stable, for programs."),
  about: text("The object, release or key that it is about; empty for the whole."),
  message: text("Whole sentences."),
  effect: z.nullable(effect).check(about("What it leads to; null where nothing follows.")),
});

const difference = z.strictObject({
  path: text("Field of the object, or path of the chart's value."),
  live: z.unknown().check(about("What is live; null where it has none.")),
  ours: z.unknown().check(about("What ours has; null where it has none.")),
  effect,
  why: text("Why that follows."),
});

const object = z.strictObject({
  about: text("The object or the release."),
  isLive: z.boolean().check(about("False: the input has no such object, so it is new.")),
  isProven: z.boolean().check(about("False: the input shows what was applied, and not what lives.")),
  differences: listOf(difference, "Empty: equal."),
});

export const migrateResult = resultOf("migrate", {
  written: listOf(z.string(), "Files written, relative to the project."),
  clusterFile: z
    .nullable(z.string())
    .check(about("Text of the cluster file; null where the migration is refused.")),
  handOver: listOf(
    z.strictObject({ path: text("Relative to the project."), text: text("The whole file.") }),
    "MIGRATION.md, and removed.tf for each state; empty where the migration is refused.",
  ),
  findings: listOf(finding, "What there is to say."),
  objects: listOf(object, "What was compared."),
});

export type MigrateKeys = OwnKeys<typeof migrateResult>;
