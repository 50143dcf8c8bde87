// How deep a JSON text nests, before anything walks through it: a stack that overflows tells nobody what is wrong with which file.

/** Real states and lists of objects have less than 40 levels. */
export const deepest = 200;

const [quote, backslash] = ['"', "\\"].map((character) => character.charCodeAt(0));
const openers = ["{", "["].map((character) => character.charCodeAt(0));
const closers = ["}", "]"].map((character) => character.charCodeAt(0));

/** Reads on only as far as it has to: at the first place that is too deep it ends. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfText(text, index);
    else if (openers.includes(code)) {
      depth++;
      if (depth > deepest) return true;
    } else if (closers.includes(code)) depth--;
  }
  return false;
}

/** Index of the quote that closes the one at `start`. */
function endOfText(text: string, start: number): number {
  let index = text.indexOf('"', start + 1);
  while (index !== -1 && isEscaped(text, index)) index = text.indexOf('"', index + 1);
  return index === -1 ? text.length : index;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(index - 1 - backslashes) === backslash) backslashes++;
  return backslashes % 2 === 1;
}
