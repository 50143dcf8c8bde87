// What the properties are held for: a key that no sample has would be covered by none of them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterKeysSchema } from "../../config/json-schema.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../core/json.ts";
import { validCluster } from "./valid-config.ts";

/** Key paths of the JSON Schema; `*` for the keys of a map, lists leave no trace. Where keys are free, none. */
function keysOfSchema(node: JsonValue, path = ""): readonly string[] {
  if (!isJsonObject(node)) return [];
  const below = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const properties = isJsonObject(node.properties) ? Object.entries(node.properties) : [];
  const variants = [node.anyOf, node.oneOf, node.allOf].flatMap((list) => (isJsonArray(list) ? list : []));
  return [
    ...properties.flatMap(([key, child]) => [below(key), ...keysOfSchema(child, below(key))]),
    ...keysOfSchema(node.additionalProperties ?? null, below("*")),
    ...keysOfSchema(node.items ?? null, path),
    ...variants.flatMap((variant) => keysOfSchema(variant, path)),
  ];
}

const known = new Set(keysOfSchema(JSON.parse(JSON.stringify(clusterKeysSchema()))));

/** The same of a sample: a key that the schema does not have is one of a map. */
function keysOfSample(value: JsonValue, path = ""): readonly string[] {
  if (isJsonArray(value)) return value.flatMap((item) => keysOfSample(item, path));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const own = path === "" ? key : `${path}.${key}`;
    const place = known.has(own) ? own : `${path}.*`;
    return [place, ...keysOfSample(child, place)];
  });
}

test("the samples of the property tests have every key of the schema", () => {
  const samples = fc.sample(validCluster, { numRuns: 300, seed: 1 });
  const used = new Set(samples.flatMap(({ content }) => keysOfSample(content)));
  expect([...known].filter((key) => !used.has(key))).toEqual([]);
});
