import { describe, expect, it } from "vitest";
import { istioCharts } from "../../../config/applications.ts";
import { chartReleases } from "../../../config/chart-releases.ts";
import { helmValues } from "../../../config/helm-values.ts";
import measured from "../../../config/live-values/live-paths.json" with { type: "json" };
import { livePaths, measuredVersions, splitPath } from "../../../config/live-values/live-paths.ts";
import { valueRules } from "../../../config/live-values/value-rules.ts";
import { isJsonObject, type JsonValue } from "../../../core/json.ts";
import { loadFragment } from "../minimal-cluster.ts";

const liveOf = (chart: (typeof istioCharts)[number], version: string, path: string): string | undefined =>
  livePaths(chart, version).find(splitPath(path))?.live;

describe("the measurements", () => {
  it("say of a path below a map that is copied whole that it is read", () => {
    expect(liveOf("gateway", "1.31.0-rc.0", "annotations.anything.below")).toBe("yes");
    expect(liveOf("gateway", "1.31.0-rc.0", 'labels["istio.io/rev"]')).toBe("yes");
    expect(liveOf("istiod", "1.31.0-rc.0", "global.proxy.lifecycle.preStop")).toBe("injection");
  });

  it("say of a path below one that is not copied that nothing reads it", () => {
    expect(liveOf("gateway", "1.31.0-rc.0", "autoscaling.metrics")).toBeUndefined();
    expect(liveOf("base", "1.31.0-rc.0", "defaultRevision.below")).toBeUndefined();
  });

  it("tell a map with keys that are read from one with none", () => {
    expect(liveOf("istiod", "1.31.0-rc.0", "global.tracer")).toBe("map");
    expect(liveOf("istiod", "1.31.0-rc.0", "global.mtls")).toBeUndefined();
  });

  it("follow the version: a key that a release added, a meaning that one changed", () => {
    expect(measuredVersions.map((version) => liveOf("istiod", version, "taint.name"))).toEqual([
      undefined,
      undefined,
      "conditional",
      "conditional",
    ]);
    expect(measuredVersions.map((version) => liveOf("gateway", version, "platform"))).toEqual([
      "yes",
      "yes",
      "check",
      "check",
    ]);
  });

  it("stand in for a version that was not measured with the nearest one", () => {
    expect(livePaths("base", "1.29.0").version).toBe("1.29.6");
    expect(livePaths("base", "1.40.2").version).toBe("1.31.0-rc.0");
  });

  it("have each path in at most one group of a chart and a minor", () => {
    for (const chart of istioCharts) {
      const rows = measured[chart].flatMap(({ paths, ...group }) =>
        paths.map((path) => `${path} ${"since" in group ? group.since : ""}`),
      );
      expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
    }
  });
});

describe("what the charts refuse", () => {
  const refusedPaths = istioCharts.flatMap((chart) =>
    measured[chart]
      .filter(({ live }) => live === "rejected")
      .flatMap(({ paths }) => paths.map((path) => ({ chart, path }))),
  );

  it.each(refusedPaths)("is an error before anything is written: $chart $path", ({ chart, path }) => {
    const value = splitPath(path).reduceRight<JsonValue>((below, key) => ({ [key]: below }), "x");
    const [place, key] = chart === "gateway" ? ["gateways", "ingress"] : ["istio", chart];
    const { problems } = loadFragment(`${place}: ${JSON.stringify({ [key]: { values: value } })}`);
    expect(problems.map((problem) => [problem.severity, problem.path])).toEqual([
      ["error", `${place}.${key}.values.${path}`],
    ]);
  });
});

describe("what meshfront computes", () => {
  const files = {
    "the defaults": "istio: { version: 1.31.1 }",
    "a revision and fixed replicas":
      "istio: { revision: canary, istiod: { replicas: { min: 2, max: 2 } } }\ngateways: { ingress: { replicas: { min: 1, max: 1 } } }",
  };
  const versions = [...measuredVersions, "1.28.0", "1.29.0", "1.31.1"];

  it.each(Object.entries(files))("is read by every version: %s", (_, file) => {
    for (const version of versions) {
      const [cluster] = loadFragment(`${file}\n`).clusters;
      if (cluster === undefined) throw new Error("the fragment is not valid");
      const config = { ...cluster.config, istio: { ...cluster.config.istio, version } };
      for (const release of chartReleases(config)) {
        const { chart } = release;
        const dead = leaves(helmValues(config, release)).filter(
          (path) => (livePaths(chart, version).find(path)?.live ?? "no") === "no",
        );
        expect({ version, chart, dead }).toEqual({ version, chart, dead: [] });
      }
    }
  });

  it("is never reported to people who wrote nothing", () => {
    for (const version of versions.filter((each) => each !== "1.30.0")) {
      for (const { config } of loadFragment(`istio: { version: ${version} }`).clusters)
        expect(valueRules.flatMap(({ check }) => check(config))).toEqual([]);
    }
  });
});

const leaves = (value: JsonValue, path: readonly string[] = []): (readonly string[])[] =>
  isJsonObject(value) ? Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key])) : [path];
