// What `helm template` prints, and whether two of its answers hold the same objects. Nothing but text in and a word out.
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { isJsonObject, type JsonObject } from "../../core/json.ts";

/**
 * The documents of one answer, undefined where it holds none but other text. helm begins each with `---`; what stands
 * before the first is not of the chart (some wrappers and versions print warnings there).
 */
export function documentsOf(text: string): readonly string[] | undefined {
  if (text.trim() === "") return [];
  const [, ...documents] = `\n${text}`.split(/\n---[ \t]*\r?(?=\n)/);
  const objects = documents.filter((document) => /^\s*[^\s#]/m.test(document));
  return documents.length > 0 && objects.every(isObject) ? objects : undefined;
}

const isObject = (document: string): boolean => /\bkind\b["']?:/.test(document);

/**
 * How two answers differ. `objects`: in what they install. `injector`: only in the values that istiod's injector gets
 * to see. `copy`: only in the ConfigMap that istiod's chart keeps of all values, which nothing reads.
 */
export type Difference = "none" | "copy" | "injector" | "objects";

export function differenceOf(one: readonly string[], other: readonly string[]): Difference {
  const objects = parsed(without(one, other));
  const otherObjects = parsed(without(other, one));
  const leftOut = (leave: (object: JsonObject) => JsonObject | undefined): boolean =>
    isDeepStrictEqual(
      objects.flatMap((each) => leave(each) ?? []),
      otherObjects.flatMap((each) => leave(each) ?? []),
    );
  if (leftOut((object) => object)) return "none";
  if (leftOut(withoutCopy)) return "copy";
  return leftOut((object) => withoutInjectorValues(withoutCopy(object))) ? "injector" : "objects";
}

/** Only what differs as text is read: a chart may print a megabyte of CustomResourceDefinitions. */
const without = (documents: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others);
  return documents.filter((document) => !known.has(document));
};

/** In an order that does not depend on the one in which they are printed. */
const parsed = (documents: readonly string[]): readonly JsonObject[] =>
  documents.map(parseObject).sort((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));

function parseObject(document: string): JsonObject {
  // helm has read it before; a document that this reader refuses is compared as text.
  try {
    const value: unknown = parse(document, { uniqueKeys: false, logLevel: "silent" });
    return isJsonObject(value) ? value : { document };
  } catch {
    return { document };
  }
}

const metadataOf = ({ metadata }: JsonObject): JsonObject => (isJsonObject(metadata) ? metadata : {});

const identityOf = (object: JsonObject): string => {
  const { namespace, name } = metadataOf(object);
  return JSON.stringify([object.apiVersion, object.kind, namespace, name]);
};

/** `values`, or `values-<revision>`. */
const isConfigMap = (object: JsonObject, name: string): boolean =>
  object.kind === "ConfigMap" && new RegExp(`^${name}(?:-|$)`).test(String(metadataOf(object).name));

const withoutCopy = (object: JsonObject): JsonObject | undefined =>
  isConfigMap(object, "values") ? undefined : object;

const injectorConfigMap = "istio-sidecar-injector";

function withoutInjectorValues(object: JsonObject | undefined): JsonObject | undefined {
  if (object === undefined || !isConfigMap(object, injectorConfigMap) || !isJsonObject(object.data))
    return object;
  const { values: _, ...data } = object.data;
  return { ...object, data };
}

/** The paths below `.Values` that the injection templates name, which istiod's chart ships as text; keys in a list each. */
export function injectionReads(documents: readonly string[]): readonly (readonly string[])[] {
  const [injector] = documents
    .filter((document) => document.includes(injectorConfigMap))
    .map(parseObject)
    .filter((object) => isConfigMap(object, injectorConfigMap));
  const templates = isJsonObject(injector?.data) ? String(injector.data.config ?? "") : "";
  return valueReads(templates).map(withoutPilot);
}

/** `pilot.X` is `X` to istiod's chart, and its injector gets `cni` and `env` below `pilot`. */
export const withoutPilot = (path: readonly string[]): readonly string[] =>
  path[0] === "pilot" ? path.slice(1) : path;

/** `.Values.a.b`, `(.Values.a).b` and `index .Values "a" "b"`. */
export const valueReads = (template: string): readonly (readonly string[])[] => [
  ...[...template.matchAll(/\.Values\)?((?:\.\w+\)?)+)/g)].map(([, dotted = ""]) =>
    dotted.replaceAll(")", "").slice(1).split("."),
  ),
  ...[...template.matchAll(/index \$?\.Values((?: +"[^"]+")+)/g)].map(([, quoted = ""]) =>
    [...quoted.matchAll(/"([^"]+)"/g)].map(([, key = ""]) => key),
  ),
];
