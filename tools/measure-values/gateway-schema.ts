// The gateway chart's JSON Schema of its values, as config/chart-refusals.ts reads it: a type by path.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { joinPath } from "./paths.ts";

export interface FlatSchema {
  readonly rootKeys: readonly string[];
  /** `[]` is any item of a list, `.*` any other key of a map. */
  readonly types: Readonly<Record<string, JsonValue>>;
}

export function flattenSchema(schema: JsonObject): FlatSchema {
  const types = new Map<string, JsonValue>();
  const root = dereferenced(schema, schema);
  visit(root, "", schema, types);
  const keys = Object.keys(propertiesOf(root)).filter((key) => !key.startsWith("_"));
  return {
    rootKeys: keys.sort(),
    types: Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function visit(node: JsonObject, path: string, schema: JsonObject, types: Map<string, JsonValue>): void {
  const below = (child: JsonValue | undefined, name: string): void => {
    if (!isJsonObject(child)) return;
    const known = dereferenced(child, schema);
    if (isJsonArray(known.enum)) types.set(name, { enum: known.enum });
    else if (known.type !== undefined) types.set(name, known.type);
    if (isJsonArray(known.required)) types.set(`${name} (required)`, known.required);
    visit(known, name, schema, types);
  };
  for (const [key, child] of Object.entries(propertiesOf(node))) below(child, joinPath(path, key));
  below(node.additionalProperties, `${path}.*`);
  below(node.items, `${path}[]`);
}

const propertiesOf = (node: JsonObject): JsonObject => (isJsonObject(node.properties) ? node.properties : {});

/** What a `$ref` inside the schema points to; what stands beside it counts too. */
function dereferenced(node: JsonObject, schema: JsonObject): JsonObject {
  if (typeof node.$ref !== "string") return node;
  let target: JsonValue | undefined = schema;
  for (const key of node.$ref.replace(/^#\//, "").split("/"))
    target = isJsonObject(target) ? target[key] : undefined;
  if (!isJsonObject(target)) throw new Error(`the schema has no ${node.$ref}`);
  return { ...target, ...node, properties: { ...propertiesOf(node), ...propertiesOf(target) } };
}
