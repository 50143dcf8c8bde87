// Stage 1: unquoted scalars in Helm values that YAML 1.1 (Helm, kubectl) and YAML 1.2 (editors, meshfront) read differently.

import { isJsonArray, isJsonObject, type JsonValue, type Path, valueAt } from "../core/json.ts";
import type { YamlSource } from "../core/yaml-source.ts";
import type { Finding } from "./finding.ts";

/** What YAML 1.1 makes of a plain scalar which YAML 1.2 takes as something else; undefined where they agree. */
function otherReading(text: string): string | undefined {
  if (/^(?:y|yes|on)$/i.test(text)) return "true";
  if (/^(?:n|no|off)$/i.test(text)) return "false";
  if (/^[-+]?0[0-7_]+$/.test(text)) return "an octal number";
  if (/^[-+]?0b[01_]+$/.test(text) || /^[-+]?[1-9][0-9]*(?:_[0-9]+)+$/.test(text)) return "a number";
  if (/^0o[0-7]+$/.test(text) || /^[-+]?\d+[eE]\d+$/.test(text))
    return "text in one version and a number in the other";
  if (/^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/.test(text)) return "a number to the base 60";
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/.test(text)) return "a date";
  return undefined;
}

/** Where values of charts stand, which Helm reads once more. */
const valuesPaths = (data: JsonValue): readonly Path[] =>
  ["istio", "gateways"].flatMap((key) => {
    const releases = valueAt(data, [key]);
    return isJsonObject(releases) ? Object.keys(releases).map((name) => [key, name, "values"]) : [];
  });

/** Finds them in the Helm values of a cluster file. */
export function ambiguousScalarFindings({
  data,
  plainText,
}: Pick<YamlSource, "data" | "plainText">): Finding[] {
  const found = (value: JsonValue | undefined, path: Path): Finding[] => {
    if (isJsonArray(value)) return value.flatMap((item, index) => found(item, [...path, index]));
    if (isJsonObject(value))
      return Object.entries(value).flatMap(([key, item]) => found(item, [...path, key]));
    const text = value === undefined ? undefined : plainText(path);
    const reading = text === undefined ? undefined : otherReading(text);
    return text === undefined || reading === undefined ? [] : [ambiguity(path, text, reading)];
  };
  return valuesPaths(data).flatMap((path) => found(valueAt(data, path), path));
}

const ambiguity = (path: Path, text: string, reading: string): Finding => ({
  path,
  message: `expected a value that every YAML reader takes alike, found ${text}, which YAML 1.1 (Helm) reads as ${reading}`,
  suggestion: `Quote it for text ("${text}"), or write true, false or a decimal number.`,
});
