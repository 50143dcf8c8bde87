// Stage 1: YAML text -> plain data, and for every key the place in the file where it stands.
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
} from "yaml";
import { decodeText } from "./decode-text.ts";
import type { Position, Problem } from "./problem.ts";

export type Path = readonly (string | number)[];

/** One parsed file: its data, and where each piece of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly data: unknown;
  /** Whether this file itself holds a value at `path`. */
  readonly has: (path: Path) => boolean;
  /** Position of the key (default) or value at `path`; where that is absent, of its nearest ancestor. */
  readonly locate: (path: Path, target?: "key" | "value") => Position;
  /** The characters of an unquoted scalar at `path`; undefined for quoted scalars, maps and lists. */
  readonly plainText: (path: Path) => string | undefined;
}

/** A file that does not exist, as the neutral element below another one. */
export const emptySource = (file: string): YamlSource => ({
  file,
  data: {},
  has: () => false,
  locate: () => ({ file, line: 1, column: 1 }),
  plainText: () => undefined,
});

/** Parses one configuration file: its source, or every problem that makes it unreadable. */
export function parseYaml(file: string, bytes: Uint8Array): YamlSource | readonly Problem[] {
  const text = decodeText(file, bytes);
  if (typeof text !== "string") return [text];
  const lineCounter = new LineCounter();
  // YAML 1.2 as editors read it; `<<` merges, because anchors are how people repeat a front door.
  const document = parseDocument(text, { lineCounter, merge: true, prettyErrors: false });
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return document.errors.map((error) => syntaxProblem(positionAt(error.pos[0]), error.code, error.message));
  }
  try {
    // Aliases may expand to 100 nodes per anchor; beyond that toJS throws ("billion laughs").
    return { file, data: document.toJS({ maxAliasCount: 100 }), ...navigation(document, positionAt) };
  } catch (error) {
    return [
      syntaxProblem({ file, line: 1, column: 1 }, "ALIAS", error instanceof Error ? error.message : ""),
    ];
  }
}

const adviceByCode: Readonly<Record<string, string>> = {
  ALIAS: "Write the repeated parts out, or use fewer aliases.",
  DUPLICATE_KEY: "Keep one of the two: otherwise one would be lost silently.",
  MULTIPLE_DOCS: "Keep one document in this file, without `---` separators: one file per cluster.",
  TAB_AS_INDENT: "Indent with spaces.",
};

function syntaxProblem(position: Position, code: string, message: string): Problem {
  return {
    code: "config/yaml-syntax",
    severity: "error",
    message: `expected valid YAML, found: ${message.split("\n")[0]}`,
    suggestion: adviceByCode[code] ?? "Correct the YAML at this place.",
    ...position,
  };
}

interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

function navigation(
  document: Document,
  positionAt: (offset: number) => Position,
): Omit<YamlSource, "file" | "data"> {
  const root: Entry = { key: document.contents, value: document.contents };
  const find = (path: Path): Entry | undefined => {
    let entry: Entry | undefined = root;
    for (const segment of path) entry = entry && child(document, entry.value, segment);
    return entry;
  };
  const offsetOf = (node: unknown): number | undefined =>
    isNode(node) || node instanceof Scalar ? (node.range?.[0] ?? undefined) : undefined;
  return {
    has: (path) => find(path) !== undefined,
    locate: (path, target = "key") => {
      for (let length = path.length; length > 0; length -= 1) {
        const entry = find(path.slice(0, length));
        const wanted = target === "value" && length === path.length ? entry?.value : entry?.key;
        const offset = offsetOf(wanted) ?? offsetOf(entry?.value);
        if (offset !== undefined) return positionAt(offset);
      }
      return positionAt(offsetOf(document.contents) ?? 0);
    },
    plainText: (path) => {
      const value = find(path)?.value;
      return isScalar(value) && value.type === Scalar.PLAIN ? value.source : undefined;
    },
  };
}

/** The entry below `node`, through aliases and `<<` merges, as `toJS` sees it. */
function child(document: Document, node: unknown, segment: string | number): Entry | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(target)) {
    const value = typeof segment === "number" ? target.items[segment] : undefined;
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(target)) return undefined;
  const own = target.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(segment));
  if (own) return own;
  const merged = target.items
    .filter((pair) => isScalar(pair.key) && pair.key.source === "<<")
    .flatMap((pair) => {
      const value = isAlias(pair.value) ? pair.value.resolve(document) : pair.value;
      return isSeq(value) ? value.items : [value];
    });
  for (const source of merged) {
    const found = child(document, source, segment);
    if (found) return found;
  }
  return undefined;
}
