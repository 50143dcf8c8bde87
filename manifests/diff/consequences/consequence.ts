// What a change does in the cluster and in AWS: the shape of the rules that say it.
import type { OutputDiff, PlacedObject } from "../output-diff.ts";

export { code, codes } from "../../../core/code-span.ts";

/** critical: something is deleted, replaced or opened. warning: something is interrupted or needs a person. */
export type Level = "critical" | "warning" | "note";

export const levels: readonly Level[] = ["critical", "warning", "note"];

export interface Consequence {
  readonly code: string;
  readonly level: Level;
  /** The object that it is about. */
  readonly object: PlacedObject;
  /** Whole sentences. Whatever comes from a file stands in backticks and holds none itself (`code`). */
  readonly message: string;
}

export interface ConsequenceFinding {
  readonly object: PlacedObject;
  readonly message: string;
}

/** A row: when `check` finds something, that follows, as `source` says. */
export interface ConsequenceRule {
  readonly code: string;
  readonly level: Level;
  readonly check: (diff: OutputDiff) => readonly ConsequenceFinding[];
  /** Public documentation or source with its version, or what was run. */
  readonly source: string;
}

/** `istio-ingress/ingress-services` */
export const nameOfObject = ({ namespace, name }: PlacedObject): string =>
  namespace === "" ? name : `${namespace}/${name}`;
