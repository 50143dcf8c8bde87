// Stage 4: the schemas of the kinds that people bring themselves (imports/own-schemas.json), read where somebody does.
import type { JsonObject } from "../../core/json.ts";
import type { Schema, Schemas } from "../object-schema.ts";
import { checkSchema, type SchemaViolation } from "../schema-check.ts";

export class OwnSchemas {
  private readonly schemas: Schemas;

  constructor(text: string) {
    this.schemas = JSON.parse(text) as Schemas; // the import writes it, and a test reads it
  }

  /** Undefined for a kind that there is no schema for. */
  tryCheck(data: JsonObject): readonly SchemaViolation[] | undefined {
    const type = this.schemas.kinds[`${data.apiVersion}/${data.kind}`];
    if (type === undefined) return undefined;
    return checkSchema((reference) => this.find(reference), this.find(`#/types/${type}`), data);
  }

  private find(reference: string): Schema {
    const schema = this.schemas.types[reference.slice("#/types/".length)];
    if (schema === undefined)
      throw new Error(`imports/own-schemas.json refers to ${reference} and does not have it`);
    return schema;
  }
}
