// The files that `migrate` was given -> one live state. A state may be large; what no computer should parse at once is refused.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "../../core/problem.ts";
import { tryFindDiskErrorCode } from "../../core/read-disk.ts";
import { diskProblem } from "../../manifests/disk-problem.ts";
import type { LiveState } from "../../migrate/live.ts";
import { mergeStates, readInput } from "../../migrate/read/read-input.ts";
import type { CommandInput } from "../command.ts";

/** Node holds no longer text in one piece (buffer.constants.MAX_STRING_LENGTH of Node 20: 512 MiB); a run takes four times the size (measured at 200 MB). */
const maximumBytes = 300 * 1024 * 1024;
const largeBytes = 5 * 1024 * 1024;

export function readFiles({
  disk,
  root,
  words,
  progress,
  step,
}: CommandInput): LiveState | readonly Problem[] {
  const problems: Problem[] = [];
  const states: LiveState[] = [];
  words.forEach((file, index) => {
    step?.(index + 1, words.length, file);
    try {
      const path = resolve(root, file);
      const { size } = statSync(path);
      if (size > maximumBytes) {
        problems.push(tooLarge(file, size));
        return;
      }
      if (size > largeBytes)
        progress(`reading ${file} (${megabytes(size)} MB, ${index + 1} of ${words.length})`);
      states.push(readInput({ file, text: textOf(disk.readFile(path)) }));
    } catch (error) {
      if (tryFindDiskErrorCode(error) === undefined) throw error;
      problems.push(diskProblem(error, file, "Nothing was written."));
    }
  });
  return problems.length > 0 ? problems : mergeStates(states);
}

/** A byte-order mark is no part of what it marks. `>` of Windows PowerShell 5 writes UTF-16. */
function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return Buffer.from(bytes)
    .toString(isUtf16 ? "utf16le" : "utf8")
    .replace(/^\uFEFF/, "");
}

const megabytes = (bytes: number): string => String(Math.round(bytes / 1024 / 1024));

const tooLarge = (file: string, size: number): Problem => ({
  code: "usage/input-too-large",
  severity: "error",
  message: `expected a file of at most ${megabytes(maximumBytes)} MB, found ${megabytes(size)} MB in ${file}`,
  suggestion:
    "Give the resources of the mesh alone, for instance `terraform show -json | jq` of one module, or manifests.",
});
