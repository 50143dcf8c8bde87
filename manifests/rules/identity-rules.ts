import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import type { ObjectFinding, ObjectRule, ObjectScope } from "./object-rule.ts";

/** Two Applications that hold one object take it from each other; twice in one folder, the last one wins. */
function repeatedObjects(scope: ObjectScope): readonly ObjectFinding[] {
  const objects = groupBy(scope.objects, ({ group, kind, namespace, name }) =>
    [group, kind, namespace, name].join("/"),
  );
  return [...objects.values()].flatMap((same) => {
    const [, second] = same;
    if (second === undefined) return [];
    const others = same.filter((object) => object !== second).map(({ file }) => file);
    const place = second.namespace === "" ? "" : ` in the namespace ${second.namespace}`;
    return [
      {
        object: second,
        path: ["metadata", "name"],
        message: `expected each object once${place}, found this one in ${listed(others)} as well`,
      },
    ];
  });
}

export const identityRules: readonly ObjectRule[] = [
  { code: "argocd/object-twice", severity: "error", check: repeatedObjects },
];
