import { describe, expect, it } from "vitest";
import type { Json, Verdict } from "./lua.ts";
import { readHealthCheck, runHealthCheck } from "./lua.ts";

const check = readHealthCheck("horizontal-pod-autoscaler");

function assess(...conditions: Json[]): Verdict {
  return runHealthCheck(check, {
    kind: "HorizontalPodAutoscaler",
    status: { currentReplicas: 2, conditions },
  });
}

const ableToScale = { type: "AbleToScale", status: "True", reason: "SucceededRescale", message: "ok" };
const noMetrics = {
  type: "ScalingActive",
  status: "False",
  reason: "FailedGetResourceMetric",
  message: "no metrics returned from resource metrics API",
};
const noScale = {
  type: "AbleToScale",
  status: "False",
  reason: "FailedGetScale",
  message: "deployment not found",
};

describe("a HorizontalPodAutoscaler", () => {
  it("is Healthy when it can scale", () => {
    expect(assess(ableToScale, { type: "ScalingActive", status: "True" })).toEqual({
      status: "Healthy",
      message: "",
    });
  });

  it("is Healthy without metrics and says that they are missing", () => {
    const message = "FailedGetResourceMetric: no metrics returned from resource metrics API";
    expect(assess(ableToScale, noMetrics)).toEqual({ status: "Healthy", message });
  });

  it("is Degraded when it cannot scale its target, in whatever order the conditions stand", () => {
    const degraded = { status: "Degraded", message: "FailedGetScale: deployment not found" };
    expect(assess(noScale, noMetrics)).toEqual(degraded);
    expect(assess(noMetrics, noScale)).toEqual(degraded);
  });

  it("is Healthy at its limits, where the replicas are what a person asked for", () => {
    const limited = {
      type: "ScalingLimited",
      status: "True",
      reason: "TooFewReplicas",
      message: "raised to 2",
    };
    expect(assess(ableToScale, limited).status).toBe("Healthy");
  });

  it.each([{}, { status: {} }, { status: { conditions: [] } }])(
    "is Healthy before any condition: %j",
    (object) => {
      expect(runHealthCheck(check, object)).toEqual({ status: "Healthy", message: "" });
    },
  );

  it("is judged by a condition without reason and message too", () => {
    expect(assess({ type: "AbleToScale", status: "False" }).status).toBe("Degraded");
  });
});
