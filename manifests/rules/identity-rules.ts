import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

/** Two Applications that hold one object take it from each other; twice in one folder, the last one wins. */
function repeatedObjects(scope: ObjectScope): readonly ObjectFinding[] {
  const known = new Map<string, RenderedObject>();
  return scope.objects.flatMap((object) => {
    const identity = `${object.group}/${object.kind}/${object.namespace}/${object.name}`;
    const first = known.get(identity);
    if (first === undefined) {
      known.set(identity, object);
      return [];
    }
    const place = object.namespace === "" ? "" : ` in the namespace ${object.namespace}`;
    return [
      {
        object,
        path: ["metadata", "name"],
        message: `expected each object once${place}, found this one in ${first.file} as well`,
      },
    ];
  });
}

export const identityRules: readonly ObjectRule[] = [
  { code: "argocd/object-twice", severity: "error", check: repeatedObjects },
];
