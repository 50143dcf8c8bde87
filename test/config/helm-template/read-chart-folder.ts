// A chart of the tests as its source, the way `check --charts` reads it.
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { ChartSource } from "../../../config/helm-template/analyse-chart.ts";
import { chartSource } from "../../../config/helm-template/chart-source.ts";
import { readCharts } from "../../../config/read-charts.ts";

export const chartFolder = (name: string): string =>
  fileURLToPath(new URL(`./charts/${name}`, import.meta.url));

export function readChartFolder(name: string): ChartSource {
  const [entry] = readCharts(chartFolder(name)) ?? [];
  if (entry === undefined || entry.content instanceof Uint8Array) throw new Error(`no chart ${name}`);
  return chartSource(entry.content, (text) => parse(text));
}

/** A chart that is only these templates. */
export const chartOf = (templates: Readonly<Record<string, string>>): ChartSource => ({
  metadata: { name: "made", version: "0.0.1" },
  values: {},
  files: new Map(Object.entries(templates).map(([name, text]) => [`templates/${name}`, text])),
  subcharts: [],
});
