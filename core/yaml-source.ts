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
import { formatPath, visible } from "./format-value.ts";
import type { JsonValue, Path } from "./json.ts";
import type { Position, Problem } from "./problem.ts";
import { type Child, syntax, tooDeep, type ValueProblem, type Wording, YamlValues } from "./yaml-values.ts";

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
  const mistakes = syntaxMistakes(document, text);
  // Markers of a merge make a lot of broken YAML; one sentence says it better.
  const line = mistakes.length === 0 ? undefined : tryFindConflict(text);
  if (line !== undefined) return [problemAt({ file, line, column: 1 }, conflict)];
  if (mistakes.length > 0)
    return mistakes.map(({ offset, wording }) => problemAt(positionAt(offset), wording));

  const values = new YamlValues(document);
  const problems = values.problems.map((problem) => ({
    ...problemAt(positionAt(offsetOf(problem.node)), withOtherPlaces(problem, positionAt)),
    path: formatPath(problem.path),
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

/** Where a key that is there twice stood first, and what may have brought it there. */
function withOtherPlaces(
  { code, expected, found, suggestion, first, emptyKey }: ValueProblem,
  positionAt: (offset?: number) => Position,
): Wording {
  if (first === undefined) return { code, expected, found, suggestion };
  const place = `${found}, first at line ${positionAt(offsetOf(first)).line}`;
  if (!isScalar(emptyKey)) return { code, expected, found: place, suggestion };
  const { line } = positionAt(offsetOf(emptyKey));
  const name = visible(String(emptyKey.value));
  return {
    code,
    expected,
    found: place,
    suggestion: `Is \`${name}\`, line ${line}, indented too far? Otherwise keep one of the two.`,
  };
}

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

function syntaxMistakes({ errors, warnings, schema }: Document.Parsed, text: string): readonly Mistake[] {
  const found = withoutEchoes([...errors, ...warnings.filter(({ code }) => code === "BAD_DIRECTIVE")]);
  const mistakes = found.map((error) => mistakeOf(error, text));
  // In YAML 1.1 `no` is false and 010 is eight.
  if (schema.name === "yaml-1.1") mistakes.unshift({ offset: 0, wording: directive });
  // What follows from an end in the middle is told as well.
  return mistakes.some(({ wording }) => wording === tooDeep)
    ? mistakes.filter(({ wording }) => wording === tooDeep).slice(0, 1)
    : mistakes;
}

/** Where a line holds a template of Helm, that is the mistake, whatever the parser makes of it. */
function mistakeOf(error: YAMLParseError | YAMLWarning, text: string): Mistake {
  const [offset] = error.pos;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const [line = ""] = text.slice(start).split("\n", 1);
  const template = line.indexOf("{{");
  if (template >= 0) return { offset: start + template, wording: helmTemplate };
  return { offset, wording: wordingOf(error) };
}

/** Behind a tab the parser finds whatever it likes, on that line and below. */
function withoutEchoes<T extends YAMLParseError | YAMLWarning>(found: readonly T[]): readonly T[] {
  const tabs = found.filter(({ code }) => code === "TAB_AS_INDENT");
  return tabs.length > 0 ? tabs : found;
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
  TAB_AS_INDENT: syntax(
    "valid YAML",
    "a tab in front of a line",
    "Put blanks in its place, two for each level.",
  ),
  NON_STRING_KEY: syntax("valid YAML", "a key that is a map or a list", "Write a name before the colon."),
  RESOURCE_EXHAUSTION: tooDeep,
};

const helmTemplate: Wording = {
  code: "config/template",
  expected: "plain YAML",
  found: "a template of Helm, {{ … }}",
  suggestion:
    "Write its value: cluster files are plain YAML. What clusters share may stand in clusters/defaults.yaml.",
};

/** The parser quotes the file in some messages, behind a colon: never where that may be a credential. */
function wordingOf({ code, message }: YAMLParseError | YAMLWarning): Wording {
  const [line = ""] = message.split("\n", 1);
  const found = `a mistake: ${visible(line.includes("@") ? line.replace(/: .*$/, "") : line)}`;
  return wordings[code] ?? syntax("valid YAML", found, "Correct the YAML at this place.");
}
