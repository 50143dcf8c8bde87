// Stage 1: YAML text -> plain data, and for every key the place in the file where it stands.
import {
  type Document,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  Scalar,
  type YAMLParseError,
} from "yaml";
import { tryFindConflict } from "./conflict-marker.ts";
import { decodeText } from "./decode-text.ts";
import type { JsonValue, Path } from "./json.ts";
import { type Entry, type PlacedRefusal, PlainData } from "./plain-data.ts";
import type { Position, Problem } from "./problem.ts";
import { tooDeep } from "./refusals.ts";
import { nameOf, visible } from "./show.ts";

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
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // YAML 1.2 as editors read it. PlainData looks for repeated keys (the library's search is quadratic) and merges `<<`.
  const options = { lineCounter, prettyErrors: false, uniqueKeys: false, stringKeys: true } as const;
  const document = parseDocument(text, options);
  const problems = syntaxProblems(document, positionAt);
  if (problems.length > 0) return conflictProblems(text, positionAt) ?? problems;

  const plain = new PlainData(document.contents);
  const refusals = plain.refusals.map((refusal) => refusalProblem(refusal, positionAt));
  if (plain.refusals.some(({ code }) => code !== "config/unsafe-value")) return refusals;
  return {
    file,
    data: plain.data,
    problems: refusals,
    refused: plain.refusals.map(({ path }) => path),
    ...navigation(document, plain, positionAt),
  };
}

type PositionAt = (offset: number) => Position;

function syntaxProblems(document: Document.Parsed, positionAt: PositionAt): Problem[] {
  const directives = document.warnings.filter(({ code }) => code === "BAD_DIRECTIVE");
  const found = [...document.errors, ...directives];
  const exhausted = found.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  if (exhausted) return [{ ...tooDeep(), severity: "error", ...positionAt(exhausted.pos[0]) }];
  const problems = found.map((error) => syntaxProblem(positionAt(error.pos[0]), error));
  // In YAML 1.1 `no` is false and 010 is eight.
  if (document.schema.name !== "yaml-1.1") return problems;
  const directive: Problem = {
    code: "config/yaml-syntax",
    severity: "error",
    message: "expected YAML 1.2, found a directive for YAML 1.1",
    suggestion: "Remove the line %YAML 1.1.",
    ...positionAt(0),
  };
  return [...problems, directive];
}

/** Markers of a merge make a lot of broken YAML; one sentence says it better. */
function conflictProblems(text: string, positionAt: PositionAt): Problem[] | undefined {
  const line = tryFindConflict(text);
  if (line === undefined) return undefined;
  const conflict: Problem = {
    code: "config/yaml-syntax",
    severity: "error",
    message: "expected valid YAML, found the markers of a merge conflict",
    suggestion: "Resolve the conflict.",
    ...positionAt(0),
    line,
  };
  return [conflict];
}

interface Wording {
  readonly found?: string;
  readonly advice?: string;
}

const wordings: Readonly<Partial<Record<YAMLParseError["code"], Wording>>> = {
  MULTIPLE_DOCS: {
    found: "a second document",
    advice: "Keep one document in this file, without `---` separators: one file per cluster.",
  },
  TAB_AS_INDENT: { advice: "Indent with spaces." },
  NON_STRING_KEY: { found: "a key that is a map or a list", advice: "Write a name before the colon." },
  BAD_DIRECTIVE: {
    found: "a directive that means nothing here",
    advice: "Remove the line that begins with %.",
  },
};

/** The parser quotes the file in some messages, behind a colon: never where that may be a credential. */
function syntaxProblem(
  position: Position,
  { code, message }: Pick<YAMLParseError, "code" | "message">,
): Problem {
  const [firstLine = ""] = message.split("\n", 1);
  const { found = visible(withoutQuoted(firstLine)), advice = "Correct the YAML at this place." } =
    wordings[code] ?? {};
  return {
    code: "config/yaml-syntax",
    severity: "error",
    message: `expected valid YAML, found: ${found}`,
    suggestion: advice,
    ...position,
  };
}

const withoutQuoted = (message: string): string =>
  message.includes("@") ? message.replace(/: .*$/, "") : message;

const refusalProblem = (
  { code, message, suggestion, path, node }: PlacedRefusal,
  positionAt: PositionAt,
): Problem => ({
  code,
  severity: "error",
  message,
  suggestion,
  ...positionAt(offsetOf(node) ?? 0),
  path: nameOf(path),
});

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

function navigation(
  { contents }: Document,
  plain: PlainData,
  positionAt: PositionAt,
): Pick<YamlSource, "has" | "locate" | "plainText"> {
  const find = (path: Path): Entry | undefined => {
    let entry: Entry | undefined = { key: contents, value: contents };
    for (const segment of path) entry = entry && plain.child(entry.value, segment);
    return entry;
  };
  return {
    has: (path) => find(path) !== undefined,
    locate: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const entry = find(path.slice(0, length));
        const offset = offsetOf(entry?.key) ?? offsetOf(entry?.value);
        if (offset !== undefined) return positionAt(offset);
      }
      return positionAt(offsetOf(contents) ?? 0);
    },
    plainText: (path) => {
      const value = find(path)?.value;
      return isScalar(value) && value.type === Scalar.PLAIN ? value.source : undefined;
    },
  };
}
