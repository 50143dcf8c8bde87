// A string that cannot be plain: a literal block, single quotes, or the double quotes of JSON, which are YAML.
import { unprintable } from "./yaml-plain.ts";

/** One line in quotes: single ones where the text holds only double quotes, as JSON in an annotation does. */
export function quoted(text: string): string {
  const isSingle =
    text.includes('"') && !text.includes("'") && !text.includes("\n") && !unprintable.test(text);
  return isSingle ? `'${text}'` : JSON.stringify(text).replace(everyUnprintable, escapeOf);
}

/** A literal block where every reader gets the text back from one, else quotes. Further lines stand at `indent`. */
export const blockOrQuoted = (text: string, indent: string): string =>
  text.includes("\n") && isExactAsBlock(text) ? literalBlock(text, indent) : quoted(text);

function isExactAsBlock(text: string): boolean {
  if (unprintable.test(text)) return false;
  if (/^[\t ]+$/.test(lastLineOf(text))) return false; // it would vanish
  if (/^\n*\t/.test(text)) return false; // go-yaml: "found a tab character where an indentation space is expected"
  return /[^\n\t ]/.test(text) || !/[\t ]/.test(text); // nothing but spaces: they would pass for indentation
}

function literalBlock(text: string, indent: string): string {
  const startsWithSpace = /^\n* /.test(text); // then the reader cannot find the indentation itself
  const isComplete = text.endsWith("\n");
  const body = isComplete ? text.slice(0, -1) : text;
  const endsWithBlankLine = isComplete && /^[\t ]*$/.test(lastLineOf(body));
  const chomping = endsWithBlankLine ? "+" : isComplete ? "" : "-";
  const indented = body.replace(/\n(?=[^\n])/g, `\n${indent}`);
  return `|${startsWithSpace ? "2" : ""}${chomping}\n${indent}${indented}`;
}

/** All of it where there is no line break. */
const lastLineOf = (text: string): string => text.slice(text.lastIndexOf("\n") + 1);

/** JSON lets most of these stand as they are. */
const everyUnprintable = new RegExp(unprintable.source, "gu");

const escapeOf = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
