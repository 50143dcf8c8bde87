// A tree as text. Marked lines begin with `!`, for those who see no colour.
import type { Tree } from "./tree.ts";

export interface TextStyle {
  /** How many characters fit into a line; a line is broken between words only. */
  readonly width: number;
  /** For the lines that a person should notice. */
  readonly emphasise: (text: string) => string;
  readonly wrap: (text: string, width: number) => readonly string[];
}

export const treeText = (tree: Tree, style: TextStyle): string =>
  `${[...own(tree, "", "", style), ...below(tree, "", style)].join("\n")}\n`;

function own({ text, isMarked = false }: Tree, first: string, rest: string, style: TextStyle): string[] {
  const lines = style.wrap(isMarked ? `! ${text}` : text, style.width - first.length);
  return lines.map((line, index) => {
    const shown = isMarked ? style.emphasise(line) : line;
    return `${index === 0 ? first : rest}${shown}`;
  });
}

function below({ children = [] }: Tree, indent: string, style: TextStyle): readonly string[] {
  return children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const beneath = `${indent}${isLast ? "   " : "│  "}`;
    const hasChildren = (child.children ?? []).length > 0;
    const first = `${indent}${isLast ? "└─ " : "├─ "}`;
    // A broken line keeps the stroke to what comes below it.
    const rest = `${beneath}${hasChildren ? "│ " : "  "}`;
    return [...own(child, first, rest, style), ...below(child, beneath, style)];
  });
}
