// docs/reference/configuration.md: the JSON Schema of cluster files as tables, one for each top-level key.
import {
  asText,
  childrenOf,
  defaultOf,
  objectIn,
  type SchemaNode,
  typeOf,
} from "../../config/schema-node.ts";
import { code, generatedComment, page, table } from "./markdown.ts";

export type { SchemaNode } from "../../config/schema-node.ts";

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
    : [[code(path), typeOf(node, code), isRequired ? "required" : defaultText(node), meaning]];
  return [...own, ...below.flatMap((child) => rows(child.path, child.node, child.isRequired))];
}

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

const defaultText = (node: SchemaNode): string => (defaultOf(node) === "" ? "" : code(defaultOf(node)));
