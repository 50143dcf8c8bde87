// Sync options, of Applications (`spec.syncPolicy.syncOptions`) and of single objects (an annotation).

import { quote, show } from "../../core/format-value.ts";
import { type Path, valueAt } from "../../core/json.ts";
import { didYouMean } from "../../core/suggest.ts";
import { listInAnnotation } from "./annotation-list.ts";
import { type Application, applicationsOf, childrenOf } from "./application.ts";
import {
  type ObjectFinding,
  type ObjectRule,
  type ObjectScope,
  oncePerScope,
  type RenderedObject,
} from "./object-rule.ts";

/** docs/user-guide/sync-options.md, Argo CD 3.5; compared as text (HasOption in types.go, v3.5.1). */
const applicationOptions: readonly string[] = [
  "ApplyOutOfSyncOnly=true",
  "ClientSideApplyMigration=false",
  "CreateNamespace=true",
  "Delete=confirm",
  "Delete=false",
  "FailOnSharedResource=true",
  "Prune=confirm",
  "Prune=false",
  "PruneLast=true",
  "PrunePropagationPolicy=background",
  "PrunePropagationPolicy=foreground",
  "PrunePropagationPolicy=orphan",
  "Replace=true",
  "RespectIgnoreDifferences=true",
  "ServerSideApply=true",
  "SkipDryRunOnMissingResource=true",
  "Validate=false",
];

/** The same document, of the annotation. */
const objectOptions: readonly string[] = [
  "Delete=confirm",
  "Delete=false",
  "Force=true",
  "Prune=confirm",
  "Prune=false",
  "PruneLast=true",
  "Replace=true",
  "ServerSideApply=false",
  "ServerSideApply=true",
  "SkipDryRunOnMissingResource=true",
  "Validate=false",
];

const optionsAnnotation = "argocd.argoproj.io/sync-options";
const annotationPath: Path = ["metadata", "annotations", optionsAnnotation];
const optionPath = (index: number): Path => ["spec", "syncPolicy", "syncOptions", index];

interface WrittenOption {
  readonly object: RenderedObject;
  readonly path: Path;
  readonly option: string;
}

const optionsOfApplications = oncePerScope((scope): readonly WrittenOption[] =>
  applicationsOf(scope).flatMap(({ object, syncOptions }) =>
    syncOptions.map((option, index) => ({ object, path: optionPath(index), option })),
  ),
);

const optionsOfObjects = oncePerScope((scope): readonly WrittenOption[] =>
  scope.objects.flatMap((object) =>
    listInAnnotation(object, optionsAnnotation).map((option) => ({ object, path: annotationPath, option })),
  ),
);

function unknownOptions(scope: ObjectScope): readonly ObjectFinding[] {
  const unknown = (options: readonly WrittenOption[], known: readonly string[]) =>
    options
      .filter(({ option }) => !known.includes(option))
      .map(({ object, path, option }) => {
        const suggestion = didYouMean(option, known);
        return {
          object,
          path,
          message: `expected a sync option that Argo CD knows, found ${quote(option)}, which it would ignore silently`,
          ...(suggestion !== undefined && { suggestion }),
        };
      });
  return [
    ...unknown(optionsOfApplications(scope), applicationOptions),
    ...unknown(optionsOfObjects(scope), objectOptions),
  ];
}

function pruningOff(scope: ObjectScope): readonly ObjectFinding[] {
  const why =
    "what leaves Git would stay, its Application would be OutOfSync until a person acts, and the waves wait for Synced";
  const options = [...optionsOfApplications(scope), ...optionsOfObjects(scope)];
  const prune = ({ syncPolicy }: Application) => valueAt(syncPolicy, ["automated", "prune"]);
  return [
    ...options
      .filter(({ option }) => option === "Prune=false" || option === "Prune=confirm")
      .map(({ object, path, option }) => ({
        object,
        path,
        message: `expected no option ${option}, found it: ${why}`,
      })),
    ...applicationsOf(scope)
      .filter((application) => application.syncPolicy.automated !== undefined && prune(application) !== true)
      .map((application) => ({
        object: application.object,
        path: ["spec", "syncPolicy", "automated", "prune"],
        message: `expected automated.prune: true, found ${show(prune(application))}: ${why}`,
      })),
  ];
}

/** Options that a root must not have, and what they would do there. */
const rootRefusals: Readonly<Record<string, string>> = {
  "ServerSideApply=true":
    "applying a child would strip the status of an operation that is running there (argo-cd#29253)",
  "ApplyOutOfSyncOnly=true": "the waves would not wait for children that are unchanged",
};

function refusedOnRoot(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope)
    .filter(({ isRoot }) => isRoot)
    .flatMap(({ object, syncOptions }) =>
      syncOptions.flatMap((option, index) => {
        const why = Object.hasOwn(rootRefusals, option) ? rootRefusals[option] : undefined;
        if (why === undefined) return [];
        return [
          { object, path: optionPath(index), message: `expected no ${option} on a root, found it: ${why}` },
        ];
      }),
    );
}

const respects = "RespectIgnoreDifferences=true";

function disrespected(scope: ObjectScope): readonly ObjectFinding[] {
  return childrenOf(scope)
    .filter(
      ({ ignoreDifferences, syncOptions }) => ignoreDifferences.length > 0 && !syncOptions.includes(respects),
    )
    .map(({ object }) => ({
      object,
      path: ["spec", "syncPolicy", "syncOptions"],
      message: `expected ${respects} beside ignoreDifferences, found none: each sync would write the ignored fields back`,
    }));
}

function nothingIgnored(scope: ObjectScope): readonly ObjectFinding[] {
  return childrenOf(scope)
    .filter(
      ({ ignoreDifferences, syncOptions }) =>
        ignoreDifferences.length === 0 && syncOptions.includes(respects),
    )
    .map(({ object, syncOptions }) => ({
      object,
      path: optionPath(syncOptions.indexOf(respects)),
      message: `expected ignoreDifferences beside ${respects}, found none: the option has nothing to respect`,
    }));
}

export const syncOptionRules: readonly ObjectRule[] = [
  { code: "argocd/unknown-sync-option", severity: "error", check: unknownOptions },
  { code: "argocd/pruning-off", severity: "error", check: pruningOff },
  { code: "argocd/root-sync-option", severity: "error", check: refusedOnRoot },
  { code: "argocd/differences-not-respected", severity: "error", check: disrespected },
  { code: "argocd/nothing-ignored", severity: "warning", check: nothingIgnored },
];
