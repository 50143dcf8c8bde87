#!/usr/bin/env node
// Starts build/meshfront.cjs from V8's code cache: without it, compiling takes longer than the work itself.
"use strict";
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");
const { tryFindCacheFolder } = require("./cache-folder.cjs");
const { readCodeCache, writeCodeCache } = require("./code-cache.cjs");

const oldestNode = 20; // `engines` in package.json says it too, but npm only warns
if (Number.parseInt(process.versions.node, 10) < oldestNode)
  refuse(`needs Node.js ${oldestNode} or newer, this is ${process.versions.node}.`, 1);

const build = join(__dirname, "../build");
const cache = tryFindCacheFolder(join(build, "cache"));
const [command = "", ...args] = process.argv.slice(2);
/** What build.mjs wrote into the first line of the first bundle: a hash of all of them. */
let program = "";
/** @type {Map<string, any>} */
const loaded = new Map();

const mayBeRepeated = cache !== undefined && (command === "check" || command === "synth");
if (!mayBeRepeated || !load("clean-runs.cjs").repeatCleanRun(cache, program)) load("meshfront.cjs").start();

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
  if (identity !== program) refuse(`${file} is of another build than what was loaded before. ${howToMend()}`);
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
  const isWholeRun = /^[a-z]+$/.test(command) && !args.some((word) => /^(--help|-[a-z]*h)$/.test(word));
  const cacheFile =
    cache !== undefined && isWholeRun
      ? join(cache, `${name}-${command}-${process.version}-${process.arch}.bin`)
      : undefined;
  const cachedData = cacheFile === undefined ? undefined : readCodeCache(cacheFile, source);
  const text = source.toString("latin1"); // ASCII: esbuild escapes the rest
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const script = new Script(wrapped, { filename: file, ...(cachedData && { cachedData }) });
  if (cacheFile !== undefined && script.cachedDataRejected !== false) {
    process.once("exit", (code) => code === 0 && writeCodeCache(cacheFile, source, script));
  }
  return script;
}

/**
 * @param {string} name A bundle beside it, cdk8s, which is one too, or a module of Node's.
 */
function requireFromBundle(name) {
  if (name === "cdk8s") return load("cdk8s.cjs");
  return name.startsWith("./") ? load(name.slice(2)) : require(name);
}

/** @param {string} file */
function read(file) {
  try {
    const source = readFileSync(file);
    if (source.length > 0) return source;
  } catch {}
  return refuse(`cannot read ${file}. ${howToMend()}`);
}

/** What can be done where the program stands: in a checkout it is built, in a package it came with it. */
function howToMend() {
  const isCheckout = existsSync(join(__dirname, "../start.ts"));
  return isCheckout
    ? "Run `npm ci` (or `npm run build`) in its folder."
    : "The package is damaged: remove it from node_modules and install it again.";
}

/**
 * @param {string} message
 * @param {number} [exitCode] that of a bug, where nobody else made the mistake
 * @returns {never}
 */
function refuse(message, exitCode = 70) {
  process.stderr.write(`meshfront: ${message}\n`);
  process.exit(exitCode);
}
