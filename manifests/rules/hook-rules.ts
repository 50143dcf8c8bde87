// Argo CD's hooks: annotations that it reads as text, and what keeps a hook from running, or its result from being seen.

import { quote, show } from "../../core/format-value.ts";
import { type Path, valueAt } from "../../core/json.ts";
import { didYouMean } from "../../core/suggest.ts";
import { listInAnnotation } from "./annotation-list.ts";
import { applicationsOf } from "./application.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

const hookAnnotation = "argocd.argoproj.io/hook";
const deletePolicyAnnotation = "argocd.argoproj.io/hook-delete-policy";
const generatePathsAnnotation = "argocd.argoproj.io/manifest-generate-paths";
const hashAnnotation = "meshfront/hook-hash";

/** docs/user-guide/sync-waves.md, Argo CD 3.5. */
const hookTypes: readonly string[] = [
  "PreSync",
  "Sync",
  "Skip",
  "PostSync",
  "SyncFail",
  "PreDelete",
  "PostDelete",
];
const deletePolicies: readonly string[] = ["BeforeHookCreation", "HookFailed", "HookSucceeded"];

const annotationPath = (key: string): Path => ["metadata", "annotations", key];

const isHook = (object: RenderedObject): boolean => Object.hasOwn(object.annotations, hookAnnotation);

const unknownWords =
  (key: string, known: readonly string[], consequence: string) =>
  (scope: ObjectScope): readonly ObjectFinding[] =>
    scope.objects.flatMap((object) =>
      listInAnnotation(object, key)
        .filter((word) => !known.includes(word))
        .map((word) => ({
          object,
          path: annotationPath(key),
          message: `expected ${known.slice(0, -1).join(", ")} or ${known.at(-1)}, found ${quote(word)}: ${consequence}`,
          ...suggestionFor(word, known),
        })),
    );

function suggestionFor(word: string, known: readonly string[]): { readonly suggestion?: string } {
  const suggestion = didYouMean(word, known);
  return suggestion === undefined ? {} : { suggestion };
}

function expiringHooks(scope: ObjectScope): readonly ObjectFinding[] {
  return scope
    .ofKind("Job")
    .filter(isHook)
    .flatMap((object) => {
      const path = ["spec", "ttlSecondsAfterFinished"];
      const seconds = valueAt(object.data, path);
      if (seconds === undefined) return [];
      return [
        {
          object,
          path,
          message: `expected no ttlSecondsAfterFinished, found ${show(seconds)}: a failed hook would be gone, with its log, before somebody reads it`,
        },
      ];
    });
}

function skippedByPaths(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope)
    .filter(
      ({ object, folder }) =>
        Object.hasOwn(object.annotations, generatePathsAnnotation) && folder.some(isHook),
    )
    .map(({ object }) => ({
      object,
      path: annotationPath(generatePathsAnnotation),
      message: `expected no annotation ${generatePathsAnnotation} on the Application of a hook, found one: a real change can then be synced like a self-heal, which runs no hooks`,
    }));
}

function hooksWithoutHash(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope).flatMap(({ folder }) => {
    const hashed = folder.some(
      (object) => !isHook(object) && Object.hasOwn(object.annotations, hashAnnotation),
    );
    if (hashed) return [];
    return folder.filter(isHook).map((object) => ({
      object,
      path: [],
      message: `expected an object beside the hook, no hook itself, with the annotation ${hashAnnotation}, found none: a change of the hook alone makes no sync, so that the new one would not run`,
    }));
  });
}

/** The operation of its Application would wait for the Ingress's address, without end where that never comes. */
function besideIngress(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope).flatMap(({ name, folder }) => {
    const ingress = folder.find(({ kind }) => kind === "Ingress");
    if (ingress === undefined) return [];
    return folder.filter(isHook).map((object) => ({
      object,
      path: annotationPath(hookAnnotation),
      message: `expected a hook in another Application than the Ingress ${ingress.name}, found both in ${name}: a door that never gets an address would keep every later commit out`,
    }));
  });
}

export const hookObjectRules: readonly ObjectRule[] = [
  {
    code: "hook/unknown-type",
    severity: "error",
    check: unknownWords(hookAnnotation, hookTypes, "Argo CD would drop the object silently"),
  },
  {
    code: "hook/unknown-delete-policy",
    severity: "error",
    check: unknownWords(deletePolicyAnnotation, deletePolicies, "Argo CD would ignore it silently"),
  },
  { code: "hook/expires", severity: "warning", check: expiringHooks },
  { code: "hook/beside-ingress", severity: "error", check: besideIngress },
  { code: "hook/without-hash", severity: "error", check: hooksWithoutHash },
  { code: "argocd/manifest-generate-paths", severity: "error", check: skippedByPaths },
];
