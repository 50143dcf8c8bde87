// What templates do with values: which places they read, under which conditions, and what they put elsewhere.
import {
  type Abstract,
  eachItem,
  keyOf,
  type MadeObject,
  nothing,
  other,
  someItem,
  union,
  type ValuePath,
} from "./abstract-value.ts";
import { type Guard, ReadLog } from "./value-reads.ts";

const deepestPath = 30;

/** The part of the interpreter that the functions of templates use. */
export class ValueTracker {
  readonly log = new ReadLog();
  /** What `set` and `merge` put into places of the values. */
  private readonly added = new Map<string, { readonly path: ValuePath; value: Abstract }>();
  private readonly guards: Guard[] = [];

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

  /** Grows while there is something new to learn, in these values or in what was put into places. */
  protected knowledge(values: Iterable<Abstract>): number {
    const added = [...this.added.values()].map(({ value }) => value);
    return [...added, ...values].reduce((sum, value) => sum + sizeOf(value), 0);
  }

  protected guarded(guard: Guard, run: () => void): void {
    const isOnValues = guard.paths.length > 0;
    if (isOnValues) this.guards.push(guard);
    run();
    if (isOnValues) this.guards.pop();
  }
}

/** Objects are made anew each time, so only whether there are any counts. */
const sizeOf = ({ paths, objects }: Abstract): number => paths.length + Math.min(objects.length, 1);
