// What `init --json` adds to the document of every command.
import * as z from "zod/mini";
import { about, listOf, type OwnKeys, resultOf, text } from "./result.ts";

const written = z.strictObject({
  path: text("Relative to the project's folder."),
  isNew: z.boolean().check(about("False where lines were added to a file that was there.")),
});

export const initResult = resultOf("init", {
  written: listOf(written, "Files that were written; empty where something was wrong."),
  next: listOf(z.string(), "The commands to run next."),
});

export type InitKeys = OwnKeys<typeof initResult>;
