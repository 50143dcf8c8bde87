// The documents that came with the program: messages name them by their path, which is none in a person's own project.
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReadFileSystem } from "../core/read-disk.ts";

const folder = "docs/";

export interface DocumentPage {
  readonly path: string;
  readonly text: string;
}

/** `docs/how-to/adopt.md` or, without its ending, `docs/how-to/adopt`; undefined where there is no such page. */
export function tryReadPage(disk: ReadFileSystem, word: string): DocumentPage | undefined {
  const [path = ""] = posix.normalize(word).split("#");
  if (!path.startsWith(folder)) return undefined;
  for (const candidate of [path, `${path}.md`]) {
    try {
      const bytes = disk.readFile(fileURLToPath(new URL(`../${candidate}`, import.meta.url)));
      return { path: candidate, text: Buffer.from(bytes).toString() };
    } catch {
      // No such page: the next, or none.
    }
  }
  return undefined;
}
