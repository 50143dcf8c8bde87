// One run at a time writes a project: the second waits for the first, and after a while says who that is.
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { tryFindDiskErrorCode } from "../core/read-disk.ts";
import { sha256 } from "../core/sha256.ts";

/** A fleet of a thousand is written in seconds. */
const patienceMilliseconds = 15_000;
const pauseMilliseconds = 100;

/** Runs `write` alone, as far as this machine goes; a problem where somebody else keeps writing. */
export function whileNobodyElseWrites<T>(
  root: string,
  progress: (text: string) => void,
  write: () => T,
): T | Problem {
  const path = join(tmpdir(), `meshfront-${sha256(realPathOf(root)).slice(0, 16)}.lock`);
  const holder = waitForLock(path, progress);
  if (holder !== undefined) return busy(root, holder);
  try {
    return write();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A folder that several paths lead to has one lock. */
function realPathOf(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root; // it is not there, and writing will say so
  }
}

/** Undefined: the lock is ours, or none can be had here. */
function waitForLock(path: string, progress: (text: string) => void): string | undefined {
  const end = Date.now() + patienceMilliseconds;
  for (let hasTold = false; ; pause()) {
    if (tryTake(path)) return undefined;
    const holder = tryReadHolder(path);
    if (holder === undefined) continue; // it is gone meanwhile, or was nobody's
    if (Date.now() > end) return holder;
    if (!hasTold) progress(`waiting for another meshfront that writes this project (${holder})`);
    hasTold = true;
  }
}

const pause = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);

/** Whole from the first moment: a lock is linked into its place, never written there. */
function tryTake(path: string): boolean {
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, `${process.pid} ${hostname()} ${new Date().toISOString()}`);
    linkSync(own, path);
    return true;
  } catch (error) {
    // A folder for temporary files that nobody can write to: then there is no lock, and the writer is as careful as before.
    return tryFindDiskErrorCode(error) !== "EEXIST";
  } finally {
    rmSync(own, { force: true });
  }
}

/** Who holds it, in words; undefined where that process is gone, whose lock is then removed. */
function tryReadHolder(path: string): string | undefined {
  const text = tryReadText(path);
  if (text === undefined) return undefined;
  if (!isStale(text)) return describeHolder(text);
  return tryRemoveStale(path) ? undefined : describeHolder(text);
}

function describeHolder(text: string): string {
  const [pid = "", host = "", since = ""] = text.split(" ");
  return `process ${pid} on ${host}, since ${since}`;
}

function isStale(text: string): boolean {
  const [pid = "", host = ""] = text.split(" ");
  return host === hostname() && !isAlive(Number(pid));
}

/** Another run may remove it too, and take a new one: what is taken away is looked at again before it is gone. */
function tryRemoveStale(path: string): boolean {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    const text = tryReadText(aside) ?? "";
    if (!isStale(text)) linkSync(aside, path);
    rmSync(aside, { force: true });
    return true;
  } catch (error) {
    if (tryFindDiskErrorCode(error) === undefined) throw error;
    return tryFindDiskErrorCode(error) === "ENOENT"; // somebody else was quicker; or it is another user's, and stays
  }
}

function tryReadText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return tryFindDiskErrorCode(error) === "EPERM"; // somebody else's
  }
}

const signals = { SIGINT: 2, SIGTERM: 15 } as const;
const answers = Object.entries(signals).map(([signal, number]) => ({
  signal,
  exit: () => process.exit(128 + number),
}));
let waiting = 0;

/**
 * A signal in the middle of writing is answered after it, so that no file is half of something.
 * Writing is synchronous: a handler runs when it is over, and the default one would not have waited.
 */
export function whileSignalsWait<T>(write: () => T): T {
  waiting += 1;
  if (waiting === 1) for (const { signal, exit } of answers) process.on(signal, exit);
  try {
    return write();
  } finally {
    // After the next look at what arrived meanwhile.
    setImmediate(() => {
      waiting -= 1;
      if (waiting === 0) for (const { signal, exit } of answers) process.removeListener(signal, exit);
    });
  }
}

const busy = (root: string, holder: string): Problem => ({
  code: "output/busy",
  severity: "error",
  message: `expected to write ${root} alone, found another meshfront at it: ${holder}`,
  suggestion: "Wait until it has ended, or end it; then run the same again.",
});
