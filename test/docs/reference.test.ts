// The generated pages. `npm run docs` writes them anew; here and in CI a stale one fails.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { configRules, fleetRules } from "../../config/rules/index.ts";
import { explanations } from "../../explanations/index.ts";
import { objectRules } from "../../manifests/rules/index.ts";
import { commandsPage } from "../../tools/docs/commands-page.ts";
import { configurationPage, type SchemaNode } from "../../tools/docs/configuration-page.ts";
import { eksClusterRole } from "../../tools/docs/eks-cluster-role.ts";
import { jsonPage, type ResultSchema } from "../../tools/docs/json-page.ts";
import { rulesPage } from "../../tools/docs/rules-page.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const schema: SchemaNode = JSON.parse(readFileSync(join(root, "schema/cluster.schema.json"), "utf8"));

describe("the reference is what the code says", () => {
  test("configuration.md follows the schema", async () => {
    await expect(configurationPage(schema)).toMatchFileSnapshot("../../docs/reference/configuration.md");
  });

  test("commands.md follows the table of commands", async () => {
    await expect(commandsPage()).toMatchFileSnapshot("../../docs/reference/commands.md");
  });

  test("eks-cluster-role.yaml follows the table of Applications", async () => {
    await expect(eksClusterRole()).toMatchFileSnapshot("../../docs/reference/eks-cluster-role.yaml");
  });

  test("json.md follows the schema of results", async () => {
    const results: ResultSchema = JSON.parse(readFileSync(join(root, "schema/result.schema.json"), "utf8"));
    await expect(jsonPage(results)).toMatchFileSnapshot("../../docs/reference/json.md");
  });

  test("rules.md follows the rules and their meanings", async () => {
    await expect(rulesPage()).toMatchFileSnapshot("../../docs/reference/rules.md");
  });
});

describe("problem codes", () => {
  const reported = reportedCodes();
  const explained = Object.keys(explanations);

  test("each one that is reported is explained", () => {
    const codes = new Set([
      ...reported,
      ...[...configRules, ...fleetRules, ...objectRules].map(({ code }) => code),
    ]);
    expect([...codes].filter((code) => !explained.includes(code))).toEqual([]);
  });

  test("each one that is explained is reported", () => {
    expect(explained.filter((code) => !reported.includes(code))).toEqual([]);
  });
});

/** Every code in the sources of the stages: quoted texts in the areas that are explained, and what stands after `code:`. */
function reportedCodes(): string[] {
  const areas = [...new Set(Object.keys(explanations).map((code) => code.split("/")[0]))].join("|");
  const quoted = new RegExp(`"((?:${areas})/[a-z][a-z-]*)"|code: "([^"]+)"`, "g");
  const sources = ["core", "config", "facts", "manifests", "commands"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const codes = [...sources, "main.ts"]
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(root, file), "utf8"))
    .flatMap((text) => [...text.matchAll(quoted)].map(([, inArea, afterKey]) => inArea ?? afterKey ?? ""));
  // facts/resolve.ts writes these two as one template.
  return [...new Set([...codes, "facts/wrong-region", "facts/wrong-account"])];
}
