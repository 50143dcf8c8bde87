import { ApiObject } from "cdk8s";

/**
 * Dotted paths of everything that an object was given and its YAML does not have, for example
 * `spec.syncPolicy.retry.refresh` or `spec.rules[0].http`; empty when nothing is missing.
 *
 * A generated class (imports/, the Kube* classes of cdk8s-plus-29) renders in two steps: `ApiObject.toJson` resolves the
 * props, then the class's own `toJson_X` copies the fields it knows and drops the others without a word. This compares
 * the two. Names are compared without case, because `toJson_X` also renames (`repoUrl` becomes `repoURL`). What the
 * first step drops, `null` and `undefined`, is not seen here.
 */
export function lostKeys(apiObject: ApiObject): string[] {
  const handedIn: unknown = ApiObject.prototype.toJson.call(apiObject);
  const rendered: unknown = apiObject.toJson();
  return [...lost(handedIn, rendered, "")];
}

function* lost(before: unknown, after: unknown, path: string): Generator<string> {
  if (Array.isArray(before)) {
    if (!Array.isArray(after)) yield path;
    else for (const [i, item] of before.entries()) yield* lost(item, after[i], `${path}[${i}]`);
  } else if (isMap(before)) {
    if (isMap(after)) yield* lostEntries(before, after, path);
    // IntOrString and Quantity are resolved to { value } first and unwrapped by toJson_X.
    else if (before.value === undefined || before.value !== after) yield path;
  } else if (after === undefined) yield path;
}

function* lostEntries(before: JsonMap, after: JsonMap, path: string): Generator<string> {
  for (const [key, value] of Object.entries(before)) {
    const keyPath = path === "" ? key : `${path}.${key}`;
    const name = renderedName(key, before, after);
    if (name === undefined) yield keyPath;
    else yield* lost(value, after[name], keyPath);
  }
}

/** The key itself, or the one key that differs from it in case only and does not belong to another key of `before`. */
function renderedName(key: string, before: JsonMap, after: JsonMap): string | undefined {
  if (Object.hasOwn(after, key)) return key;
  const folded = key.toLowerCase();
  return Object.keys(after).find((name) => !Object.hasOwn(before, name) && name.toLowerCase() === folded);
}

type JsonMap = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
