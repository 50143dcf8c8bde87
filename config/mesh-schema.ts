// Stage 1: what istiod and its agent read of `meshConfig` and of the settings of a proxy, by Istio's published protos
// (imports/mesh-schema.json). They decode with golang/protobuf's jsonpb: an unknown name is ignored, silently; a value of
// another type fails the whole (istio/istio, pkg/util/protomarshal/protomarshal.go, ApplyJSON).
import { show } from "../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type Path } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import published from "../imports/mesh-schema.json" with { type: "json" };

/** The version of the protos. */
export const meshSchemaVersion: string = published.version;

export interface MeshMismatch {
  readonly path: Path;
  readonly isUnknown: boolean;
  /** What was found instead of what, without where. */
  readonly message: string;
  readonly suggestion: string;
}

const messages: Readonly<Record<string, Readonly<Record<string, string>>>> = published.messages;
const enums: Readonly<Record<string, readonly string[]>> = published.enums;

export const meshMismatches = (
  message: "MeshConfig" | "ProxyConfig",
  value: JsonValue,
): readonly MeshMismatch[] => [...judge(message, value, [])];

function* judge(type: string, value: JsonValue, path: Path): Generator<MeshMismatch> {
  if (value === null || type === "any") return; // a null of a file has a rule of its own
  const inner = type.slice(1, -1);
  if (type.startsWith("[")) {
    if (!isJsonArray(value)) yield wrongType("a list", value, path);
    else for (const [index, item] of value.entries()) yield* judge(inner, item, [...path, index]);
  } else if (type.startsWith("{")) {
    if (!isJsonObject(value)) yield wrongType("a map", value, path);
    else for (const [key, item] of Object.entries(value)) yield* judge(inner, item, [...path, key]);
  } else if (messages[type] !== undefined) {
    if (!isJsonObject(value)) yield wrongType("a map", value, path);
    else yield* judgeFields(messages[type], value, path);
  } else {
    const expected = expectedScalar(type, value);
    if (expected !== undefined) yield wrongType(expected, value, path);
  }
}

function* judgeFields(
  fields: Readonly<Record<string, string>>,
  value: JsonObject,
  path: Path,
): Generator<MeshMismatch> {
  const names = new Map(
    Object.entries(fields).flatMap(([name, type]) => [
      [name, type],
      [camelCase(name), type],
    ]),
  );
  for (const [key, item] of Object.entries(value)) {
    const type = names.get(key);
    if (type !== undefined) yield* judge(type, item, [...path, key]);
    else
      yield {
        path: [...path, key],
        isUnknown: true,
        message: `Istio knows no ${key} there`,
        suggestion: didYouMean(key, Object.keys(fields).map(camelCase)) ?? "Remove it.",
      };
  }
}

/** As protoc names a field in JSON. The name of the proto is read as well. */
const camelCase = (name: string): string =>
  name.replace(/_([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function wrongType(expected: string, found: JsonValue, path: Path): MeshMismatch {
  const isQuotable = expected === "text" && typeof found !== "object";
  const suggestion = isQuotable ? "Put it in quotes." : "Correct the value.";
  return { path, isUnknown: false, message: `expected ${expected}, found ${show(found)}`, suggestion };
}

/** As time.ParseDuration of Go reads it. */
const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/;

function expectedScalar(type: string, value: JsonValue): string | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? undefined : "text";
    case "bool":
      return typeof value === "boolean" ? undefined : "true or false without quotes";
    case "duration":
      return typeof value === "string" && duration.test(value)
        ? undefined
        : "a duration in quotes such as 30s";
    case "integer":
      return /^-?\d+$/.test(textOf(value)) ? undefined : "a whole number";
    case "number":
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(textOf(value)) ? undefined : "a number";
    default: {
      const words = enums[type] ?? [];
      const isKnown = typeof value === "number" || (typeof value === "string" && words.includes(value));
      return isKnown ? undefined : `one of ${words.join(", ")}`;
    }
  }
}

/** Numbers in quotes are read too. */
const textOf = (value: JsonValue): string =>
  typeof value === "number" || typeof value === "string" ? String(value) : "";
