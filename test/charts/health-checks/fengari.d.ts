/** The few functions of fengari 0.1.5 (a Lua 5.3 machine without types of its own) that lua.ts calls. */
declare module "fengari" {
  /** Opaque: only passed back to fengari. */
  interface LuaState {
    readonly __luaState: unique symbol;
  }
  type LuaString = Uint8Array;
  type LuaFunction = (state: LuaState) => number;

  export function to_luastring(text: string): LuaString;

  export const lua: {
    readonly LUA_OK: number;
    readonly LUA_MASKCOUNT: number;
    lua_close(state: LuaState): void;
    lua_setglobal(state: LuaState, name: LuaString): void;
    lua_pushglobaltable(state: LuaState): void;
    lua_pushnil(state: LuaState): void;
    lua_pushboolean(state: LuaState, value: boolean): void;
    /** A float, also for whole numbers. */
    lua_pushnumber(state: LuaState, value: number): void;
    lua_pushstring(state: LuaState, value: LuaString): void;
    lua_pushcfunction(state: LuaState, value: LuaFunction): void;
    lua_newtable(state: LuaState): void;
    lua_setfield(state: LuaState, index: number, name: LuaString): void;
    lua_rawseti(state: LuaState, index: number, position: number): void;
    lua_setmetatable(state: LuaState, index: number): void;
    lua_next(state: LuaState, index: number): number;
    lua_istable(state: LuaState, index: number): boolean;
    lua_tojsstring(state: LuaState, index: number): string;
    lua_pop(state: LuaState, count: number): void;
    lua_pcall(state: LuaState, argumentCount: number, resultCount: number, handler: number): number;
    lua_sethook(state: LuaState, hook: (state: LuaState) => void, mask: number, count: number): void;
  };
  export const lauxlib: {
    luaL_newstate(): LuaState;
    luaL_requiref(state: LuaState, name: LuaString, open: LuaFunction, global: number): void;
    luaL_loadbuffer(state: LuaState, source: LuaString, size: number | null, name: LuaString): number;
    luaL_error(state: LuaState, message: LuaString): never;
  };
  export const lualib: {
    readonly luaopen_base: LuaFunction;
    readonly luaopen_table: LuaFunction;
  };
}
