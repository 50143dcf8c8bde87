// The lines of a box. Nobody knows here which font a browser takes; of a monospaced one, all characters are as wide as
// this, or narrower: 0.602 em in DejaVu Sans Mono, Menlo and Liberation Mono, 0.6 in Courier, 0.55 in Consolas.
import type { Box } from "../drawing.ts";

export const fontSize = 12;
const characterWidth = 0.61 * fontSize;
export const lineHeight = 16;
export const padding = 8;

export interface BoxLine {
  readonly text: string;
  readonly look: "kind" | "name" | "plain" | "mark";
}

export interface BoxText {
  readonly lines: readonly BoxLine[];
  readonly height: number;
}

export function boxText({ kind, name, lines, marks }: Box, width: number): BoxText {
  const longest = Math.floor((width - 2 * padding) / characterWidth);
  const all = (text: string, look: BoxLine["look"]): readonly BoxLine[] =>
    broken(text, longest).map((line) => ({ text: line, look }));
  const shown = [
    ...all(kind, "kind"),
    ...all(name, "name"),
    ...lines.flatMap((line) => all(line, "plain")),
    ...marks.flatMap((mark) => all(`! ${mark}`, "mark")),
  ];
  return { lines: shown, height: shown.length * lineHeight + 2 * padding };
}

/** Lines of at most so many characters: broken at blanks, and what is longer than a line behind `/`, `,`, `.` and `-`. */
export function broken(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.split(/(?<= )/).flatMap((word) => inPieces(word, longest))) {
    if (line !== "" && line.length + part.trimEnd().length > longest) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

function inPieces(word: string, longest: number): readonly string[] {
  if (word.trimEnd().length <= longest) return [word];
  const start = word.slice(0, longest);
  const behind = (signs: string): number =>
    Math.max(...[...signs].map((sign) => start.lastIndexOf(sign) + 1));
  const length = behind("/") || behind(",.-") || longest;
  return [word.slice(0, length), ...inPieces(word.slice(length), longest)];
}
