// Stage 1: nodes of a YAML document -> plain JSON data. What YAML can say and a configuration cannot mean ends here:
// repeated keys, tags, dates, infinity, control characters, and aliases that grow without end.
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, Scalar, type YAMLMap } from "yaml";
import type { JsonObject, JsonValue, Path } from "./json.ts";
import type { Refusal } from "./refusals.ts";
import * as refusals from "./refusals.ts";

/** A pair of a map as it is in effect, from the map itself or from a `<<` merge. For list items both are the item. */
export interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

/** A refusal with its place. */
export interface PlacedRefusal extends Refusal {
  readonly path: Path;
  readonly node: unknown;
}

interface Reading {
  readonly value: JsonValue;
  readonly size: number;
  readonly height: number;
}

const nothing: Reading = { value: null, size: 1, height: 1 };

/** Tags that say no more than the plain spelling does. */
const plainTags: readonly string[] = ["map", "seq", "str", "int", "float", "bool", "null"].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

/** Reads one document, once. Aliases share what they stand for, so the work is linear in the size of the file. */
export class PlainData {
  readonly data: JsonValue;
  readonly refusals: PlacedRefusal[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly targets = new Map<Alias, Node>();
  private readonly entries = new Map<YAMLMap, Map<string, Entry>>();
  /** Of nodes that have an anchor; undefined while the node is being read. */
  private readonly readings = new Map<Node, Reading | undefined>();

  constructor(contents: Node | null) {
    this.data = this.read(contents, []).value;
  }

  /** The entry below `node`, through aliases and merges. */
  child(node: unknown, segment: string | number): Entry | undefined {
    const target = isAlias(node) ? this.targets.get(node) : node;
    if (isMap(target)) return this.entries.get(target)?.get(String(segment));
    const item = isSeq(target) && typeof segment === "number" ? target.items[segment] : undefined;
    return item === undefined ? undefined : { key: item, value: item };
  }

  private read(node: unknown, path: Path): Reading {
    if (isAlias(node)) return this.readAlias(node, path);
    if (path.length > refusals.maxDepth) return this.refuse(path, node, refusals.tooDeep());
    const anchored = isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
    if (anchored?.anchor !== undefined) {
      this.anchors.set(anchored.anchor, anchored);
      this.readings.set(anchored, undefined);
    }
    const foreignTag =
      anchored?.tag !== undefined && !plainTags.includes(anchored.tag) ? anchored.tag : undefined;
    const reading =
      foreignTag === undefined
        ? this.readContents(node, path)
        : this.refuse(path, node, refusals.tag(foreignTag));
    if (anchored?.anchor !== undefined) this.readings.set(anchored, reading);
    return reading;
  }

  private readContents(node: unknown, path: Path): Reading {
    if (isScalar(node)) return this.readScalar(node, path);
    if (isMap(node)) return this.readMap(node, path);
    if (!isSeq(node)) return nothing; // a key without a value
    const items = node.items.map((item, index) => this.read(item, [...path, index]));
    return this.collect(
      items.map(({ value }) => value),
      items,
      path,
      node,
    );
  }

  private readAlias(alias: Alias, path: Path): Reading {
    const target = this.anchors.get(alias.source);
    if (target === undefined) return this.refuse(path, alias, refusals.unknownAnchor(alias.source));
    this.targets.set(alias, target);
    const reading = this.readings.get(target);
    if (reading === undefined) return this.refuse(path, alias, refusals.endlessAlias(alias.source));
    if (path.length + reading.height > refusals.maxDepth + 1)
      return this.refuse(path, alias, refusals.tooDeep());
    return reading;
  }

  private readMap(map: YAMLMap, path: Path): Reading {
    const own = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    const parts: Reading[] = [];
    const values = new Map<string, JsonValue>();
    this.entries.set(map, own);
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        parts.push(...this.merge(value, path, merged, values));
        continue;
      }
      const name = this.nameOf(key, path);
      if (name === undefined) continue;
      const reading = this.read(value, [...path, name]);
      parts.push(reading);
      if (own.has(name)) this.refuse([...path, name], key, refusals.repeatedKey(name));
      own.set(name, { key, value });
      values.set(name, reading.value);
    }
    for (const [name, entry] of merged) if (!own.has(name)) own.set(name, entry);
    return this.collect(Object.fromEntries(values), parts, path, map);
  }

  /** `<<`: the keys of other maps, below the map's own; of several maps the first wins. */
  private merge(
    node: unknown,
    path: Path,
    merged: Map<string, Entry>,
    values: Map<string, JsonValue>,
  ): readonly Reading[] {
    const sources: readonly unknown[] = isSeq(node) ? node.items : [node];
    return sources.map((source) => {
      const reading = this.read(source, path);
      const target = isAlias(source) ? this.targets.get(source) : source;
      if (!isMap(target)) return this.refuse(path, node, refusals.mergeOfNoMap());
      const content = reading.value as JsonObject; // of a map
      for (const [name, entry] of this.entries.get(target) ?? []) {
        if (merged.has(name)) continue;
        merged.set(name, entry);
        if (!values.has(name)) values.set(name, content[name] ?? null);
      }
      return reading;
    });
  }

  private collect(value: JsonValue, parts: readonly Reading[], path: Path, node: Node): Reading {
    const size = parts.reduce((sum, part) => sum + part.size, 1);
    const height = parts.reduce((highest, part) => Math.max(highest, part.height), 0) + 1;
    if (size > refusals.maxValues && !this.refusals.some(({ code }) => code === "config/too-large"))
      this.refuse(path, node, refusals.tooLarge());
    return { value, size, height };
  }

  private readScalar(scalar: Scalar, path: Path): Reading {
    const { value, source = "" } = scalar;
    if (typeof value === "string") this.judgeText(value, path, scalar);
    else if (typeof value === "number") {
      const isExact = Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
      if (!isExact) this.refuse(path, scalar, refusals.inexactNumber(source));
    } else if (typeof value !== "boolean") return nothing;
    return { ...nothing, value };
  }

  /** The text of a key, or undefined where it cannot be one. */
  private nameOf(key: unknown, path: Path): string | undefined {
    if (!isScalar(key)) return void this.refuse(path, key, refusals.keyOfNoName());
    const name = String(key.value);
    this.judgeText(name, [...path, name], key);
    if (!refusals.reservedKeys.includes(name)) return name;
    return void this.refuse([...path, name], key, refusals.reservedKey(name));
  }

  private judgeText(text: string, path: Path, node: Node): void {
    const refusal = refusals.controlCharacter(text);
    if (refusal !== undefined) this.refuse(path, node, refusal);
  }

  private refuse(path: Path, node: unknown, refusal: Refusal): Reading {
    this.refusals.push({ ...refusal, path, node });
    return nothing;
  }
}

const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.value === "<<" && key.type === Scalar.PLAIN;
