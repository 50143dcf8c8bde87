// Stage 1: what Istio's charts refuse, measured per version (istio-values.json): the compiler refuses it first.

import { isJsonArray, isJsonObject, type JsonValue, type Path } from "../core/json.ts";
import measured from "./istio-values.json" with { type: "json" };
import { nearestVersion } from "./istio-versions.ts";

type TypeSpec = string | readonly string[] | { readonly enum: readonly (string | boolean)[] };

export interface ChartRefusals {
  /** The version that was measured; another than the one asked for where that one has no measurements. */
  readonly version: string;
  readonly profiles: readonly string[];
  readonly platforms: readonly string[];
  readonly compatibilityVersions: readonly string[];
  /** Paths at which istiod's chart fails whatever the value. */
  readonly istiodRemoved: readonly string[];
  readonly gatewayRootKeys: readonly string[];
  /** Paths of the gateway chart's values schema with their types. `*` is any key, `[]` any item. */
  readonly gatewayTypes: Readonly<Record<string, TypeSpec>>;
}

const byVersion = new Map<string, ChartRefusals>();

/** What the charts of this version refuse, or those of the nearest version that was measured. */
export function chartRefusals(istioVersion: string): ChartRefusals {
  const known = byVersion.get(istioVersion) ?? readRefusals(istioVersion);
  byVersion.set(istioVersion, known);
  return known;
}

function readRefusals(istioVersion: string): ChartRefusals {
  const versions: Readonly<Record<string, Omit<ChartRefusals, "version">>> = measured.versions as never; // JSON widens the enums
  const version = nearestVersion(istioVersion, Object.keys(versions));
  const found = versions[version];
  if (found === undefined) throw new Error(`config/istio-values.json has no version ${version}`);
  return { version, ...found };
}

export interface TypeMismatch {
  readonly path: Path;
  readonly expected: string;
  readonly found: JsonValue;
}

/** Values that do not have the type the gateway chart's schema demands. Nulls are reported elsewhere. */
export function typeMismatches(types: ChartRefusals["gatewayTypes"], values: JsonValue): TypeMismatch[] {
  const mismatches: TypeMismatch[] = [];
  const isOnTheWay = onTheWayTo(types);
  const visit = (value: JsonValue, path: Path, spellings: readonly string[]): void => {
    if (value === null || spellings.length === 0) return;
    const spec = specOf(types, spellings);
    if (spec !== undefined && !hasType(value, spec)) {
      mismatches.push({ path, expected: describe(spec), found: value });
      return;
    }
    if (isJsonArray(value)) {
      for (const [index, item] of value.entries())
        visit(item, [...path, index], spellingsBelow(spellings, index).filter(isOnTheWay));
    } else if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value))
        visit(item, [...path, key], spellingsBelow(spellings, key).filter(isOnTheWay));
    }
  };
  visit(values, [], [""]);
  return mismatches;
}

/** The type that the schema demands at `path` in words, undefined where it demands none. */
export function expectedType(types: ChartRefusals["gatewayTypes"], path: Path): string | undefined {
  const isOnTheWay = onTheWayTo(types);
  const spellings = path.reduce<readonly string[]>(
    (parents, segment) => spellingsBelow(parents, segment).filter(isOnTheWay),
    [""],
  );
  const spec = specOf(types, spellings);
  return spec === undefined ? undefined : describe(spec);
}

const prefixes = new WeakMap<object, ReadonlySet<string>>();

/**
 * Whether a spelling is one of the paths of `types` or leads to one. Each level of the values has three spellings: all
 * of them would be 3^n at depth n.
 */
function onTheWayTo(types: ChartRefusals["gatewayTypes"]): (spelling: string) => boolean {
  const known = prefixes.get(types) ?? new Set(Object.keys(types).flatMap(prefixesOf));
  prefixes.set(types, known);
  return (spelling) => known.has(spelling);
}

/** `a`, `a.b` and `a.b[]` of `a.b[]`. A name in brackets may be cut in its middle, which no path of values spells. */
const prefixesOf = (path: string): readonly string[] => [
  ...Array.from(path.matchAll(/[.[]/g), ({ index }) => path.slice(0, index)),
  path,
];

const specOf = (types: ChartRefusals["gatewayTypes"], spellings: readonly string[]): TypeSpec | undefined =>
  spellings.filter((spelling) => Object.hasOwn(types, spelling)).map((spelling) => types[spelling])[0];

/** The data spells keys with dots in brackets: `podAnnotations["prometheus.io/port"]`. */
const spellingsBelow = (parents: readonly string[], segment: string | number): readonly string[] =>
  parents.flatMap((parent) => {
    if (typeof segment === "number") return [`${parent}[]`];
    if (parent === "") return [segment];
    return [`${parent}.${segment}`, `${parent}["${segment}"]`, `${parent}.*`];
  });

function hasType(value: JsonValue, spec: TypeSpec): boolean {
  if (typeof spec === "object" && "enum" in spec) return spec.enum.some((allowed) => allowed === value);
  const names = typeof spec === "string" ? [spec] : spec;
  return names.some((name) => {
    if (name === "array") return isJsonArray(value);
    if (name === "object") return isJsonObject(value);
    return name === "integer" ? Number.isInteger(value) : typeof value === name;
  });
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  object: "a map",
  array: "a list",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function describe(spec: TypeSpec): string {
  if (typeof spec === "object" && "enum" in spec)
    return `one of ${spec.enum.map((word) => JSON.stringify(word)).join(", ")}`;
  const names = typeof spec === "string" ? [spec] : spec.filter((name) => name !== "null");
  return names.map((name) => typeNames[name] ?? name).join(" or ");
}
