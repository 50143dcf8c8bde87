// Plain data against a zod schema, and what is wrong with it in our own words. In the bundle an acceptor stands in
// front (acceptor.ts): zod and its schemas load only where something has to be explained.
import type * as z from "zod/mini";
import { type SchemaFinding, schemaFindings, type WrittenText } from "./schema-problems.ts";

export interface Parser<T> {
  readonly parse: (data: unknown) => z.util.SafeParseResult<T>;
  /** Of data that `parse` refused with `issues`. */
  readonly findings: (
    data: unknown,
    issues: readonly z.core.$ZodIssue[],
    writtenText?: WrittenText,
  ) => SchemaFinding[];
}

export const parserOf = <T>(schema: z.ZodMiniType<T>): Parser<T> => ({
  parse: (data) => schema.safeParse(data),
  findings: (data, issues, writtenText) => schemaFindings(schema, data, issues, writtenText),
});
