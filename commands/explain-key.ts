// What a key of the cluster file means, from its schema.
import { clusterKeysSchema } from "../config/json-schema.ts";
import { asText, childrenOf, defaultOf, type SchemaNode, tryFindKey, typeOf } from "../config/schema-node.ts";

/** A type, not an interface: it goes into a JSON document. */
export type ExplainedKey = {
  /** `ingresses.<key>.scheme`, whatever name stood in the question. */
  readonly key: string;
  readonly type: string;
  /** Undefined where there is none, or where the meaning says how it comes about. */
  readonly default?: string;
  readonly meaning: string;
  readonly examples: readonly string[];
  /** The keys below, with what each means. */
  readonly below: readonly { readonly key: string; readonly meaning: string }[];
};

/** Undefined for a word that is no key. */
export function tryExplainKey(word: string): ExplainedKey | undefined {
  const root: SchemaNode = clusterKeysSchema();
  const found = tryFindKey(root, word);
  if (found === undefined) return undefined;
  const { path, node } = found;
  const value = defaultOf(node);
  return {
    key: path,
    type: typeOf(node, (text) => text),
    ...(value !== "" && { default: value }),
    meaning: node.description ?? "",
    examples: (node.examples ?? []).map(asText),
    below: childrenOf(path, node).map((child) => ({
      key: child.path,
      meaning: child.node.description ?? "",
    })),
  };
}
