// Stage 4, pure: a YAML file that people brought themselves -> its objects, each with its place in the file. Read as
// Kubernetes reads it (YAML 1.1), not as a cluster file.
import { LineCounter } from "yaml";
import { tryFindConflict } from "../../core/conflict-marker.ts";
import { decodeText } from "../../core/decode-text.ts";
import { show, visible } from "../../core/format-value.ts";
import { isJsonObject, type JsonObject, type Path } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import { isPlainData, parseDocuments } from "../diff/parse-objects.ts";
import { textAt } from "../object-fields.ts";
import { positionInText } from "../object-position.ts";

export interface OwnObject {
  /** Where it comes from, as people call it: the file that the cluster file names, or a chart of their program. */
  readonly source: string;
  readonly data: JsonObject;
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly namespace: string;
  /** Where a field of it stands, or the nearest one above it that is there; nothing where a program made it. */
  readonly locate: (path: Path) => Pick<Problem, "file" | "line" | "column">;
}

/** The objects of a file, or everything that makes it unreadable. */
export function parseOwnFile(file: string, bytes: Uint8Array): readonly OwnObject[] | readonly Problem[] {
  const text = decodeText(file, bytes);
  if (typeof text !== "string") return [text];
  const conflict = tryFindConflict(text);
  if (conflict !== undefined)
    return [
      syntax(file, "the markers of a merge conflict", "Resolve the conflict.", { line: conflict, column: 1 }),
    ];
  const template = tryFindTemplate(text);
  if (template !== undefined) return [templateAt(file, template)];
  const lineCounter = new LineCounter();
  const documents = parseDocuments(text, { lineCounter, prettyErrors: false });
  const objects: OwnObject[] = [];
  const problems: Problem[] = [];
  for (const [index, document] of documents.entries()) {
    const place = (path: Path) => positionInText(text, index, path) ?? { line: 1, column: 1 };
    const [mistake] = document.errors;
    if (mistake !== undefined) {
      const { line, col } = lineCounter.linePos(mistake.pos[0]);
      return [...problems, mistakeAt(file, text, mistake.message, { line, column: col })];
    }
    const data = tryReadData(() => document.toJS());
    if (data === null) continue; // nothing between two separators
    if (isJsonObject(data) && isPlainData(data))
      objects.push(ownObject(file, data, (path) => ({ file, ...place(path) })));
    else problems.push(syntax(file, show(data), "Write one object: apiVersion, kind, metadata.", place([])));
  }
  if (problems.length > 0) return problems;
  return objects.length > 0
    ? objects
    : [
        syntax(file, "nothing", "Write an object, or take the file out of `manifests`.", {
          line: 1,
          column: 1,
        }),
      ];
}

/** Undefined for what YAML can say and JSON cannot: an alias that leads nowhere, or to itself. */
function tryReadData(read: () => unknown): unknown {
  try {
    return read() ?? null;
  } catch {
    return undefined;
  }
}

export function ownObject(source: string, data: JsonObject, locate: OwnObject["locate"]): OwnObject {
  const apiVersion = textAt(data, ["apiVersion"]);
  return {
    source,
    data,
    locate,
    kind: textAt(data, ["kind"]),
    group: apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "",
    name: textAt(data, ["metadata", "name"]),
    namespace: textAt(data, ["metadata", "namespace"]),
  };
}

type Place = Pick<Problem, "line" | "column">;

/** Where a line holds a template of Helm, that is the mistake, whatever the parser makes of it. */
function mistakeAt(
  file: string,
  text: string,
  message: string,
  place: { readonly line: number; readonly column: number },
): Problem {
  const [line = ""] = text.split("\n").slice(place.line - 1);
  if (line.includes("{{")) return templateAt(file, place);
  const [sentence = ""] = message.split("\n", 1);
  return syntax(file, `a mistake: ${visible(sentence)}`, "Correct the YAML at this place.", place);
}

/** `key: {{ … }}` is YAML: a map with a map as its key. Nobody means that. */
function tryFindTemplate(text: string): Place | undefined {
  const found = /^[^#"'\n]*(?:: +|- +)(?=\{\{)/m.exec(text);
  if (found === null) return undefined;
  return { line: text.slice(0, found.index).split("\n").length, column: found[0].length + 1 };
}

const templateAt = (file: string, place: Place): Problem =>
  syntax(file, "a template of Helm, {{ … }}", "Write its value: nothing fills it in here.", place);

const syntax = (file: string, found: string, suggestion: string, place: Place): Problem => ({
  code: "manifests/syntax",
  severity: "error",
  message: `expected YAML with objects of Kubernetes, found ${found}`,
  suggestion,
  file,
  ...place,
});
