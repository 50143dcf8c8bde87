// The keys of `meshfront report --json` beside those of every document. Loaded by tests and generators only.
import * as z from "zod/mini";
import { about, type OwnKeys, resultOf, whole } from "./result.ts";

export const reportResult = resultOf("report", {
  file: z.nullable(z.string()).check(about("The file of `--out` as written; null where there is none.")),
  html: z.nullable(z.string()).check(about("The page; null where it was written to a file, or not made.")),
  clusters: whole("Clusters in it."),
  findings: whole("Problems in it, as `check` tells them."),
});

export type ReportKeys = OwnKeys<typeof reportResult>;
