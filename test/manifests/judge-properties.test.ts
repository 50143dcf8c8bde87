import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config } from "../../config/config.ts";
import { resolve } from "../../facts/resolve.ts";
import { judgeObjects } from "../../manifests/judge-objects.ts";
import { render } from "../../manifests/render.ts";
import { clusterFiles } from "../charts/cluster-files.ts";
import { outputOfInput } from "../charts/configurations.ts";
import { buildOutput, type Output } from "../charts/output.ts";
import { validConfig } from "../config/valid-config.ts";
import { lockFor } from "../config/valid-lock.ts";

function outputOf(config: Config): Output {
  const position = { file: config.file, line: 1, column: 1 };
  const { facts, problems } = resolve({
    config,
    locate: () => position,
    lock: lockFor(config),
    lockName: "the test's answers",
  });
  expect(problems).toEqual([]);
  return buildOutput(config, facts);
}

/** From both generators: each knows corners that the other does not. */
const outputs = fc.oneof(
  clusterFiles.map((input) => outputOfInput(input)),
  validConfig.map(outputOf),
);

describe("for every valid cluster file", { timeout: 120_000 }, () => {
  it("nothing is said against the objects that come of it", () => {
    fc.assert(
      fc.property(outputs, ({ apps, config }) => {
        const files = apps.map((app) => render(app, () => config.file));
        expect(files.flatMap((scope) => judgeObjects(scope, [config]))).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 30) },
    );
  });
});
