// Stage 1: the schema's issues -> problems that say what was expected, what was found, and the nearest known key.
import type * as z from "zod/mini";
import { type JsonValue, valueAt } from "./json.ts";
import { didYouMean } from "./suggest.ts";
import type { Path } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

/** A problem of the schema before it has a place in a file. */
export interface SchemaFinding {
  readonly code: "config/unknown-key" | "config/missing-key" | "config/invalid-value";
  readonly path: Path;
  readonly message: string;
  readonly suggestion?: string;
}

/** Translates every issue; unions are judged by the variant that comes nearest to what was written. */
export function schemaFindings(
  schema: z.ZodMiniType,
  data: unknown,
  issues: readonly Issue[],
): SchemaFinding[] {
  return issues.flatMap((issue) => findingsOf(schema, data as JsonValue, issue, [])); // YAML data is JSON
}

function findingsOf(schema: z.ZodMiniType, data: JsonValue, issue: Issue, prefix: Path): SchemaFinding[] {
  const path = [...prefix, ...issue.path.filter((segment) => typeof segment !== "symbol")];
  const found = valueAt(data, path);
  const invalid = (expected: string): SchemaFinding[] => [
    {
      code: "config/invalid-value",
      path,
      message: `${nameOf(path)}: expected ${expected}, found ${show(found)}`,
    },
  ];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(schema, path, key));
    case "invalid_type":
      return found === undefined
        ? [missingKey(path, issue.expected)]
        : invalid(withArticle(issue.expected) + hint(issue.expected, found));
    case "invalid_value":
      return found === undefined
        ? [missingKey(path, "value")]
        : invalid(`one of ${issue.values.map(String).join(", ")}`);
    case "invalid_union":
      if (found === undefined) return [missingKey(path, "value")];
      // A union with a message of its own is one value in several spellings; otherwise explain the nearest variant.
      if (issue.message !== defaultMessage) return invalid(issue.message);
      return nearestVariant(issue.errors).flatMap((inner) => findingsOf(schema, data, inner, path));
    case "invalid_key":
      return [
        {
          code: "config/invalid-value",
          path,
          message: `expected as key ${issue.issues[0]?.message ?? "another name"}, found ${show(path.at(-1))}`,
        },
      ];
    case "too_small":
      return invalid(
        issue.origin === "number" || issue.origin === "int"
          ? `at least ${issue.minimum}`
          : "something that is not empty",
      );
    case "too_big":
      return invalid(`at most ${issue.maximum}`);
    default: // invalid_format and custom carry what was expected as their message
      return invalid(issue.message);
  }
}

/** What zod/mini writes where a schema has no message of its own. */
const defaultMessage = "Invalid input";

/** The variant with the fewest issues, where one that rejects the value as a whole counts as farthest. */
function nearestVariant(variants: readonly (readonly Issue[])[]): readonly Issue[] {
  const distance = (issues: readonly Issue[]) =>
    issues.reduce(
      (sum, issue) =>
        sum +
        (issue.path.length === 0 && issue.code !== "unrecognized_keys" && issue.code !== "custom" ? 100 : 1),
      0,
    );
  return [...variants].sort((a, b) => distance(a) - distance(b))[0] ?? [];
}

function unknownKey(schema: z.ZodMiniType, parent: Path, key: string): SchemaFinding {
  const known = knownKeys(schema, parent);
  return {
    code: "config/unknown-key",
    path: [...parent, key],
    message: `unknown key ${nameOf([...parent, key])}`,
    suggestion: didYouMean(key, known) ?? `Known here: ${known.join(", ")}.`,
  };
}

const missingKey = (path: Path, expected: string): SchemaFinding => ({
  code: "config/missing-key",
  path,
  message: `missing ${nameOf(path)}: expected ${withArticle(expected)}`,
});

/** Keys of the map at `path`, found by walking the schema through defaults, unions, lists and maps. */
function knownKeys(schema: z.ZodMiniType, path: Path): string[] {
  let level = variantsOf(schema);
  for (const segment of path) level = level.flatMap((variant) => step(variant, segment)).flatMap(variantsOf);
  return level.flatMap((variant) => Object.keys(objectShape(variant)));
}

type AnyDef = z.core.$ZodTypes["_zod"]["def"];
const defOf = (schema: z.core.$ZodType): AnyDef => schema._zod.def as AnyDef; // every schema here is one of zod's own

function variantsOf(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = defOf(schema);
  if (def.type === "union") return def.options.flatMap(variantsOf);
  if (def.type === "optional" || def.type === "default" || def.type === "prefault")
    return variantsOf(def.innerType);
  return [schema];
}

function objectShape(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const def = defOf(schema);
  return def.type === "object" ? def.shape : {};
}

function step(schema: z.core.$ZodType, segment: string | number): z.core.$ZodType[] {
  const def = defOf(schema);
  if (def.type === "array") return [def.element];
  if (def.type === "record") return [def.valueType];
  const next = objectShape(schema)[segment];
  return next ? [next] : [];
}

/** `ingresses.services.hosts[0]`; the whole file where the path is empty. */
export function nameOf(path: Path): string {
  const name = path.map((segment) => (typeof segment === "number" ? `[${segment}]` : `.${segment}`)).join("");
  return name === "" ? "the file" : name.replace(/^\./, "");
}

const articles: Readonly<Record<string, string>> = {
  string: "text",
  object: "a map",
  record: "a map",
  array: "a list",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  value: "a value",
};
const withArticle = (type: string): string => articles[type] ?? type;

function hint(expected: string, found: JsonValue): string {
  if (expected !== "string" || (typeof found !== "number" && typeof found !== "boolean")) return "";
  return " (put it in quotes)";
}

/** A value as an error shows it: short, on one line, and without the credentials that a URL may hold. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null (an empty value)";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object")
    return Object.keys(value).length === 0
      ? "an empty map"
      : `a map (${Object.keys(value).slice(0, 4).join(", ")})`;
  const text =
    typeof value === "string" ? JSON.stringify(value.replace(/(:\/\/)[^/@\s]*@/, "$1***@")) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
