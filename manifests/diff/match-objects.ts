// Which object of the one side is which of the other. Kubernetes knows one rule, the identity; a reader also wants to
// know what is only somewhere else, or only called otherwise.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { canonical } from "./canonical.ts";
import { keyPath } from "./field-path.ts";
import type { PlacedObject } from "./output-diff.ts";

export interface Match {
  readonly before?: PlacedObject;
  readonly after?: PlacedObject;
  /** They only look alike: to the cluster one goes and one comes. */
  readonly isRename?: true;
}

/** Of all leaves of two objects so many must be equal for one to count as the other renamed. */
const nearlySame = 0.7;
/** Every object that went is compared with every one of its kind that came: with more pairs nobody reads the guesses. */
const maximumPairs = 10_000;

export function matchObjects(
  before: readonly PlacedObject[],
  after: readonly PlacedObject[],
): readonly Match[] {
  const same = pairUp(before, after, ({ cluster, ...object }) =>
    [cluster ?? "", identityKey(object)].join(" "),
  );
  // In the output of another cluster file, but in the same cluster: the Application that syncs it is another one.
  const moved = pairUp(same.before, same.after, (object) => `${object.destination} ${identityKey(object)}`);
  const renamed = findRenames(moved.before, moved.after);
  const isRenamed = new Set(renamed.flatMap((match) => [match.before, match.after]));
  return [
    ...same.pairs,
    ...moved.pairs,
    ...renamed,
    ...moved.before.filter((object) => !isRenamed.has(object)).map((object) => ({ before: object })),
    ...moved.after.filter((object) => !isRenamed.has(object)).map((object) => ({ after: object })),
  ];
}

const identityKey = ({ group, kind, namespace, name }: Omit<PlacedObject, "cluster">): string =>
  [group, kind, namespace, name].join("/");

/** Pairs by key, the n-th of the one side with the n-th of the other; and who is left. */
function pairUp(
  before: readonly PlacedObject[],
  after: readonly PlacedObject[],
  keyOf: (object: PlacedObject) => string,
) {
  const waiting = new Map<string, PlacedObject[]>();
  for (const object of after) {
    const key = keyOf(object);
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [object]);
    else queue.push(object);
  }
  const pairs: Match[] = [];
  const left: PlacedObject[] = [];
  for (const object of before) {
    const other = waiting.get(keyOf(object))?.shift();
    if (other === undefined) left.push(object);
    else pairs.push({ before: object, after: other });
  }
  return { pairs, before: left, after: [...waiting.values()].flat() };
}

function findRenames(before: readonly PlacedObject[], after: readonly PlacedObject[]): readonly Match[] {
  const byKind = groupByKind(after);
  const candidates = before.flatMap((object) => {
    const others = byKind.get(renameKey(object)) ?? [];
    if (others.length * before.length > maximumPairs) return [];
    const leaves = leavesOf(object.data);
    return others
      .map((other) => ({ before: object, after: other, likeness: likeness(leaves, leavesOf(other.data)) }))
      .filter((candidate) => candidate.likeness >= nearlySame);
  });
  const taken = new Set<PlacedObject>();
  return candidates.sort(byLikeness).flatMap((candidate) => {
    if (taken.has(candidate.before) || taken.has(candidate.after)) return [];
    taken.add(candidate.before).add(candidate.after);
    return [{ before: candidate.before, after: candidate.after, isRename: true as const }];
  });
}

const renameKey = ({ group, kind, destination }: PlacedObject): string => `${group}/${kind} ${destination}`;

function groupByKind(objects: readonly PlacedObject[]): ReadonlyMap<string, readonly PlacedObject[]> {
  const groups = new Map<string, PlacedObject[]>();
  for (const object of objects) {
    const group = groups.get(renameKey(object));
    if (group === undefined) groups.set(renameKey(object), [object]);
    else group.push(object);
  }
  return groups;
}

interface Candidate {
  readonly before: PlacedObject;
  readonly after: PlacedObject;
  readonly likeness: number;
}

/** The most alike first; among equals an order that does not depend on which side is which. */
function byLikeness(left: Candidate, right: Candidate): number {
  if (left.likeness !== right.likeness) return right.likeness - left.likeness;
  return nameBoth(left) < nameBoth(right) ? -1 : 1;
}

const nameBoth = ({ before, after }: Candidate): string =>
  [before, after]
    .map((object) => `${object.cluster} ${identityKey(object)}`)
    .sort()
    .join(" ");

/** Equal leaves among all leaves of the two. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0;
  for (const leaf of left) if (right.has(leaf)) common += 1;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}

function leavesOf(object: JsonObject): ReadonlySet<string> {
  const leaves = new Set<string>();
  const visit = (value: JsonValue, path: string): void => {
    if (isJsonArray(value)) for (const item of value) visit(item, `${path}[]`);
    else if (isJsonObject(value))
      for (const [key, inner] of Object.entries(value)) visit(inner, keyPath(path, key));
    else if (path !== "metadata.name" && path !== "metadata.namespace")
      leaves.add(`${path}=${canonical(value)}`);
  };
  visit(object, "");
  return leaves;
}
