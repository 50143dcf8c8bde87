// HTML in which text is always escaped: whatever is a string is text, and markup comes from here alone.
import { escapeXml } from "../core/escape-xml.ts";

export class Html {
  constructor(readonly markup: string) {}
}

export type Child = Html | string | readonly Child[] | undefined;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element. Of attributes `true` stands alone, and `false` or undefined is left out. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Html {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeXml(String(value))}"`));
  const start = `<${name}${written.join("")}>`;
  return new Html(empty.has(name) ? start : `${start}${markupOf(children)}</${name}>`);
}

/** Elements without content, which have no end tag. */
const empty: ReadonlySet<string> = new Set(["input", "meta"]);

export function markupOf(child: Child): string {
  if (child === undefined) return "";
  if (child instanceof Html) return child.markup;
  return typeof child === "string" ? escapeXml(child) : child.map(markupOf).join("");
}

/** A message, with what stands in backticks as code. */
export const prose = (text: string): readonly Child[] =>
  text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));
