// What an older Argo CD than the one in use here would ignore without a word.
import { isOlderArgocd } from "../../config/argocd-version.ts";
import type { Path } from "../../core/json.ts";
import { valueAt } from "../../core/json.ts";
import { applicationsOf } from "./application.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

interface Novelty {
  /** Minor version that brought it; what came before `oldestArgocd` needs no row. */
  readonly since: string;
  /** The places that use it. */
  readonly uses: (scope: ObjectScope) => readonly { readonly object: RenderedObject; readonly path: Path }[];
}

/** By name. */
const novelties: Readonly<Record<string, Novelty>> = {
  // argo-cd#23370, in 3.4; the annotation of a single object is older.
  "the sync options Prune and Delete of an Application": {
    since: "3.4",
    uses: (scope) =>
      applicationsOf(scope).flatMap(({ object, syncOptions }) =>
        syncOptions.flatMap((option, index) =>
          option.startsWith("Prune=") || option.startsWith("Delete=")
            ? [{ object, path: ["spec", "syncPolicy", "syncOptions", index] }]
            : [],
        ),
      ),
  },
  // docs/user-guide/source-integrity.md, 3.5
  sourceIntegrity: {
    since: "3.5",
    uses: (scope) =>
      scope
        .ofKind("AppProject")
        .filter(({ data }) => valueAt(data, ["spec", "sourceIntegrity"]) !== undefined)
        .map((object) => ({ object, path: ["spec", "sourceIntegrity"] })),
  },
  // argo-cd#29616, in 3.6
  "the annotation argocd.argoproj.io/ignore-differences": {
    since: "3.6",
    uses: (scope) =>
      scope.objects
        .filter((object) => Object.hasOwn(object.annotations, "argocd.argoproj.io/ignore-differences"))
        .map((object) => ({
          object,
          path: ["metadata", "annotations", "argocd.argoproj.io/ignore-differences"],
        })),
  },
};

function newerThanArgocd(scope: ObjectScope): readonly ObjectFinding[] {
  const version = scope.configs[0]?.argocd.version;
  if (version === undefined) return [];
  return Object.entries(novelties)
    .filter(([, { since }]) => isOlderArgocd(version, since))
    .flatMap(([name, { since, uses }]) =>
      uses(scope).map((place) => ({
        ...place,
        message: `expected nothing newer than Argo CD ${version} (argocd.version), found ${name}, which came with ${since}`,
      })),
    );
}

export const argocdVersionRules: readonly ObjectRule[] = [
  { code: "argocd/newer-than-version", severity: "error", check: newerThanArgocd },
];
