// Why a value cannot be written, and where it stands: the errors of `emitDocument`.

/** A map or list on the way from the document down, and the key at which its writer stands. */
export interface Place {
  readonly container: object;
  readonly parent: Place | undefined;
  key: string | number;
}

/** The error for a value that JSON cannot hold; without a place it is the document itself. */
export function notJson(value: unknown, place: Place | undefined): TypeError {
  const expected = place
    ? "a string, a finite number, true, false, null, an array or a plain object"
    : "a plain object";
  return new TypeError(
    `${whereIs(place)}: expected ${expected}, found ${nameOf(value)}; ${adviceFor(value)}`,
  );
}

/** The error for an object that contains itself: `start` is its first occurrence, `end` leads to the second. */
export function cycle(start: Place, end: Place | undefined): TypeError {
  return new TypeError(
    `${whereIs(end)}: expected a value of its own, found ${dottedPath(start.parent)} again, which contains it; ` +
      "break the cycle",
  );
}

/** The error for text that is not Unicode: UTF-8 has no bytes for it, and go-yaml refuses its escape. */
export function notUnicode(text: string, place: Place): TypeError {
  return new TypeError(
    `${whereIs(place)}: expected Unicode text, found half of a surrogate pair in ${JSON.stringify(text)}; ` +
      "write the whole character",
  );
}

/** `spec.rules[0].host (Ingress door)`: the path, and the object where it has a name. */
function whereIs(place: Place | undefined): string {
  const path = dottedPath(place);
  let root = place;
  while (root?.parent) root = root.parent;
  const { kind, metadata } = (root?.container ?? {}) as {
    kind?: unknown;
    metadata?: { name?: unknown } | null;
  }; // any object may be looked at
  return typeof kind === "string" && typeof metadata?.name === "string"
    ? `${path} (${kind} ${metadata.name})`
    : path;
}

/** Keys that are no plain words stand in brackets: `metadata.annotations["a.b/c"]`. */
function dottedPath(place: Place | undefined): string {
  const segments: string[] = [];
  for (let at = place; at; at = at.parent) segments.push(segmentOf(at.key));
  return segments.reverse().join("").replace(/^\./, "") || "the document";
}

function segmentOf(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function nameOf(value: unknown): string {
  if (typeof value === "number" || value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const made: unknown = value.constructor;
  return typeof made === "function" && made.name ? `an instance of ${made.name}` : "an instance of a class";
}

function adviceFor(value: unknown): string {
  if (value === undefined) return "leave the key out, or write null";
  if (typeof value === "number" || typeof value === "bigint") return "write a finite number or a string";
  return "turn it into plain data first";
}
