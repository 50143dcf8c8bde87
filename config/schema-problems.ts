// Stage 1: the schema's issues -> problems that say what was expected, what was found, and the nearest known key.
import type * as z from "zod/mini";
import { formatPath, show } from "../core/format-value.ts";
import { isJsonObject, type JsonValue, type Path, valueAt } from "../core/json.ts";
import { tryFindNearest } from "../core/suggest.ts";
import { adviseOnChoice, adviseOnRelative } from "./near-relatives.ts";
import { tryFindReplaced } from "./replaced-keys.ts";

type Issue = z.core.$ZodIssue;

/** A problem of the schema before it has a place in a file. */
export interface SchemaIssue {
  readonly code: "config/unknown-key" | "config/missing-key" | "config/invalid-value";
  readonly path: Path;
  readonly message: string;
  readonly suggestion?: string;
  /** It is about what is absent or how keys go together: what another file adds could cure it. */
  readonly isAboutWhole: boolean;
  /** The known key that an unknown one is near to: nothing can be said of its value either. */
  readonly meant?: Path;
}

/** The characters of an unquoted scalar, as the file has them. */
export type WrittenText = (path: Path) => string | undefined;

interface Subject {
  readonly schema: z.ZodMiniType;
  readonly data: JsonValue;
  readonly writtenText: WrittenText;
}

/** Translates every issue; unions are judged by the variant that comes nearest to what was written. */
export function schemaFindings(
  schema: z.ZodMiniType,
  data: unknown,
  issues: readonly Issue[],
  writtenText: WrittenText = () => undefined,
): SchemaIssue[] {
  const subject = { schema, data: data as JsonValue, writtenText }; // YAML data is JSON
  return withoutMisspelt(distinct(issues).flatMap((issue) => findingsOf(subject, issue, [])));
}

/** A key that is missing because it is misspelt is one mistake. */
function withoutMisspelt(findings: readonly SchemaIssue[]): SchemaIssue[] {
  const meant = new Set(findings.map((finding) => finding.meant).map(String));
  return findings.filter(({ code, path }) => code !== "config/missing-key" || !meant.has(String(path)));
}

/** Of a value of the wrong type nothing more is said: zod would measure the length of text where it expects a list. */
function distinct(issues: readonly Issue[]): readonly Issue[] {
  const wrongTypes = new Set(
    issues.filter(({ code }) => code === "invalid_type").map(({ path }) => String(path)),
  );
  return issues.filter(({ code, path }) => code === "invalid_type" || !wrongTypes.has(String(path)));
}

function findingsOf(subject: Subject, issue: Issue, prefix: Path): SchemaIssue[] {
  const path = [...prefix, ...issue.path.filter((segment) => typeof segment !== "symbol")];
  const found = valueAt(subject.data, path);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(subject, path, key));
  if (issue.code === "invalid_key") return [invalidKey(path, issue.issues[0]?.message ?? "another name")];
  if (found === undefined) return [missingKey(path, expectation(issue))];
  // A union with a message of its own is one value in several spellings; otherwise the nearest variant explains it.
  const isExplained = issue.code === "invalid_union" && issue.message === defaultMessage;
  const isNear = isExplained && issue.errors.some((variant) => rejectionOf(variant) === undefined);
  if (isNear)
    return distinct(nearestVariant(issue.errors)).flatMap((inner) => findingsOf(subject, inner, path));
  const expected = `${expectation(issue)}${quotesHint(issue, found)}`;
  const suggestion = advise(subject, path, issue, found);
  return [
    {
      code: "config/invalid-value",
      path,
      message: `${formatPath(path)}: expected ${expected}, found ${shownValue(subject, path, issue, found)}`,
      isAboutWhole: issue.code === "custom",
      ...(suggestion !== undefined && { suggestion }),
    },
  ];
}

/** 012 and 1e3 are shown as they were written; of a map, where its keys do not go together, those. */
function shownValue({ writtenText }: Subject, path: Path, issue: Issue, found: JsonValue): string {
  if (typeof found === "number") return writtenText(path) ?? show(found);
  if (issue.code !== "custom" || !isJsonObject(found)) return show(found);
  const named = Object.entries(found).filter(([key]) => issue.message.includes(key));
  return named.length === 0 ? show(found) : named.map(([key, value]) => `${key} ${show(value)}`).join(", ");
}

/** What to write instead, as far as that can be told from what stands there. */
function advise(
  { schema, writtenText }: Subject,
  path: Path,
  issue: Issue,
  found: JsonValue,
): string | undefined {
  if (found === null) {
    return isOptional(schema, path)
      ? "Write a value, or remove the line."
      : "Write a value behind the colon.";
  }
  const relative = adviseOnRelative(path, found, typeof found === "number" ? writtenText(path) : undefined);
  if (relative !== undefined) return relative;
  if (issue.code === "invalid_value") return adviseOnChoice(found, issue.values);
  const key = path.at(-1);
  if (isEmptyValue(issue)) return isOptional(schema, path) ? "Remove the line, or fill it." : undefined;
  if (issue.code !== "invalid_type" || issue.expected !== "array" || typeof found !== "string")
    return undefined;
  return typeof key === "string" && /^[\w./:*@-]+$/.test(found)
    ? `Write ${key}: [${found.startsWith("*") ? JSON.stringify(found) : found}].`
    : "Write a list, also of one: `[…]`, or `- …` on a line of its own.";
}

const isEmptyValue = (issue: Issue): boolean => issue.code === "too_small" && !isNumber(issue.origin);

/** Whether the key at `path` may be left out. */
function isOptional(schema: z.ZodMiniType, path: Path): boolean {
  const key = path.at(-1);
  if (typeof key !== "string") return false;
  return levelOf(schema, path.slice(0, -1)).some((variant) => {
    const type = objectShape(variant)[key];
    return type !== undefined && ["optional", "default", "prefault"].includes(defOf(type).type);
  });
}

/** Completes "expected …". */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return withArticle(issue.expected);
    case "invalid_value":
      return issue.values.length === 1
        ? String(issue.values[0])
        : `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      if (issue.message !== defaultMessage) return issue.message;
      return [
        ...new Set(
          issue.errors
            .map((variant) => rejectionOf(variant))
            .map((inner) => (inner === undefined ? "a value" : expectation(inner))),
        ),
      ].join(" or ");
    case "too_small":
      return isNumber(issue.origin)
        ? `at least ${issue.minimum}`
        : `${withArticle(issue.origin)} that is not empty`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default: // invalid_format and custom carry what was expected as their message
      return issue.message;
  }
}

const isNumber = (origin: string): boolean => origin === "number" || origin === "int";

/** What zod/mini writes where a schema has no message of its own. */
const defaultMessage = "Invalid input";

/** The issue of a union's variant that says: not this kind of value. */
const rejectionOf = (issues: readonly Issue[]): Issue | undefined =>
  issues.find(({ code, path }) => path.length === 0 && (code === "invalid_type" || code === "invalid_value"));

/** The variant with the fewest issues, where one that rejects the value as a whole counts as farthest. */
function nearestVariant(variants: readonly (readonly Issue[])[]): readonly Issue[] {
  const distance = (issues: readonly Issue[]) => (rejectionOf(issues) ? Infinity : issues.length);
  return [...variants].sort((a, b) => distance(a) - distance(b))[0] ?? [];
}

function unknownKey({ schema, data }: Subject, parent: Path, key: string): SchemaIssue {
  const path = [...parent, key];
  const known = knownKeys(schema, parent);
  const replaced = tryFindReplaced(path, valueAt(data, path));
  const nearest = replaced === undefined ? tryFindNearest(key, known) : undefined;
  const { message, suggestion } = replaced ?? {
    message: `unknown key ${formatPath(path)}`,
    suggestion: nearest === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean ${nearest}?`,
  };
  return {
    isAboutWhole: false,
    code: "config/unknown-key",
    path,
    message,
    suggestion,
    ...(nearest !== undefined && { meant: [...parent, nearest] }),
  };
}

const missingKey = (path: Path, expected: string): SchemaIssue => ({
  code: "config/missing-key",
  path,
  message: `missing ${formatPath(path)}: expected ${expected}`,
  isAboutWhole: true,
});

const invalidKey = (path: Path, expected: string): SchemaIssue => ({
  code: "config/invalid-value",
  path,
  message: `${formatPath(path.slice(0, -1))}: expected as key ${expected}, found ${show(path.at(-1))}`,
  isAboutWhole: false,
});

/** Keys of the map at `path`, found by walking the schema through defaults, unions, lists and maps. */
const knownKeys = (schema: z.ZodMiniType, path: Path): string[] =>
  levelOf(schema, path).flatMap((variant) => Object.keys(objectShape(variant)));

/** What the schema says of the value at `path`, by variant. */
function levelOf(schema: z.ZodMiniType, path: Path): z.core.$ZodType[] {
  let level = variantsOf(schema);
  for (const segment of path) level = level.flatMap((variant) => step(variant, segment)).flatMap(variantsOf);
  return level;
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

/** The two ways in which quotes go wrong. */
function quotesHint(issue: Issue, found: JsonValue): string {
  if (issue.code !== "invalid_type") return "";
  if (issue.expected === "string" && (typeof found === "number" || typeof found === "boolean"))
    return " (put it in quotes)";
  const isWritten = typeof found === "string" && (issue.expected === "boolean" || /^[-+.\d]+$/.test(found));
  return (isNumber(issue.expected) || issue.expected === "boolean") && isWritten ? " (without quotes)" : "";
}
