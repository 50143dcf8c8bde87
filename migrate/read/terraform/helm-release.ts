// helm_release of providers 2 and 3 -> a release with its live values.
// Source: hashicorp/helm 2.17.0 and 3.1.2, run: `metadata.values` is what is live, but reads `{}` wherever set_wo_revision is 1 or
// more, which an upgrade of the provider from 2 to 3 writes into every release.
import { deepMerge, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../core/json.ts";
import type { LiveRelease } from "../../live.ts";
import { mapOf, mapsOf, numberOf, textOf, textsOf } from "../../recognise/objects.ts";
import { withheldValues } from "../../secret-values.ts";
import { readDocuments } from "../manifests.ts";
import type { TerraformInstance } from "./resources.ts";

export function helmRelease(
  { address, values }: TerraformInstance,
  file: string,
  secrets: ReadonlySet<string>,
): LiveRelease {
  const metadata = isJsonArray(values.metadata) ? mapOf(values.metadata[0]) : mapOf(values.metadata);
  const [name, namespace] = [
    textOf(metadata.name) || textOf(values.name),
    textOf(metadata.namespace) || textOf(values.namespace),
  ];
  const isHidden = (numberOf(values.set_wo_revision) ?? 0) >= 1;
  const live = isHidden ? undefined : tryParseMap(textOf(metadata.values));
  const { values: kept, withheld } = withheldValues(live ?? configuredValues(values), secrets);
  const command = `helm get values ${name} -n ${namespace} -o yaml`;
  return {
    name,
    namespace,
    chart: (textOf(metadata.chart) || textOf(values.chart)).split("/").at(-1) ?? "",
    version: textOf(metadata.version) || textOf(values.version) || undefined,
    repository: textOf(values.repository) || undefined,
    values: kept,
    withheld,
    origin: { file, address },
    ...(live === undefined && {
      guess: isHidden
        ? `The state does not tell this release's live values (set_wo_revision is set, and the provider then writes {}): those of the configuration are taken. Compare with \`${command}\`, or give the release Secret.`
        : `The state does not tell this release's live values: those of the configuration are taken. Compare with \`${command}\`, or give the release Secret.`,
    }),
  };
}

/** Documents of `values`, later ones over earlier; then `set` and `set_list`, as Helm lays them over. */
function configuredValues(attributes: JsonObject): JsonObject {
  const documents = textsOf(attributes.values).map((text) => parseYamlMap(text));
  const merged = documents.reduce(deepMerge, {});
  const set = mapsOf(attributes.set).map(({ name, value, type }) =>
    atPath(textOf(name), type === "string" ? textOf(value) : scalar(textOf(value))),
  );
  const lists = mapsOf(attributes.set_list).map(({ name, value }) =>
    atPath(textOf(name), isJsonArray(value) ? value : []),
  );
  return [...set, ...lists].reduce(deepMerge, merged);
}

function parseYamlMap(text: string): JsonObject {
  const documents = readDocuments(text, "");
  return "code" in documents ? {} : mapOf(documents[0]);
}

/** `a.b\.c.d`: a dot behind a backslash belongs to the name. */
function atPath(name: string, value: JsonValue): JsonObject {
  const keys = name.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
  return keys.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value) as JsonObject; // at least one key
}

/** As Helm's --set reads it: whole numbers, true, false and null; the rest is text. */
function scalar(text: string): JsonValue {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function tryParseMap(text: string): JsonObject | undefined {
  if (text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
