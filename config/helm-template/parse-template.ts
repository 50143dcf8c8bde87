// Tokens -> syntax tree, by the grammar of Go's text/template/parse/parse.go (read at Go 1.24).
import type { Base, Command, Node, Operand, ParsedTemplate, Pipe } from "./syntax.ts";
import { TemplateSyntaxError, type Token, type TokenKind, tokenize } from "./tokens.ts";

/** Parses the text of a template file. Throws TemplateSyntaxError. */
export const parseTemplate = (template: string): ParsedTemplate => new Parser(tokenize(template)).parse();

/** Deeper nesting is nobody's template, and would exhaust the stack. */
const deepest = 200;

const constants: readonly string[] = ["true", "false", "nil"];

class Parser {
  private readonly tokens: readonly Token[];
  private readonly definitions = new Map<string, readonly Node[]>();
  private place = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): ParsedTemplate {
    const nodes = this.list();
    if (this.place < this.tokens.length) throw this.unexpected(`{{${this.tokens[this.place + 1]?.text}}}`);
    return { nodes, definitions: this.definitions };
  }

  /** Actions up to `{{end}}` or `{{else`, which stay. */
  private list(): Node[] {
    const nodes: Node[] = [];
    while (this.place < this.tokens.length && !this.isAtKeyword("end") && !this.isAtKeyword("else"))
      nodes.push(...this.action());
    return nodes;
  }

  private isAtKeyword(word: string): boolean {
    const next = this.tokens[this.place + 1];
    return next?.kind === "identifier" && next.text === word;
  }

  private action(): Node[] {
    this.expect("open");
    const first = this.peek();
    const word = first?.kind === "identifier" ? first.text : "";
    if (word === "if" || word === "with" || word === "range") return [this.control(word)];
    if (word === "define") return this.define();
    if (word === "template") return [this.template()];
    if (word === "block") return [this.block()];
    if (word === "break" || word === "continue") {
      this.take();
      this.expect("close");
      return [];
    }
    const pipe = this.pipe("close");
    return [{ kind: "action", pipe }];
  }

  /** From the keyword to behind `{{end}}`. */
  private control(kind: "if" | "with" | "range"): Node {
    this.take();
    return this.deeper(() => {
      const pipe = this.pipe("close");
      const body = this.list();
      const otherwise = this.otherwise(kind);
      return { kind, pipe, body, otherwise };
    });
  }

  /** `{{end}}`, `{{else}}…{{end}}`, `{{else if …}}…{{end}}` or `{{else with …}}…{{end}}`. */
  private otherwise(kind: "if" | "with" | "range"): Node[] {
    this.expect("open");
    const word = this.expect("identifier");
    if (word.text === "end") {
      this.expect("close");
      return [];
    }
    if (word.text !== "else") throw this.unexpected(word.text);
    if (this.peek()?.kind === "close") {
      this.take();
      const nodes = this.list();
      this.end();
      return nodes;
    }
    const chained = this.peek()?.text;
    if ((chained === "if" || chained === "with") && chained === kind) return [this.control(chained)];
    throw this.unexpected(`else ${chained}`);
  }

  private end(): void {
    this.expect("open");
    if (this.expect("identifier").text !== "end") throw this.unexpected("no end");
    this.expect("close");
  }

  private define(): Node[] {
    this.take();
    const name = this.expect("text").text;
    this.expect("close");
    this.definitions.set(
      name,
      this.deeper(() => this.list()),
    );
    this.end();
    return [];
  }

  private template(): Node {
    this.take();
    const name = this.expect("text").text;
    if (this.peek()?.kind === "close") {
      this.take();
      return { kind: "template", name, pipe: undefined };
    }
    return { kind: "template", name, pipe: this.pipe("close") };
  }

  private block(): Node {
    this.take();
    const name = this.expect("text").text;
    const pipe = this.pipe("close");
    this.definitions.set(
      name,
      this.deeper(() => this.list()),
    );
    this.end();
    return { kind: "template", name, pipe };
  }

  /** A pipeline up to and with its end: `}}` or `)`. */
  private pipe(end: "close" | ")"): Pipe {
    const begin = this.place;
    const variables = this.declaration();
    const commands: Command[] = [];
    for (;;) {
      commands.push(this.command(end));
      const separator = this.take();
      if (separator?.text === "|") continue;
      const source = this.tokens.slice(begin, this.place - 1);
      return { variables, commands, source: sourceOf(source) };
    }
  }

  /** `$x :=`, `$x =`, and `$i, $x :=` of a range. */
  private declaration(): string[] {
    const [first, second, third, fourth] = this.tokens.slice(this.place, this.place + 4);
    if (first?.kind !== "variable") return [];
    if (second?.text === ":=" || (second?.kind === "symbol" && second.text === "=")) {
      this.place += 2;
      return [first.text];
    }
    if (
      second?.text === "," &&
      third?.kind === "variable" &&
      (fourth?.text === ":=" || fourth?.text === "=")
    ) {
      this.place += 4;
      return [first.text, third.text];
    }
    return [];
  }

  private command(end: "close" | ")"): Command {
    const operands: Operand[] = [];
    for (;;) {
      const next = this.peek();
      if (next === undefined) throw this.unexpected("the end of the file");
      const isEnd = end === "close" ? next.kind === "close" : next.text === ")" && next.kind === "symbol";
      if (isEnd || (next.kind === "symbol" && next.text === "|")) {
        if (operands.length === 0) throw this.unexpected("an empty command");
        return operands;
      }
      if (operands.length > 0 && !next.isSeparate && next.kind !== "symbol") throw this.unexpected(next.text);
      operands.push(this.operand());
    }
  }

  private operand(): Operand {
    const token = this.take();
    if (token === undefined) throw this.unexpected("the end of the file");
    switch (token.kind) {
      case "text":
        return { kind: "text", text: token.text };
      case "number":
        return { kind: "constant", text: token.text };
      case "identifier":
        if (constants.includes(token.text)) return { kind: "constant", text: token.text };
        return (
          this.withFields({ kind: "function", name: token.text }) ?? { kind: "function", name: token.text }
        );
      case "field":
        return { kind: "path", base: { kind: "dot" }, fields: [token.text.slice(1), ...this.fields()] };
      case "dot":
        return { kind: "path", base: { kind: "dot" }, fields: [] };
      case "variable":
        return this.path({ kind: "variable", name: token.text });
      default:
        if (token.text !== "(") throw this.unexpected(token.text);
        return this.path({ kind: "pipe", pipe: this.deeper(() => this.pipe(")")) });
    }
  }

  private path(base: Base): Operand {
    return { kind: "path", base, fields: this.fields() };
  }

  private withFields(base: Base): Operand | undefined {
    const fields = this.fields();
    return fields.length === 0 ? undefined : { kind: "path", base, fields };
  }

  /** `.b.c` right behind an operand. */
  private fields(): string[] {
    const names: string[] = [];
    for (;;) {
      const next = this.peek();
      if (next?.kind !== "field" || next.isSeparate) return names;
      names.push(next.text.slice(1));
      this.place += 1;
    }
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > deepest) throw this.unexpected("too much nesting");
    const result = read();
    this.depth -= 1;
    return result;
  }

  private peek(): Token | undefined {
    return this.tokens[this.place];
  }

  private take(): Token | undefined {
    const token = this.tokens[this.place];
    this.place += 1;
    return token;
  }

  private expect(kind: TokenKind): Token {
    const token = this.take();
    if (token?.kind !== kind) throw this.unexpected(token?.text ?? "the end of the file");
    return token;
  }

  private unexpected(found: string): TemplateSyntaxError {
    const token = this.tokens[Math.min(this.place, this.tokens.length) - 1] ?? this.tokens[0];
    return new TemplateSyntaxError(`did not expect ${found}`, token?.line ?? 1);
  }
}

const sourceOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ kind, text, isSeparate }, index) => {
      const shown = kind === "text" ? JSON.stringify(text) : text;
      return isSeparate && index > 0 ? ` ${shown}` : shown;
    })
    .join("");
