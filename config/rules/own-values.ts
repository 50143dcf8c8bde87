// The Helm values that a person wrote, as rules walk through them.

import { isJsonArray, isJsonObject, type JsonValue, type Path } from "../../core/json.ts";
import { type ChartRelease, chartReleases } from "../chart-releases.ts";
import type { Config } from "../config.ts";

interface OwnValue {
  readonly release: ChartRelease;
  /** Below the values of that release. */
  readonly path: Path;
  readonly value: JsonValue;
}

/** Every map, list and leaf of the releases' values in the file, without what meshfront computes. */
export const ownValues = (config: Config): readonly OwnValue[] =>
  chartReleases(config).flatMap((release) => [...walk(release, release.values, [])]);

function* walk(release: ChartRelease, value: JsonValue, path: Path): Generator<OwnValue> {
  yield { release, path, value };
  if (isJsonArray(value))
    for (const [index, item] of value.entries()) yield* walk(release, item, [...path, index]);
  if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) yield* walk(release, item, [...path, key]);
}

/** Where a value of a release stands in the file. */
export const valuesPath = ({ at }: Pick<ChartRelease, "at">, ...path: Path): Path => [
  ...at,
  "values",
  ...path,
];
