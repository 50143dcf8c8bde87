// config/live-values/live-paths.json: what was measured of each version, written once where versions agree.
import { type Group, type Row, rowsAt } from "../../config/live-values/live-paths.ts";
import { minorOf } from "./versions.ts";

/** What is known of each path of a chart. */
export type Rows = ReadonlyMap<string, Row>;

/** The groups with the rows of one version replaced or added. `versions`: all that are measured then, oldest first. */
export function withVersion(
  groups: readonly Group[],
  versions: readonly string[],
  version: string,
  rows: Rows,
): readonly Group[] {
  return groupsOf(versions.map((each) => [each, each === version ? rows : rowsAt(groups, each)]));
}

/** A row stands at the first version that it holds for, and counts until another one of the same path. */
export function groupsOf(byVersion: readonly (readonly [version: string, rows: Rows])[]): readonly Group[] {
  const groups = new Map<string, Set<string>>();
  const paths = new Set(byVersion.flatMap(([, rows]) => [...rows.keys()]));
  for (const path of paths) {
    let before = "";
    for (const [index, [version, rows]] of byVersion.entries()) {
      const row = rows.get(path) ?? (before === "" ? undefined : { live: "no" as const });
      const text = row === undefined ? "" : JSON.stringify(ordered(row));
      if (row === undefined || text === before) continue;
      before = text;
      const key = JSON.stringify(ordered(row, index === 0 ? undefined : minorOf(version)));
      groups.set(key, (groups.get(key) ?? new Set()).add(path));
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({ ...(JSON.parse(key) as Row), paths: [...members].sort() })); // made of a row above
}

const ordered = ({ live, pass, injection, when, unless }: Row, since?: string): Omit<Group, "paths"> => ({
  live,
  ...(since !== undefined && { since }),
  ...(pass === true && { pass }),
  ...(injection === true && { injection }),
  ...(when !== undefined && { when }),
  ...(unless !== undefined && { unless }),
});

/** What a person should read of a new version: one line for each path that is new, gone or different. */
export function differencesOf(before: Rows, after: Rows): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const text = (rows: Rows, path: string): string => {
    const row = rows.get(path);
    return row === undefined ? "unknown" : JSON.stringify(ordered(row));
  };
  return paths
    .filter((path) => text(before, path) !== text(after, path))
    .map((path) => `${path}: ${text(before, path)} -> ${text(after, path)}`);
}
