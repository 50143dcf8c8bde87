import { expect, test } from "vitest";
import { stateOf } from "./applications.ts";
import { demoConfig } from "./demo-platform.ts";
import { untilWell } from "./demo-state.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** Two attempts, each a Job that tries once, and the pause between. */
const ALL_ATTEMPTS_SECONDS = 2 * 75 + 10;

describeOnTestBed("a hook that goes on failing", (bed) => {
  test("ends as a failed operation of its Application and a Degraded root, and the next commit repairs it", async () => {
    const config = demoConfig(bed());
    const first = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), first);

    // The Role now names another Service than the one that the program reads.
    bed().platform.edit("dist/demo/healthcheck/hook.yaml", (text) =>
      text.replace(/^( +)- istio-ingress$/m, "$1- another-service"),
    );
    await bed().push("A mistake");
    await waitUntil(
      "a Degraded root",
      ALL_ATTEMPTS_SECONDS + 60,
      async () => (await bed().applications.get("demo-root")).status?.health?.status === "Degraded",
      () => bed().applications.summary(),
    );
    const healthcheck = await bed().applications.get("demo-healthcheck");
    expect(stateOf(healthcheck)).toBe("Synced/Healthy/Failed");
    await untilWell(bed(), await bed().commit("Undo", config));
  }, 900_000);
});
