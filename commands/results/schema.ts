import * as z from "zod/mini";
import { about, listOf, type OwnKeys, resultOf } from "./result.ts";

export const schemaResult = resultOf("schema", {
  schema: z
    .nullable(z.record(z.string(), z.json()))
    .check(about("The JSON Schema that was asked for; null where there is none of that name.")),
  written: listOf(z.string(), "Files that --write wrote."),
});

export type SchemaKeys = OwnKeys<typeof schemaResult>;
