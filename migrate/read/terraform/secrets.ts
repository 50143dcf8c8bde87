// Everything that a state or a plan calls sensitive, as texts: providers copy them to places that are not marked, so they
// are withheld by value, not by path.
// Seen in real states: helm 2.17.0 and 3.1.2 keep set_sensitive in clear in metadata.values where the name has an escaped dot, and a
// sensitive entry of `values` always; plans hold sensitive variables in clear.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../core/json.ts";
import { mapOf, mapsOf, textOf } from "../../recognise/objects.ts";
import { cloaked } from "../../secret-values.ts";
import { readDocuments } from "../manifests.ts";
import type { TerraformInstance } from "./resources.ts";

/** Sensitive by the provider's schema. Older programs left them out of a raw state's sensitive_attributes. */
const secretBySchema: Readonly<Record<string, readonly string[]>> = {
  helm_release: ["set_sensitive", "set_wo", "repository_password"],
  kubernetes_secret: ["data", "binary_data"],
  kubernetes_secret_v1: ["data", "binary_data"],
  kubernetes_secret_v1_data: ["data"],
};

/** kubectl_manifest calls the whole body sensitive, for every kind: that says nothing of what stands in it. */
const bodies: readonly string[] = ["yaml_body", "yaml_incluster", "live_manifest_incluster"];

export function secretTexts(
  instances: readonly TerraformInstance[],
  document: JsonObject,
): ReadonlySet<string> {
  const found = new Set<string>();
  const addDocument = (leaf: JsonValue) => addSecret(leaf, leavesOfDocument, found);
  const addOther = (leaf: JsonValue) => addSecret(leaf, wordsOf, found);
  for (const instance of instances) {
    const { type, values, sensitive } = instance;
    for (const [key, inner] of Object.entries(values)) {
      if (type === "kubectl_manifest" && bodies.includes(key)) continue;
      const isSecret = sensitive === true || secretBySchema[type]?.includes(key) === true;
      const value = key === "set_sensitive" ? valuesOfSet(inner) : inner;
      addMarked(value, isSecret || mark(sensitive, key), type === "helm_release" ? addDocument : addOther);
    }
    if (type === "kubectl_manifest") for (const text of maskedTexts(values)) addOther(text);
  }
  for (const value of variablesAndOutputs(document)) addMarked(value, true, addDocument);
  // What every address and every message shows as a name is no secret, also where a secret document repeats it.
  for (const name of instances.flatMap(namesOf)) found.delete(name);
  return found;
}

/** Of `{ name, type, value }` only the value is secret. */
const valuesOfSet = (set: JsonValue): JsonValue => mapsOf(set).map(({ value }) => value ?? null);

const mark = (sensitive: JsonValue, key: string | number): JsonValue =>
  isJsonArray(sensitive) ? (sensitive[Number(key)] ?? false) : (mapOf(sensitive)[String(key)] ?? false);

function addMarked(value: JsonValue, sensitive: JsonValue, add: (leaf: JsonValue) => void): void {
  if (isJsonArray(value))
    for (const [index, item] of value.entries())
      addMarked(item, sensitive === true || mark(sensitive, index), add);
  else if (isJsonObject(value))
    for (const [key, inner] of Object.entries(value))
      addMarked(inner, sensitive === true || mark(sensitive, key), add);
  else if (sensitive === true) add(value);
}

function addSecret(value: JsonValue, partsOf: (text: string) => readonly string[], found: Set<string>): void {
  // Helm makes a number of the text "12345678".
  const text = typeof value === "number" ? String(value) : textOf(value).trim();
  if (text.length < 4 || /^(?:true|false|null|none|default)$/i.test(text) || text === cloaked) return;
  found.add(text);
  found.add(Buffer.from(text).toString("base64"));
  for (const part of partsOf(text)) if (isTelling(part)) found.add(part);
}

/** Of a kubeconfig or a JSON text in a Secret: its tokens, without reading YAML ten thousand times in a large state. */
const wordsOf = (text: string): readonly string[] =>
  text.includes("-----BEGIN ") ? [] : (text.match(/[^\s"',:;{}[\]=]{12,}/g) ?? []);

/** A document is not one secret: each of its leaves is. */
export function leavesOfDocument(text: string): readonly string[] {
  if (!/[:\n]/.test(text)) return [];
  const documents = readDocuments(text, "");
  return "code" in documents ? [] : documents.filter((each) => typeof each === "object").flatMap(leavesOf);
}

function leavesOf(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value.trim(), ...leavesOfDocument(value)];
  if (typeof value === "number") return [String(value)];
  if (isJsonArray(value)) return value.flatMap(leavesOf);
  return isJsonObject(value) ? Object.values(value).flatMap(leavesOf) : [];
}

/** A word such as NodePort, or 80, tells nothing wherever else it stands. */
const isTelling = (text: string): boolean => text.length >= 6 && !/^[A-Za-z]{1,15}$/.test(text);

/** Texts that the provider itself masks in yaml_body_parsed: of Secrets, and what `sensitive_fields` names. */
function maskedTexts({ yaml_body, yaml_body_parsed }: JsonObject): readonly string[] {
  if (!textOf(yaml_body_parsed).includes(cloaked)) return [];
  const [open, masked] = [readDocuments(textOf(yaml_body), ""), readDocuments(textOf(yaml_body_parsed), "")];
  if ("code" in open || "code" in masked) return [];
  return masked.flatMap((document, index) => unmasked(document, open[index] ?? null));
}

function unmasked(masked: JsonValue, open: JsonValue): readonly string[] {
  if (masked === cloaked) return leavesOf(open).flatMap((text) => [text, fromBase64(text)]);
  if (!isJsonObject(masked)) return [];
  return Object.entries(masked).flatMap(([key, inner]) => unmasked(inner, mapOf(open)[key] ?? null));
}

const fromBase64 = (text: string): string => Buffer.from(text, "base64").toString();

function variablesAndOutputs({ variables, configuration, outputs, values, prior_state }: JsonObject) {
  const declared = mapOf(mapOf(mapOf(configuration).root_module).variables);
  const secret = Object.entries(mapOf(variables)).filter(
    ([name]) => mapOf(declared[name]).sensitive === true,
  );
  const shown = [outputs, mapOf(values).outputs, mapOf(mapOf(prior_state).values).outputs];
  return [
    ...secret.map(([, variable]) => mapOf(variable).value ?? null),
    ...shown
      .flatMap((each) => Object.values(mapOf(each)))
      .filter((output) => mapOf(output).sensitive === true)
      .map((output) => mapOf(output).value ?? null),
  ];
}

const namesOf = ({ values, name }: TerraformInstance): readonly string[] => {
  const metadata = mapsOf(values.metadata)[0] ?? mapOf(values.metadata);
  const { chart, version, repository, kind } = values;
  const all = [values.name, values.namespace, chart, version, repository, kind, metadata.name];
  return [name, ...[...all, metadata.namespace].map(textOf)];
};
