// Stage 4, pure: the shapes of a diff. "Before" is what is committed, "after" what would be written.
import type { JsonObject, JsonValue } from "../../core/json.ts";

/** Items of an annotation whose value is itself a list, as they went and came. Both empty: only the spelling differs. */
export interface ItemChanges {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** One field that differs. A side that is left out did not have the field; null is a value. */
export interface FieldChange {
  /** From the object's root, as field-path.ts writes it; empty for the object as a whole. */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** The same items in another order; `before` and `after` name them in theirs. */
  readonly order?: true;
  readonly items?: ItemChanges;
}

/** An object and where it stands. */
export interface PlacedObject {
  /** The cluster whose output it is part of; undefined in `argocd/argocd-cm.yaml`. */
  readonly cluster: string | undefined;
  readonly file: string;
  /** Core group empty. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly data: JsonObject;
  /** The Application that syncs its file; undefined where a person applies it. */
  readonly application: string | undefined;
  /** Where that Application syncs to: a server's URL or a cluster's name in Argo CD. */
  readonly destination: string;
}

/** `renamed` is a guess from the content: to the cluster it is a deletion and a creation. `moved`: to another file. */
export type ObjectFate = "added" | "removed" | "changed" | "moved" | "renamed";

export interface ObjectDiff {
  readonly fate: ObjectFate;
  /** At least one of the two. */
  readonly before?: PlacedObject;
  readonly after?: PlacedObject;
  readonly changes: readonly FieldChange[];
}

/** What differs in a file beside the fields of its objects. */
export type TextNote = "comments or layout" | "order of objects" | "line endings" | "inventory";

/** A file that differs byte for byte. */
export interface FileDiff {
  readonly path: string;
  /** `unreadable`: what is committed cannot be read as objects, so that nothing can be said of it. */
  readonly fate: "added" | "removed" | "changed" | "unreadable";
  readonly notes: readonly TextNote[];
  /** The two texts, where the objects are equal and nothing else would show the difference. */
  readonly texts?: { readonly before: string; readonly after: string };
}

/** All objects of one cluster that has differences, and those of the same file that have none. */
export interface ClusterObjects {
  readonly cluster: string;
  readonly before: readonly PlacedObject[];
  readonly after: readonly PlacedObject[];
  /** What differs of them. */
  readonly objects: readonly ObjectDiff[];
}

export interface OutputDiff {
  /** By cluster, file and position in the file. */
  readonly objects: readonly ObjectDiff[];
  readonly files: readonly FileDiff[];
  readonly clusters: readonly ClusterObjects[];
}

/** The side that says most of where the object is: after, or before where it is gone. */
export function placeOf({ before, after }: ObjectDiff): PlacedObject {
  const place = after ?? before;
  if (place === undefined) throw new Error("a difference of no object");
  return place;
}
