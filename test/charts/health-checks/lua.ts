// Runs a health check as Argo CD does (util/lua/lua.go, v3.5.7): the object as global `obj`, the base and table
// libraries, no string library, a time limit. Stricter where Lua is lax: a global that Argo CD does not offer,
// and any assignment to a global, fails the run.
import { readFileSync } from "node:fs";
import type { LuaState } from "fengari";
import { lauxlib, lua, lualib, to_luastring } from "fengari";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export interface Verdict {
  readonly status: string;
  readonly message: string;
}

/** Stands for Argo CD's limit of one second; gopher-lua does many times as much in one. */
const instructionLimit = 1_000_000;

const onlyInLua53 = ["rawlen", "load", "dofile", "loadfile", "print", "require"];
const tableOnlyInLua53 = ["move", "pack", "unpack"];

/** Lua source of `charts/health-checks/<name>.lua`. */
export function readHealthCheck(name: string): string {
  return readFileSync(new URL(`../../../charts/health-checks/${name}.lua`, import.meta.url), "utf8");
}

/**
 * What the script returns for the object.
 * @throws {Error} where Argo CD would report an error or a status it does not know, or the script touches globals
 */
export function runHealthCheck(source: string, object: Json): Verdict {
  const state = lauxlib.luaL_newstate();
  try {
    openLibraries(state);
    push(state, object);
    lua.lua_setglobal(state, to_luastring("obj"));
    sealGlobals(state);
    limitInstructions(state);
    return call(state, source);
  } finally {
    lua.lua_close(state);
  }
}

function openLibraries(state: LuaState): void {
  lauxlib.luaL_requiref(state, to_luastring("_G"), lualib.luaopen_base, 1);
  lauxlib.luaL_requiref(state, to_luastring("table"), lualib.luaopen_table, 1);
  for (const name of tableOnlyInLua53) {
    lua.lua_pushnil(state);
    lua.lua_setfield(state, -2, to_luastring(name));
  }
  lua.lua_pop(state, 2);
  for (const name of onlyInLua53) {
    lua.lua_pushnil(state);
    lua.lua_setglobal(state, to_luastring(name));
  }
}

function sealGlobals(state: LuaState): void {
  const refuse = (what: string) => (inner: LuaState) =>
    lauxlib.luaL_error(inner, to_luastring(`${what} global ${lua.lua_tojsstring(inner, 2)}`));
  lua.lua_pushglobaltable(state);
  lua.lua_newtable(state);
  lua.lua_pushcfunction(state, refuse("reads unknown"));
  lua.lua_setfield(state, -2, to_luastring("__index"));
  lua.lua_pushcfunction(state, refuse("assigns"));
  lua.lua_setfield(state, -2, to_luastring("__newindex"));
  lua.lua_setmetatable(state, -2);
  lua.lua_pop(state, 1);
}

function limitInstructions(state: LuaState): void {
  const stop = (inner: LuaState) =>
    lauxlib.luaL_error(inner, to_luastring(`more than ${instructionLimit} instructions`));
  lua.lua_sethook(state, stop, lua.LUA_MASKCOUNT, instructionLimit);
}

function call(state: LuaState, source: string): Verdict {
  const failed =
    lauxlib.luaL_loadbuffer(state, to_luastring(source), null, to_luastring("=health.lua")) !== lua.LUA_OK ||
    lua.lua_pcall(state, 0, 1, 0) !== lua.LUA_OK;
  if (failed) throw new Error(lua.lua_tojsstring(state, -1));
  if (!lua.lua_istable(state, -1)) throw new Error("expected the script to return a table");
  const result = new Map<string, string>();
  lua.lua_pushnil(state);
  while (lua.lua_next(state, -2) !== 0) {
    result.set(lua.lua_tojsstring(state, -2), lua.lua_tojsstring(state, -1));
    lua.lua_pop(state, 1);
  }
  const { status, message, ...rest } = Object.fromEntries(result);
  if (status === undefined || message === undefined || Object.keys(rest).length > 0) {
    throw new Error(`expected {status, message}, got the keys ${[...result.keys()].join(", ")}`);
  }
  if (!healthCodes.has(status)) throw new Error(`Argo CD knows no health status ${status}`);
  return { status, message };
}

const healthCodes = new Set(["Healthy", "Progressing", "Degraded", "Suspended", "Missing", "Unknown"]);

/** As Argo CD's decodeValue: null is no entry, lists start at 1, every number is a float. */
function push(state: LuaState, value: Json | undefined): void {
  if (value === null || value === undefined) lua.lua_pushnil(state);
  else if (typeof value === "boolean") lua.lua_pushboolean(state, value);
  else if (typeof value === "number") lua.lua_pushnumber(state, value);
  else if (typeof value === "string") lua.lua_pushstring(state, to_luastring(value));
  else {
    lua.lua_newtable(state);
    if (isList(value)) {
      for (const [index, item] of value.filter((entry) => entry !== null).entries()) {
        push(state, item);
        lua.lua_rawseti(state, -2, index + 1);
      }
    } else {
      for (const [key, item] of Object.entries(value)) {
        push(state, item);
        lua.lua_setfield(state, -2, to_luastring(key));
      }
    }
  }
}

// Array.isArray does not narrow a readonly array.
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
