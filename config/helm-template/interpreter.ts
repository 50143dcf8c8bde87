// Follows the values through the templates of a chart without rendering: every branch is taken, every loop runs for
// all items at once. What is read is logged; what cannot be followed is logged as unknown, never left out.
import {
  type Abstract,
  eachItem,
  keyOf,
  type MadeObject,
  nothing,
  ofText,
  other,
  someItem,
  union,
  type ValuePath,
} from "./abstract-value.ts";
import { functions } from "./functions.ts";
import { parseTemplate } from "./parse-template.ts";
import type { Base, Command, Node, Operand, ParsedTemplate, Pipe } from "./syntax.ts";
import { TemplateSyntaxError } from "./tokens.ts";
import { type Guard, ReadLog } from "./value-reads.ts";

/** A template that calls itself more often at once is not followed. */
const deepestRecursion = 3;
const deepestTpl = 20;
const mostRounds = 4;
const deepestPath = 30;
/** Nodes visited; Istio's largest chart needs a hundredth of it. */
const longestRun = 1_000_000;

interface Frame {
  readonly dot: Abstract;
  /** One scope for a whole template: more than Go allows, never less. */
  readonly variables: Map<string, Abstract>;
}

export class Interpreter {
  readonly log = new ReadLog();
  private readonly definitions: ReadonlyMap<string, readonly (readonly Node[])[]>;
  /** What `set` and `merge` put into places of the values. */
  private readonly added = new Map<string, { readonly path: ValuePath; value: Abstract }>();
  private readonly guards: Guard[] = [];
  private readonly calls: string[] = [];
  private steps = 0;

  constructor(definitions: ReadonlyMap<string, readonly (readonly Node[])[]>) {
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
    this.calls.push(name);
    for (const nodes of this.definitions.get(name) ?? []) this.run(nodes, context);
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

  /** The value is printed, compared, or given to something that may look at all of it. */
  whole(value: Abstract): void {
    this.consume(value, (path) => this.log.add(path, "whole", this.guards), new Set());
  }

  /** Only whether the value is there, or true, matters. */
  exact(value: Abstract): void {
    for (const path of this.resolve(value).paths) this.log.add(path, "exact", this.guards);
  }

  unknown(value: Abstract, reason: string): void {
    this.consume(value, (path) => this.log.add(path, "unknown", this.guards, reason), new Set());
  }

  /** The entry of a map. `eachItem` and `someItem` are keys too. */
  child(value: Abstract, key: string): Abstract {
    return this.entry(value, key, new Set());
  }

  private entry(value: Abstract, key: string, seen: Set<MadeObject>): Abstract {
    const { paths, objects, hasOther } = this.resolve(value);
    const children: Abstract[] = hasOther || paths.length + objects.length === 0 ? [other] : [];
    for (const path of paths) {
      if (path.length >= deepestPath) this.log.add(path, "unknown", this.guards, "too deep to follow");
      else children.push({ ...nothing, paths: [[...path, key]] });
    }
    for (const object of objects) {
      if (seen.has(object)) continue; // merged into itself
      seen.add(object);
      const isAny = key === eachItem || key === someItem;
      const keys = isAny ? [...object.entries.keys()] : [key, eachItem, someItem];
      children.push(...keys.map((each) => object.entries.get(each) ?? nothing));
      if (object.merged !== nothing) children.push(this.entry(object.merged, key, seen));
    }
    return union(...children);
  }

  /** `set` and what is like it: `value` may from now on stand at `key`. */
  assign(target: Abstract, key: string, value: Abstract): void {
    const { paths, objects } = this.resolve(target);
    for (const path of paths) this.addAt([...path, key], value);
    for (const object of objects) object.add(key, value);
  }

  /** `merge`: the content of `value` may from now on stand in `target`. */
  absorb(target: Abstract, value: Abstract): void {
    for (const path of target.paths) this.addAt(path, value);
    for (const object of target.objects) object.merged = union(object.merged, value);
  }

  private addAt(path: ValuePath, value: Abstract): void {
    const known = this.added.get(keyOf(path));
    this.added.set(keyOf(path), { path, value: union(known?.value ?? nothing, value) });
  }

  /** With everything that was put into the same places. */
  private resolve(value: Abstract): Abstract {
    let result = value;
    const seen = new Set<string>();
    for (let index = 0; index < result.paths.length; index += 1) {
      const key = keyOf(result.paths[index] ?? []);
      if (seen.has(key)) continue;
      seen.add(key);
      const added = this.added.get(key);
      if (added !== undefined) result = union(result, added.value);
    }
    return result;
  }

  private consume(value: Abstract, mark: (path: ValuePath) => void, seen: Set<unknown>): void {
    const { paths, objects } = this.resolve(value);
    for (const path of paths) {
      if (seen.has(keyOf(path))) continue;
      seen.add(keyOf(path));
      mark(path);
      for (const added of this.added.values())
        if (path.every((segment, index) => segment === added.path[index]))
          this.consume(added.value, mark, seen);
    }
    for (const object of objects) {
      if (seen.has(object)) continue;
      seen.add(object);
      for (const entry of [...object.entries.values(), object.merged]) this.consume(entry, mark, seen);
    }
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
      const before = this.knowledge(frame);
      this.list(body, frame);
      if (this.knowledge(frame) === before) return;
    }
    for (const value of frame.variables.values())
      this.unknown(value, "a loop changes its variables each round");
  }

  /** Grows while there is something new to learn. */
  private knowledge({ variables }: Frame): number {
    const added = [...this.added.values()].map(({ value }) => value);
    return [...added, ...variables.values()].reduce((sum, value) => sum + sizeOf(value), 0);
  }

  private guarded(guard: Guard, run: () => void): void {
    const isOnValues = guard.paths.length > 0;
    if (isOnValues) this.guards.push(guard);
    run();
    if (isOnValues) this.guards.pop();
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

/** Objects are made anew each time, so only whether there are any counts. */
const sizeOf = ({ paths, objects }: Abstract): number => paths.length + Math.min(objects.length, 1);
