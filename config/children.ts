// Stage 1: the child Applications of one cluster. What each kind of them is stands in applications.ts.
import { type ApplicationRole, applicationTable, type ChartRole } from "./applications.ts";
import { type ChartRelease, chartReleases, istioNamespace } from "./chart-releases.ts";
import {
  type Config,
  discoveredDoorsOf,
  doorsOf,
  type GatewayConfig,
  type IngressConfig,
  type ManifestConfig,
  withGatewayKey,
  writtenClassesOf,
} from "./config.ts";
import { type ManifestWave, manifestFolders } from "./own-manifests.ts";

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
  | (ChildBase<"ingress"> & OfGateway & { readonly ingress: IngressConfig })
  | (ChildBase<"ingressClass"> & { readonly classes: readonly string[] })
  | (ChildBase<"manifestsGateway" | "manifestsIngress"> & { readonly manifests: readonly ManifestConfig[] });

/** In the order of a roll-out. */
export const children = (config: Config): readonly Child[] => [
  ...chartReleases(config).map(
    (release): Child => ({ name: release.child, role: release.role, namespace: release.namespace, release }),
  ),
  ...config.gateways.flatMap((gateway) => folders(config, gateway)),
  ...classes(config),
  ...ownManifests(config, "manifestsGateway", "gateway"),
  ...ownManifests(config, "manifestsIngress", "ingress"),
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
    ...(gateway.hasObject ? [own("gateway")] : []),
    ...doors,
    ...(isDiscovered ? [own("healthcheck")] : []),
    ...(isDiscovered && config.hook.recheck !== undefined ? [own("recheck")] : []),
  ];
}

/** Classes have no namespace; the Application's own is one that stays. */
function classes(config: Config): readonly Child[] {
  const written = writtenClassesOf(config);
  if (written.length === 0) return [];
  const { folder } = applicationTable.ingressClass;
  return [{ name: folder, role: "ingressClass", namespace: istioNamespace, classes: written }];
}

/** One Application for all files of a wave. The objects name their namespaces; the Application's own is one that stays. */
function ownManifests(
  config: Config,
  role: "manifestsGateway" | "manifestsIngress",
  wave: ManifestWave,
): readonly Child[] {
  const manifests = config.manifests.filter((manifest) => manifest.wave === wave);
  if (manifests.length === 0) return [];
  return [{ name: manifestFolders[wave], role, namespace: istioNamespace, manifests }];
}

/** The name of the Application in Argo CD. */
export const childName = ({ cluster }: Config, child: string): string => `${cluster.name}-${child}`;
