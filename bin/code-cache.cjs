// What V8 compiled of a bundle in an earlier run. V8 takes it at its word: one wrong bit would run another program. So
// nothing is taken that is not, bit for bit, what was written for this very source (ADR 0009).
"use strict";
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

const digestLength = 32;

/**
 * V8 compares versions and flags itself, of the source only the length, and of its own data nothing.
 *
 * @param {Buffer} source
 * @param {Buffer} data
 */
const digestOf = (source, data) =>
  createHash("sha256").update(process.versions.v8).update(source).update(data).digest();

/**
 * What `writeCodeCache` wrote to `file` for `source`; undefined where there is nothing, or anything else.
 *
 * @param {string} file
 * @param {Buffer} source
 */
function readCodeCache(file, source) {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(digestLength);
    return digestOf(source, data).equals(bytes.subarray(0, digestLength)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what has been compiled of `script`. Where that cannot be written, it costs the next run time.
 *
 * @param {string} file
 * @param {Buffer} source
 * @param {import("node:vm").Script} script
 */
function writeCodeCache(file, source, script) {
  const data = script.createCachedData();
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(temporary, Buffer.concat([digestOf(source, data), data]));
    renameSync(temporary, file);
  } catch {
    try {
      rmSync(temporary);
    } catch {}
  }
}

module.exports = { readCodeCache, writeCodeCache };
