// Follows the values through the templates of a chart without rendering: every branch is taken, every loop runs for
// all items at once. What is read is logged; what cannot be followed is logged as unknown, never left out.
import { type Abstract, eachItem, nothing, ofText, other, union } from "./abstract-value.ts";
import { functions } from "./functions.ts";
import { parseTemplate } from "./parse-template.ts";
import type { Base, Command, Node, Operand, ParsedTemplate, Pipe } from "./syntax.ts";
import { TemplateSyntaxError } from "./tokens.ts";
import { ValueTracker } from "./value-tracker.ts";

/** A template that calls itself more often at once is not followed. */
const deepestRecursion = 3;
const deepestTpl = 20;
const mostRounds = 4;
/** Nodes visited before a chart counts as too large to follow. */
const longestRun = 1_000_000;

interface Frame {
  readonly dot: Abstract;
  /** One scope for a whole template: more than Go allows, never less. */
  readonly variables: Map<string, Abstract>;
}

export class Interpreter extends ValueTracker {
  private readonly definitions: ReadonlyMap<string, readonly (readonly Node[])[]>;
  private readonly calls: string[] = [];
  private steps = 0;

  constructor(definitions: ReadonlyMap<string, readonly (readonly Node[])[]>) {
    super();
    this.definitions = definitions;
  }

  /** Runs a template with `context` as `.` and `$`. */
  run(nodes: readonly Node[], context: Abstract): void {
    this.list(nodes, { dot: context, variables: new Map([["$", context]]) });
  }

  /** Runs the template of that name. Charts may have several; the last that Helm finds wins, so all are followed. */
  call(name: string, context: Abstract): void {
    if (this.calls.filter((caller) => caller === name).length >= deepestRecursion) {
      this.unknown(context, `the template ${name} calls itself`);
      return;
    }
    const bodies = this.definitions.get(name);
    if (bodies === undefined) this.unknown(context, `the template ${name} is not in the chart`);
    this.calls.push(name);
    for (const nodes of bodies ?? []) this.run(nodes, context);
    this.calls.pop();
  }

  /** Runs text as a template, as `tpl` does. */
  callText(text: string, context: Abstract): void {
    const parsed = tryParse(text);
    if (parsed === undefined || parsed.definitions.size > 0 || this.calls.length >= deepestTpl) {
      this.unknown(context, "tpl runs a text that cannot be followed");
      return;
    }
    this.calls.push("tpl");
    this.run(parsed.nodes, context);
    this.calls.pop();
  }

  private list(nodes: readonly Node[], frame: Frame): void {
    for (const node of nodes) this.node(node, frame);
  }

  private node(node: Node, frame: Frame): void {
    this.steps += 1;
    if (this.steps > longestRun) throw new TooLarge();
    if (node.kind === "action") {
      const value = this.pipe(node.pipe, frame);
      if (node.pipe.variables.length === 0) this.whole(value);
      return;
    }
    if (node.kind === "template") {
      this.call(node.name, node.pipe === undefined ? nothing : this.pipe(node.pipe, frame));
      return;
    }
    this.branch(node, frame);
  }

  private branch(
    { kind, pipe, body, otherwise }: Extract<Node, { kind: "if" | "with" | "range" }>,
    frame: Frame,
  ): void {
    let value = nothing;
    const paths = this.log.during(() => {
      value = this.pipe(pipe, frame, kind === "range");
      this.exact(kind === "range" ? union(value, this.child(value, eachItem)) : value);
    });
    const dot = kind === "if" ? frame.dot : kind === "with" ? value : this.child(value, eachItem);
    this.guarded({ source: pipe.source, paths }, () => {
      const inner = { ...frame, dot };
      this.list(body, inner);
      if (kind === "range") this.repeat(body, inner);
    });
    this.guarded({ source: `not (${pipe.source})`, paths }, () => this.list(otherwise, frame));
  }

  /** What one round of a loop sets, the next may read. */
  private repeat(body: readonly Node[], frame: Frame): void {
    for (let round = 0; round < mostRounds; round += 1) {
      const before = this.knowledge(frame.variables.values());
      this.list(body, frame);
      if (this.knowledge(frame.variables.values()) === before) return;
    }
    for (const value of frame.variables.values())
      this.unknown(value, "a loop changes its variables each round");
  }

  private pipe(pipe: Pipe, frame: Frame, isRange = false): Abstract {
    const value = pipe.commands.reduce<Abstract | undefined>(
      (previous, command) => this.command(command, previous, frame),
      undefined,
    );
    this.declare(pipe.variables, value ?? nothing, frame, isRange);
    return value ?? nothing;
  }

  /** In a range the last variable is the item, one in front of it its key. */
  private declare(names: readonly string[], value: Abstract, { variables }: Frame, isRange: boolean): void {
    for (const [index, name] of names.entries()) {
      const isItem = index === names.length - 1;
      const given = !isRange ? value : isItem ? this.child(value, eachItem) : other;
      variables.set(name, union(variables.get(name) ?? nothing, given));
    }
  }

  private command([first, ...rest]: Command, previous: Abstract | undefined, frame: Frame): Abstract {
    if (first === undefined) return nothing;
    const args = [...rest.map((operand) => this.operand(operand, frame)), ...(previous ? [previous] : [])];
    if (first.kind === "function") return this.callFunction(first.name, args);
    if (args.length === 0) return this.operand(first, frame);
    return this.method(first, args, frame);
  }

  private callFunction(name: string, args: readonly Abstract[]): Abstract {
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (known !== undefined) return known(this, args);
    for (const arg of args) this.whole(arg);
    return other;
  }

  /** `.Files.Get "name"`; other methods look at their arguments only. */
  private method(operand: Operand, args: readonly Abstract[], frame: Frame): Abstract {
    for (const arg of args) this.whole(arg);
    if (operand.kind !== "path" || operand.fields.at(-1) !== "Get") return other;
    const target = this.operand({ ...operand, fields: operand.fields.slice(0, -1) }, frame);
    const files = target.objects.find((object) => object.files !== undefined)?.files;
    const [name = other] = args;
    if (files === undefined || name.hasOther || name.paths.length > 0) return other;
    return union(...name.texts.map((text) => ofText(files.get(text) ?? "")));
  }

  private operand(operand: Operand, frame: Frame): Abstract {
    switch (operand.kind) {
      case "text":
        return ofText(operand.text);
      case "constant":
        return /^\d+$/.test(operand.text) ? ofText(operand.text) : other;
      case "function":
        return this.callFunction(operand.name, []);
      case "path":
        return operand.fields.reduce(
          (value, field) => this.child(value, field),
          this.base(operand.base, frame),
        );
    }
  }

  private base(base: Base, frame: Frame): Abstract {
    switch (base.kind) {
      case "dot":
        return frame.dot;
      case "variable":
        return frame.variables.get(base.name) ?? other;
      case "pipe":
        return this.pipe(base.pipe, frame);
      case "function":
        return this.callFunction(base.name, []);
    }
  }
}

function tryParse(text: string): ParsedTemplate | undefined {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return undefined;
    throw error;
  }
}

/** The templates would take too long to follow. */
export class TooLarge extends Error {}
