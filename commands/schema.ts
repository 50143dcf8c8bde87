import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterJsonSchema } from "../config/json-schema.ts";
import { diskProblem } from "../manifests/disk-problem.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";

const schemaPath = "schema/cluster.schema.json";

/** The JSON Schema of cluster files, for editors. */
export const schema: Command = {
  run: ({ root, options }) => {
    const text = clusterJsonSchema();
    const result = { exitCode: exitCodes.clean, problems: [], json: { schema: JSON.parse(text) } };
    if (options.write !== true) return { ...result, summary: "printed", output: text };
    try {
      mkdirSync(join(root, "schema"), { recursive: true });
      writeFileSync(join(root, schemaPath), text);
    } catch (error) {
      const problem = diskProblem(error, schemaPath, "Nothing else was written.");
      return { exitCode: exitCodes.outside, problems: [problem], summary: "stopped by the disk" };
    }
    return { ...result, summary: `${schemaPath} written` };
  },
};
