// Which places of a chart's values its templates read, and the verdict on a single one.
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import { eachItem, keyOf, someItem, type ValuePath } from "./abstract-value.ts";

/** `whole`: with all that is below. `exact`: whether it is there or true. `unknown`: perhaps, with all that is below. */
export type ReadKind = "whole" | "exact" | "unknown";

export interface Read {
  readonly path: ValuePath;
  readonly kind: ReadKind;
  /** Conditions on values under which it happens, as written; empty where there are none. */
  readonly guards: readonly string[];
  /** Why it cannot be decided. */
  readonly reason?: string;
}

export type Verdict =
  | { readonly kind: "read" }
  /** `guards` of one place that reads it; they are for information. */
  | { readonly kind: "conditional"; readonly guards: readonly string[] }
  | { readonly kind: "never" }
  | { readonly kind: "unknown"; readonly reason: string };

/** A condition around the place of a template at which something is read. */
export interface Guard {
  readonly source: string;
  readonly paths: readonly ValuePath[];
}

export class ReadLog {
  private readonly reads = new Map<string, Read>();
  private readonly listeners: ValuePath[][] = [];

  get all(): readonly Read[] {
    return [...this.reads.values()];
  }

  add(path: ValuePath, kind: ReadKind, guards: readonly Guard[], reason?: string): void {
    for (const listener of this.listeners) listener.push(path);
    const key = `${kind} ${keyOf(path)}`;
    const known = this.reads.get(key);
    // That a value decides about itself is no condition: {{ with .Values.a }}{{ . }}{{ end }}.
    const sources = guards
      .filter(
        (guard) => !guard.paths.some((guarding) => isPrefix(guarding, path) || isPrefix(path, guarding)),
      )
      .map(({ source }) => source);
    if (known !== undefined && (known.guards.length === 0 || sources.length > 0)) return;
    this.reads.set(key, { path, kind, guards: sources, ...(reason !== undefined && { reason }) });
  }

  /** The places that are read while `run` runs. */
  during(run: () => void): readonly ValuePath[] {
    const paths: ValuePath[] = [];
    this.listeners.push(paths);
    run();
    this.listeners.pop();
    return paths;
  }
}

const isWildcard = (segment: string | undefined): boolean => segment === eachItem || segment === someItem;

/** Whether `prefix` is `path` or an ancestor of it. */
const isPrefix = (prefix: ValuePath, path: ValuePath): boolean =>
  prefix.length <= path.length &&
  prefix.every((segment, index) => segment === path[index] || isWildcard(segment) || isWildcard(path[index]));

/** What becomes of the value at `path`. `defaults` are the chart's own values. */
export function judge(reads: readonly Read[], defaults: JsonObject, path: ValuePath): Verdict {
  let best: Verdict = { kind: "never" };
  for (const read of reads) {
    const verdict = judgeBy(read, defaults, path);
    if (verdict?.kind === "read") return verdict;
    if (verdict !== undefined && rank(verdict) > rank(best)) best = verdict;
  }
  return best;
}

const rank = ({ kind }: Verdict): number => ["never", "unknown", "conditional", "read"].indexOf(kind);

function judgeBy(read: Read, defaults: JsonObject, path: ValuePath): Verdict | undefined {
  const isBelow = isPrefix(path, read.path) && path.length < read.path.length;
  if (!isBelow && !isPrefix(read.path, path)) return undefined;
  if (read.kind === "unknown") return { kind: "unknown", reason: read.reason ?? "" };
  if (!isBelow) {
    if (read.kind === "exact" && read.path.length < path.length)
      return isSetByDefault(defaults, path.slice(0, read.path.length))
        ? undefined
        : { kind: "unknown", reason: `whether ${show(read.path)} is there decides about something` };
    if (read.path.length === 0) return { kind: "unknown", reason: "all values are printed" };
    if (read.path.includes(someItem))
      return { kind: "unknown", reason: `a key of ${show(read.path)} is chosen while rendering` };
  }
  return read.guards.length === 0 ? { kind: "read" } : { kind: "conditional", guards: read.guards };
}

/** Then one more key in it changes nothing for a template that only asks whether the map is empty. */
const isSetByDefault = (defaults: JsonObject, path: ValuePath): boolean => {
  const value = valueAt(defaults, path);
  return isJsonObject(value) && Object.keys(value).length > 0;
};

const show = (path: ValuePath): string => {
  const keys = path.slice(0, path.findIndex(isWildcard) === -1 ? path.length : path.findIndex(isWildcard));
  return `.Values${keys.map((key) => `.${key}`).join("")}`;
};
