// What `completion --json` adds to the document of every command.
import * as z from "zod/mini";
import { about, type OwnKeys, resultOf } from "./result.ts";

export const completionResult = resultOf("completion", {
  shell: z.nullable(z.enum(["bash", "zsh", "fish"])).check(about("Null where none of them was asked for.")),
  script: z.nullable(z.string()).check(about("The same text as without --json; null with `shell`.")),
});

export type CompletionKeys = OwnKeys<typeof completionResult>;
