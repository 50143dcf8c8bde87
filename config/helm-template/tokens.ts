// Text of a template -> its actions as tokens, by the rules of Go's text/template/parse/lex.go (read at Go 1.24).
// What stands between actions is dropped: it reads no values.

export type TokenKind =
  | "open" // {{
  | "close" // }}
  | "identifier" // if, include, true, nil …
  | "field" // .name
  | "variable" // $ or $name
  | "dot" // . alone
  | "text" // a string, its quotes and escapes undone
  | "number" // also a character constant
  | "symbol"; // ( ) | , := =

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** True where white space stands in front: `.a.b` is one operand, `.a .b` are two. */
  readonly isSeparate: boolean;
  /** Counts from 1. */
  readonly line: number;
}

/** Why a template cannot be read, as Go would refuse it or because it is beyond this reader. */
export class TemplateSyntaxError extends Error {
  readonly line: number;
  constructor(reason: string, line: number) {
    super(reason);
    this.line = line;
  }
}

/** Sticky patterns in the order of trial; the first that matches at the place is the token. */
const patterns: readonly (readonly [kind: TokenKind, pattern: RegExp])[] = [
  ["field", /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ["variable", /\$(?:[\p{L}\p{Nd}_]*)/uy],
  [
    "number",
    /[+-]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)i?/y,
  ],
  ["number", /'(?:[^'\\\n]|\\.[^'\n]*)'/y],
  ["dot", /\./y],
  ["identifier", /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ["text", /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`/y],
  ["symbol", /:=|[()|,=]/y],
];

/** Tokens of all actions. Throws TemplateSyntaxError. */
export function tokenize(template: string): Token[] {
  const tokens: Token[] = [];
  const lines = new LineCounter(template);
  let place = template.indexOf("{{");
  while (place !== -1) {
    const comment = commentAt(template, place);
    place = comment ?? readAction(template, place, lines, tokens);
    if (place === -1) throw new TemplateSyntaxError("a comment does not end", lines.at(template.length));
    place = template.indexOf("{{", place);
  }
  return tokens;
}

/** End of the comment that begins at `place`, -1 where it has none, undefined where there is no comment. */
function commentAt(template: string, place: number): number | undefined {
  const begin = matchAt(/\{\{(?:-[ \t\r\n]+)?\/\*/y, template, place);
  if (begin === undefined) return undefined;
  const end = template.indexOf("*/", place + begin.length);
  const close = end === -1 ? undefined : matchAt(/\*\/(?:[ \t\r\n]+-)?\}\}/y, template, end);
  return close === undefined ? -1 : end + close.length;
}

/** Reads `{{ … }}` and returns the place behind it. */
function readAction(template: string, begin: number, lines: LineCounter, tokens: Token[]): number {
  const line = lines.at(begin);
  let place = begin + (matchAt(/\{\{(?:-(?=[ \t\r\n]))?/y, template, begin)?.length ?? 0);
  tokens.push({ kind: "open", text: "{{", isSeparate: true, line });
  for (;;) {
    const blank = matchAt(/[ \t\r\n]+/y, template, place) ?? "";
    place += blank.length;
    const close = matchAt(blank === "" ? /\}\}/y : /-?\}\}/y, template, place);
    if (close !== undefined) {
      tokens.push({ kind: "close", text: "}}", isSeparate: true, line: lines.at(place) });
      return place + close.length;
    }
    const token = tokenAt(template, place, blank !== "", lines.at(place));
    if (token === undefined) {
      const found = template.slice(place, place + 12).split("\n")[0] ?? "";
      throw new TemplateSyntaxError(
        found === "" ? "an action does not end" : `cannot read ${JSON.stringify(found)}`,
        lines.at(place),
      );
    }
    tokens.push(token.token);
    place += token.length;
  }
}

function tokenAt(
  template: string,
  place: number,
  isSeparate: boolean,
  line: number,
): { readonly token: Token; readonly length: number } | undefined {
  for (const [kind, pattern] of patterns) {
    const found = matchAt(pattern, template, place);
    if (found === undefined) continue;
    const text = kind === "text" ? unquote(found) : found;
    return { token: { kind, text, isSeparate, line }, length: found.length };
  }
  return undefined;
}

const matchAt = (pattern: RegExp, text: string, place: number): string | undefined => {
  pattern.lastIndex = place;
  return pattern.exec(text)?.[0];
};

/** Go's escapes that can stand in the name of a key; an unknown one is kept as it is. */
function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith("`")) return inner;
  return inner.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[abfnrtv\\'"])/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return escapes[code] ?? whole;
  });
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** Line numbers of growing places, each line break looked at once. */
class LineCounter {
  private readonly text: string;
  private line = 1;
  private next: number;
  constructor(text: string) {
    this.text = text;
    this.next = text.indexOf("\n");
  }
  at(place: number): number {
    while (this.next !== -1 && this.next < place) {
      this.line += 1;
      this.next = this.text.indexOf("\n", this.next + 1);
    }
    return this.line;
  }
}
