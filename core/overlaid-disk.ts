// A disk on which some files are there, or have another text, that nobody wrote yet: what would be is judged before it is.
import type { ReadFileSystem } from "./read-disk.ts";

/** `texts` by absolute path. Folders that they need are there too. */
export function overlaid(disk: ReadFileSystem, texts: ReadonlyMap<string, string>): ReadFileSystem {
  const bytesOf = (path: string): Uint8Array | undefined => {
    const text = texts.get(path);
    return text === undefined ? undefined : Buffer.from(text);
  };
  const isFolder = (path: string) => [...texts.keys()].some((file) => file.startsWith(`${path}/`));
  return {
    tryFindKind: (path) => {
      if (texts.has(path)) return "file";
      return disk.tryFindKind(path) ?? (isFolder(path) ? "folder" : undefined);
    },
    tryListFolder: (path) => disk.tryListFolder(path),
    readFile: (path) => bytesOf(path) ?? disk.readFile(path),
    readHead: (path, length) => bytesOf(path)?.subarray(0, length) ?? disk.readHead(path, length),
  };
}
