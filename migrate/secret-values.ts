// What looks like a credential never reaches a file, a message or --json. Values of charts and of annotations pass through here.
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

export interface WithheldValues {
  readonly values: JsonObject;
  /** Dotted paths of what was taken out. */
  readonly withheld: readonly string[];
}

/** Values without what looks secret. `known` are texts that the input itself calls sensitive. */
export function withheldValues(values: JsonObject, known: ReadonlySet<string> = new Set()): WithheldValues {
  const withheld: string[] = [];
  const isKnown = (value: JsonValue) =>
    typeof value === "string" &&
    (value === "(sensitive value)" ||
      [...known].some((secret) => value.trim() === secret || (secret.length >= 8 && value.includes(secret))));
  const visit = (value: JsonValue, key: string, path: string): JsonValue | undefined => {
    if (isSecretLeaf(key, value) || isKnown(value)) {
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
        const inner = visit(item, key === "value" ? named || key : key, path === "" ? key : `${path}.${key}`);
        return inner === undefined ? [] : [[key, inner]];
      }),
    );
  };
  return { values: visitMap(values, ""), withheld };
}
