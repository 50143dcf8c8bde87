// Stage 4, pure: where a field of a rendered object stands in the text of its file. Parses that text, so it is for
// problems only.
import { isNode, isPair, LineCounter, type Node, type Pair, parseAllDocuments } from "yaml";
import type { Path } from "../core/json.ts";
import type { Position } from "../core/problem.ts";

/** Position of the key at `path` in the how manyth document, from 0; where it is absent, of its nearest ancestor. */
export function positionInText(
  text: string,
  documentIndex: number,
  path: Path,
): Pick<Position, "line" | "column"> | undefined {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter });
  const document = Array.isArray(documents) ? documents[documentIndex] : undefined;
  for (let length = path.length; document !== undefined && length >= 0; length--) {
    const offset = offsetOf(document.contents, path.slice(0, length));
    if (offset === undefined) continue;
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  }
  return undefined;
}

/** Of a key its first character, of a list's item that of the item. */
function offsetOf(contents: Node | null, path: Path): number | undefined {
  let node: unknown = contents;
  let offset = startOf(contents);
  for (const segment of path) {
    const items: readonly unknown[] = hasItems(node) ? node.items : [];
    const found =
      typeof segment === "number" ? items[segment] : items.find((item) => keyOf(item) === segment);
    if (found === undefined) return undefined;
    offset = startOf(isPair(found) ? found.key : found);
    node = isPair(found) ? found.value : found;
  }
  return offset;
}

const hasItems = (node: unknown): node is { readonly items: readonly unknown[] } =>
  typeof node === "object" && node !== null && "items" in node && Array.isArray(node.items);

const keyOf = (item: unknown): string | undefined => (isPair(item) ? textOf(item) : undefined);

const textOf = ({ key }: Pair): string =>
  typeof key === "object" && key !== null && "value" in key ? String(key.value) : String(key);

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
