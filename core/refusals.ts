// Stage 1: the words for what valid YAML can say and a configuration cannot mean.
import { quote } from "./show.ts";

/** Levels of maps and lists. A cluster file has seven; programs further on recurse and have stacks. */
export const maxDepth = 64;

/** Values in one file, with aliases counted as what they stand for. A large cluster file has some hundred. */
export const maxValues = 50_000;

/** Keys that are no data to JavaScript: zod drops the first, cdk8s stops at an object that has the second. */
export const reservedKeys: readonly string[] = ["__proto__", "constructor"];

export interface Refusal {
  readonly code: "config/yaml-syntax" | "config/too-deep" | "config/too-large" | "config/unsafe-value";
  readonly message: string;
  readonly suggestion: string;
}

export const tooDeep = (): Refusal => ({
  code: "config/too-deep",
  message: `expected at most ${maxDepth} levels of maps and lists, found more`,
  suggestion: "Flatten it.",
});

export const tooLarge = (): Refusal => ({
  code: "config/too-large",
  message: `expected at most ${maxValues} values, found more (an alias counts as what it stands for)`,
  suggestion: "Split the file, or use fewer aliases.",
});

export const tag = (name: string): Refusal => ({
  code: "config/yaml-syntax",
  message: `expected a value without a tag, found ${quote(name.replace("tag:yaml.org,2002:", "!!"))}`,
  suggestion: "Write the value itself: tags have no meaning here.",
});

export const unknownAnchor = (name: string): Refusal => ({
  code: "config/yaml-syntax",
  message: `expected an anchor above its alias, found none for ${quote(`*${name}`)}`,
  suggestion: "Define the anchor first; put the value in quotes if the asterisk is text.",
});

export const endlessAlias = (name: string): Refusal => ({
  code: "config/yaml-syntax",
  message: `expected an alias of something that is complete, found ${quote(`*${name}`)} inside its own anchor`,
  suggestion: "Write the value out: this one would never end.",
});

export const repeatedKey = (name: string): Refusal => ({
  code: "config/yaml-syntax",
  message: `expected each key once, found ${quote(name)} again`,
  suggestion: "Keep one of the two: otherwise one would be lost silently.",
});

export const keyOfNoName = (): Refusal => ({
  code: "config/yaml-syntax",
  message: "expected a name before the colon, found something else",
  suggestion: "Write the name, in quotes where it begins with a special character.",
});

export const mergeOfNoMap = (): Refusal => ({
  code: "config/yaml-syntax",
  message: "expected a map, an alias of one or a list of these after <<, found something else",
  suggestion: "Merge maps only.",
});

export const reservedKey = (name: string): Refusal => ({
  code: "config/unsafe-value",
  message: `expected another key, found ${name}, which JavaScript programs like this one take for something of their own`,
  suggestion: "Rename the key.",
});

export const inexactNumber = (text: string): Refusal => ({
  code: "config/unsafe-value",
  message: `expected a number that every program reads alike, found ${quote(text)}`,
  suggestion: "Put it in quotes if it is text, or write a smaller number.",
});

/** Line breaks and tabs are text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
export const controlCharacters = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** Half of a surrogate pair, which has no UTF-8 form. */
export const loneSurrogate = /[\ud800-\udfff]/u;

/** Escapes can spell what the file itself must not hold. */
export function controlCharacter(text: string): Refusal | undefined {
  const [found] = controlCharacters.exec(text) ?? loneSurrogate.exec(text) ?? [];
  if (found === undefined) return undefined;
  return {
    code: "config/unsafe-value",
    message: `expected text without control characters, found ${codePointOf(found)} in ${quote(text)}`,
    suggestion: "Remove it.",
  };
}

/** `U+000B`. */
export const codePointOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
