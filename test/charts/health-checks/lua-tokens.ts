/** A piece of Lua source; comments and white space are none. */
export interface Token {
  readonly kind: "name" | "number" | "string" | "symbol";
  readonly text: string;
  readonly line: number;
}

// Longest first where one symbol begins another. Symbols of Lua 5.2 and 5.3 are read too, so that a test can
// find them. Long strings ([[ ]]) are not: the health checks have none, and `[` `[` would stand out.
const pattern =
  /(?<space>\s+)|(?<comment>--[^\n]*)|(?<name>[A-Za-z_]\w*)|(?<number>\d[\w.]*)|(?<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?<symbol>\.\.\.|\.\.|==|~=|<=|>=|<<|>>|\/\/|::|[-+*/%^#<>=(){}[\];:,.&|~])/y;

/**
 * The tokens of a Lua source, in order.
 * @throws {Error} at a character that begins no token
 */
export function luaTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let offset = 0; offset < source.length; offset = pattern.lastIndex) {
    pattern.lastIndex = offset;
    const match = pattern.exec(source);
    if (match === null) throw new Error(`line ${line}: no Lua token begins with ${source.charAt(offset)}`);
    const kind = (["name", "number", "string", "symbol"] as const).find(
      (name) => match.groups?.[name] !== undefined,
    );
    if (kind !== undefined) tokens.push({ kind, text: match[0], line });
    line += match[0].split("\n").length - 1;
  }
  return tokens;
}
