// Which values the templates of Istio's charts read, measured per version (live-paths.json).
import type { IstioChart } from "../applications.ts";
import { nearestVersion, parseIstioVersion } from "../istio-versions.ts";
import measured from "./live-paths.json" with { type: "json" };

/**
 * What becomes of a value. `yes`: it changes an object under the chart's defaults. `conditional`: only under one of
 * `when`. `injection`: the chart hands it to the injector, which reads it when it injects a proxy. `check`: it names
 * a file of settings, and no known name changes an object of this chart. `no`: nothing reads it. `rejected`: the
 * chart fails on it. `map`: an inner node.
 */
type Live = "yes" | "conditional" | "injection" | "check" | "no" | "rejected" | "map";

/** What was measured about one path (tools/measure-values). Conditions are spelt as in conditions.ts. */
export interface Row {
  readonly live: Live;
  /** A map or list that is copied whole: whatever stands below it is read. */
  readonly pass?: boolean;
  /** Read by an injection template as well. */
  readonly injection?: boolean;
  /** It has an effect under one of these only. */
  readonly when?: readonly string[];
  /** It has no effect under any of these. */
  readonly unless?: readonly string[];
}

export interface Group extends Row {
  /** First minor that the row holds for; without it, the oldest that was measured. */
  readonly since?: string;
  readonly paths: readonly string[];
}

/** A key of the values with what is known of it and of the keys below. */
interface Node {
  row?: Row;
  readonly children: Map<string, Node>;
}

export interface LivePaths {
  /** The version that was measured; another than the one asked for where that one has no measurements. */
  readonly version: string;
  /** What was measured about `path`, or about the whole that it is a part of; undefined where nothing reads it. */
  readonly find: (path: readonly string[]) => Row | undefined;
  /** Whether keys below `path` are known one by one. */
  readonly hasKeysBelow: (path: readonly string[]) => boolean;
  /** Paths that are read, whatever the condition. */
  readonly readPaths: readonly (readonly string[])[];
}

export const measuredVersions: readonly string[] = Object.keys(measured.versions);

const trees = new Map<string, LivePaths>();

/** What was measured about a chart at this version, or at the nearest one. */
export function livePaths(chart: IstioChart, istioVersion: string): LivePaths {
  const version = nearestVersion(istioVersion, measuredVersions);
  const key = `${chart} ${version}`;
  const known = trees.get(key) ?? buildLivePaths(measured[chart] as readonly Group[], version); // JSON widens `live`
  trees.set(key, known);
  return known;
}

function buildLivePaths(groups: readonly Group[], version: string): LivePaths {
  const root: Node = { children: new Map() };
  const rows = rowsAt(groups, version);
  for (const [dotted, row] of rows) nodeAt(root, splitPath(dotted)).row = row;
  return {
    version,
    find: (path) => findRow(root, path),
    hasKeysBelow: (path) => (tryFindNode(root, path)?.children.size ?? 0) > 0,
    readPaths: [...rows].filter(([, { live }]) => isRead(live)).map(([dotted]) => splitPath(dotted)),
  };
}

const isRead = (live: Live): boolean => live === "yes" || live === "conditional" || live === "injection";

/** Of the groups that name a path, the newest that is not newer than `version`. */
export function rowsAt(groups: readonly Group[], version: string): ReadonlyMap<string, Row> {
  const minor = minorNumber(version);
  const newest = new Map<string, { readonly since: number; readonly row: Row }>();
  for (const { paths, since: from, ...row } of groups) {
    const since = from === undefined ? 0 : minorNumber(`${from}.0`);
    if (since > minor) continue;
    for (const path of paths) if ((newest.get(path)?.since ?? -1) < since) newest.set(path, { since, row });
  }
  return new Map([...newest].map(([path, { row }]) => [path, row]));
}

/** Istio has had one major since 2018. */
const minorNumber = (version: string): number => parseIstioVersion(version).minor;

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const key of path) {
    const child = node.children.get(key) ?? { children: new Map() };
    node.children.set(key, child);
    node = child;
  }
  return node;
}

const tryFindNode = (root: Node, path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((node, key) => node?.children.get(key), root);

/** The row of the longest measured path on the way, if it is the path itself or copied whole. */
function findRow(root: Node, path: readonly string[]): Row | undefined {
  const exact = tryFindNode(root, path);
  if (exact !== undefined) return exact.row ?? { live: "map" }; // only the beginning of measured paths
  for (let length = path.length - 1; length > 0; length -= 1) {
    const row = tryFindNode(root, path.slice(0, length))?.row;
    if (row === undefined) continue;
    if (row.pass !== true) return undefined;
    return row.live === "map" ? { live: "yes" } : row;
  }
  return undefined;
}

/** `podAnnotations["prometheus.io/port"]` -> its two keys: the data puts keys with dots in brackets. */
export const splitPath = (dotted: string): readonly string[] =>
  [...dotted.matchAll(/\["([^"]*)"\]|[^.[\]]+/g)].map(([whole, bracketed]) => bracketed ?? whole);
