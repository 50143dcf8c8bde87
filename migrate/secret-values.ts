// What looks like a credential never reaches a file, a message or --json. Values of charts and of annotations pass through here.
import { groupBy } from "../core/group-by.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../core/json.ts";

const secretKey =
  /(?:pass(?:word|wd|phrase)?|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|client[-_.]?secret|credential|authorization|kubeconfig|bearer)s?$/i;

/** Names of Secrets and of files are no secrets: `credentialName`, `secretName`, `imagePullSecrets`, `tokenPath`. */
const harmlessKey = /(?:name|ref|path|file|imagePullSecrets|credentialName|enabled|aud|ttl|mount\w*)$/i;

/** Forms that are credentials wherever they stand. */
const secretText: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}\b/,
  /\bxox[abprs]-[\w-]{10,}/,
  /:\/\/[^/\s:@]+:[^/\s@]+@/,
  /\b(?:bearer|basic)\s+[A-Za-z0-9+/=_.-]{12,}/i,
];

export const looksSecret = (text: string): boolean => secretText.some((form) => form.test(text));

const isSecretLeaf = (key: string, value: JsonValue): boolean => {
  if (typeof value !== "string" || value === "") return false;
  return looksSecret(value) || (secretKey.test(key) && !harmlessKey.test(key));
};

/** What Terraform's providers print in place of a secret. */
export const cloaked = "(sensitive value)";

/** Whether a leaf is, or has inside, one of the texts that the input itself calls sensitive, or stands for one. */
export function holdsKnown(value: JsonValue, known: ReadonlySet<string>): boolean {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  if (text === "") return false;
  if (text === cloaked || known.has(text)) return true;
  const byStart = startsOf(known);
  for (let index = 0; index + startLength <= text.length; index++) {
    const secrets = byStart.get(text.slice(index, index + startLength));
    if (secrets?.some((secret) => text.startsWith(secret, index)) === true) return true;
  }
  return false;
}

/** Shorter ones stand inside other texts by chance. */
const startLength = 6;

/** A large state has tens of thousands of secrets: they are looked up by their first characters. */
function startsOf(known: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const made = starts.get(known);
  if (made !== undefined) return made;
  const byStart = groupBy(
    [...known].filter(({ length }) => length >= startLength),
    (secret) => secret.slice(0, startLength),
  );
  starts.set(known, byStart);
  return byStart;
}

const starts = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, readonly string[]>>();

export interface WithheldValues {
  readonly values: JsonObject;
  /** Dotted paths of what was taken out. */
  readonly withheld: readonly string[];
}

/** Values without what looks secret. `known` are texts that the input itself calls sensitive. */
export function withheldValues(values: JsonObject, known: ReadonlySet<string> = new Set()): WithheldValues {
  const withheld: string[] = [];
  const visit = (value: JsonValue, key: string, path: string): JsonValue | undefined => {
    if (isSecretLeaf(key, value) || holdsKnown(value, known)) {
      withheld.push(path);
      return undefined;
    }
    if (isJsonArray(value))
      return value.flatMap((item, index) => visit(item, key, `${path}[${index}]`) ?? []);
    if (!isJsonObject(value)) return value;
    return visitMap(value, path);
  };
  const visitMap = (map: JsonObject, path: string): JsonObject => {
    // `{ name: API_TOKEN, value: … }`, as env lists have it.
    const named = typeof map.name === "string" ? map.name : "";
    return Object.fromEntries(
      Object.entries(map).flatMap(([key, item]) => {
        if (holdsKnown(key, known)) {
          withheld.push(path === "" ? "a key" : `a key of ${path}`);
          return [];
        }
        const inner = visit(item, key === "value" ? named || key : key, path === "" ? key : `${path}.${key}`);
        return inner === undefined ? [] : [[key, inner]];
      }),
    );
  };
  return { values: visitMap(values, ""), withheld };
}

/** An object without what the input calls sensitive, and without what is a credential by its form. */
export function withoutSecrets(
  object: JsonObject,
  known: ReadonlySet<string>,
): { readonly object: JsonObject; readonly withheld: readonly string[] } {
  const withheld: string[] = [];
  const isSecret = (value: JsonValue) =>
    holdsKnown(value, known) || (typeof value === "string" && looksSecret(value));
  const visit = (value: JsonValue, path: string): readonly JsonValue[] => {
    if (isSecret(value)) {
      withheld.push(path);
      return [];
    }
    if (isJsonArray(value)) return [value.flatMap((item, index) => visit(item, `${path}[${index}]`))];
    if (!isJsonObject(value)) return [value];
    const kept = Object.entries(value).flatMap(([key, inner]) => {
      const below = isSecret(key) ? "a key" : key;
      if (below !== key) withheld.push(`${path}.${below}`);
      return below === key
        ? visit(inner, path === "" ? key : `${path}.${key}`).map((each) => [key, each])
        : [];
    });
    return [Object.fromEntries(kept)];
  };
  const [kept] = visit(object, "");
  return { object: isJsonObject(kept) ? kept : {}, withheld };
}
