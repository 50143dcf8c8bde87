// The severity that explain and the reference tell, against the sources that report it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { valueRules } from "../../config/live-values/value-rules.ts";
import { configRules, fleetRules } from "../../config/rules/index.ts";
import { areaOf, areaTitles, explanations } from "../../explanations/index.ts";
import { describeSeverity, severityOf } from "../../explanations/severity.ts";
import { consequenceRules } from "../../manifests/diff/consequences/index.ts";
import { objectRules } from "../../manifests/rules/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A literal that reports: its code, then its severity. */
const literal = /\bcode: "([a-z]+\/[a-z-]+)",\s*severity: "(error|warning)"/g;

const sources = ["core", "config", "facts", "manifests", "commands"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

const literals = sources.flatMap(({ text }) =>
  [...text.matchAll(literal)].map(([, code = "", severity = ""]) => ({ code, severity })),
);

/** Files that report a problem again with another severity, by `{ ...problem, severity }`. */
const relabelling: readonly string[] = ["commands/lookup-check.ts", "commands/lookup.ts"];

describe("the severity of a code", () => {
  test("is the one that stands beside it in the sources", () => {
    expect(literals.length).toBeGreaterThan(40);
    const wrong = literals.filter(
      ({ code, severity }) => !describeSeverity(code).split(/\W+/).includes(severity),
    );
    expect(wrong).toEqual([]);
  });

  test("is that of its rule", () => {
    for (const { code, severity } of [...configRules, ...fleetRules, ...objectRules, ...valueRules]) {
      expect(severityOf(code), code).toBe(severity);
    }
  });

  test("is error where it stands elsewhere: each warning of the sources is beside its code", () => {
    const others = sources.filter(({ text }) => {
      const all = text.match(/\bseverity: "warning"/g)?.length ?? 0;
      return all > [...text.matchAll(literal)].filter(([, , severity]) => severity === "warning").length;
    });
    expect(others.map(({ file }) => file).filter((file) => !relabelling.includes(file))).toEqual([]);
  });

  test("is warning only for what is reported as one", () => {
    const reported = new Set([
      ...literals.filter(({ severity }) => severity === "warning").map(({ code }) => code),
      ...[...configRules, ...fleetRules, ...objectRules, ...valueRules]
        .filter(({ severity }) => severity === "warning")
        .map(({ code }) => code),
    ]);
    const rows = new Set(consequenceRules.map(({ code }) => code));
    const told = Object.keys(explanations).filter(
      (code) => severityOf(code) === "warning" && !rows.has(code),
    );
    expect(told.filter((code) => !reported.has(code))).toEqual([]);
  });
});

test("each area has a title", () => {
  const areas = new Set(Object.keys(explanations).map(areaOf));
  expect([...areas]).toEqual(Object.keys(areaTitles));
});
