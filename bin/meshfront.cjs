#!/usr/bin/env node
// Starts build/meshfront.cjs from V8's code cache: without it, compiling takes longer than the work itself.
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");
const { isOwn, readCodeCache, writeCodeCache } = require("./code-cache.cjs");

const oldestNode = 20;
if (Number(process.versions.node.split(".")[0]) < oldestNode)
  refuse(`expected Node.js ${oldestNode} or newer, found ${process.version}. Install a newer one.`, 1);

const build = join(__dirname, "../build");
const cache = join(build, "cache");
const mayUseCache = isOwn(cache);
const [command = "", ...args] = process.argv.slice(2);
/** What build.mjs wrote into the first line of the first bundle: a hash of all of them. */
let program = "";
/** @type {Map<string, any>} */
const loaded = new Map();

const rebuild = "Run `npm ci` (or `npm run build`) in its folder.";

const mayBeRepeated = mayUseCache && (command === "check" || command === "synth");
if (!mayBeRepeated || !load("clean-runs.cjs").repeatCleanRun(cache, program)) load("meshfront.cjs");

/**
 * What a bundle in build/ exports.
 *
 * @param {string} name
 */
function load(name) {
  if (loaded.has(name)) return loaded.get(name);
  const file = join(build, name);
  const source = read(file);
  const identity = source.subarray(0, source.indexOf("\n")).toString();
  program ||= identity;
  // Of two builds, neither the answer nor what is kept of the run would be that of a program that anybody tested.
  if (identity !== program) refuse(`${file} is of another build than what was loaded before. ${rebuild}`);
  const bundle = { exports: {} };
  compile(name, file, source).runInThisContext()(bundle.exports, requireFromBundle, bundle, file, build);
  loaded.set(name, bundle.exports);
  return bundle.exports;
}

/**
 * Each command has caches of its own, of its first run to succeed: a cache holds the functions that one run needed.
 *
 * @param {string} name
 * @param {string} file
 * @param {Buffer} source
 */
function compile(name, file, source) {
  const cacheFile = join(cache, `${name}-${command}-${process.version}-${process.arch}.bin`);
  const isWholeRun = /^[a-z]+$/.test(command) && !args.some((word) => /^(--help|-[a-z]*h)$/.test(word));
  const cachedData = mayUseCache && isWholeRun ? readCodeCache(cacheFile, source) : undefined;
  const text = source.toString("latin1"); // ASCII: esbuild escapes the rest
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const script = new Script(wrapped, { filename: file, ...(cachedData && { cachedData }) });
  if (mayUseCache && isWholeRun && script.cachedDataRejected !== false) {
    process.once("exit", (code) => code === 0 && writeCodeCache(cacheFile, source, script));
  }
  return script;
}

/** @param {string} name */
function requireFromBundle(name) {
  return name.startsWith("./") ? load(name.slice(2)) : require(name);
}

/** @param {string} file */
function read(file) {
  try {
    const source = readFileSync(file);
    if (source.length > 0) return source;
  } catch {}
  return refuse(`cannot read ${file}. ${rebuild}`);
}

/**
 * @param {string} message
 * @param {number} [exitCode]
 * @returns {never}
 */
function refuse(message, exitCode = 70) {
  process.stderr.write(`meshfront: ${message}\n`);
  process.exit(exitCode);
}
