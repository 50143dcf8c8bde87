// Stage 1: the Helm releases of Istio's charts that a cluster has, in the order of their installation.
import type { JsonObject, Path } from "../core/json.ts";
import { oncePer } from "../core/once-per.ts";
import { applicationTable, type ChartRole, type MeshRole, meshRoles } from "./applications.ts";
import type { Config, GatewayConfig } from "./config.ts";

/** Istio's root namespace; base and istiod live nowhere else. */
export const istioNamespace = "istio-system";

interface Release<Role extends ChartRole> {
  readonly role: Role;
  readonly chart: (typeof applicationTable)[Role]["chart"];
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

export type GatewayChartRelease = Release<"gatewayChart"> & { readonly gateway: GatewayConfig };
type MeshRelease = Release<MeshRole>;
export type ChartRelease = MeshRelease | GatewayChartRelease;

/** Made once: what is computed of a release is kept by it. */
const releasesOf = oncePer((config: Config, _: "all"): readonly ChartRelease[] => [
  ...meshRoles.map((role) => meshRelease(config, role)),
  ...config.gateways.map((gateway) => gatewayRelease(config, gateway)),
]);

export const chartReleases = (config: Config): readonly ChartRelease[] => releasesOf(config, "all");

/** Its Application has the name of the release. */
function meshRelease({ istio }: Config, role: MeshRole): MeshRelease {
  const { chart, release, key } = applicationTable[role];
  return {
    role,
    chart,
    child: release,
    name: release,
    namespace: istioNamespace,
    version: istio.version,
    at: ["istio", key],
    values: istio[key].values,
  };
}

const gatewayRelease = ({ gateways }: Config, gateway: GatewayConfig): GatewayChartRelease => ({
  role: "gatewayChart",
  chart: "gateway",
  child: gateways.length === 1 ? "istio-ingress" : `gateway-chart-${gateway.key}`,
  name: gateway.release,
  namespace: gateway.namespace,
  version: gateway.version,
  at: ["gateways", gateway.key],
  values: gateway.values,
  gateway,
});

export function istiodRelease(config: Config): ChartRelease {
  const found = chartReleases(config).find(({ role }) => role === "istiod");
  if (found === undefined) throw new Error("no release of istiod");
  return found;
}

export function gatewayChartRelease(config: Config, gateway: GatewayConfig): GatewayChartRelease {
  const found = chartReleases(config).find((each) => "gateway" in each && each.gateway === gateway);
  if (found === undefined || !("gateway" in found)) throw new Error(`no gateway ${gateway.key}`);
  return found;
}
