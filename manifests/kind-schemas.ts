// Stage 4, pure: the schemas of the kinds that are emitted (imports/schemas.json).
import type { JsonObject } from "../core/json.ts";
import schemas from "../imports/schemas.json" with { type: "json" };
import type { Schema, Schemas } from "./object-schema.ts";

const { kinds, types } = schemas as unknown as Schemas; // the compiler would infer a type as long as the file

/** The schema of an object, or undefined if its kind is none that is emitted. */
export function tryFindKindSchema({ apiVersion, kind }: JsonObject): Schema | undefined {
  const type = kinds[`${apiVersion}/${kind}`];
  return type === undefined ? undefined : findType(`#/types/${type}`);
}

export function findType(reference: string): Schema {
  const schema = types[reference.slice("#/types/".length)];
  if (schema === undefined)
    throw new Error(`imports/schemas.json refers to ${reference} and does not have it`);
  return schema;
}
