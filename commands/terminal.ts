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

/** On a terminal only, and not where NO_COLOR says otherwise (https://no-color.org). */
export const isColoured = (stream: WriteStream): boolean =>
  stream.isTTY === true && (process.env.NO_COLOR ?? "") === "";

/** The colours that mean the same in light and dark themes. */
const escapes = { bold: 1, red: 31, yellow: 33 } as const;

export const paint = (text: string, colour: keyof typeof escapes): string =>
  `\u001b[${escapes[colour]}m${text}\u001b[0m`;
