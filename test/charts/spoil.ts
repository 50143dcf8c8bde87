// Ways to spoil an output, for tests of what notices it.
import { type Output, type OutputText, parse } from "./output.ts";

export interface Spoiler {
  /** Part of a sentence: what is done to the output. */
  readonly change: string;
  readonly spoil: (output: Output) => Output;
}

/** Replaces text in the files whose path matches. */
export function replaced(path: RegExp, from: string | RegExp, to: string): Spoiler {
  const spoil = (output: Output): Output => {
    const files = output.files.map((file) => {
      const text = path.test(file.path) ? file.text.replace(from, to) : file.text;
      return text === file.text ? file : { ...file, text, objects: parse(text) };
    });
    if (files.every((file, index) => file === output.files[index])) {
      throw new Error(`no file that matches ${path} holds ${from}`);
    }
    return { ...output, files };
  };
  return { change: `${from} is ${JSON.stringify(to)} in ${path.source}`, spoil };
}

/** Gives a file another path. */
export const moved = (from: string, to: string): Spoiler => ({
  change: `${from} is at ${to}`,
  spoil: (output) => ({
    ...output,
    files: output.files.map((file) => (file.path === from ? { ...file, path: to } : file)),
  }),
});

/** Adds a file that is like another one, but for some text. */
export const copied = (from: string, to: string, change: (text: string) => string): Spoiler => ({
  change: `${to} is much like ${from}`,
  spoil: (output) => ({
    ...output,
    files: output.files.flatMap((file): readonly OutputText[] => {
      if (file.path !== from) return [file];
      const text = change(file.text);
      return [file, { path: to, text, objects: parse(text) }];
    }),
  }),
});

export const spoiled = (output: Output, spoilers: readonly Spoiler[]): Output =>
  spoilers.reduce((soFar, { spoil }) => spoil(soFar), output);
