// Stage 4, pure: the last look at what is about to be written. Configuration rules judge what a person wrote; these
// judge what came of it, whoever built it.
import type { Config } from "../config/config.ts";
import type { Problem } from "../config/problem.ts";
import { nameOf } from "../config/show.ts";
import type { RenderedFile } from "./render.ts";
import { objectRules } from "./rules/index.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./rules/object-rule.ts";

/** What the rules on objects say of the files of one scope. */
export function judgeObjects(files: readonly RenderedFile[], configs: readonly Config[]): readonly Problem[] {
  const scope = objectScope(files, configs);
  return objectRules.flatMap((rule) => rule.check(scope).map((finding) => problemOf(rule, finding)));
}

export function objectScope(files: readonly RenderedFile[], configs: readonly Config[]): ObjectScope {
  const objects = files.flatMap(({ path, objects, identities }) =>
    objects.map((data, index): RenderedObject => {
      const [group = "", kind = "", namespace = "", name = ""] = (identities[index] ?? "").split("/");
      return { file: path, group, kind, namespace, name, data };
    }),
  );
  const byKind = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const list = byKind.get(object.kind);
    if (list === undefined) byKind.set(object.kind, [object]);
    else list.push(object);
  }
  return { configs, objects, ofKind: (kind) => byKind.get(kind) ?? [] };
}

const problemOf = ({ code, severity }: ObjectRule, finding: ObjectFinding): Problem => ({
  code,
  severity,
  message: `${finding.object.kind} ${finding.object.name}: ${finding.message}`,
  file: finding.object.file,
  path: nameOf(finding.path),
  ...(finding.suggestion !== undefined && { suggestion: finding.suggestion }),
});
