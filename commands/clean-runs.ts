// A clean run of `check` or `synth` is remembered, by everything that it read (ADR 0015). A bundle of its own: where
// nothing has changed since, nothing else is loaded.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAsSeen, type Observation } from "../core/observed-disk.ts";
import { nodeReadFileSystem } from "../core/read-disk.ts";
import { sha256 } from "../core/sha256.ts";
import { print } from "./print.ts";

interface CleanRun {
  readonly seen: readonly Observation[];
  /** What the run said, without how long it took. */
  readonly said: string;
}

/** Where this run is kept, if it ends clean. */
let file: string | undefined;

/**
 * Whether this command line was run here before, today and by the same build, to no complaint, and all that it read is
 * as it was. What it said is then said once more. `cache`: where runs keep what may be removed at any time. `program`:
 * identity of the build.
 */
export function repeatCleanRun(cache: string, program: string): boolean {
  const started = performance.now();
  try {
    file = join(folderOfToday(cache), nameOfRun(program));
    const before = tryParseRecord(readFileSync(file, "utf8"));
    if (before === undefined || !isAsSeen(nodeReadFileSystem, before.seen)) return false;
    const how = `${Math.round(performance.now() - started)} ms; nothing has changed since the last clean run`;
    if (before.said !== "") print("stderr", `${before.said} (${how})\n`);
    return true;
  } catch {
    return false; // there is no such run: the whole work is done
  }
}

/** A record begins with its checksum: of one in which a bit is not as it was written, nothing is believed. */
const recordOf = (run: CleanRun): string => {
  const text = JSON.stringify(run);
  return sha256(text) + text;
};

function tryParseRecord(record: string): CleanRun | undefined {
  const text = record.slice(sha256("").length);
  return record.startsWith(sha256(text)) ? JSON.parse(text) : undefined;
}

/** Keeps a run that did nothing, complained of nothing, and depended on nothing but its command line, the day and what it read. */
export function keepCleanRun(seen: readonly Observation[], said: string): void {
  if (file === undefined) return;
  const folder = dirname(file);
  if (folder !== folderOfToday(dirname(folder))) return; // which day was it that certificates were judged by?
  const temporary = `${file}.${process.pid}`;
  try {
    const isFirstOfDay = mkdirSync(folder, { recursive: true, mode: 0o755 }) !== undefined;
    writeFileSync(temporary, recordOf({ seen, said }));
    renameSync(temporary, file);
    if (isFirstOfDay) removeOtherDays(folder);
  } catch {
    tryRemove(temporary); // it costs the next run only time
  }
}

/** What a run depends on beside the day and what it reads, in a name. */
function nameOfRun(program: string): string {
  const ofCdk8s = Object.entries(process.env).filter(([name]) => name.startsWith("CDK8S_"));
  const situation = [program, process.version, process.cwd(), process.argv.slice(2), ofCdk8s];
  return `${sha256(JSON.stringify(situation)).slice(0, 32)}.json`;
}

const days = "clean-runs-";

/** A certificate expires on a day, in UTC. */
const folderOfToday = (cache: string): string => join(cache, `${days}${Math.floor(Date.now() / 86_400_000)}`);

/** Once a day: where projects come and go, nobody would ask for their runs again. */
function removeOtherDays(today: string): void {
  for (const name of readdirSync(dirname(today)))
    if (name.startsWith(days) && name !== basename(today)) tryRemove(join(dirname(today), name));
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { recursive: true });
  } catch {
    // Not there, or another user's.
  }
}
