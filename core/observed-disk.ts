// Records what a run read of a project, so that a later run can see whether it would read the same.
import { type ReadFileSystem, tryFindDiskErrorCode } from "./read-disk.ts";
import { sha256 } from "./sha256.ts";

type Call = keyof ReadFileSystem;

/** A call, what it was given, and what was answered: a hash of a file's bytes, the code of an error. */
export type Observation = readonly [
  call: Call,
  args: readonly [path: string, length?: number],
  answer: string,
];

/** The disk, which records in `seen` each answer that it gives. */
export function observed(disk: ReadFileSystem, seen: Observation[]): ReadFileSystem {
  const noted =
    <Args extends Observation[1], Answer>(
      call: Call,
      read: (...args: Args) => Answer,
      toText: (answer: Answer) => string,
    ) =>
    (...args: Args): Answer => {
      try {
        const answer = read(...args);
        seen.push([call, args, toText(answer)]);
        return answer;
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
      (answer) => JSON.stringify(answer ?? null),
    ),
    readFile: noted("readFile", (path) => disk.readFile(path), sha256),
    readHead: noted("readHead", (path: string, length: number) => disk.readHead(path, length), sha256),
  };
}

/** Whether the disk still gives the same answer to every call. */
export function isAsSeen(disk: ReadFileSystem, seen: readonly Observation[]): boolean {
  const again: Observation[] = [];
  const observing = observed(disk, again);
  return seen.every(([call, [path, length = 0], answer]) => {
    try {
      observing[call](path, length);
    } catch {
      // Noted: an error may have been the answer before.
    }
    return again.pop()?.[2] === answer;
  });
}
