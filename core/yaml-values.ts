// Nodes of a YAML document -> plain JSON data, and where each value stands. What YAML can say and a configuration cannot
// mean ends here: repeated keys, tags, infinity, control characters, and aliases that grow without end. The library's own
// search for repeated keys takes minutes for a file of legal size, its own `<<` and aliases know no places.
import type { Alias, Document, YAMLMap, YAMLSeq } from "yaml";
import { isAlias, isMap, isNode, isScalar, isSeq, Scalar, visit } from "yaml";
import { controlCharacters, unicodeOf } from "./decode-text.ts";
import { quote } from "./format-value.ts";
import type { JsonValue, Path } from "./json.ts";

/** Levels of maps and lists. A cluster file has seven; programs further on recurse and have stacks. */
const maxDepth = 64;

/** Values in one file, with aliases counted as what they stand for. A large cluster file has some hundred. */
const maxValues = 50_000;

/** Keys that are no data to JavaScript: zod drops the first, cdk8s stops at an object that has the second. */
const reservedKeys: readonly string[] = ["__proto__", "constructor"];

const yamlTag = "tag:yaml.org,2002:";
/** Tags that say no more than the plain spelling does. */
const plainTags = ["map", "seq", "str", "int", "float", "bool", "null"].map((name) => yamlTag + name);

type Content = Scalar | YAMLMap | YAMLSeq;

/** What a problem says: `expected …, found …`, and what to do. */
export interface Wording {
  readonly code:
    | "config/yaml-syntax"
    | "config/too-deep"
    | "config/too-large"
    | "config/unsafe-value"
    | "config/template";
  readonly expected: string;
  readonly found: string;
  readonly suggestion: string;
}

export interface ValueProblem extends Wording {
  readonly path: Path;
  readonly node: unknown;
  /** The key that stood there first, where it stands once more. */
  readonly first?: unknown;
  /** A key above it that has no value: it may be indented too far, with all that was meant to stand below it. */
  readonly emptyKey?: unknown;
}

const wordingWith =
  (code: Wording["code"]) =>
  (expected: string, found: string, suggestion: string): Wording => ({ code, expected, found, suggestion });

export const syntax = wordingWith("config/yaml-syntax");
const unsafe = wordingWith("config/unsafe-value");

const levels = `at most ${maxDepth} levels of maps and lists`;
export const tooDeep = wordingWith("config/too-deep")(levels, "more", "Flatten it.");
const sizes = `at most ${maxValues} values, each alias counted as what it stands for`;
const tooLarge = wordingWith("config/too-large")(sizes, "more", "Split the file, or use fewer aliases.");

/** What stands at one place; what an alias stands for is read again for each. */
export interface Value {
  readonly data: JsonValue;
  readonly node: unknown;
  /** By key or by place in a list, those of `<<` included. A problem of one is shown at its key, or at the item. */
  readonly children: ReadonlyMap<string | number, Child>;
}

export interface Child {
  readonly key: unknown;
  readonly value: Value;
}

const nothing: Value = { data: null, node: undefined, children: new Map() };

/** Reads one document, once. */
export class YamlValues {
  readonly problems: ValueProblem[] = [];
  readonly root: Value;
  private readonly targets: ReadonlyMap<Alias, Content>;
  /** What is being read. */
  private readonly open = new Set<Content>();
  /** The one that all which is being read stands for: what grows too large does so there. */
  private alias: Alias | undefined;
  private count = 0;
  private isOver = false;

  constructor(document: Document.Parsed) {
    this.targets = targetsOf(document);
    this.root = this.read(document.contents, []);
  }

  private read(node: unknown, path: Path): Value {
    if (isAlias(node)) return this.readAlias(node, path);
    this.count += 1;
    if (this.isOver || !isNode(node)) return nothing; // a key may have no value
    if (this.count > maxValues || path.length > maxDepth) {
      this.isOver = true;
      return this.refuse(path, this.alias ?? node, this.count > maxValues ? tooLarge : tooDeep);
    }
    const content = node as Content; // all nodes but aliases
    this.open.add(content);
    const value = { ...this.readContent(content, path), node };
    this.open.delete(content);
    return value;
  }

  private readAlias(alias: Alias, path: Path): Value {
    const target = this.targets.get(alias);
    if (target !== undefined && !this.open.has(target)) {
      const outer = this.alias;
      this.alias = outer ?? alias;
      const value = this.read(target, path);
      this.alias = outer;
      return value;
    }
    const name = quote(`*${alias.source}`);
    return this.refuse(path, alias, target === undefined ? unknownAlias(name) : endlessAlias(name));
  }

  private readContent(node: Content, path: Path): Value {
    if (node.tag !== undefined && !plainTags.includes(node.tag)) {
      const tag = quote(node.tag.replace(yamlTag, "!!"));
      return this.refuse(path, node, syntax("a value without a tag", tag, "Write the value itself."));
    }
    if (isScalar(node)) return this.readScalar(node, path);
    if (isMap(node)) return this.readMap(node, path);
    const items = node.items.map((item, index) => ({ key: item, value: this.read(item, [...path, index]) }));
    const data = items.map(({ value }) => value.data);
    return { ...nothing, data, children: new Map(items.entries()) };
  }

  private readScalar(scalar: Scalar, path: Path): Value {
    const { value, source = "" } = scalar;
    if (typeof value === "string" && !this.isText(value, path, scalar)) return nothing;
    const isExact = Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
    if (typeof value !== "number" || isExact) return { ...nothing, data: value as JsonValue }; // of YAML's core schema
    const advice = "Put it in quotes if it is text, or write a smaller number.";
    return this.refuse(
      path,
      scalar,
      unsafe("a number that every program reads alike", quote(source), advice),
    );
  }

  private readMap(map: YAMLMap, path: Path): Value {
    const children = new Map<string | number, Child>();
    const merged: Value[] = [];
    const repeated: Repeated[] = [];
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        merged.push(...this.readMerged(value, path));
        continue;
      }
      const name = String(isScalar(key) ? key.value : key); // a scalar: the parser takes no other keys
      const place = [...path, name];
      const first = children.get(name);
      if (first !== undefined) repeated.push({ name, key, first: first.key });
      if (this.isUsableKey(name, place, key)) children.set(name, { key, value: this.read(value, place) });
    }
    this.refuseRepeated(map, path, repeated);
    for (const [name, child] of merged.flatMap((source) => [...source.children])) {
      if (!children.has(name)) children.set(name, child);
    }
    const data = Object.fromEntries([...children].map(([name, { value }]) => [name, value.data]));
    return { ...nothing, data, children };
  }

  /** Below a key that is indented too far stands all that it should hold: one cause, said once. */
  private refuseRepeated(map: YAMLMap, path: Path, repeated: readonly Repeated[]): void {
    const [one] = repeated;
    if (one === undefined) return;
    const before = map.items.slice(
      0,
      map.items.findIndex(({ key }) => key === one.key),
    );
    const emptyKey = before.findLast(({ value }) => isEmpty(value))?.key;
    const told = emptyKey === undefined ? repeated : [one];
    for (const { name, key, first } of told) {
      this.problems.push({ ...repeatedKey(name), path: [...path, name], node: key, first, emptyKey });
    }
  }

  /** After `<<`: maps whose keys stand below the map's own; of several maps the first wins. */
  private readMerged(node: unknown, path: Path): readonly Value[] {
    return (isSeq(node) ? node.items : [node]).map((source) => {
      const told = this.problems.length;
      const value = this.read(source, path);
      if (isMap(value.node) || this.isOver || this.problems.length > told) return value;
      return this.refuse(path, node, mergeOfNoMap);
    });
  }

  private isUsableKey(name: string, path: Path, node: unknown): boolean {
    if (!reservedKeys.includes(name)) return this.isText(name, path, node);
    this.refuse(path, node, unsafe("another key", `${name}, a name of JavaScript's own`, "Rename the key."));
    return false;
  }

  /** Escapes can spell what the file itself must not hold. */
  private isText(text: string, path: Path, node: unknown): boolean {
    const [character] = controlCharacters.exec(text) ?? [];
    if (character === undefined) return true;
    const found = `${unicodeOf(character)} in ${quote(text)}`;
    this.refuse(path, node, unsafe("text without control characters", found, "Remove it."));
    return false;
  }

  private refuse(path: Path, node: unknown, wording: Wording): Value {
    this.problems.push({ ...wording, path, node });
    return nothing;
  }
}

interface Repeated {
  readonly name: string;
  readonly key: unknown;
  readonly first: unknown;
}

const isEmpty = (value: unknown): boolean => value === null || (isScalar(value) && value.value === null);

const repeatedKey = (name: string): Wording =>
  syntax("each key once", `${quote(name)} again`, "Keep one: otherwise the other would be lost silently.");

const mergeOfNoMap = syntax(
  "a map, an alias of one or a list of these after <<",
  "something else",
  "Merge maps.",
);

const endlessAlias = (alias: string): Wording =>
  syntax("an alias of something complete", `${alias} inside its own anchor`, "Write the value out.");

const unknownAlias = (alias: string): Wording =>
  syntax(
    "an anchor above its alias",
    `none for ${alias}`,
    "Define it, or put text that begins with * in quotes.",
  );

/** The last node above each alias that has its anchor. */
function targetsOf(document: Document): ReadonlyMap<Alias, Content> {
  const anchors = new Map<string, Content>();
  const targets = new Map<Alias, Content>();
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.value === "<<" && key.type === Scalar.PLAIN;
