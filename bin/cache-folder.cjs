// Where the launcher keeps what makes the next run quicker: in a folder that this user can write to, and nobody else.
"use strict";
const { accessSync, constants, mkdirSync, statSync } = require("node:fs");
const { homedir } = require("node:os");
const { isAbsolute, join } = require("node:path");

/**
 * Beside the program, or where the package cannot be written (installed by root, shared, read-only) in the user's own
 * folder for caches. Undefined where neither can be used, which costs time only.
 *
 * @param {string} besideProgram
 */
function tryFindCacheFolder(besideProgram) {
  return [() => besideProgram, usersFolder].map((folderOf) => tryUse(folderOf)).find(Boolean);
}

/** Where the XDG Base Directory Specification and Windows say; a relative path counts as none. */
function usersFolder() {
  const named = [process.env.XDG_CACHE_HOME, process.env.LOCALAPPDATA].find((path) => isAbsolute(path ?? ""));
  return join(named ?? join(homedir(), ".cache"), "meshfront");
}

/** @param {() => string} folderOf */
function tryUse(folderOf) {
  try {
    const folder = folderOf();
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.W_OK);
    return isOwn(folder) ? folder : undefined;
  } catch {
    return undefined; // read-only, a file in its place, a user without a home
  }
}

/**
 * Whether only this user and the owner of the program can have written into a folder: a digest does not keep out those
 * who mean it.
 *
 * @param {string} folder
 */
function isOwn(folder) {
  if (process.getuid === undefined) return true;
  const { mode, uid } = statSync(folder);
  return [process.getuid(), statSync(__filename).uid].includes(uid) && (mode & 0o022) === 0;
}

module.exports = { tryFindCacheFolder };
