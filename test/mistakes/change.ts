// Small edits of the project, as a hurried person makes them.
import type { Tree } from "../manifests/output-tree.ts";
import { locksFor, prod } from "./project.ts";

export type Change = (tree: Tree) => Tree;

/** Replaces the one place where `from` stands. */
export const swap =
  (from: string, to: string, file = prod): Change =>
  (tree) => {
    const parts = (tree[file] ?? "").split(from);
    if (parts.length !== 2)
      throw new Error(`expected ${JSON.stringify(from)} once in ${file}, found it ${parts.length - 1} times`);
    return { ...tree, [file]: parts.join(to) };
  };

export const append =
  (text: string, file = prod): Change =>
  (tree) => ({ ...tree, [file]: (tree[file] ?? "") + text });

export const write =
  (file: string, text: string): Change =>
  (tree) => ({ ...tree, [file]: text });

export const copy =
  (from: string, to: string): Change =>
  (tree) => ({ ...tree, [to]: tree[from] ?? "" });

export const remove =
  (...files: readonly string[]): Change =>
  (tree) =>
    Object.fromEntries(Object.entries(tree).filter(([path]) => !files.includes(path)));

/** One after the other. */
export const all =
  (...changes: readonly Change[]): Change =>
  (tree) =>
    changes.reduce((changed, change) => change(changed), tree);

/** Somebody has run `lookup` too. */
export const lookedUp: Change = (tree) => ({ ...tree, ...locksFor(tree) });
