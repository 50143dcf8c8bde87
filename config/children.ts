// Stage 1: the child Applications of one cluster. What each kind of them is stands in applications.ts.
import type { ApplicationRole, ChartRole } from "./applications.ts";
import { type ChartRelease, chartReleases } from "./chart-releases.ts";
import {
  type Config,
  discoveredDoorsOf,
  doorsOf,
  type GatewayConfig,
  type IngressConfig,
  withGatewayKey,
} from "./config.ts";

interface ChildBase<Role extends ApplicationRole> {
  /** `istiod` is the Application `<cluster>-istiod`. */
  readonly name: string;
  readonly role: Role;
  /** Where it deploys. */
  readonly namespace: string;
}

/** Of a gateway; each applies the folder of its own name. */
interface OfGateway {
  readonly gateway: GatewayConfig;
}

export type Child =
  | (ChildBase<ChartRole> & { readonly release: ChartRelease })
  | (ChildBase<"gateway" | "healthcheck" | "recheck"> & OfGateway)
  | (ChildBase<"ingress"> & OfGateway & { readonly ingress: IngressConfig });

/** In the order of a roll-out. */
export const children = (config: Config): readonly Child[] => [
  ...chartReleases(config).map(
    (release): Child => ({ name: release.child, role: release.role, namespace: release.namespace, release }),
  ),
  ...config.gateways.flatMap((gateway) => folders(config, gateway)),
];

function folders(config: Config, gateway: GatewayConfig): readonly Child[] {
  const { namespace } = gateway;
  const own = (role: "gateway" | "healthcheck" | "recheck"): Child => ({
    name: withGatewayKey(config, role, gateway),
    role,
    namespace,
    gateway,
  });
  const doors = doorsOf(config, gateway).map(
    (ingress): Child => ({ name: `ingress-${ingress.key}`, role: "ingress", namespace, gateway, ingress }),
  );
  const isDiscovered = discoveredDoorsOf(config, gateway).length > 0;
  return [
    own("gateway"),
    ...doors,
    ...(isDiscovered ? [own("healthcheck")] : []),
    ...(isDiscovered && config.hook.recheck !== undefined ? [own("recheck")] : []),
  ];
}

/** The name of the Application in Argo CD. */
export const childName = ({ cluster }: Config, child: string): string => `${cluster.name}-${child}`;
