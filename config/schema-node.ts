// The JSON Schema of cluster files as people read it: `explain` of a key, and docs/reference/configuration.md.

/** As much of a JSON Schema as json-schema.ts writes. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
}

/** `ingresses.<key>.name`: what a person calls the entries of a map. */
const entryNames: Readonly<Record<string, string>> = { ingresses: "<key>", gateways: "<key>" };

export interface SchemaChild {
  readonly path: string;
  readonly node: SchemaNode;
  readonly isRequired: boolean;
}

/** The keys below; of a list or of a map with free names those of its entries. */
export function childrenOf(path: string, node: SchemaNode): readonly SchemaChild[] {
  const object = objectIn(node);
  if (object === undefined) return [];
  const { additionalProperties, items } = object;
  if (items !== undefined) return childrenOf(`${path}[]`, items);
  if (typeof additionalProperties === "object") {
    return childrenOf(`${path}.${entryNames[path] ?? "<name>"}`, additionalProperties);
  }
  return Object.entries(object.properties ?? {}).map(([key, child]) => ({
    path: path === "" ? key : `${path}.${key}`,
    node: child,
    isRequired: object.required?.includes(key) ?? false,
  }));
}

/** The variant with keys: a union here is one value in several spellings, at most one of them with keys of its own. */
export const objectIn = (node: SchemaNode): SchemaNode | undefined =>
  node.anyOf === undefined ? node : node.anyOf.find(({ properties }) => properties !== undefined);

/**
 * The key that a path names: `ingresses.services.scheme` or `ingresses.<key>.scheme`, `routes[0].hosts`. The path that is
 * found has `<key>` where names are free.
 */
export function tryFindKey(root: SchemaNode, path: string): { path: string; node: SchemaNode } | undefined {
  let found: { path: string; node: SchemaNode } | undefined = { path: "", node: root };
  for (const word of path.replace(/\[[^\]]*\]/g, "").split(".")) found = found && stepInto(found, word);
  return found;
}

function stepInto(found: { path: string; node: SchemaNode }, word: string) {
  const { items } = objectIn(found.node) ?? {};
  const { properties = {}, additionalProperties } = objectIn(items ?? found.node) ?? {};
  const path = items === undefined ? found.path : `${found.path}[]`;
  const child = Object.hasOwn(properties, word) ? properties[word] : undefined;
  if (child !== undefined) return { path: path === "" ? word : `${path}.${word}`, node: child };
  if (typeof additionalProperties !== "object") return undefined;
  return { path: `${path}.${entryNames[path] ?? "<name>"}`, node: additionalProperties };
}

/** `quote` marks what is written as it stands. */
export function typeOf(node: SchemaNode, quote: (text: string) => string): string {
  if (node.enum !== undefined) return node.enum.map((value) => quote(asText(value))).join(" or ");
  if (node.const !== undefined) return quote(asText(node.const));
  if (node.anyOf !== undefined)
    return [...new Set(node.anyOf.map((each) => typeOf(each, quote)))].join(" or ");
  switch (node.type) {
    case "integer":
      return `${node.minimum} to ${node.maximum}`;
    case "string":
      return "text";
    case "boolean":
      return `${quote("true")} or ${quote("false")}`;
    case "array":
      return `list of ${node.items === undefined ? "anything" : plural(typeOf(node.items, quote))}`;
    case "object":
      return mapType(node, quote);
    default:
      return "anything";
  }
}

function mapType({ additionalProperties, properties }: SchemaNode, quote: (text: string) => string): string {
  if (properties !== undefined || typeof additionalProperties !== "object") return "map";
  const entry = typeOf(additionalProperties, quote);
  return entry === "anything" ? "map" : `map of ${plural(entry)}`;
}

const plural = (type: string): string => (type === "map" ? "maps" : type);

/** Empty where there is none, and of a map that is left out. */
export const defaultOf = ({ default: value }: SchemaNode): string =>
  value === undefined || asText(value) === "{}" ? "" : asText(value);

export const asText = (value: unknown): string =>
  typeof value === "string" && value !== "" ? value : JSON.stringify(value);
