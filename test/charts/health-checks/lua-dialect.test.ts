// The tests run the checks in Lua 5.3, Argo CD runs them in Lua 5.1 without the string library, out of a literal
// block in a ConfigMap. Here stands what the sources must keep to so that both are the same.
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readHealthCheck, runHealthCheck } from "./lua.ts";
import type { Token } from "./lua-tokens.ts";
import { luaTokens } from "./lua-tokens.ts";

const names = readdirSync(new URL("../../../charts/health-checks/", import.meta.url))
  .filter((file) => file.endsWith(".lua"))
  .map((file) => file.replace(/\.lua$/, ""));

const allowedGlobals = new Set(["obj", "pairs", "ipairs", "type", "next", "tostring"]);
const keywordsOfLua51 = new Set(
  "and break do else elseif end false for function if in local nil not or repeat return then true until while".split(
    " ",
  ),
);
const newerThanLua51 = new Set(["goto", "::", "//", "&", "|", "~", "<<", ">>"]);
// The length of a list with holes is not defined, and JSON null makes holes.
const unwanted = new Set(["#"]);

it("there are the three health checks that argocd-cm.yaml ships", () => {
  expect(names.sort()).toEqual(["application", "custom-resource-definition", "horizontal-pod-autoscaler"]);
});

describe.each(names)("%s.lua", (name) => {
  const source = readHealthCheck(name);

  it("is plain ASCII with LF, without tabs and trailing spaces, so that a YAML literal block carries it", () => {
    expect(source).toMatch(/^[\n -~]+$/);
    expect(source).not.toMatch(/ $/m);
    expect(source).toMatch(/[^\n]\n$/);
    expect(source).toMatch(/^\S/);
  });

  it("uses no syntax that Lua 5.1 lacks", () => {
    const found = luaTokens(source).filter(({ kind, text }) => kind !== "string" && newerThanLua51.has(text));
    expect(found).toEqual([]);
  });

  it("does not ask for the length of a list", () => {
    expect(luaTokens(source).filter(({ text }) => unwanted.has(text))).toEqual([]);
  });

  it("calls no method of a string, which the missing string library would provide", () => {
    expect(luaTokens(source).filter(({ text }) => text === ":")).toEqual([]);
  });

  it("names no global but the object and base functions", () => {
    expect(globalsOf(luaTokens(source)).filter(({ text }) => !allowedGlobals.has(text))).toEqual([]);
  });
});

describe("the runner of these tests", () => {
  it.each([
    { what: "the string library", script: 'return { status = "Healthy", message = string.upper("a") }' },
    { what: "the io library", script: 'io.write("a") return { status = "Healthy", message = "" }' },
    { what: "the os library", script: 'os.execute("true") return { status = "Healthy", message = "" }' },
    { what: "a string method", script: 'return { status = "Healthy", message = ("a"):upper() }' },
    { what: "a global of its own", script: 'hs = {} return { status = "Healthy", message = "" }' },
    { what: "an unknown status", script: 'return { status = "Fine", message = "" }' },
    { what: "no message", script: 'return { status = "Healthy" }' },
    { what: "an endless loop", script: "while true do end" },
    { what: "a syntax error", script: "return {" },
  ])("refuses $what", ({ script }) => {
    expect(() => runHealthCheck(script, {})).toThrow();
  });

  it("gives lists from 1, drops null and keeps a whole number a number", () => {
    const script = `return { status = obj.list[1], message = tostring(obj.none) .. tostring(obj.one == 1) .. obj.list[2] }`;
    const object = { list: [null, "Healthy", "x"], none: null, one: 1 };
    expect(runHealthCheck(script, object)).toEqual({ status: "Healthy", message: "niltruex" });
  });
});

describe("the scan of these tests", () => {
  it("finds globals that are read, called, assigned or indexed", () => {
    const script =
      "local a = b.c(d)\ne = a.f\nlocal function g(h) return h, i end\nlocal l\nm(l)\nreturn { j = g, [k] = a }";
    expect(globalsOf(luaTokens(script)).map(({ text }) => text)).toEqual(["b", "d", "e", "i", "m", "k"]);
  });

  it("skips comments and strings and tells ~= from ~", () => {
    const script = 'return "goto // #" ~= 1 -- goto ~';
    expect(luaTokens(script).map(({ text }) => text)).toEqual(["return", '"goto // #"', "~=", "1"]);
  });
});

/** Names that no local, parameter or loop variable of the file declares. That one is used out of scope, only a run shows. */
function globalsOf(tokens: readonly Token[]): Token[] {
  const declared = declaredNames(tokens);
  return tokens.filter(({ kind, text }, index) => {
    if (kind !== "name" || keywordsOfLua51.has(text) || declared.has(text)) return false;
    const before = tokens[index - 1]?.text ?? "";
    const isField = before === "." || before === ":";
    const isTableKey = tokens[index + 1]?.text === "=" && (before === "{" || before === ",");
    return !isField && !isTableKey;
  });
}

function declaredNames(tokens: readonly Token[]): Set<string> {
  const declared = new Set<string>();
  const isName = (token: Token | undefined) => token?.kind === "name" && !keywordsOfLua51.has(token.text);
  for (const [index, { text }] of tokens.entries()) {
    if (text !== "local" && text !== "for" && text !== "function") continue;
    // A declaration is names with commas or a parenthesis between; a name right after a name is the next statement.
    for (let at = index + 1; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token && isName(token) && !isName(tokens[at - 1])) declared.add(token.text);
      else if (token?.text !== "," && token?.text !== "(" && token?.text !== "function") break;
    }
  }
  return declared;
}
