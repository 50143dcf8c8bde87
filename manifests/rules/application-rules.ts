// What every Application must have, whatever its source: finalizer, retry, automated sync, no spelling that never syncs.

import { formatPath, show } from "../../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonValue, type Path, valueAt } from "../../core/json.ts";
import { textsAt } from "../object-fields.ts";
import { type Application, applicationsOf, childrenOf } from "./application.ts";
import type { ObjectFinding, ObjectRule, ObjectScope } from "./object-rule.ts";

const finalizers: readonly string[] = ["", "/foreground", "/background"].map(
  (suffix) => `resources-finalizer.argocd.argoproj.io${suffix}`,
);

function missingFinalizers(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope)
    .filter(
      ({ object }) =>
        !textsAt(object.data, ["metadata", "finalizers"]).some((each) => finalizers.includes(each)),
    )
    .map(({ object }) => ({
      object,
      path: ["metadata", "finalizers"],
      message:
        "expected the finalizer resources-finalizer.argocd.argoproj.io, found none: deleting the Application would leave everything it created",
    }));
}

function notAutomated(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope).flatMap(({ object, syncPolicy: { automated } }) => {
    const path = ["spec", "syncPolicy", "automated"];
    if (!isJsonObject(automated) || automated.enabled === false) {
      const found = isJsonObject(automated) ? "it switched off" : "none";
      return [
        {
          object,
          path,
          message: `expected automated sync, found ${found}: the Application would never become Synced by itself, and the waves wait for that`,
        },
      ];
    }
    if (automated.selfHeal === true) return [];
    return [
      {
        object,
        path: [...path, "selfHeal"],
        message: `expected selfHeal: true, found ${show(automated.selfHeal)}: what somebody changes in the cluster would stay OutOfSync, and the waves wait for Synced`,
      },
    ];
  });
}

/** The limit of `retry`; Argo CD retries an automated sync five times where there is none (appcontroller.go, v3.5.1). */
const retryLimit = ({ syncPolicy }: Application): JsonValue | undefined =>
  valueAt(syncPolicy, ["retry", "limit"]);

const retryFinding = ({ object }: Application, field: string, message: string): ObjectFinding => ({
  object,
  path: ["spec", "syncPolicy", "retry", field],
  message,
});

function endlessChildren(scope: ObjectScope): readonly ObjectFinding[] {
  return childrenOf(scope)
    .filter((child) => Number(retryLimit(child) ?? 0) < 0)
    .map((child) =>
      retryFinding(
        child,
        "limit",
        `expected a small retry.limit, found ${show(retryLimit(child))} (without end): a running operation keeps its old values, and the root waits until it has given up`,
      ),
    );
}

function finiteRoots(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope)
    .filter((application) => application.isRoot && Number(retryLimit(application) ?? 0) >= 0)
    .map((root) =>
      retryFinding(
        root,
        "limit",
        `expected retry.limit: -1 (without end), found ${show(retryLimit(root))}: after the last retry the root waits for a new commit, or for somebody to sync it by hand`,
      ),
    );
}

function staleRetries(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope)
    .filter(({ syncPolicy }) => valueAt(syncPolicy, ["retry", "refresh"]) !== true)
    .map((application) =>
      retryFinding(
        application,
        "refresh",
        `expected retry.refresh: true, found ${show(valueAt(application.syncPolicy, ["retry", "refresh"]))}: retries would stay at the old commit, and newer ones wait behind them`,
      ),
    );
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const isOnlyFalse = (value: JsonValue | undefined): boolean =>
  isJsonObject(value) && Object.keys(value).join() === "recurse" && value.recurse === false;

/** Of 47 spellings that were run on Argo CD 3.5.7 exactly these left a child OutOfSync in its root, for ever. */
const permanentDifferences: readonly {
  readonly path: Path;
  readonly is: (value: JsonValue | undefined) => boolean;
}[] = [
  { path: ["metadata", "finalizers"], is: isEmpty },
  { path: ["spec", "source", "directory"], is: (value) => isEmpty(value) || isOnlyFalse(value) },
  { path: ["spec", "source", "helm"], is: isEmpty },
  { path: ["spec", "syncPolicy"], is: isEmpty },
  { path: ["spec", "syncPolicy", "syncOptions"], is: isEmpty },
];

const refreshAnnotation = "argocd.argoproj.io/refresh";

function neverSynced(scope: ObjectScope): readonly ObjectFinding[] {
  return childrenOf(scope).flatMap(({ object }) => [
    ...permanentDifferences
      .filter(({ path, is }) => is(valueAt(object.data, path)))
      .map(({ path }) => ({
        object,
        path,
        message: `expected no field ${formatPath(path)}, found ${showSpelling(valueAt(object.data, path))}: ${outOfSync}`,
      })),
    ...(Object.hasOwn(object.annotations, refreshAnnotation)
      ? [
          {
            object,
            path: ["metadata", "annotations", refreshAnnotation],
            message: `expected no annotation ${refreshAnnotation}, found one: Argo CD takes it off as soon as it has read it; ${outOfSync}`,
          },
        ]
      : []),
  ]);
}

const outOfSync = "the Application would be OutOfSync for ever";

const showSpelling = (value: JsonValue | undefined): string =>
  isEmpty(value) ? (isJsonArray(value) ? "[]" : "{}") : "{ recurse: false }";

export const applicationRules: readonly ObjectRule[] = [
  { code: "argocd/no-finalizer", severity: "error", check: missingFinalizers },
  { code: "argocd/not-automated", severity: "error", check: notAutomated },
  { code: "argocd/child-retries-forever", severity: "error", check: endlessChildren },
  { code: "argocd/root-gives-up", severity: "error", check: finiteRoots },
  { code: "argocd/retry-without-refresh", severity: "error", check: staleRetries },
  { code: "argocd/never-synced", severity: "error", check: neverSynced },
];
