import { describe, expect, it } from "vitest";
import type { IstioChart } from "../../config/applications.ts";
import { adviseOnNull } from "../../config/null-advice.ts";
import type { Path } from "../../core/json.ts";

const keep = "Remove the line to keep the chart's default, or write";
const anything = `${keep} the value you mean: false, 0, "", [] or {}.`;

describe("instead of a null", () => {
  it.each<[IstioChart, Path, string]>([
    [
      "istiod",
      ["resources"],
      "Write the requests and limits you mean: those of the chart cannot be removed.",
    ],
    [
      "istiod",
      ["meshConfig"],
      "The chart fails on it: remove the line to keep the chart's default, or write single keys below it.",
    ],
    ["istiod", ["meshConfig", "enablePrometheusMerge"], "Write false."],
    ["istiod", ["resources", "requests"], anything],
    ["istiod", ["podAnnotations"], anything],
    [
      "base",
      ["global"],
      "The chart fails on it: remove the line to keep the chart's default, or write single keys below it.",
    ],
    [
      "gateway",
      ["podAnnotations"],
      "No spelling removes the chart's annotations, {} neither: remove the line, or write single ones anew.",
    ],
    ["gateway", ["podAnnotations", "prometheus.io/scrape"], 'Write "false".'],
    ["gateway", ["podAnnotations", "prometheus.io/port"], `${keep} text.`],
    [
      "gateway",
      ["labels", "istio.io/dataplane-mode"],
      "Remove the line: the chart's own label, none, keeps the gateway out of ambient mode.",
    ],
    [
      "gateway",
      ["resources", "limits", "cpu"],
      "Write the limit you mean: that of the chart cannot be removed.",
    ],
    ["gateway", ["service", "ports", 0, "port"], `${keep} a whole number.`],
    ["gateway", ["imagePullPolicy"], `${keep} one of "", "Always", "IfNotPresent", "Never".`],
    ["gateway", ["annotations", "any.example.com/key"], `${keep} text or a whole number.`],
    ["gateway", ["rbac"], `${keep} a map.`],
    ["gateway", ["toString"], anything],
    ["gateway", [], anything],
  ])("%s %j", (chart, path, advice) => {
    expect(adviseOnNull(chart, path, "1.31.1")).toBe(advice);
  });

  it("the nearest measured version knows the type", () => {
    expect(adviseOnNull("gateway", ["dnsPolicy"], "1.31.1")).toBe(`${keep} text.`);
    expect(adviseOnNull("gateway", ["dnsPolicy"], "1.30.5")).toBe(anything);
  });
});
