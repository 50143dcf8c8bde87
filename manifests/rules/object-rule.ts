// Stage 4: what a rule on rendered objects sees, and what it says.
import type { Config } from "../../config/config.ts";
import type { JsonObject, Path } from "../../core/json.ts";
import { oncePer } from "../../core/once-per.ts";
import type { Severity } from "../../core/problem.ts";

/** One object of the output, with the names by which rules find it. */
export interface RenderedObject {
  /** Path of its file, for example `dist/demo/gateway/gateway.yaml`. */
  readonly file: string;
  /** Core group empty. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Empty where there are none. */
  readonly annotations: JsonObject;
  readonly data: JsonObject;
}

/** The objects of one scope: those of a cluster (`dist/<cluster>/`), or those that all clusters share (`argocd/`). */
export interface ObjectScope {
  /** The cluster; for the shared scope all clusters. */
  readonly configs: readonly Config[];
  readonly objects: readonly RenderedObject[];
  /** Of another scope, where something here relies on them: an AppProject that a person applies. */
  readonly elsewhere: readonly RenderedObject[];
  /** Those of one kind, whatever the group; empty where there are none. */
  readonly ofKind: (kind: string) => readonly RenderedObject[];
  /** Those in the files of each folder, for example `dist/demo/gateway`; not those in folders below it. */
  readonly folders: ReadonlyMap<string, readonly RenderedObject[]>;
}

/** A view of a scope that is computed once, however many rules look at it. */
export const oncePerScope = <View>(view: (scope: ObjectScope) => View) => oncePer(view);

export interface ObjectFinding {
  readonly object: RenderedObject;
  /** Path of the field concerned in the object. */
  readonly path: Path;
  readonly message: string;
  readonly suggestion?: string;
}

/** A named check on the objects of one scope. */
export interface ObjectRule {
  readonly code: string;
  readonly severity: Severity;
  readonly check: (scope: ObjectScope) => readonly ObjectFinding[];
}
