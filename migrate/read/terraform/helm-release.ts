// helm_release of providers 2 and 3 -> a release with its live values.
// Source: hashicorp/helm 2.17.0 and 3.1.2, run: `metadata.values` is what is live, but reads `{}` wherever set_wo_revision is 1 or
// more, which an upgrade of the provider from 2 to 3 writes into every release.

import { redact } from "../../../core/format-value.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../../../core/json.ts";
import type { LiveRelease } from "../../live.ts";
import { mapOf, mapsOf, numberOf, textOf } from "../../recognise/objects.ts";
import { withheldValues } from "../../secret-values.ts";
import type { TerraformInstance } from "./resources.ts";
import { configuredValues, pathOf, valuesIn, withoutPath } from "./set-values.ts";

export function helmRelease(
  instance: TerraformInstance,
  file: string,
  secrets: ReadonlySet<string>,
): LiveRelease {
  const { address, values } = instance;
  const metadata = isJsonArray(values.metadata) ? mapOf(values.metadata[0]) : mapOf(values.metadata);
  const [name, namespace] = [
    textOf(metadata.name) || textOf(values.name),
    textOf(metadata.namespace) || textOf(values.namespace),
  ];
  const isHidden = (numberOf(values.set_wo_revision) ?? 0) >= 1;
  const live = isHidden ? undefined : tryParseMap(textOf(metadata.values));
  const all = live ?? configuredValues(values);
  const paths = secretPaths(instance, all);
  const { values: kept, withheld } = withheldValues(paths.reduce(withoutPath, all), secrets);
  const command = `helm get values ${name} -n ${namespace} -o yaml`;
  return {
    name,
    namespace,
    chart: (textOf(metadata.chart) || textOf(values.chart)).split("/").at(-1) ?? "",
    version: textOf(metadata.version) || textOf(values.version) || undefined,
    repository: redact(textOf(values.repository)) || undefined,
    values: kept,
    withheld: [...new Set([...paths.map((path) => pathText(path)), ...withheld])],
    origin: { file, address },
    ...(live === undefined && {
      guess: isHidden
        ? `The state does not tell this release's live values (set_wo_revision is set, and the provider then writes {}): those of the configuration are taken, without what \`set_wo\` sets, which no state holds. Compare with \`${command}\`, or give the release Secret.`
        : `The state does not tell this release's live values: those of the configuration are taken. Compare with \`${command}\`, or give the release Secret.`,
    }),
  };
}

/** Where the configuration itself says that a value is secret: a short one is nothing that could be found by its text. */
function secretPaths({ values, sensitive }: TerraformInstance, live: JsonObject): readonly Path[] {
  const blocks = [...mapsOf(values.set_sensitive), ...mapsOf(values.set_wo)];
  const documents = (isJsonArray(values.values) ? values.values : []).filter((_, index) => {
    const marks = mapOf(sensitive).values;
    return marks === true || (isJsonArray(marks) ? marks[index] : mapOf(marks)[String(index)]) === true;
  });
  const leaves = documents.flatMap((text) => leafPaths(valuesIn(textOf(text)), []));
  return [
    ...blocks.map(({ name }) => pathOf(textOf(name))),
    ...leaves.filter(([path, value]) => valueAt(live, path) === value).map(([path]) => path),
  ];
}

function leafPaths(value: JsonValue, path: Path): readonly (readonly [Path, JsonValue])[] {
  if (!isJsonObject(value)) return isJsonArray(value) ? [] : [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...path, key]));
}

/** As withheld values are named: `env[0].value`, a dot in a name as it is. */
const pathText = (path: Path): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);

function tryParseMap(text: string): JsonObject | undefined {
  if (text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
