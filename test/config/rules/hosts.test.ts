import { describe, expect, it } from "vitest";
import { coverOf, coversAnyDepth, coversOneLabel } from "../../../config/rules/hosts.ts";

const hosts = [
  "example.com",
  "app.example.com",
  "a.b.example.com",
  "*.example.com",
  "*.b.example.com",
  "notexample.com",
  "app.example.org",
];

/** What each pattern covers of these hosts. */
const covered = (covers: (pattern: string, host: string) => boolean, pattern: string): string[] =>
  hosts.filter((host) => covers(pattern, host));

describe("a wildcard of a certificate or an Ingress rule", () => {
  it("stands for exactly one label", () => {
    expect(covered(coversOneLabel, "*.example.com")).toEqual(["app.example.com", "*.example.com"]);
    expect(covered(coversOneLabel, "*.b.example.com")).toEqual(["a.b.example.com", "*.b.example.com"]);
  });

  it("is not there in an exact name", () => {
    expect(covered(coversOneLabel, "example.com")).toEqual(["example.com"]);
  });
});

describe("a wildcard of Istio's Gateway or of a load balancer's host condition", () => {
  it("stands for any number of labels, but not for none", () => {
    expect(covered(coversAnyDepth, "*.example.com")).toEqual([
      "app.example.com",
      "a.b.example.com",
      "*.example.com",
      "*.b.example.com",
    ]);
  });

  it("covers everything alone", () => {
    expect(covered(coversAnyDepth, "*")).toEqual(hosts);
  });
});

describe("a cover of many patterns", () => {
  it.each([
    ["one label", coversOneLabel],
    ["any", coversAnyDepth],
  ] as const)("agrees with the patterns one by one (%s)", (depth, covers) => {
    for (const patterns of [[], ["*.example.com"], ["*.b.example.com", "example.com"], hosts, ["*"]]) {
      const isCovered = coverOf(patterns, depth);
      const expected = hosts.filter((host) => patterns.some((pattern) => covers(pattern, host)));
      expect(hosts.filter(isCovered), String(patterns)).toEqual(expected);
    }
  });
});
