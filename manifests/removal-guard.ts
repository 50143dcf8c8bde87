// Stage 4, pure: what a run would take away that cannot be had back by running again. Removing an object from the
// output makes Argo CD prune it, so the kinds that carry traffic go only when a person says so.

import { tryDecodeUtf8 } from "../core/decode-text.ts";
import type { Problem } from "../core/problem.ts";

/** The identities (`group/Kind/namespace/name`) of the objects in a YAML text, or undefined if it cannot be read. */
export type IdentitiesOf = (text: string) => readonly string[] | undefined;

/** A file whose present content is about to go. */
export interface DoomedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly fate: "removed" | "overwritten";
}

/** What goes: an object, a file nobody can read (so it may hold anything), or all that a cluster has. */
export type Loss =
  | { readonly kind: "object"; readonly path: string; readonly identity: string }
  | { readonly kind: "unreadable-file"; readonly path: string }
  | { readonly kind: "scope"; readonly path: string }
  /** The Ingress stays, its load balancer does not. */
  | {
      readonly kind: "replacement";
      readonly path: string;
      readonly identity: string;
      readonly reason: string;
    };

/** The cluster whose output it is. */
export function lossCluster({ path }: Loss): string {
  const [top, name = ""] = path.split("/");
  return top === "dist" ? name : name.replace(/\.yaml$/, "");
}

/** Key of the door that it belongs to, if it is one's. */
export const lossDoor = ({ path }: Loss): string | undefined =>
  /^dist\/[^/]+\/(?:applications\/)?ingress-([^/.]+)/.exec(path)?.[1];

/** The guarded kinds, of any API group, and what their removal does. */
const guardedKinds: ReadonlyMap<string, string> = new Map([
  ["Application", "Argo CD removes the Application and, by its finalizer, everything it deployed"],
  ["AppProject", "every Application of the project is refused from then on"],
  ["Ingress", "the controller deletes its load balancer; a new one has another address"],
  ["Gateway", "Envoy stops listening for its hosts"],
]);

/**
 * The guarded objects that are in the doomed files and in nothing that is desired. Both belong to one scope: another
 * cluster may well have an object of the same identity. Parses the doomed files only. An unreadable file that goes
 * counts as a loss; one that is overwritten does not, because the desired content is then what it was generated for.
 */
export function findLosses(
  doomed: readonly DoomedFile[],
  desiredIdentities: () => ReadonlySet<string>,
  identitiesOf: IdentitiesOf,
): readonly Loss[] {
  if (doomed.length === 0) return [];
  const staying = desiredIdentities();
  return doomed.flatMap(({ path, bytes, fate }): readonly Loss[] => {
    const text = tryDecodeUtf8(bytes);
    const identities = text === undefined ? undefined : identitiesOf(text);
    if (identities === undefined) return fate === "removed" ? [{ kind: "unreadable-file", path }] : [];
    return identities
      .filter((identity) => guardedKinds.has(kindOf(identity)) && !staying.has(identity))
      .map((identity) => ({ kind: "object", path, identity }));
  });
}

/** A loss as an error, for the run that was not allowed to remove or replace it; `name` is what allows it. */
export function lossProblem(loss: Loss, name: string): Problem {
  const option = loss.kind === "replacement" ? "--allow-replacement" : "--allow-removal";
  return {
    code: loss.kind === "replacement" ? "output/replacement" : "output/removal",
    severity: "error",
    message: describeLoss(loss),
    file: loss.path,
    suggestion: `If that is meant, run meshfront synth ${option}=${name}; otherwise restore what it was generated from. Nothing was written.`,
  };
}

/** What goes, and what that does, in a sentence without a full stop. */
export function describeLoss(loss: Loss): string {
  switch (loss.kind) {
    case "object": {
      const [, kind = "", namespace = "", name = ""] = loss.identity.split("/");
      const object = namespace === "" ? name : `${namespace}/${name}`;
      return `${kind} ${object} would be removed: ${guardedKinds.get(kind)}`;
    }
    case "replacement": {
      const [, , namespace, name] = loss.identity.split("/");
      return `the load balancer of Ingress ${namespace}/${name} would be replaced. ${loss.reason.replace(/\.$/, "")}`;
    }
    case "unreadable-file":
      return "the file would be removed, and what it holds cannot be told: it is not readable as YAML";
    case "scope":
      return "everything generated here would be removed: no cluster's configuration asks for it any more";
  }
}

const kindOf = (identity: string): string => identity.split("/")[1] ?? "";
