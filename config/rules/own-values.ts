// The Helm values that a person wrote, as rules walk through them.

import { isJsonArray, isJsonObject, type JsonValue, type Path } from "../../core/json.ts";
import { type IstioChart, istioCharts } from "../applications.ts";
import type { Config } from "../config.ts";

interface OwnValue {
  readonly chart: IstioChart;
  /** Below the values of that chart. */
  readonly path: Path;
  readonly value: JsonValue;
}

/** Every map, list and leaf of the three charts' values in the file, without what meshfront computes. */
export const ownValues = (config: Config): readonly OwnValue[] =>
  istioCharts.flatMap((chart) => [...walk(chart, config.istio[chart].values, [])]);

function* walk(chart: IstioChart, value: JsonValue, path: Path): Generator<OwnValue> {
  yield { chart, path, value };
  if (isJsonArray(value))
    for (const [index, item] of value.entries()) yield* walk(chart, item, [...path, index]);
  if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) yield* walk(chart, item, [...path, key]);
}

/** Where a value of one chart stands in the file. */
export const valuesPath = (chart: IstioChart, ...path: Path): Path => ["istio", chart, "values", ...path];
