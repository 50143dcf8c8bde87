// Stage 1: one cluster file over defaults.yaml, and for every value the file that it comes from.

import { deepMerge, isJsonObject, type JsonObject, type Path, valueAt } from "../core/json.ts";
import type { YamlSource } from "../core/yaml-source.ts";
import { withoutReplaced } from "./alternatives.ts";

export interface MergedSource extends Pick<YamlSource, "locate" | "plainText" | "problems" | "refused"> {
  readonly data: JsonObject;
}

/** Both hold a map. */
export function mergeSources(above: YamlSource, below: YamlSource): MergedSource {
  const owner = (path: Path): YamlSource => (isFromBelow(path, above, below) ? below : above);
  const [defaults, own] = [below.data as JsonObject, above.data as JsonObject]; // maps, by the contract
  return {
    data: deepMerge(withoutReplaced(defaults, own), own),
    locate: (path) => owner(path).locate(path),
    plainText: (path) => owner(path).plainText(path),
    problems: [...above.problems, ...below.problems],
    refused: [...above.refused, ...below.refused],
  };
}

/** Maps merge and everything else replaces: below the first key that only `below` has, everything is from there. */
function isFromBelow(path: Path, above: YamlSource, below: YamlSource): boolean {
  const firstAbsent = path.findIndex((_, index) => !above.has(path.slice(0, index + 1)));
  if (firstAbsent < 0) return false;
  const parent = path.slice(0, firstAbsent);
  const isInList = parent.some((segment) => typeof segment === "number");
  return !isInList && isJsonObject(valueAt(above.data, parent)) && below.has(path.slice(0, firstAbsent + 1));
}
