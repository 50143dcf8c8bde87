// docs/reference/configuration.md: the JSON Schema of cluster files as tables, one for each top-level key.
import { code, generatedComment, page, table } from "./markdown.ts";

/** As much of a JSON Schema as config/json-schema.ts writes. */
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
const entryNames: Readonly<Record<string, string>> = { ingresses: "<key>" };

export function configurationPage(schema: SchemaNode): string {
  const sections = Object.entries(schema.properties ?? {}).flatMap(([key, node]) => [
    `## ${key}`,
    ...(node.description === undefined ? [] : [node.description]),
    table(["key", "type", "default", "meaning"], rows(key, node, schema.required?.includes(key) ?? false)),
  ]);
  return page(
    generatedComment("schema/cluster.schema.json"),
    "# Configuration",
    intro,
    ...sections,
    "What else is checked, across keys and across clusters, stands in [rules.md](rules.md).",
  );
}

const intro = `A cluster is one file, \`clusters/<name>.yaml\`. An unknown key is an error, and so are a key without a value and
an empty text, list or map where it would mean nothing or everything. \`clusters/defaults.yaml\`, if it exists, lies under
every cluster file: maps are merged deeply, lists and all else are replaced. Of keys that exclude each other the cluster
file's holds: its \`certificate: {arn}\` takes the place of a \`{domain}\`, and likewise the two forms of \`subnets\`, \`webAcl\`,
\`cluster.vpc\` and the destination, and a \`healthCheck.mode\` that of a pinned NodePort. \`clusters/<name>.lock.json\` is
written by \`meshfront lookup\` and by nobody else.

Editors complete and check the keys with the first line
\`# yaml-language-server: $schema=../schema/cluster.schema.json\`.`;

/** The rows of a key and of everything below it. A map without words of its own is only the way to its keys. */
function rows(path: string, node: SchemaNode, isRequired: boolean): string[][] {
  const below = childrenOf(path, node);
  const meaning = meaningOf(node);
  const isOnlyAWay = below.length > 0 && (meaning === "" || !path.includes("."));
  const own = isOnlyAWay
    ? []
    : [[code(path), typeOf(node), isRequired ? "required" : defaultOf(node), meaning]];
  return [...own, ...below.flatMap((child) => rows(child.path, child.node, child.isRequired))];
}

interface Child {
  readonly path: string;
  readonly node: SchemaNode;
  readonly isRequired: boolean;
}

function childrenOf(path: string, node: SchemaNode): readonly Child[] {
  const object = objectIn(node);
  if (object === undefined) return [];
  const { additionalProperties, items } = object;
  // Of a map with free keys only what its entries hold is worth a row.
  if (items !== undefined) return childrenOf(`${path}[]`, items);
  if (typeof additionalProperties === "object") {
    return childrenOf(`${path}.${entryNames[path] ?? "<name>"}`, additionalProperties);
  }
  return Object.entries(object.properties ?? {}).map(([key, child]) => ({
    path: `${path}.${key}`,
    node: child,
    isRequired: object.required?.includes(key) ?? false,
  }));
}

/** The variant with keys: a union here is one value in several spellings, at most one of them with keys of its own. */
const objectIn = (node: SchemaNode): SchemaNode | undefined =>
  node.anyOf === undefined ? node : node.anyOf.find(({ properties }) => properties !== undefined);

function meaningOf(node: SchemaNode): string {
  const choice = objectIn(node)?.oneOf?.map(({ required }) => code(required.join()));
  const examples = node.examples?.map((example) => code(asText(example)));
  return [
    // Outside of code a reader of Markdown takes <cluster> for HTML.
    node.description?.replaceAll("<", "\\<"),
    choice && `Exactly one of ${choice.join(", ")}.`,
    examples && `Example: ${examples.join(", ")}.`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

function typeOf(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((value) => code(asText(value))).join(" or ");
  if (node.const !== undefined) return code(asText(node.const));
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(typeOf))].join(" or ");
  switch (node.type) {
    case "integer":
      return `${node.minimum} to ${node.maximum}`;
    case "string":
      return "text";
    case "array":
      return `list of ${node.items === undefined ? "anything" : plural(typeOf(node.items))}`;
    case "object":
      return mapType(node);
    default:
      return "anything";
  }
}

function mapType({ additionalProperties, properties }: SchemaNode): string {
  if (properties !== undefined || typeof additionalProperties !== "object") return "map";
  const entry = typeOf(additionalProperties);
  return entry === "anything" ? "map" : `map of ${plural(entry)}`;
}

const plural = (type: string): string => (type === "map" ? "maps" : type);

const defaultOf = ({ default: value }: SchemaNode): string =>
  value === undefined || asText(value) === "{}" ? "" : code(asText(value));

const asText = (value: unknown): string =>
  typeof value === "string" && value !== "" ? value : JSON.stringify(value);
