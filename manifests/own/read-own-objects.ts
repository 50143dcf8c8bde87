// Stage 4, the edge: reads the files that `manifests` in a cluster file names.
import { join } from "node:path";
import type { OwnObjects } from "../../charts/own-objects.ts";
import type { Config } from "../../config/config.ts";
import type { Locate } from "../../config/load.ts";
import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import type { Problem } from "../../core/problem.ts";
import type { ReadFileSystem } from "../../core/read-disk.ts";
import { type OwnObject, parseOwnFile } from "./own-file.ts";
import { problemsOf } from "./own-rules.ts";
import { OwnSchemas } from "./own-schemas.ts";

export interface OwnObjectsRead {
  readonly ownObjects: OwnObjects;
  readonly problems: readonly Problem[];
}

interface Source {
  readonly disk: ReadFileSystem;
  /** The project's folder, absolute. */
  readonly root: string;
  /** The text of imports/own-schemas.json. */
  readonly readSchemas: () => string;
}

/** What a broken file holds is in no answer. */
export function readOwnObjects(
  { disk, root, readSchemas }: Source,
  { config, locate }: { readonly config: Config; readonly locate: Locate },
): OwnObjectsRead {
  if (config.manifests.length === 0) return { ownObjects: new Map(), problems: [] };
  const schemas = new OwnSchemas(readSchemas());
  const files = config.manifests.map((manifest, index) => {
    const bytes = tryReadFile(disk, root, manifest.path);
    if (typeof bytes === "string")
      return { manifest, objects: [], problems: [unreadable(bytes, locate, index)] };
    const parsed = parseOwnFile(manifest.path, bytes);
    if (isProblems(parsed)) return { manifest, objects: [], problems: parsed };
    const problems = parsed.flatMap((object) => problemsOf(object, { config, manifest, schemas }));
    return { manifest, objects: parsed, problems };
  });
  return {
    ownObjects: new Map(
      files.map(({ manifest, objects }) => [manifest.path, objects.map(({ data }) => data)]),
    ),
    problems: [
      ...files.flatMap(({ problems }) => problems),
      ...repeatedObjects(files.flatMap(({ objects }) => objects)),
    ],
  };
}

const isProblems = (parsed: readonly OwnObject[] | readonly Problem[]): parsed is readonly Problem[] =>
  parsed.some((item) => "severity" in item);

/** The bytes, or what was found in their place. A link is not followed: it may lead out of the repository. */
function tryReadFile(disk: ReadFileSystem, root: string, path: string): Uint8Array | string {
  const segments = path.split("/");
  try {
    for (const [index] of segments.entries()) {
      const part = segments.slice(0, index + 1).join("/");
      const kind = disk.tryFindKind(join(root, part));
      const isLast = index === segments.length - 1;
      if (kind === undefined) return `nothing at ${part}`;
      if (kind !== (isLast ? "file" : "folder"))
        return kind === "symlink"
          ? `a link at ${part}`
          : `${kind === "other" ? "something else" : `a ${kind}`} at ${part}`;
    }
    return disk.readFile(join(root, path));
  } catch (error) {
    return error instanceof Error ? error.message.replace(/, \w+ '.*'$/, "") : "an unknown error";
  }
}

const unreadable = (found: string, locate: Locate, index: number): Problem => {
  const path = ["manifests", index, "path"];
  return {
    code: "manifests/unreadable-file",
    severity: "error",
    message: `expected a readable file below the project's folder, found ${found}`,
    suggestion: "Correct the path, which is relative to the folder that holds clusters/.",
    ...locate(path),
    path: `manifests[${index}].path`,
  };
};

/** One object in two places of what people bring. */
export function repeatedObjects(objects: readonly OwnObject[]): readonly Problem[] {
  const same = groupBy(objects, ({ group, kind, namespace, name }) =>
    [group, kind, namespace, name].join("/"),
  );
  return [...same.values()].flatMap(([first, ...others]) =>
    others.map(({ kind, name, namespace, source, locate }) => ({
      code: "manifests/object-twice",
      severity: "error" as const,
      message: `${kind} ${name}: expected each object once, found it in ${listed([...new Set([first?.source ?? "", source])])} again, in the namespace ${namespace}`,
      suggestion: "Keep one: of two, the one that is applied last would win.",
      ...locate(["metadata", "name"]),
    })),
  );
}
