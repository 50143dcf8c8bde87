import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterJsonSchema, defaultsJsonSchema } from "../config/json-schema.ts";
import type { JsonObject } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import { didYouMean } from "../core/suggest.ts";
import { diskProblem } from "../manifests/disk-problem.ts";
import { makeFolder } from "../manifests/write.ts";
import type { Command, CommandResult } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { resultJsonSchema } from "./results/index.ts";
import type { SchemaKeys } from "./results/schema.ts";

/** What has a schema -> its text. */
const schemas: ReadonlyMap<string, () => string> = new Map([
  ["cluster", clusterJsonSchema],
  ["defaults", defaultsJsonSchema],
  ["result", resultJsonSchema],
]);

/** The JSON Schema of cluster files, for editors, and of what `--json` prints, for scripts. */
export const schema: Command = {
  run: ({ root, words, options }) => {
    const [name = "cluster", ...more] = words;
    const makeText = schemas.get(name);
    if (makeText === undefined || more.length > 0) {
      const json: SchemaKeys = { schema: null, written: [] };
      return { exitCode: exitCodes.invalid, problems: [unknownSchema(words)], summary: "nothing done", json };
    }
    const text = makeText();
    const parsed: JsonObject = JSON.parse(text);
    if (options.write === true) return writeAll(root, parsed);
    const json: SchemaKeys = { schema: parsed, written: [] };
    return { exitCode: exitCodes.clean, problems: [], summary: "printed", output: text, json };
  },
};

function writeAll(root: string, parsed: JsonObject): CommandResult {
  const written: string[] = [];
  for (const [name, makeText] of schemas) {
    const path = `schema/${name}.schema.json`;
    try {
      makeFolder(join(root, "schema"));
      writeFileSync(join(root, path), makeText());
    } catch (error) {
      const problem = diskProblem(error, path, "Running it again is safe.");
      const json: SchemaKeys = { schema: parsed, written };
      return { exitCode: exitCodes.outside, problems: [problem], summary: "stopped by the disk", json };
    }
    written.push(path);
  }
  const json: SchemaKeys = { schema: parsed, written };
  return { exitCode: exitCodes.clean, problems: [], summary: `${written.join(", ")} written`, json };
}

const unknownSchema = (words: readonly string[]): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message: `expected one of ${[...schemas.keys()].join(", ")}, found ${words.join(" ")}`,
  suggestion: didYouMean(words[0] ?? "", [...schemas.keys()]) ?? "Run `meshfront schema --help`.",
});
