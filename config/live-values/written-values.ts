// The values a person wrote, each with what the chart does with it.

import { isJsonObject, type JsonValue } from "../../core/json.ts";
import type { IstioChart } from "../applications.ts";
import { type ChartRelease, chartReleases } from "../chart-releases.ts";
import type { Config } from "../config.ts";
import { hasValidationFailurePolicy } from "../istio-versions.ts";
import { type LivePaths, livePaths, type Row } from "./live-paths.ts";

export interface WrittenValue {
  readonly release: ChartRelease;
  /** Below the values of that release, as written. */
  readonly path: readonly string[];
  /** The same without `pilot` (istiod) or `global` (gateway), where that is another spelling of the root. */
  readonly canonical: readonly string[];
  readonly value: JsonValue;
  /** Undefined where nothing reads the value. */
  readonly row: Row | undefined;
  /** The version by which that is judged. */
  readonly measured: string;
}

/**
 * Every value of the three charts at the level at which there is something to say of it: single keys where the chart
 * knows them, the whole map where it reads nothing in it or copies it. Lists are not looked into.
 */
export const writtenValues = (config: Config): readonly WrittenValue[] =>
  chartReleases(config).flatMap((release) => {
    if (Object.keys(release.values).length === 0) return []; // the measurements are read where they are needed
    const paths = livePaths(release.chart, release.version);
    return [...walk({ release, paths }, release.values, [])];
  });

interface Reader {
  readonly release: ChartRelease;
  readonly paths: LivePaths;
}

function* walk(reader: Reader, value: JsonValue, path: readonly string[]): Generator<WrittenValue> {
  if (value === null) return; // a rule of its own, an error
  if (path.length > 0 && !isAliasItself(reader.release, path)) {
    const { row, canonical } = find(reader, path);
    const isDead = row === undefined || row.live === "no";
    const isKnownMap = row?.live === "map" || reader.paths.hasKeysBelow(canonical);
    if (isDead || !isKnownMap || !isJsonObject(value)) {
      if (isDead || row.live !== "map")
        yield { release: reader.release, path, canonical, value, row, measured: reader.paths.version };
      return;
    }
  }
  if (!isJsonObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (!isRefused(path, key)) yield* walk(reader, item, [...path, key]);
  }
}

const isAliasItself = ({ chart }: ChartRelease, path: readonly string[]): boolean =>
  path.length === 1 && path[0] === aliases[chart];

/** Keys that mean the root of the values: `pilot.X` is `X` to istiod's chart, `global.X` to the gateway's. */
const aliases: Partial<Readonly<Record<IstioChart, string>>> = {
  istiod: "pilot",
  gateway: "global",
};

/** Keys of which a rule says that they are refused whole. */
const isRefused = (path: readonly string[], key: string): boolean =>
  path.length === 0 && (key === "_internal_defaults_do_not_set" || key === "defaults");

function find({ release, paths }: Reader, path: readonly string[]): Pick<WrittenValue, "row" | "canonical"> {
  if (isReadLater(release, path)) return { row: undefined, canonical: path };
  const [first, ...rest] = path;
  const row = paths.find(path);
  const isLive = row !== undefined && row.live !== "no";
  if (isLive || first !== aliases[release.chart] || rest.length === 0) return { row, canonical: path };
  return { row: paths.find(rest), canonical: rest };
}

/** The one value that charts of measured minors began to read with a patch. */
const isReadLater = ({ version }: ChartRelease, path: readonly string[]): boolean =>
  path.join(".") === "base.validationFailurePolicy" && !hasValidationFailurePolicy(version);
