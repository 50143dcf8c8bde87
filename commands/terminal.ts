// What a stream can show.
import type { WriteStream } from "node:tty";

export interface Terminal {
  /** In characters. */
  readonly width: number;
  readonly isColoured: boolean;
}

/** Lines longer than this are hard to read, however wide the terminal is; a pipe gets it as well. */
const widestLine = 100;
const narrowestLine = 40;

export const terminalOf = (stream: WriteStream): Terminal => ({
  width: Math.max(narrowestLine, Math.min(widestLine, stream.columns ?? widestLine)),
  isColoured: isColoured(stream),
});

/**
 * On a terminal, and not where NO_COLOR says otherwise (https://no-color.org); in a CI log too where FORCE_COLOR says so,
 * which comes first, as with Node itself.
 */
export function isColoured(stream: WriteStream): boolean {
  const { FORCE_COLOR: forced = "", NO_COLOR: forbidden = "" } = process.env;
  if (forced !== "") return !["0", "false"].includes(forced);
  return stream.isTTY === true && forbidden === "";
}

/** The colours that mean the same in light and dark themes. */
const escapes = { bold: 1, red: 31, yellow: 33 } as const;

export const paint = (text: string, colour: keyof typeof escapes): string =>
  `\u001b[${escapes[colour]}m${text}\u001b[0m`;

/** Lines of at most `width` characters where the words allow it; what follows the first is indented as far as its text. */
export function wrap(text: string, width: number, first = ""): string[] {
  const rest = " ".repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/**
 * Text whose lines are broken between words where a terminal would break them within one; the rest of a line is indented
 * a bit further. A pipe or a CI log gets each line whole: somebody may search it.
 */
export function fitted(text: string, stream: WriteStream): string {
  if (stream.isTTY !== true) return text;
  const { width } = terminalOf(stream);
  return text
    .split("\n")
    .flatMap((line) => (line.length <= width ? [line] : broken(line, width)))
    .join("\n");
}

function broken(line: string, width: number): readonly string[] {
  const indent = " ".repeat(line.length - line.trimStart().length + 2);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(" ", width);
    if (at < indent.length + 1) break;
    lines.push(rest.slice(0, at));
    rest = indent + rest.slice(at + 1);
  }
  return [...lines, rest];
}
