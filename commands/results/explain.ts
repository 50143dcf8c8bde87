// What `explain --json` adds to the document of every command.
import * as z from "zod/mini";
import { about, resultOf } from "./result.ts";

const explainedCode = z.strictObject({
  code: z.string().check(about("For example `alb/subnets`.")),
  severity: z
    .enum(["error", "warning", "critical", "note"])
    .check(about("Critical, warning or note where `diff` says it; otherwise error or warning.")),
  severityException: z.optional(
    z.string().check(about("Where one command reports it with the other severity.")),
  ),
  meaning: z.string().check(about("What is wrong.")),
  why: z.optional(z.string().check(about("What happens in the cluster or in AWS where nobody heeds it."))),
  fix: z.optional(z.string().check(about("What to do."))),
  versions: z.optional(z.string().check(about("Which versions it applies to; all, where it is left out."))),
  sources: z.optional(z.readonly(z.array(z.string()).check(about("Where the fact is from.")))),
  example: z.optional(
    z
      .strictObject({ fails: z.string(), passes: z.string() })
      .check(about("Text of files, each after a line `# <path>`; without one a fragment of a cluster file.")),
  ),
});

const explainedKey = z.strictObject({
  key: z.string().check(about("For example `ingresses.<key>.scheme`.")),
  type: z.string(),
  default: z.optional(z.string().check(about("Left out where there is none, or the meaning says it."))),
  meaning: z.string(),
  examples: z.readonly(z.array(z.string())),
  below: z.readonly(z.array(z.strictObject({ key: z.string(), meaning: z.string() }))),
});

export const explainResult = resultOf("explain", {
  explanations: z
    .array(explainedCode)
    .check(about("In the order of the question; all codes where none was asked for.")),
  keys: z.array(explainedKey).check(about("The keys of the cluster file among the words.")),
  pages: z
    .array(z.strictObject({ path: z.string(), text: z.string() }))
    .check(about("The documents among the words, such as docs/how-to/adopt.md.")),
});
