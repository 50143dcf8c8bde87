#!/usr/bin/env node
// Starts build/meshfront.cjs from V8's code cache: without it, compiling takes longer than the work itself.
"use strict";
const {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const build = join(__dirname, "../build");
/** For one file after the other: memory that is new costs more than to read into it. */
const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
/** Each command has caches of its own: a cache holds what the run compiled that wrote it, and others need other functions. */
const [, , word = ""] = process.argv;
const command = /^[a-z]+$/.test(word) ? word : "no-command";
/** In place of a command where a run was refused or only helped: it compiled part of what the command needs. */
const partOfRun = "part-of-a-run";
/** @type {Map<string, any>} */
const loaded = new Map();
/** The identity of the build, which it writes into the first line of each bundle, `//<hash>`. Of the first that is loaded. */
let program = "";

if (!isRepeated()) load("meshfront.cjs");

/** Whether a clean run of the same kind stands for this one. */
function isRepeated() {
  if (command !== "check" && command !== "synth") return false;
  const { repeatCleanRun } = load("clean-runs.cjs"); // from here on the program is known
  return repeatCleanRun(join(build, "cache"), program);
}

/**
 * What a bundle exports: it is a function with the parameters that Node gives to CommonJS modules, in build/ `name`.
 *
 * @param {string} name
 */
function load(name) {
  if (loaded.has(name)) return loaded.get(name);
  const file = join(build, name);
  const source = tryRead(file)?.toString("latin1"); // ASCII: a test sees to it
  if (!source) return refuse(`cannot read ${file}.`);
  const identity = source.slice(2, 34);
  program ||= identity;
  // Of two builds, neither the answer nor what is kept of the run would be that of a program that anybody tested.
  if (identity !== program) return refuse(`${file} is of another build than what was loaded before.`);
  // V8 itself compares only the length of the source: a cache of other code with the same length would run that code.
  const cache = (/** @type {string} */ run) =>
    join(build, "cache", `${program}-${name}-${run}-${process.version}-${process.arch}.bin`);
  const own = tryRead(cache(command));
  const cachedData = own ?? tryRead(cache(partOfRun));
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  const isUsed = cachedData !== undefined && !script.cachedDataRejected;
  if (own === undefined || !isUsed) {
    process.once("exit", (code) => {
      if (code === 0 && !asksForHelp()) writeCache(script, cache(command));
      else if (!isUsed) writeCache(script, cache(partOfRun));
    });
  }
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, requireFromBundle, bundle, file, build);
  loaded.set(name, bundle.exports);
  return bundle.exports;
}

/**
 * @param {string} found
 * @returns {never}
 */
function refuse(found) {
  process.stderr.write(`meshfront: ${found} Run \`npm ci\` (or \`npm run build\`) in its folder.\n`);
  process.exit(70);
}

/**
 * Good until the next call.
 *
 * @param {string} file
 */
function tryRead(file) {
  try {
    const descriptor = openSync(file, "r");
    const length = readSync(descriptor, buffer);
    closeSync(descriptor);
    return length < buffer.length ? buffer.subarray(0, length) : readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Another bundle or a module of Node's: createRequire would load one of those just for that.
 *
 * @param {string} name
 */
function requireFromBundle(name) {
  return name.startsWith("./") ? load(name.slice(2)) : require(name);
}

function asksForHelp() {
  return process.argv.some((word) => word === "--help" || /^-[a-z]*h/.test(word));
}

/**
 * After the run, so that the functions it compiled are in the cache. A folder that cannot be written costs only time.
 *
 * @param {import("node:vm").Script} script
 * @param {string} cacheFile
 */
function writeCache(script, cacheFile) {
  const temporary = `${cacheFile}.${process.pid}`;
  try {
    mkdirSync(dirname(cacheFile), { recursive: true });
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, cacheFile);
  } catch {
    tryRemove(temporary);
  }
}

/** @param {string} file */
function tryRemove(file) {
  try {
    rmSync(file);
  } catch {}
}
