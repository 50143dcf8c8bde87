// Which folder a command is about: the nearest one upwards that holds a project, as git and npm find theirs.
import { dirname, join } from "node:path";
import { clustersFolder, isClusterFileText } from "../config/read-clusters.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { tryRead } from "./git-checkout.ts";

/** `from` itself where there is none, so that a message speaks of where the person stands. */
export const findProject = (disk: ReadFileSystem, from: string): string => tryFindProject(disk, from) ?? from;

/** A project is a folder whose `clusters/*.yaml` have the root key `cluster`. Nothing above a Git checkout is looked at. */
export function tryFindProject(disk: ReadFileSystem, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isProject(disk, folder)) return folder;
    if (dirname(folder) === folder || isTopOfCheckout(disk, folder)) return undefined;
  }
}

function isTopOfCheckout(disk: ReadFileSystem, folder: string): boolean {
  try {
    return disk.tryFindKind(join(folder, ".git")) !== undefined;
  } catch {
    return false; // a folder without rights
  }
}

function isProject(disk: ReadFileSystem, folder: string): boolean {
  let names: readonly string[];
  try {
    names = (disk.tryListFolder(join(folder, clustersFolder)) ?? []).map(({ name }) => name);
  } catch {
    return false; // a file of that name, or a folder without rights
  }
  return names
    .filter((name) => name.endsWith(".yaml") && !name.startsWith("."))
    .some((name) => isClusterFileText(tryRead(disk, join(folder, clustersFolder, name)) ?? ""));
}
