// What a change does in the cluster and in AWS: the shape of the rules that say it.
import { visible } from "../../../core/format-value.ts";
import type { OutputDiff, PlacedObject } from "../output-diff.ts";

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

/** A value inside a sentence: on one line, and safe wherever backticks mark code. */
export function code(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "nothing" : JSON.stringify(value);
  const line = visible(text).replaceAll("`", "'");
  return `\`${line.length > 200 ? `${line.slice(0, 197)}…` : line || " "}\``;
}

export const codes = (values: readonly unknown[]): string => values.map(code).join(", ");

/** `istio-ingress/ingress-services` */
export const nameOfObject = ({ namespace, name }: PlacedObject): string =>
  namespace === "" ? name : `${namespace}/${name}`;
