// What every `--json` document has in common. These schemas are loaded by `schema`, the documents and the tests only;
// commands import types from here.
import * as z from "zod/mini";
import { exitCodes } from "../exit-codes.ts";

export const about = <T>(description: string): z.core.$ZodCheck<T> => z.meta({ description });

export const text = (description: string) => z.string().check(about(description));
export const whole = (description: string) => z.int().check(z.minimum(0), about(description));
export const listOf = <T extends z.core.SomeType>(item: T, description: string) =>
  z.array(item).check(about(description));

const optional = {
  file: z.optional(text("Path of the file, relative to the project's folder.")),
  line: z.optional(z.int().check(z.minimum(1), about("Line in `file`, from 1."))),
  column: z.optional(z.int().check(z.minimum(1), about("Column in the line, from 1, in UTF-16 code units."))),
  path: z.optional(text("Dotted path of the key or field, for example `ingresses.services.hosts[0]`.")),
  suggestion: z.optional(text("What to do about it.")),
};

export const problemSchema = z
  .strictObject({
    code: z
      .string()
      .check(z.regex(/^[a-z0-9]+\/[a-z0-9-]+$/), about("What is wrong, `area/kebab-name`: see rules.md.")),
    severity: z
      .enum(["error", "warning"])
      .check(about("An error decides the exit code; a warning never does.")),
    message: text("What was expected and what was found."),
    ...optional,
    docs: text("The command that explains it, wherever meshfront is installed."),
  })
  .check(z.meta({ id: "problem" }));

// A bug prints no document.
const exitCode = z
  .literal(Object.values(exitCodes).filter((code) => code !== exitCodes.bug))
  .check(about("The exit code of the process: see commands.md."));

/** The keys of every document, in the order in which they are printed. */
const common = {
  exitCode,
  summary: text("What was done, in one line for people."),
  durationMs: whole("How long it took, in milliseconds."),
  problems: listOf(problemSchema, "Everything that was found, errors and warnings."),
};

/** The document of one command: the common keys, then its own. Unknown keys are none of its. */
export const resultOf = <Name extends string, Keys extends z.core.$ZodLooseShape>(
  command: Name,
  keys: Keys,
) =>
  z.strictObject({
    command: z.literal(command).check(about("The command.")),
    ...common,
    ...keys,
  });

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** The keys that a command adds: what its `CommandResult.json` has to be. */
export type OwnKeys<Schema extends z.ZodMiniType> = Immutable<
  Omit<z.output<Schema>, "command" | keyof typeof common>
>;
