// YAML text -> plain data, and for every key the place in the file where it stands.
import {
  type Document,
  type ErrorCode,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  Scalar,
  type YAMLParseError,
  type YAMLWarning,
} from "yaml";
import { tryFindConflict } from "./conflict-marker.ts";
import { decodeText } from "./decode-text.ts";
import type { JsonValue, Path } from "./json.ts";
import type { Position, Problem } from "./problem.ts";
import { nameOf, visible } from "./show.ts";
import { type Child, syntax, tooDeep, type Wording, YamlValues } from "./yaml-values.ts";

export type { Path } from "./json.ts";

/** One parsed file: its data, and where each piece of it stands. */
export interface YamlSource {
  readonly file: string;
  /** Without the values that `problems` are about, where these could do harm. */
  readonly data: JsonValue;
  /** What is wrong with single values, whatever their meaning. The rest of the file can still be judged. */
  readonly problems: readonly Problem[];
  /** The paths of those. */
  readonly refused: readonly Path[];
  /** Whether this file itself holds a value at `path`. */
  readonly has: (path: Path) => boolean;
  /** Position of the key at `path`; where that is absent, of its nearest ancestor. */
  readonly locate: (path: Path) => Position;
  /** The characters of an unquoted scalar at `path`; undefined for quoted scalars, maps and lists. */
  readonly plainText: (path: Path) => string | undefined;
}

/** A file that does not exist, as the neutral element below another one. */
export const emptySource: YamlSource = {
  file: "",
  data: {},
  problems: [],
  refused: [],
  has: () => false,
  locate: () => ({ file: "", line: 1, column: 1 }),
  plainText: () => undefined,
};

/** Parses one configuration file: its source, or every problem that makes it unreadable. */
export function parseYaml(file: string, bytes: Uint8Array): YamlSource | readonly Problem[] {
  const text = decodeText(file, bytes);
  if (typeof text !== "string") return [text];
  const lineCounter = new LineCounter();
  const positionAt = (offset = 0): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // YAML 1.2 as editors read it. YamlValues looks for repeated keys and reads `<<`.
  const options = { lineCounter, prettyErrors: false, uniqueKeys: false, stringKeys: true } as const;
  const document = parseDocument(text, options);
  const mistakes = syntaxMistakes(document);
  // Markers of a merge make a lot of broken YAML; one sentence says it better.
  const line = mistakes.length === 0 ? undefined : tryFindConflict(text);
  if (line !== undefined) return [problemAt({ file, line, column: 1 }, conflict)];
  if (mistakes.length > 0)
    return mistakes.map(({ offset, wording }) => problemAt(positionAt(offset), wording));

  const values = new YamlValues(document);
  const problems = values.problems.map(({ path, node, ...wording }) => ({
    ...problemAt(positionAt(offsetOf(node)), wording),
    path: nameOf(path),
  }));
  if (problems.some(({ code }) => code !== "config/unsafe-value")) return problems;
  const root: Child = { key: document.contents, value: values.root };
  const find = (path: Path): Child | undefined =>
    path.reduce<Child | undefined>((child, segment) => child?.value.children.get(segment), root);
  return {
    file,
    data: values.root.data,
    problems,
    refused: values.problems.map(({ path }) => path),
    has: (path) => find(path) !== undefined,
    locate: (path) => {
      const upwards = path.map((_, index) => offsetOf(find(path.slice(0, path.length - index))?.key));
      return positionAt(upwards.find((offset) => offset !== undefined) ?? offsetOf(root.key));
    },
    plainText: (path) => {
      const node = find(path)?.value.node;
      return isScalar(node) && node.type === Scalar.PLAIN ? node.source : undefined;
    },
  };
}

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

const problemAt = (place: Position, { code, expected, found, suggestion }: Wording): Problem => ({
  code,
  severity: "error",
  message: `expected ${expected}, found ${found}`,
  suggestion,
  ...place,
});

interface Mistake {
  readonly offset: number;
  readonly wording: Wording;
}

function syntaxMistakes({ errors, warnings, schema }: Document.Parsed): readonly Mistake[] {
  const found = [...errors, ...warnings.filter(({ code }) => code === "BAD_DIRECTIVE")];
  const mistakes = found.map((error) => ({ offset: error.pos[0], wording: wordingOf(error) }));
  // In YAML 1.1 `no` is false and 010 is eight.
  if (schema.name === "yaml-1.1") mistakes.unshift({ offset: 0, wording: directive });
  // What follows from an end in the middle is told as well.
  return mistakes.some(({ wording }) => wording === tooDeep)
    ? mistakes.filter(({ wording }) => wording === tooDeep).slice(0, 1)
    : mistakes;
}

const conflict = syntax("valid YAML", "the markers of a merge conflict", "Resolve the conflict.");
const directive = syntax(
  "valid YAML",
  "a directive that means nothing here",
  "Remove the line that begins with %.",
);

const wordings: Readonly<Partial<Record<ErrorCode, Wording>>> = {
  BAD_DIRECTIVE: directive,
  MULTIPLE_DOCS: syntax(
    "valid YAML",
    "a second document",
    "Keep one here, without `---` separators: one file per cluster.",
  ),
  NON_STRING_KEY: syntax("valid YAML", "a key that is a map or a list", "Write a name before the colon."),
  RESOURCE_EXHAUSTION: tooDeep,
};

/** The parser quotes the file in some messages, behind a colon: never where that may be a credential. */
function wordingOf({ code, message }: YAMLParseError | YAMLWarning): Wording {
  const [line = ""] = message.split("\n", 1);
  const found = `a mistake: ${visible(line.includes("@") ? line.replace(/: .*$/, "") : line)}`;
  return wordings[code] ?? syntax("valid YAML", found, "Correct the YAML at this place.");
}
