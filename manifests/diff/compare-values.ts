// Field by field: what differs between two versions of an object. Strict: `1` is not `"1"`, null is not absent.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { alignLists } from "./align-lists.ts";
import { tryCompareItems } from "./annotation-items.ts";
import { canonical } from "./canonical.ts";
import { indexPath, itemPath, keyPath } from "./field-path.ts";
import { keyText, tryFindListKey, tryKeyItems } from "./list-keys.ts";
import type { FieldChange } from "./output-diff.ts";

interface Place {
  /** As field-path.ts writes it. */
  readonly path: string;
  /** The keys alone, without places in lists: what the table of list keys is about. */
  readonly keys: readonly string[];
  /** Of the object. */
  readonly kind: string;
}

/** What differs between two versions of an object, in the order of its keys. */
export function compareObjects(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  const kind = typeof after.kind === "string" ? after.kind : "";
  return compareMaps(before, after, { path: "", keys: [], kind });
}

function compare(before: JsonValue, after: JsonValue, place: Place): readonly FieldChange[] {
  if (isJsonObject(before) && isJsonObject(after)) return compareMaps(before, after, place);
  if (isJsonArray(before) && isJsonArray(after)) return compareLists(before, after, place);
  if (canonical(before) === canonical(after)) return [];
  const annotation = place.keys.at(-1) ?? "";
  const items =
    typeof before === "string" && typeof after === "string"
      ? tryCompareItems(annotation, before, after)
      : undefined;
  return [{ path: place.path, before, after, ...(items !== undefined && { items }) }];
}

function compareMaps(before: JsonObject, after: JsonObject, place: Place): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const [left, right] = [tryRead(before, key), tryRead(after, key)];
    const inner = { ...place, path: keyPath(place.path, key), keys: [...place.keys, key] };
    return compareSides(left, right, inner);
  });
}

/** Undefined is absent. */
function compareSides(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  place: Place,
): readonly FieldChange[] {
  if (before !== undefined && after !== undefined) return compare(before, after, place);
  if (before !== undefined) return [{ path: place.path, before }];
  return after === undefined ? [] : [{ path: place.path, after }];
}

function compareLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  place: Place,
): readonly FieldChange[] {
  const by = tryFindListKey(place.kind, place.keys);
  const left = by && tryKeyItems(before, by);
  const right = by && tryKeyItems(after, by);
  if (left === undefined || right === undefined) return compareByPlace(before, after, place);

  const places = new Map([...left, ...right].map((key) => [keyText(key), itemPath(place.path, key)]));
  const leftItems = new Map(left.map((key, index) => [keyText(key), before[index]]));
  const rightItems = new Map(right.map((key, index) => [keyText(key), after[index]]));
  const changes = [...places].flatMap(([key, path]) =>
    compareSides(leftItems.get(key), rightItems.get(key), { ...place, path }),
  );
  const orderBefore = [...leftItems.keys()].filter((key) => rightItems.has(key));
  const orderAfter = [...rightItems.keys()].filter((key) => leftItems.has(key));
  if (orderBefore.join() === orderAfter.join()) return changes;
  const named = (keys: readonly string[]) =>
    keys.map((key) => (places.get(key) ?? "").slice(place.path.length));
  return [
    ...changes,
    { path: place.path, order: true, before: named(orderBefore), after: named(orderAfter) },
  ];
}

function compareByPlace(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  place: Place,
): readonly FieldChange[] {
  return alignLists(before.map(canonical), after.map(canonical)).flatMap((gap) => {
    const length = Math.max(gap.before.length, gap.after.length);
    return Array.from({ length }, (_, index) => {
      const [from, to] = [gap.before[index], gap.after[index]];
      const path = indexPath(place.path, from ?? to ?? 0, to ?? from);
      const left = from === undefined ? undefined : before[from];
      const right = to === undefined ? undefined : after[to];
      return compareSides(left, right, { ...place, path });
    }).flat();
  });
}

const tryRead = (map: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;
