// No rule on objects may have anything to say of what the compiler makes of a valid configuration.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolve } from "../../../facts/resolve.ts";
import { clusterFiles } from "../../charts/cluster-files.ts";
import { outputOfInput } from "../../charts/configurations.ts";
import { buildOutput, loadOutputs } from "../../charts/output.ts";
import { validConfig } from "../../config/valid-config.ts";
import { lockFor } from "../../config/valid-lock.ts";
import { goldenCases } from "../../golden/golden-cases.ts";
import { judged } from "../judge-output.ts";

describe("rules on objects say nothing", { timeout: 120_000 }, () => {
  it.each(goldenCases)("of the golden case $name", ({ root }) => {
    expect(loadOutputs(root).map(judged).join("")).toBe("");
  });

  it("of whatever the schema and the rules on configurations accept", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const locate = () => ({ file: config.file, line: 1, column: 1 });
        const { facts } = resolve({ config, locate, lock: lockFor(config), lockName: "test" });
        expect(judged(buildOutput(config, facts))).toBe("");
      }),
      { numRuns: 25 },
    );
  });

  it("of cluster files with any number of doors", () => {
    fc.assert(
      fc.property(clusterFiles, (input) => {
        expect(judged(outputOfInput(input))).toBe("");
      }),
      { numRuns: 15 },
    );
  });
});
