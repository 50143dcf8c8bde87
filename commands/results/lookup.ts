import * as z from "zod/mini";
import { about, listOf, type OwnKeys, resultOf, text } from "./result.ts";

const answer = z.strictObject({
  key: text("The question, as the lock file has it, for example `certificate:app.example.com`."),
  answer: text("The answer in one line."),
  chosenBy: text("The criterion that decided."),
  losers: listOf(
    z.strictObject({ name: text("The candidate."), reason: text("What it lacks.") }),
    "Candidates that were not taken, and why.",
  ),
});

const change = z.strictObject({
  key: text("The question."),
  text: text("What changed, in one line."),
  isDifference: z
    .boolean()
    .check(about("Whether the answer is another one; false where only its wording is.")),
});

const cluster = z.strictObject({
  name: text("The name of the cluster."),
  file: text("The lock file."),
  region: text("The region that was asked."),
  account: z
    .nullable(z.string())
    .check(about("The account that was asked; null where it did not come to that.")),
  answers: listOf(answer, "What AWS answered."),
  changes: listOf(change, "What differs from the lock file that was there."),
});

export const lookupResult = resultOf("lookup", {
  clusters: listOf(cluster, "The clusters for which AWS was asked; empty where it did not come to that."),
});

export type LookupKeys = OwnKeys<typeof lookupResult>;
