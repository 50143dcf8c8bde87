// Stage 4, pure: the schemas of the kinds that are emitted (imports/schemas.json).
import type { JsonObject } from "../core/json.ts";
import schemas from "../imports/schemas.json" with { type: "json" };
import type { Schema, Schemas } from "./object-schema.ts";

const { kinds, types } = schemas as unknown as Schemas; // the compiler would infer a type as long as the file

/** The name of the type of an object, or undefined if its kind is none that is emitted. */
export const tryFindKindType = ({ apiVersion, kind }: JsonObject): string | undefined =>
  kinds[`${apiVersion}/${kind}`];

export function findType(name: string): Schema {
  const schema = types[name];
  if (schema === undefined) throw new Error(`imports/schemas.json refers to ${name} and does not have it`);
  return schema;
}
