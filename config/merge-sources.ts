// Stage 1: one cluster file over defaults.yaml, and for every value the file that it comes from.

import {
  deepMerge,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../core/json.ts";
import type { YamlSource } from "../core/yaml-source.ts";
import { withoutReplaced } from "./alternatives.ts";

export interface MergedSource extends Pick<YamlSource, "locate" | "plainText" | "problems" | "refused"> {
  readonly data: JsonObject;
}

/** Both hold a map. Of lists the upper one holds; but what defaults.yaml accepts is accepted beside what a file accepts. */
export function mergeSources(above: YamlSource, below: YamlSource): MergedSource {
  const [defaults, own] = [below.data as JsonObject, above.data as JsonObject]; // maps, by the contract
  const shared = isJsonArray(defaults.accept) && isJsonArray(own.accept) ? defaults.accept : [];
  /** Where a path of the merged data stands. */
  const place = (path: Path): readonly [YamlSource, Path] => {
    const [root, index, ...rest] = path;
    if (root !== "accept" || typeof index !== "number" || shared.length === 0)
      return [isFromBelow(path, above, below) ? below : above, path];
    return index < shared.length ? [below, path] : [above, [root, index - shared.length, ...rest]];
  };
  const merged = deepMerge(withoutReplaced(defaults, own), own);
  return {
    data: shared.length === 0 ? merged : { ...merged, accept: [...shared, ...asList(own.accept)] },
    locate: (path) => {
      const [source, own] = place(path);
      return source.locate(own);
    },
    plainText: (path) => {
      const [source, own] = place(path);
      return source.plainText(own);
    },
    problems: [...above.problems, ...below.problems],
    refused: [...above.refused, ...below.refused],
  };
}

const asList = (value: JsonValue | undefined): readonly JsonValue[] => (isJsonArray(value) ? value : []);

/** Maps merge and everything else replaces: below the first key that only `below` has, everything is from there. */
function isFromBelow(path: Path, above: YamlSource, below: YamlSource): boolean {
  const firstAbsent = path.findIndex((_, index) => !above.has(path.slice(0, index + 1)));
  if (firstAbsent < 0) return false;
  const parent = path.slice(0, firstAbsent);
  const isInList = parent.some((segment) => typeof segment === "number");
  return !isInList && isJsonObject(valueAt(above.data, parent)) && below.has(path.slice(0, firstAbsent + 1));
}
