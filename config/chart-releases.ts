// Stage 1: the Helm releases of Istio's charts that a cluster has, in the order of their installation.
import type { JsonObject, Path } from "../core/json.ts";
import { applicationTable, type ChartRole, type IstioChart } from "./applications.ts";
import type { Config } from "./config.ts";

/** Istio's root namespace; base and istiod live nowhere else. */
export const istioNamespace = "istio-system";

export interface ChartRelease {
  readonly role: ChartRole;
  readonly chart: IstioChart;
  /** `istiod` is installed by the Application `<cluster>-istiod`. */
  readonly child: string;
  /** Name of the release. */
  readonly name: string;
  readonly namespace: string;
  /** Exact version of the chart. */
  readonly version: string;
  /** Where the cluster file has it; its own values stand under `values` there. */
  readonly at: Path;
  /** What the file says, without what meshfront computes. */
  readonly values: JsonObject;
}

export const chartReleases = ({ istio }: Config): readonly ChartRelease[] => [
  release("istioBase", {
    child: "istio-base",
    name: "istio-base",
    namespace: istioNamespace,
    version: istio.version,
    at: ["istio", "base"],
    values: istio.base.values,
  }),
  release("istiod", {
    child: "istiod",
    name: "istiod",
    namespace: istioNamespace,
    version: istio.version,
    at: ["istio", "istiod"],
    values: istio.istiod.values,
  }),
  release("gatewayChart", {
    child: "istio-ingress",
    name: istio.gateway.releaseName,
    namespace: istio.gateway.namespace,
    version: istio.version,
    at: ["istio", "gateway"],
    values: istio.gateway.values,
  }),
];

const release = (role: ChartRole, rest: Omit<ChartRelease, "role" | "chart">): ChartRelease => ({
  role,
  chart: applicationTable[role].chart,
  ...rest,
});
