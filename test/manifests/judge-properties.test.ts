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
  const lock = lockFor(config);
  const { facts } = resolve({ config, locate: () => position, lock, lockName: "the test's answers" });
  return buildOutput(config, facts);
}

function expectNoProblems({ apps, config }: Output): void {
  const scopes = apps.map((app) => render(app, () => config.file));
  expect(scopes.flatMap((files) => judgeObjects(files, [config]))).toEqual([]);
}

// Two generators, because each knows corners that the other does not.
describe("nothing is said against the objects", { timeout: 120_000 }, () => {
  it("of a valid cluster file", () => {
    fc.assert(
      fc.property(clusterFiles, (input) => expectNoProblems(outputOfInput(input))),
      { numRuns: 20 },
    );
  });

  it("of a valid configuration", () => {
    fc.assert(
      fc.property(validConfig, (config) => expectNoProblems(outputOf(config))),
      { numRuns: 20 },
    );
  });
});
