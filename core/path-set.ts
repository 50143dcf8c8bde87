import type { Path } from "./json.ts";

/** Many paths of one file, asked in a few steps for what stands at, below or above them. */
export class PathSet {
  private readonly paths = new Set<string>();
  private readonly ancestors = new Set<string>();

  constructor(paths: readonly Path[]) {
    for (const path of paths) {
      this.paths.add(JSON.stringify(path));
      for (const ancestor of withAncestors(path)) this.ancestors.add(ancestor);
    }
  }

  /** Whether `path` is one of them or lies below one. */
  covers(path: Path): boolean {
    return this.paths.size > 0 && withAncestors(path).some((ancestor) => this.paths.has(ancestor));
  }

  /** Whether one of them is `path` or lies below it. */
  reachesInto(path: Path): boolean {
    return this.ancestors.has(JSON.stringify(path));
  }
}

const withAncestors = (path: Path): readonly string[] =>
  Array.from({ length: path.length + 1 }, (_, length) => JSON.stringify(path.slice(0, length)));
