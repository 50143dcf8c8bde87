// Shared by the rejected-*.e2e.ts, one file each because each needs minutes on a bed of its own: a value that the API
// server rejects is committed, then reverted by the next commit, and nobody does anything else.
import { expect, test } from "vitest";
import { stateOf } from "./applications.ts";
import { demoConfig } from "./demo-platform.ts";
import { isSettled, untilWell } from "./demo-state.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * Pauses between the five retries of a child, in which no commit reaches it: 10 s, doubled up to 1 min, says the spec,
 * but Argo CD 3.5.7 counts a retry before it computes the pause (appcontroller.go, NextRetryAt), so the first is 20 s.
 */
const RETRY_WINDOW_SECONDS = 20 + 40 + 60 + 60 + 60;

export interface RejectedValue {
  /** Completes "a …". */
  readonly title: string;
  readonly gatewayValues: Readonly<Record<string, unknown>>;
  /** What the API server says. */
  readonly refusal: RegExp;
  /** State of the gateway chart's Application in the end. */
  readonly endsAs: string;
}

export function describeRejectedValue({ title, gatewayValues, refusal, endsAs }: RejectedValue): void {
  describeOnTestBed(`a ${title}`, (bed) => {
    test("is reverted by the next commit, which comes through within the retry window plus a minute", async () => {
      const config = demoConfig(bed());
      const first = await bed().commit("The first cluster", config);
      await bed().applyArgocdFolder();
      await untilWell(bed(), first);

      const values = { ...config.gateways.ingress.values, ...gatewayValues };
      await bed().commit("A mistake", {
        ...config,
        gateways: { ingress: { ...config.gateways.ingress, values } },
      });
      const message = await waitUntil(
        "the refusal in the operation",
        60,
        async () => {
          const { status } = await bed().applications.get("demo-istio-ingress");
          const { message = "", syncResult } = status?.operationState ?? {};
          const texts = [message, ...(syncResult?.resources ?? []).map((resource) => resource.message ?? "")];
          return texts.find((text) => refusal.test(text));
        },
        () => bed().applications.summary(),
      );
      expect(message).toMatch(refusal);

      const repaired = await bed().commit("Undo", config);
      await untilWell(bed(), repaired, { timeoutSeconds: RETRY_WINDOW_SECONDS + 60, holds: isSettled });
      expect(stateOf(await bed().applications.get("demo-istio-ingress"))).toBe(endsAs);
      expect(stateOf(await bed().applications.get("demo-root"))).toBe("Synced/Healthy/Succeeded");
    }, 400_000);
  });
}
