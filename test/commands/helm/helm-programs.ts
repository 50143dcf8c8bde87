// Where tests find a helm: the imitation beside this file always, the real one where there is one.
import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Node comes last: the imitation needs it, and no helm is expected beside it. */
export const pathWith = (...folders: readonly string[]): string =>
  [...folders, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);

export const imitation = fileURLToPath(new URL("imitation/", import.meta.url));

const testBeds = fileURLToPath(new URL("../../../.cache/e2e/", import.meta.url));

/** Folders with a real helm: those that the environment names, or else the test bed's, or one on the PATH. */
export function realHelms(): readonly string[] {
  const named = (process.env.MESHFRONT_TEST_HELM ?? "").split(delimiter).filter(hasHelm);
  if (named.length > 0) return named;
  const onPath = (process.env.PATH ?? "").split(delimiter);
  return [...bedFolders(), ...onPath].filter(hasHelm).slice(0, 1);
}

function bedFolders(): readonly string[] {
  try {
    return readdirSync(testBeds).map((name) => join(testBeds, name, "bin"));
  } catch {
    return [];
  }
}

function hasHelm(folder: string): boolean {
  if (folder === "") return false;
  try {
    accessSync(join(folder, "helm"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
