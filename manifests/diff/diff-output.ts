// Committed files and files as they would be written -> what differs. Pure: no disk, no Git.
import { isUtf8 } from "node:buffer";
import type { JsonObject } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import { identityOf } from "../identity.ts";
import type { RenderedFile } from "../render.ts";
import { compareObjects } from "./compare-values.ts";
import { diffText } from "./diff-text.ts";
import { type Match, matchObjects } from "./match-objects.ts";
import {
  type FileDiff,
  type ObjectDiff,
  type ObjectFate,
  type OutputDiff,
  type PlacedObject,
  placeOf,
} from "./output-diff.ts";
import { parseObjects } from "./parse-objects.ts";
import { findSyncingApplications, type SyncingApplications } from "./syncing-applications.ts";

/** A file that differs. At least one side is there. */
export interface FileVersions {
  readonly path: string;
  /** As committed, not yet known to be text. */
  readonly before: Uint8Array | undefined;
  readonly after: Pick<RenderedFile, "text" | "objects"> | undefined;
}

/** What there is to compare: the files that differ, and the others of the clusters concerned. */
export interface OutputVersions {
  readonly differing: readonly FileVersions[];
  readonly equal: readonly Pick<RenderedFile, "path" | "objects">[];
}

interface ReadFile {
  readonly path: string;
  readonly before: readonly JsonObject[];
  readonly after: readonly JsonObject[];
  readonly diff: FileDiff | undefined;
}

export function diffOutput({ differing, equal }: OutputVersions): OutputDiff & {
  /** Committed files that cannot be read. */
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const changed = differing.map((versions) => readVersions(versions, problems));
  const files: readonly ReadFile[] = [
    ...changed,
    ...equal.map(({ path, objects }) => ({ path, before: objects, after: objects, diff: undefined })),
  ];
  const both = files.flatMap(({ before, after }) => [...before, ...after]);
  const applications = findSyncingApplications(both);
  const place = (side: "before" | "after") => (file: ReadFile) =>
    file[side].map((data) => placeObject(file.path, data, applications));
  const matches = matchObjects(changed.flatMap(place("before")), changed.flatMap(place("after")));
  const objects = matches.flatMap(diffMatch).sort(byPlace);

  const before = groupBy(files.flatMap(place("before")), ({ cluster }) => cluster);
  const after = groupBy(files.flatMap(place("after")), ({ cluster }) => cluster);
  const differences = groupBy(objects, (each) => placeOf(each).cluster);
  const clusters = [...new Set([...before.keys(), ...after.keys()])].sort();
  return {
    objects,
    files: changed.flatMap(({ diff }) => diff ?? []).sort((a, b) => (a.path < b.path ? -1 : 1)),
    clusters: clusters.map((cluster) => ({
      cluster,
      before: before.get(cluster) ?? [],
      after: after.get(cluster) ?? [],
      objects: differences.get(cluster) ?? [],
    })),
    problems,
  };
}

function readVersions({ path, before, after }: FileVersions, problems: Problem[]): ReadFile {
  const objects = after?.objects ?? [];
  if (before === undefined)
    return { path, before: [], after: objects, diff: { path, fate: "added", notes: [] } };
  const text = isUtf8(before) ? Buffer.from(before).toString() : undefined; // a byte-order mark is a difference too
  if (path.endsWith(".json")) {
    const fate = after === undefined ? "removed" : "changed";
    return { path, before: [], after: [], diff: { path, fate, notes: ["inventory"] } };
  }
  const parsed = text === undefined ? "it is not UTF-8" : parseObjects(text);
  if (text === undefined || typeof parsed === "string") {
    problems.push(unreadableProblem(path, String(parsed)));
    return { path, before: [], after: objects, diff: { path, fate: "unreadable", notes: [] } };
  }
  const diff =
    after === undefined ? { path, fate: "removed" as const, notes: [] } : diffText(path, text, parsed, after);
  return { path, before: parsed, after: objects, diff };
}

const unreadableProblem = (path: string, why: string): Problem => ({
  code: "diff/unreadable-file",
  severity: "warning",
  message: `expected committed YAML that meshfront wrote; ${why}. What it would change cannot be told, so its objects are shown as new`,
  suggestion: "Look at the file in that revision: Argo CD cannot read it either.",
  file: path,
});

function placeObject(file: string, data: JsonObject, applications: SyncingApplications): PlacedObject {
  const [group = "", kind = "", namespace = "", name = ""] = identityOf(data).split("/");
  const application = applications.get(file.slice(0, file.lastIndexOf("/")));
  const cluster = /^dist\/([^/]+)\/|^argocd\/(?!argocd-cm\.yaml$)([^/]+)\.yaml$/.exec(file);
  return {
    cluster: cluster?.[1] ?? cluster?.[2],
    file,
    group,
    kind,
    namespace,
    name,
    data,
    application: application?.name,
    destination: application?.destination ?? "",
  };
}

function diffMatch({ before, after, isRename }: Match): readonly ObjectDiff[] {
  if (before === undefined || after === undefined) {
    const fate: ObjectFate = before === undefined ? "added" : "removed";
    const change = {
      path: "",
      ...(before !== undefined && { before: before.data }),
      ...(after !== undefined && { after: after.data }),
    };
    return [{ fate, ...(before && { before }), ...(after && { after }), changes: [change] }];
  }
  const changes = compareObjects(before.data, after.data);
  const fate = isRename ? "renamed" : before.file === after.file ? "changed" : "moved";
  return fate === "changed" && changes.length === 0 ? [] : [{ fate, before, after, changes }];
}

function byPlace(left: ObjectDiff, right: ObjectDiff): number {
  const [a, b] = [sortKey(left), sortKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const sortKey = ({ before, after }: ObjectDiff): string => {
  const { cluster = "", file = "" } = after ?? before ?? {};
  return `${cluster}\n${file}`;
};

/** Without those that have no key. */
function groupBy<T>(
  list: readonly T[],
  keyOf: (item: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = key === undefined ? undefined : groups.get(key);
    if (group !== undefined) group.push(item);
    else if (key !== undefined) groups.set(key, [item]);
  }
  return groups;
}
