import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lostKeys } from "../imports/key-loss.ts";
import { apiObjectsOf, comparable, synthesised } from "./cdk8s-output.ts";
import { clusterFiles } from "./cluster-files.ts";
import { outputOfInput } from "./configurations.ts";
import { invariants } from "./invariants/index.ts";
import { objectsOf } from "./output.ts";
import { reversedKeys } from "./reversed-keys.ts";

describe("for every valid cluster file", { timeout: 120_000 }, () => {
  it("all invariants of the output hold", () => {
    fc.assert(
      fc.property(clusterFiles, (input) => {
        const output = outputOfInput(input);
        const broken = invariants.flatMap(({ name, violations }) =>
          violations(output).map((what) => `${name}: ${what}`),
        );
        expect(broken).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("the output has the same bytes whatever the order of the file's keys", () => {
    const bytes = (input: Parameters<typeof outputOfInput>[0]) =>
      outputOfInput(input).files.map(({ path, text }) => [path, text]);
    fc.assert(
      fc.property(clusterFiles, (input) => {
        expect(bytes(reversedKeys(input))).toEqual(bytes(input));
      }),
      { numRuns: 10 },
    );
  });

  it("the objects are those that cdk8s itself writes, with every key they were given", () => {
    const folder = mkdtempSync(join(tmpdir(), "meshfront-cdk8s-"));
    try {
      let run = 0;
      fc.assert(
        fc.property(clusterFiles, (input) => {
          const output = outputOfInput(input);
          const written = output.apps.flatMap((app) => synthesised(app, join(folder, String(run++))));
          expect(comparable(objectsOf(output))).toEqual(comparable(written));
          expect(apiObjectsOf(output).flatMap(lostKeys)).toEqual([]);
        }),
        { numRuns: 3 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
