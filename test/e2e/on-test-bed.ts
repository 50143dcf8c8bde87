// A suite of ordered tests on one bed: each begins where the one before ended, so after a failure the rest is skipped.
import { afterAll, beforeAll, beforeEach, describe, inject, onTestFailed } from "vitest";
import { demoAws } from "./demo-platform.ts";
import type { Aws } from "./load-balancer.ts";
import { TestBed } from "./test-bed.ts";

export const chartVersions = ["1.31.0", "1.31.1", "1.31.2", "1.31.3"] as const;

/** @param suite gets a function, because the bed exists only once the tests run */
export function describeOnTestBed(
  title: string,
  suite: (bed: () => TestBed) => void,
  aws: Aws = demoAws,
): void {
  const binaries = inject("binaries");
  if (typeof binaries === "string") {
    describe.skip(title, () => suite(neverStarted)); // global-setup.ts has said why
    return;
  }
  describe(title, () => {
    let bed: TestBed | undefined;
    let hasFailed = false;
    beforeAll(async () => {
      bed = await TestBed.start(binaries, aws, chartVersions);
    });
    beforeEach(({ skip }) => {
      skip(hasFailed, "a step before failed");
      onTestFailed(() => {
        hasFailed = true;
      });
    });
    afterAll(async () => {
      if (hasFailed) {
        const summary = await bed?.applications.summary().catch((error: unknown) => String(error));
        console.error(`test bed: ${summary}\nlogs: ${bed?.folder}/logs`);
      }
      await bed?.stop({ keepFolder: hasFailed });
    });
    suite(() => bed ?? neverStarted());
  });
}

function neverStarted(): never {
  throw new Error("expected a started test bed");
}
