import { describe, expect, it } from "vitest";
import {
  defaultIstioVersion,
  hasValidationFailurePolicy,
  nearestVersion,
  oldestIstioMinor,
  parseIstioVersion,
  tryFindIstioMinor,
} from "../../config/istio-versions.ts";

describe("an Istio version", () => {
  it.each([
    ["1.31.1", { major: 1, minor: 31, patch: 1 }],
    ["1.31.0-rc.0", { major: 1, minor: 31, patch: 0 }],
    ["1.28.10", { major: 1, minor: 28, patch: 10 }],
    ["1.30.0-alpha.5", { major: 1, minor: 30, patch: 0 }],
  ])("%s has three numbers", (version, numbers) => {
    expect(parseIstioVersion(version)).toEqual(numbers);
  });
});

describe("base.validationFailurePolicy", () => {
  it.each([
    ["1.28.5", false],
    ["1.28.6", true],
    ["1.29.1", false],
    ["1.29.2", true],
    ["1.30.3", true],
    ["1.31.0-rc.0", true],
    ["1.31.1", true],
    ["1.40.0", true],
    ["1.27.9", false],
  ])("in %s is read: %s", (version, isRead) => {
    expect(hasValidationFailurePolicy(version)).toBe(isRead);
  });
});

describe("the row of a version", () => {
  it("is that of its minor, of the newest for newer ones, and none below the oldest", () => {
    expect(oldestIstioMinor).toBe("1.28");
    expect(tryFindIstioMinor("1.30.9")?.safePatch).toBe(3);
    expect(tryFindIstioMinor("2.0.0")).toBe(tryFindIstioMinor("1.31.0"));
    expect(tryFindIstioMinor("1.27.12")).toBeUndefined();
    expect(tryFindIstioMinor("1.9.0")).toBeUndefined();
  });

  it("is there and safe for the default", () => {
    const { patch } = parseIstioVersion(defaultIstioVersion);
    expect(patch).toBeGreaterThanOrEqual(tryFindIstioMinor(defaultIstioVersion)?.safePatch ?? Infinity);
  });
});

describe("the nearest measured version", () => {
  const measured = ["1.28.10", "1.31.0-rc.0", "1.29.6", "1.30.3"];

  it.each([
    ["1.30.5", "1.30.3"],
    ["1.31.1", "1.31.0-rc.0"],
    ["1.45.0", "1.31.0-rc.0"],
    ["1.27.0", "1.28.10"],
  ])("of %s is %s", (version, nearest) => {
    expect(nearestVersion(version, measured)).toBe(nearest);
  });

  it("is the older one where a minor is missing", () => {
    expect(nearestVersion("1.29.1", ["1.28.10", "1.30.3"])).toBe("1.28.10");
  });
});
