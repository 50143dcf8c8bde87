#!/usr/bin/env node
// @ts-nocheck
// An imitation of helm for tests on machines without it. Not helm: it renders no template but those of chart-cases.ts,
// in which `{{ toJson .Values.<path> }}` prints a value, a line `{{- if .Values.<path> }}` or `{{- end }}` stands alone,
// and `{{ fail "…" }}` fails; their values.yaml is JSON. The same tests run with the real helm where there is one.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [verb, ...args] = process.argv.slice(2);
if (verb === "version") console.log("v4.2.1+imitation");
else if (verb === "show") console.log(readChart(args[1]));
else if (verb === "template") console.log(template(args[1]));
else fail(`unknown command "${verb}" for "helm"`);

function readChart(chart) {
  if (!existsSync(join(chart, "Chart.yaml"))) fail(`file '${chart}' does not appear to be a gzipped archive`);
  return readFileSync(join(chart, "Chart.yaml"), "utf8");
}

function template(chart) {
  const given = JSON.parse(readFileSync(0, "utf8"));
  checkRoot(chart, given);
  const values = merged(JSON.parse(readFileSync(join(chart, "values.yaml"), "utf8")), given);
  const templates = join(chart, "templates");
  return readdirSync(templates)
    .map((name) => `---\n# Source: ${name}\n${render(readFileSync(join(templates, name), "utf8"), values)}`)
    .join("\n");
}

function render(text, values) {
  const at = (path) => path.split(".").reduce((value, key) => value?.[key], values) ?? null;
  const conditions = [];
  return text
    .split("\n")
    .filter((line) => {
      const [, path] = /^\{\{- if \.Values\.([\w.]+) \}\}$/.exec(line) ?? [];
      if (path !== undefined) conditions.push(Boolean(at(path)));
      if (path !== undefined) return false;
      if (line === "{{- end }}") return conditions.pop() && false;
      return conditions.every(Boolean);
    })
    .join("\n")
    .replace(/\{\{ toJson \.Values\.([\w.]+) \}\}/g, (_, path) => JSON.stringify(at(path)))
    .replace(/\{\{ fail "([^"]*)" \}\}/, (_, words) => fail(`execution error at (a.yaml:1:3): ${words}`));
}

/** Of a schema, only that no other key may stand at the root. */
function checkRoot(chart, given) {
  const file = join(chart, "values.schema.json");
  if (!existsSync(file) || args.includes("--skip-schema-validation")) return;
  const { properties } = JSON.parse(readFileSync(file, "utf8"));
  for (const key of Object.keys(given)) {
    if (!(key in properties))
      fail(
        `values don't meet the specifications of the schema(s) in the following chart(s):\n${chart}:\n- at '': additional properties '${key}' not allowed`,
      );
  }
}

function merged(under, over) {
  if (![under, over].every((each) => typeof each === "object" && each !== null && !Array.isArray(each)))
    return over;
  const entries = Object.entries(over).map(([key, value]) => [
    key,
    key in under ? merged(under[key], value) : value,
  ]);
  return { ...under, ...Object.fromEntries(entries) };
}

function fail(words) {
  console.error(`Error: ${words}`);
  process.exit(1);
}
