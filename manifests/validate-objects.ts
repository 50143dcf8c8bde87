// Stage 4, pure: the last look at what is about to be written. Configuration rules judge what a person wrote; these
// judge what came of it, whoever built it.
import type { Config } from "../config/config.ts";
import { isOwnManifest } from "../config/own-manifests.ts";
import { formatPath, show } from "../core/format-value.ts";
import type { Problem } from "../core/problem.ts";
import { findType, tryFindKindSchema } from "./kind-schemas.ts";
import { mapAt } from "./object-fields.ts";
import { positionInText } from "./object-position.ts";
import type { RenderedFile } from "./render.ts";
import { objectRules } from "./rules/index.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./rules/object-rule.ts";
import { checkSchema } from "./schema-check.ts";

/**
 * What the schemas, and then the rules on objects say of the files of one scope. Rules rely on the shapes that the
 * schemas promise, so they see nothing that breaks them.
 */
export function validateObjects(
  files: readonly RenderedFile[],
  configs: readonly Config[],
  elsewhere: readonly RenderedFile[] = [],
): readonly Problem[] {
  const scope = objectScope(files, configs, elsewhere);
  // What people brought was checked where they wrote it, against schemas of its own.
  const ours = scope.objects.filter(({ file }) => !isOwnManifest(file));
  const broken = ours.flatMap((object) => validateSchema(object, files));
  if (broken.length > 0) return broken;
  return applyObjectRules(scope, [...files, ...elsewhere]);
}

/** What the rules say of objects whose schemas were checked. */
export const applyObjectRules = (scope: ObjectScope, files: readonly RenderedFile[]): readonly Problem[] =>
  objectRules.flatMap((rule) => rule.check(scope).map((finding) => problemOf(rule, finding, files)));

export function objectScope(
  files: readonly RenderedFile[],
  configs: readonly Config[],
  elsewhere: readonly RenderedFile[] = [],
): ObjectScope {
  const objects = files.flatMap(objectsIn);
  const byKind = groupBy(objects, ({ kind }) => kind);
  const folders = groupBy(objects, ({ file }) => file.slice(0, file.lastIndexOf("/")));
  const others = elsewhere.flatMap(objectsIn);
  return { configs, objects, elsewhere: others, ofKind: (kind) => byKind.get(kind) ?? [], folders };
}

const objectsIn = ({ path, objects, identities }: RenderedFile): readonly RenderedObject[] =>
  objects.map((data, index) => {
    const [group = "", kind = "", namespace = "", name = ""] = (identities[index] ?? "").split("/");
    return {
      file: path,
      group,
      kind,
      namespace,
      name,
      annotations: mapAt(data, ["metadata", "annotations"]),
      data,
    };
  });

function groupBy(objects: readonly RenderedObject[], keyOf: (object: RenderedObject) => string) {
  const groups = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const group = groups.get(keyOf(object));
    if (group === undefined) groups.set(keyOf(object), [object]);
    else group.push(object);
  }
  return groups;
}

/** Whether the API server takes an object as it stands, as far as the schema of its kind tells. */
export function validateSchema(
  object: RenderedObject,
  files: readonly RenderedFile[] = [],
): readonly Problem[] {
  const { file, kind, name, data } = object;
  const schema = tryFindKindSchema(data);
  if (schema === undefined) {
    const message = `expected a kind that has a schema, found ${kind || "none"} of ${show(data.apiVersion)}`;
    const suggestion = "Whoever adds a kind to charts/ adds it to tools/import, then runs `npm run import`.";
    return [{ code: "manifest/unknown-kind", severity: "error", message, file, suggestion }];
  }
  return checkSchema(findType, schema, data).map(({ path, expected, found, suggestion }) => ({
    code: "manifest/schema",
    severity: "error",
    message: `${kind} ${name}${path.length > 0 ? `, ${formatPath(path)}` : ""}: expected ${expected}, found ${found}`,
    file,
    ...positionOf({ object, path }, files),
    ...(path.length > 0 && { path: formatPath(path) }),
    suggestion: suggestion ?? lookElsewhere,
  }));
}

const lookElsewhere =
  "Look for it in clusters/; if nothing there sets it, it is a bug of meshfront: please report it.";

const problemOf = (
  { code, severity }: ObjectRule,
  finding: ObjectFinding,
  files: readonly RenderedFile[],
): Problem => ({
  code,
  severity,
  message: `${finding.object.kind} ${finding.object.name}: ${finding.message}`,
  file: finding.object.file,
  ...positionOf(finding, files),
  path: formatPath(finding.path),
  ...(finding.suggestion !== undefined && { suggestion: finding.suggestion }),
});

/** In the file as it would be written. */
function positionOf(
  { object, path }: Pick<ObjectFinding, "object" | "path">,
  files: readonly RenderedFile[],
) {
  const file = files.find((candidate) => candidate.path === object.file);
  return file && positionInText(file.text, file.objects.indexOf(object.data), path);
}
