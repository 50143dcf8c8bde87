// Stage 1: unquoted scalars in Helm values that YAML 1.1 (Helm, kubectl) and YAML 1.2 (editors, meshfront) read differently.
import { isJsonArray, isJsonObject, type JsonValue } from "./json.ts";
import type { Path } from "./yaml-source.ts";

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

export interface AmbiguousScalar {
  readonly path: Path;
  readonly text: string;
  readonly reading: string;
}

/** Finds them below `path`. `plainText` tells what stood unquoted in the file. */
export function ambiguousScalars(
  value: JsonValue,
  path: Path,
  plainText: (path: Path) => string | undefined,
): AmbiguousScalar[] {
  if (isJsonArray(value))
    return value.flatMap((item, index) => ambiguousScalars(item, [...path, index], plainText));
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, item]) => ambiguousScalars(item, [...path, key], plainText));
  }
  const text = plainText(path);
  const reading = text === undefined ? undefined : otherReading(text);
  return text === undefined || reading === undefined ? [] : [{ path, text, reading }];
}
