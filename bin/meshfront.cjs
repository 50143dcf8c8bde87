#!/usr/bin/env node
// Starts build/meshfront.cjs from V8's code cache: without it, compiling takes longer than the work itself.
"use strict";
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const bundle = join(__dirname, "../build/meshfront.cjs");
if (!existsSync(bundle)) {
  process.stderr.write("meshfront: not built yet. Run `npm ci` (or `npm run build`) in its folder.\n");
  process.exit(70);
}
const source = readFileSync(bundle, "latin1"); // ASCII: a test sees to it

// V8 itself compares only the length of the source: a cache of other code with the same length would run that code.
// So tools/build.mjs writes the hash of the bundle into its first line, `//<hash>`.
const key = `${source.slice(2, 34)}-${process.version}-${process.arch}`;
const cacheFile = join(__dirname, "../build/cache", `${key}.bin`);
const cachedData = existsSync(cacheFile) ? readFileSync(cacheFile) : undefined;

const script = new Script(source, { filename: bundle, ...(cachedData && { cachedData }) });
if (cachedData === undefined || script.cachedDataRejected) process.once("exit", writeCache);

const bundleModule = { exports: {} };
// Beside it are the bundles that only some commands load. (createRequire would load a module of Node's for that.)
/** @type {(name: string) => unknown} */
const requireBeside = (name) => require(name.startsWith("./") ? join(dirname(bundle), name) : name);
script.runInThisContext()(bundleModule.exports, requireBeside, bundleModule, bundle, dirname(bundle));

/** After the run, so that the functions it compiled are in the cache. A folder that cannot be written costs only time. */
function writeCache() {
  try {
    mkdirSync(dirname(cacheFile), { recursive: true });
    const temporary = `${cacheFile}.${process.pid}`;
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, cacheFile);
  } catch {}
}
