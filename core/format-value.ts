// How messages show what people wrote: on one line, short, and without credentials.
import type { Path } from "./json.ts";

const longest = 80;

const clip = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 3)}…` : text);

/**
 * Without what may be a credential: everything in front of an `@` (user name, password or token of a URL, however
 * malformed the URL is) and the query of a URL. Digests of images (`@sha256:`) are none.
 */
export const redact = (text: string): string =>
  text
    .replace(/^([a-zA-Z][a-zA-Z+.-]*:\/\/)?.*@(?!sha256:)/s, "$1***@")
    .replace(/^([a-zA-Z][a-zA-Z+.-]*:\/\/[^?]*\?).*$/s, "$1***");

/** Text with escapes for characters that take no place or break a line: a zero-width blank in a host name should be seen. */
export const visible = (text: string): string =>
  isPlainAscii.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeOf);

/** The usual case: to make the other pattern, V8 goes through all of Unicode. */
const isPlainAscii = /^[ -~]*$/;

function escapeOf(character: string): string {
  const digits = character.codePointAt(0)?.toString(16) ?? "";
  return character.length === 1 ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}

/** Text in quotes and on one line, as an error shows it. */
export const quote = (text: string): string => clip(visible(JSON.stringify(redact(text))));

/** Any value as an error shows it. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null (an empty value)";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value !== "object") return clip(String(value));
  const keys = Object.keys(value)
    .slice(0, 4)
    .map((key) => visible(redact(key)));
  return keys.length === 0 ? "an empty map" : clip(`a map (${keys.join(", ")})`);
}

/** `ingresses.services.hosts[0]`; the whole file where the path is empty. */
export function formatPath(path: Path): string {
  const name = path.map((segment) =>
    typeof segment === "number" ? `[${segment}]` : `.${clip(visible(redact(segment)))}`,
  );
  return name.length === 0 ? "the file" : name.join("").replace(/^\./, "");
}
