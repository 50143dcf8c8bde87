// The cluster file as text: short, in the order in which people read it, with a comment where migrate decided.
import { Document, isPair, isScalar, type Pair, visit } from "yaml";
import { formatPath } from "../core/format-value.ts";
import type { JsonObject } from "../core/json.ts";

/** `comments` by dotted path; those of keys that are not there stand nowhere. */
export function clusterFileText(input: JsonObject, comments: Readonly<Record<string, string>>): string {
  const document = new Document(input, { aliasDuplicateObjects: false });
  document.commentBefore =
    " yaml-language-server: $schema=../schema/cluster.schema.json\n Written by `meshfront migrate` from what was live. Read it like code before it is synthesised.";
  visit(document, {
    Pair: (_, pair, ancestors) => {
      const comment = comments[formatPath([...keysAbove(ancestors), keyOf(pair)])];
      if (comment !== undefined && isScalar(pair.key)) pair.key.commentBefore = ` ${comment}`;
    },
    Seq: (_, list) => {
      // Lists of short texts on one line, as people write them.
      list.flow =
        list.items.every((item) => isScalar(item) && String(item.value).length <= 30) &&
        list.items.length <= 4;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : "");

const keysAbove = (ancestors: readonly unknown[]): readonly string[] =>
  ancestors.flatMap((ancestor) => (isPair(ancestor) ? [keyOf(ancestor)] : []));
