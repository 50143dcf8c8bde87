import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROGRAM } from "./cluster.ts";

// The very bytes of the file go into a ConfigMap as a literal block, which people then read in the cluster.
const text = readFileSync(PROGRAM, "utf8");
const lines = text.split("\n");

test("the hook program is ASCII with LF, without tabs and trailing blanks, and ends with one newline", () => {
  expect(text).toMatch(/^[\n -~]*$/);
  expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  expect(text).toMatch(/[^\n]\n$/);
});

test("the hook program stays small enough to be read in a ConfigMap", () => {
  expect(lines.length).toBeLessThan(300);
  expect(text.length).toBeLessThanOrEqual(14 * 1024);
});

test("the hook program imports nothing but Node's built-in modules", () => {
  const imported = [...text.matchAll(/\bimport\b[^;]*?["']([^"']+)["']/g)].map(([, name]) => name);
  expect(imported.length).toBeGreaterThan(3);
  expect(imported.filter((name) => !name?.startsWith("node:"))).toEqual([]);
  expect(text).not.toMatch(/\brequire\s*\(/);
});

test("the exit codes are the documented ones", () => {
  // A contract: docs and Jobs name these numbers. Change docs/ and the changelog along with this list.
  const table = text.slice(text.indexOf("const EXIT"), text.indexOf("class Problem"));
  const codes = [...table.matchAll(/^ {2}(\w+): \[\s*(\d+),/gm)].map(([, name, code]) => `${code} ${name}`);
  expect(codes).toEqual([
    "2 usage",
    "3 environment",
    "10 serviceMissing",
    "11 noNodePort",
    "12 ingressMissing",
    "13 reverted",
    "14 unreachable",
    "15 unauthorized",
    "20 forbidden",
    "21 serviceAnnotated",
    "22 untrusted",
    "23 unexpected",
    "70 bug",
    "143 terminated",
  ]);
});
