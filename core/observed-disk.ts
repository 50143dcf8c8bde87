// What was read of a project, in few words: whoever reads the same again gets the same.
import { type ReadFileSystem, tryFindDiskErrorCode } from "./read-disk.ts";
import { sha256 } from "./sha256.ts";

type Call = keyof ReadFileSystem;

/** A call, what it was given, and what it told: a hash of a file's bytes, the code of an error. */
export type Observation = readonly [call: Call, args: readonly [path: string, length?: number], told: string];

/** The disk, which notes in `seen` what it tells. */
export function observed(disk: ReadFileSystem, seen: Observation[]): ReadFileSystem {
  const noted =
    <Args extends Observation[1], Told>(
      call: Call,
      read: (...args: Args) => Told,
      inWords: (told: Told) => string,
    ) =>
    (...args: Args): Told => {
      try {
        const told = read(...args);
        seen.push([call, args, inWords(told)]);
        return told;
      } catch (error) {
        seen.push([call, args, tryFindDiskErrorCode(error) ?? "unknown error"]);
        throw error;
      }
    };
  return {
    tryFindKind: noted("tryFindKind", (path) => disk.tryFindKind(path), String),
    tryListFolder: noted(
      "tryListFolder",
      (path) => disk.tryListFolder(path),
      (told) => JSON.stringify(told ?? null),
    ),
    readFile: noted("readFile", (path) => disk.readFile(path), sha256),
    readHead: noted("readHead", (path: string, length: number) => disk.readHead(path, length), sha256),
  };
}

/** Whether the disk tells the same once more, to every call. */
export function isAsSeen(disk: ReadFileSystem, seen: readonly Observation[]): boolean {
  const again: Observation[] = [];
  const observing = observed(disk, again);
  return seen.every(([call, [path, length = 0], told]) => {
    try {
      observing[call](path, length);
    } catch {
      // Noted: an error may have been what it told before.
    }
    return again.pop()?.[2] === told;
  });
}
