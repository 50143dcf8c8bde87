// Two versions of an output, compared as `meshfront diff` compares them, without Git and without a disk.
import type { JsonObject, JsonValue, Path } from "../../../core/json.ts";
import { isJsonArray, isJsonObject } from "../../../core/json.ts";
import { diffOutput, type FileVersions } from "../../../manifests/diff/diff-output.ts";
import { type DiffReport, reportOf } from "../../../manifests/diff/reports/diff-report.ts";
import { emitDocuments } from "../../../manifests/yaml.ts";
import type { Output } from "../../charts/output.ts";

export interface OutputSide {
  readonly path: string;
  readonly text: string;
  readonly objects: readonly JsonObject[];
}

/** All files of an output, to be edited. */
export const sideOf = ({ files }: Output): readonly OutputSide[] =>
  files.map(({ path, text, objects }) => ({
    path,
    text,
    objects: objects as readonly unknown[] as readonly JsonObject[],
  })); // they are plain data

export function compareSides(before: readonly OutputSide[], after: readonly OutputSide[]) {
  const old = new Map(before.map((file) => [file.path, file]));
  const next = new Map(after.map((file) => [file.path, file]));
  const paths = [...new Set([...old.keys(), ...next.keys()])];
  const isEqual = (path: string): boolean => old.get(path)?.text === next.get(path)?.text;
  const differing = paths
    .filter((path) => !isEqual(path))
    .map((path): FileVersions => {
      const text = old.get(path)?.text;
      return { path, before: text === undefined ? undefined : Buffer.from(text), after: next.get(path) };
    });
  return diffOutput({ differing, equal: after.filter(({ path }) => isEqual(path)) });
}

export function report(before: readonly OutputSide[], after: readonly OutputSide[]): DiffReport {
  const { problems: _, ...diff } = compareSides(before, after);
  return reportOf(diff, { revision: "origin/main", commit: "0123456789abcdef0123456789abcdef01234567" });
}

/** The side with one object of one file replaced; undefined takes it out. */
export function withObject(
  side: readonly OutputSide[],
  path: string,
  index: number,
  object: JsonObject | undefined,
): readonly OutputSide[] {
  return side.map((file) => {
    if (file.path !== path) return file;
    const objects = file.objects.flatMap((each, at) =>
      at !== index ? [each] : object === undefined ? [] : [object],
    );
    const header = file.text.slice(0, file.text.indexOf("\n") + 1);
    return { path, objects, text: header + emitDocuments(objects) };
  });
}

/** A copy with the value at a path replaced; undefined takes the key or item out. */
export function withValue<T extends JsonValue>(root: T, path: Path, value: JsonValue | undefined): T {
  const copy: T = structuredClone(root);
  const last = path.at(-1);
  let parent: JsonValue | undefined = copy;
  for (const step of path.slice(0, -1)) {
    parent = isJsonArray(parent)
      ? parent[Number(step)]
      : isJsonObject(parent)
        ? parent[String(step)]
        : undefined;
  }
  if (isJsonArray(parent)) {
    const list = parent as JsonValue[]; // the copy is ours to change
    if (value === undefined) list.splice(Number(last), 1);
    else list[Number(last)] = value;
  } else if (isJsonObject(parent)) {
    const map = parent as Record<string, JsonValue>; // the copy is ours to change
    if (value === undefined) delete map[String(last)];
    else map[String(last)] = value;
  }
  return copy;
}

/** Edits the one object of a kind and name. */
export function edited(
  side: readonly OutputSide[],
  kind: string,
  name: string,
  path: Path,
  value: JsonValue | undefined,
): readonly OutputSide[] {
  for (const file of side) {
    const index = file.objects.findIndex(
      (object) => object.kind === kind && isJsonObject(object.metadata) && object.metadata.name === name,
    );
    const object = file.objects[index];
    if (object !== undefined) return withObject(side, file.path, index, withValue(object, path, value));
  }
  throw new Error(`expected ${kind} ${name} in the output, found none`);
}
