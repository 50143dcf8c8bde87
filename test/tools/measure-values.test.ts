// tools/measure-values without helm: its charts are functions here. With helm it is run by a person, once a version.
import { describe, expect, it } from "vitest";
import { type IstioChart, istioCharts } from "../../config/applications.ts";
import { conditionOf } from "../../config/live-values/conditions.ts";
import measured from "../../config/live-values/live-paths.json" with { type: "json" };
import { type Group, measuredVersions, rowsAt } from "../../config/live-values/live-paths.ts";
import { deepMerge, type JsonObject, valueAt } from "../../core/json.ts";
import type { ChartFiles } from "../../tools/measure-values/chart-files.ts";
import { flattenSchema } from "../../tools/measure-values/gateway-schema.ts";
import { conditionsOf } from "../../tools/measure-values/known.ts";
import { differencesOf, groupsOf, type Rows, withVersion } from "../../tools/measure-values/live-data.ts";
import { measureChart } from "../../tools/measure-values/measure-chart.ts";
import { withNewest } from "../../tools/measure-values/versions.ts";

const groups = (chart: IstioChart): readonly Group[] => measured[chart] as readonly Group[]; // JSON widens `live`

describe("the table of conditions", () => {
  const spellings = istioCharts.flatMap((chart) =>
    (["when", "unless"] as const).flatMap((kind) =>
      Object.keys(conditionsOf(chart)[kind]).map((spelling) => ({ chart, kind, spelling })),
    ),
  );

  it.each(spellings)("has one that the program understands: $chart $kind $spelling", ({ spelling }) => {
    expect(conditionOf(spelling).text).not.toBe("");
  });

  it.each(istioCharts)("has every one of the data: %s", (chart) => {
    const used = groups(chart).flatMap(({ when = [], unless = [] }) => [
      ...when.filter((spelling) => !(spelling in conditionsOf(chart).when)),
      ...unless.filter((spelling) => !(spelling in conditionsOf(chart).unless)),
    ]);
    expect(used).toEqual([]);
  });
});

describe("the data of several versions", () => {
  it.each(istioCharts)("are written as they stand in the file: %s", (chart) => {
    const byVersion = measuredVersions.map((version) => [version, rowsAt(groups(chart), version)] as const);
    expect(groupsOf(byVersion)).toEqual(groups(chart));
  });

  const rows = (entries: Readonly<Record<string, "yes" | "no">>): Rows =>
    new Map(Object.entries(entries).map(([path, live]) => [path, { live }]));

  it("say of a path from which version on it is read, and from which on no more", () => {
    const first = groupsOf([["1.30.3", rows({ a: "yes", gone: "yes" })]]);
    const both = withVersion(first, ["1.30.3", "1.31.0"], "1.31.0", rows({ a: "yes", b: "yes" }));
    expect(both).toEqual([
      { live: "no", since: "1.31", paths: ["gone"] },
      { live: "yes", since: "1.31", paths: ["b"] },
      { live: "yes", paths: ["a", "gone"] },
    ]);
    expect(differencesOf(rowsAt(both, "1.30.3"), rowsAt(both, "1.31.0"))).toEqual([
      'b: unknown -> {"live":"yes"}',
      'gone: {"live":"yes"} -> {"live":"no"}',
    ]);
  });

  it("are those of the newest patch of each minor", () => {
    expect(withNewest(["1.29.6", "1.30.3", "1.31.0-rc.0"], "1.31.4")).toEqual(["1.29.6", "1.30.3", "1.31.4"]);
    expect(withNewest(["1.29.6"], "1.28.1")).toEqual(["1.28.1", "1.29.6"]);
  });
});

describe("a schema of values", () => {
  it("becomes a type by path, through references, lists, and maps with any key", () => {
    const schema: JsonObject = {
      $defs: {
        values: {
          properties: {
            _internal_defaults_do_not_set: { type: "object" },
            kind: { type: "string", enum: ["Deployment", "DaemonSet"] },
            labels: { type: "object", properties: { "a/b.c": { type: "string" } } },
            ports: { type: "object", additionalProperties: { type: "object", required: ["port"] } },
            volumes: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
          },
        },
      },
      $ref: "#/$defs/values",
    };
    expect(flattenSchema(schema)).toEqual({
      rootKeys: ["kind", "labels", "ports", "volumes"],
      types: {
        _internal_defaults_do_not_set: "object",
        kind: { enum: ["Deployment", "DaemonSet"] },
        labels: "object",
        'labels["a/b.c"]': "string",
        ports: "object",
        "ports.*": "object",
        "ports.* (required)": ["port"],
        volumes: "array",
        "volumes[]": "object",
        "volumes[].name": "string",
      },
    });
  });
});

describe("measuring a chart", () => {
  const names = { profile: ["demo"], platform: [], compatibilityVersion: [] };
  const files: ChartFiles = {
    defaults: {
      autoscaleEnabled: true,
      autoscaleMax: 5,
      replicaCount: 1,
      nodeSelector: {},
      dead: 1,
      global: { proxy: { logLevel: "warning" } },
      meshConfig: { enablePrometheusMerge: true },
      base: { removed: "" },
    },
    schema: undefined,
    reads: ["replicaCount", "global.proxy.logLevel", "hidden", "never", "profile"].map((path) =>
      path.split("."),
    ),
    injectionReads: [["global", "proxy", "logLevel"]],
    inNotes: [["old"]],
    names,
  };
  /** A chart of istiod's kind: one object with what it reads. */
  const render = async (given: JsonObject): Promise<readonly string[] | undefined> => {
    const values = deepMerge(files.defaults, given);
    if (values.old !== undefined || valueAt(values, ["base", "removed"]) !== "") return undefined;
    if (values.profile !== undefined && values.profile !== "demo") return undefined;
    const { autoscaleEnabled, nodeSelector, meshConfig, hidden } = values;
    const replicas = autoscaleEnabled === false ? values.replicaCount : "auto";
    const max = autoscaleEnabled === false ? null : values.autoscaleMax;
    const data = { autoscaleEnabled, nodeSelector, meshConfig, replicas, max, hidden: hidden ?? null };
    return [`kind: ConfigMap\nmetadata: { name: a }\ndata: ${JSON.stringify(data)}\n`];
  };

  it("tells what is read, when, where it is injected, what is refused, and what is dead", async () => {
    const rows = await measureChart("istiod", files, ["profile", "gone"], render);
    expect(Object.fromEntries(rows)).toEqual({
      autoscaleEnabled: { live: "yes" },
      replicaCount: {
        live: "conditional",
        when: ["autoscaleEnabled off"],
      },
      nodeSelector: { live: "yes", pass: true },
      dead: { live: "no" },
      global: { live: "map" },
      "global.proxy": { live: "map" },
      "global.proxy.logLevel": { live: "injection" },
      meshConfig: { live: "map", pass: true },
      "meshConfig.enablePrometheusMerge": { live: "yes" },
      base: { live: "map" },
      "base.removed": { live: "rejected" },
      hidden: { live: "yes", pass: true },
      autoscaleMax: { live: "yes", unless: ["autoscaleEnabled=false"] },
      profile: { live: "check" },
      old: { live: "rejected" },
    });
  });

  it("fails where the chart does not render at all", async () => {
    await expect(measureChart("base", files, [], async () => undefined)).rejects.toThrow(
      "the base chart does not render with its defaults",
    );
  });
});
