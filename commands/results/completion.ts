// What `completion --json` adds to the document of every command.
import * as z from "zod/mini";

const about = <T>(description: string): z.core.$ZodCheck<T> => z.meta({ description });

export const completionResult = z.strictObject({
  shell: z.optional(z.enum(["bash", "zsh", "fish"]).check(about("Absent where none of them was asked for."))),
  script: z.optional(z.string().check(about("The same text as without --json; absent with `shell`."))),
});
