// Stage 1: the child Applications of one cluster. What each kind of them is stands in applications.ts.
import type { ApplicationRole, ChartRole } from "./applications.ts";
import { type ChartRelease, chartReleases } from "./chart-releases.ts";
import { type Config, discoveredIngresses, type IngressConfig } from "./config.ts";

interface ChildBase<Role extends ApplicationRole> {
  /** `istiod` is the Application `<cluster>-istiod`. */
  readonly name: string;
  readonly role: Role;
  /** Where it deploys. */
  readonly namespace: string;
}

export type Child =
  | (ChildBase<ChartRole> & { readonly release: ChartRelease })
  /** Each applies the folder of its own name. */
  | ChildBase<"gateway" | "recheck">
  | (ChildBase<"ingress"> & { readonly ingress: IngressConfig });

/** In the order of a roll-out. */
export function children(config: Config): readonly Child[] {
  const { namespace } = config.istio.gateway;
  const charts = chartReleases(config).map(
    (release): Child => ({ name: release.child, role: release.role, namespace: release.namespace, release }),
  );
  const doors = config.ingresses.map(
    (ingress): Child => ({ name: `ingress-${ingress.key}`, role: "ingress", namespace, ingress }),
  );
  const hasRecheck = config.hook.recheck !== undefined && discoveredIngresses(config).length > 0;
  return [
    ...charts,
    { name: "gateway", role: "gateway", namespace },
    ...doors,
    ...(hasRecheck ? [{ name: "recheck", role: "recheck", namespace } as const] : []),
  ];
}

/** The name of the Application in Argo CD. */
export const childName = ({ cluster }: Config, child: string): string => `${cluster.name}-${child}`;
