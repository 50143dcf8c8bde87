// The edge: replaces a file in one step, so that a reader sees the old one or the new one, and never half of it.
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Its mode stays, and a link stays one. Throws what the disk says, and then the file is what it was. */
export function replaceFile(file: string, text: string): void {
  const before = statSync(file, { throwIfNoEntry: false });
  const path = before === undefined ? file : realpathSync(file);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.meshfront-tmp`);
  try {
    writeFileSync(temporary, text);
    if (before !== undefined) chmodSync(temporary, before.mode & 0o777);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
