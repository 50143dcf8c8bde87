// Everything that a state or a plan calls sensitive, as texts: providers copy them to places that are not marked, so they
// are withheld by value, not by path.
// Seen in real states: helm 2.17.0 and 3.1.2 keep set_sensitive in clear in metadata.values where the name has an escaped dot, and a
// sensitive entry of `values` always; plans hold sensitive variables in clear.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../core/json.ts";
import { mapOf, mapsOf, textOf } from "../../recognise/objects.ts";
import { readDocuments } from "../manifests.ts";
import type { TerraformInstance } from "./resources.ts";

/** kubectl_manifest calls the whole body sensitive, for every kind: that says nothing of what stands in it. */
const sensitiveBySchema: readonly string[] = ["yaml_body", "yaml_incluster", "live_manifest_incluster"];

export function secretTexts(instances: readonly TerraformInstance[], plan: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (value: JsonValue | undefined): void => {
    if (typeof value === "string") addText(value, found);
    else if (isJsonArray(value)) value.forEach(add);
    else if (isJsonObject(value)) Object.values(value).forEach(add);
  };
  for (const { type, values, sensitive } of instances) {
    for (const [key, inner] of Object.entries(values)) {
      const isBody = type === "kubectl_manifest" && sensitiveBySchema.includes(key);
      if (!isBody) addMarked(inner, mapOf(sensitive)[key] ?? sensitive === true, add);
    }
    for (const { value } of mapsOf(values.set_sensitive)) add(value);
  }
  addVariables(plan, add);
  return found;
}

function addMarked(value: JsonValue, sensitive: JsonValue, add: (value: JsonValue) => void): void {
  if (sensitive === true) add(value);
  else if (isJsonArray(value) && isJsonArray(sensitive))
    for (const [index, item] of value.entries()) addMarked(item, sensitive[index] ?? false, add);
  else if (isJsonObject(value) && isJsonObject(sensitive))
    for (const [key, inner] of Object.entries(value)) addMarked(inner, sensitive[key] ?? false, add);
}

function addVariables({ variables, configuration }: JsonObject, add: (value: JsonValue) => void): void {
  const declared = mapOf(mapOf(mapOf(configuration).root_module).variables);
  for (const [name, variable] of Object.entries(mapOf(variables)))
    if (mapOf(declared[name]).sensitive === true) add(mapOf(variable).value ?? null);
}

/** A document of values is not one secret: each of its leaves is. */
function addText(text: string, found: Set<string>): void {
  const trimmed = text.trim();
  if (trimmed.length < 4 || /^(?:true|false|null|none|default)$/i.test(trimmed)) return;
  found.add(trimmed);
  if (!/[:\n]/.test(trimmed)) return;
  const documents = readDocuments(text, "");
  if ("code" in documents) return;
  const visit = (value: JsonValue): void => {
    if (typeof value === "string" && value !== text) addText(value, found);
    else if (isJsonArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) Object.values(value).forEach(visit);
  };
  documents.filter((document) => typeof document !== "string").forEach(visit);
}

/** What Helm's provider prints in place of a value. */
export const cloaked = "(sensitive value)";

export const isCloaked = (value: JsonValue | undefined): boolean => textOf(value) === cloaked;
