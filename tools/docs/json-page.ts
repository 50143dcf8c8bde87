// docs/reference/json.md: the documents that `--json` prints, from their JSON Schema.
import { code, generatedComment, page, table } from "./markdown.ts";

/** As much of a JSON Schema as commands/results/index.ts writes. */
export interface ResultNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ResultNode>>;
  readonly required?: readonly string[];
  readonly items?: ResultNode;
  readonly anyOf?: readonly ResultNode[];
  readonly $ref?: string;
}

export interface ResultSchema {
  readonly oneOf: readonly ResultNode[];
  readonly $defs: { readonly problem: ResultNode };
}

export function jsonPage({ oneOf: documents, $defs }: ResultSchema): string {
  const [first = {}] = documents;
  const common = Object.entries(first.properties ?? {}).filter(([key]) =>
    documents.every(({ properties = {} }) => key in properties),
  );
  const commonKeys = common.map(([key]) => key);
  return page(
    generatedComment("schema/result.schema.json"),
    "# What `--json` prints",
    intro,
    "## Every document",
    table(
      head,
      common.flatMap(([key, node]) => rows(key, node, true)),
    ),
    "## A problem",
    table(head, rowsBelow("", $defs.problem)),
    ...documents.flatMap((document) => section(document, commonKeys)),
  );
}

const intro = `With \`--json\` stdout holds one document and nothing else, and stderr is empty. The key \`command\` tells which
document it is; every key in these tables is there in every situation, unless it is marked as optional, and in this
order. A run that ends with exit code 70, a bug, prints none. The same as JSON Schema, for validators and generators:
\`meshfront schema result\`, or [result.schema.json](../../schema/result.schema.json). Later versions may add keys; they
take none away and change none without a line in [CHANGELOG.md](../../CHANGELOG.md).`;

const head = ["key", "type", "meaning"];

function section(document: ResultNode, commonKeys: readonly string[]): readonly string[] {
  const name = String(document.properties?.command?.const);
  const own = Object.entries(document.properties ?? {}).filter(([key]) => !commonKeys.includes(key));
  const words =
    name === "meshfront"
      ? "No command ran: the command line could not be understood, or `--chdir` names no folder. No further keys."
      : own.length === 0
        ? "No further keys."
        : table(
            head,
            own.flatMap(([key, node]) => rows(key, node, true)),
          );
  return [`## ${name}`, words];
}

function rows(path: string, node: ResultNode, isRequired: boolean): string[][] {
  const type = isRequired ? typeOf(node) : `${typeOf(node)}, optional`;
  return [[code(path), type, node.description ?? ""], ...rowsBelow(`${path}.`, node)];
}

function rowsBelow(prefix: string, node: ResultNode): string[][] {
  if (node.items !== undefined) return rowsBelow(prefix.replace(/\.$/, "[]."), node.items);
  if (node.anyOf !== undefined) return node.anyOf.flatMap((variant) => rowsBelow(prefix, variant));
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    rows(`${prefix}${key}`, child, node.required?.includes(key) ?? false),
  );
}

function typeOf(node: ResultNode): string {
  if (node.$ref !== undefined) return "[problem](#a-problem)";
  if (node.enum !== undefined) return node.enum.map((value) => code(String(value))).join(", ");
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(" or ");
  if (node.items !== undefined) return `list of ${typeOf(node.items)}`;
  const types = [node.type ?? "anything"].flat();
  return types.map((type) => typeNames[type] ?? type).join(" or ");
}

const typeNames: Readonly<Record<string, string>> = {
  integer: "whole number",
  string: "text",
  boolean: "true or false",
  object: "map",
};
