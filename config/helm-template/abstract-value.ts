// What an expression of a template may be, as far as it comes from the chart's values.

/** Keys below `.Values`. */
export type ValuePath = readonly string[];

/** Stands for every key or item, as `range` reads them. No key of YAML contains NUL. */
export const eachItem = "\u0000each";
/** Stands for one key that is not known before rendering. */
export const someItem = "\u0000some";

/** Everything that an expression may be; a union, because branches are not decided. */
export interface Abstract {
  /** Places in the chart's values. */
  readonly paths: readonly ValuePath[];
  /** Maps and lists that the template made, and contexts. */
  readonly objects: readonly MadeObject[];
  /** Texts and numbers written in the template. */
  readonly texts: readonly string[];
  /** Something else, of which nothing is known but that it holds no values. */
  readonly hasOther: boolean;
}

/** A `dict`, a `list` or a context (`$`). Lists keep their items under `eachItem`. Changed by `set` and `merge`. */
export class MadeObject {
  readonly entries = new Map<string, Abstract>();
  /** What was merged into it. */
  merged: Abstract = nothing;
  /** Of `.Files`: the files of the chart by path. */
  readonly files: ReadonlyMap<string, string> | undefined;
  constructor(entries: Readonly<Record<string, Abstract>> = {}, files?: ReadonlyMap<string, string>) {
    for (const [key, value] of Object.entries(entries)) this.entries.set(key, value);
    this.files = files;
  }

  add(key: string, value: Abstract): void {
    this.entries.set(key, union(this.entries.get(key) ?? nothing, value));
  }
}

export const nothing: Abstract = { paths: [], objects: [], texts: [], hasOther: false };
export const other: Abstract = { ...nothing, hasOther: true };
export const ofPath = (path: ValuePath): Abstract => ({ ...nothing, paths: [path] });
export const ofObject = (object: MadeObject): Abstract => ({ ...nothing, objects: [object] });
export const ofText = (text: string): Abstract => ({ ...nothing, texts: [text] });

export const keyOf = (path: ValuePath): string => path.join("\u0001");

export function union(...values: readonly Abstract[]): Abstract {
  const [first, ...rest] = values.filter((value) => value !== nothing);
  if (first === undefined) return nothing;
  if (rest.length === 0) return first;
  return {
    paths: [...new Map(values.flatMap(({ paths }) => paths.map((path) => [keyOf(path), path]))).values()],
    objects: [...new Set(values.flatMap(({ objects }) => objects))],
    texts: [...new Set(values.flatMap(({ texts }) => texts))],
    hasOther: values.some(({ hasOther }) => hasOther),
  };
}
