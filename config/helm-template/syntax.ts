// The syntax tree of a template, as far as it bears on what is read.

export type Node =
  | { readonly kind: "action"; readonly pipe: Pipe }
  | {
      readonly kind: "if" | "with" | "range";
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: "template"; readonly name: string; readonly pipe: Pipe | undefined };

/** `$x := a | b c`: the result of each command is the last argument of the next. */
export interface Pipe {
  /** `$i, $x` of a range, `$x` elsewhere. */
  readonly variables: readonly string[];
  readonly commands: readonly Command[];
  /** As written but for white space: what a person reads of a condition. */
  readonly source: string;
}

/** A function or a method with its arguments, or a single operand. */
export type Command = readonly Operand[];

export type Operand =
  /** `.a.b`, `$x.a.b`, `(…).a.b`. */
  | { readonly kind: "path"; readonly base: Base; readonly fields: readonly string[] }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "text"; readonly text: string }
  /** A number as written, or true, false, nil. */
  | { readonly kind: "constant"; readonly text: string };

export type Base =
  | { readonly kind: "dot" }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "pipe"; readonly pipe: Pipe }
  | { readonly kind: "function"; readonly name: string };

export interface ParsedTemplate {
  readonly nodes: readonly Node[];
  /** Bodies of `define` and `block`, by name. */
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
}
