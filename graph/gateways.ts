// One gateway: its pods, what its Gateway objects take, the doors that lead to it and the hosts behind them.
import { doorsOf, type GatewayConfig } from "../config/config.ts";
import { deployedGateway } from "../config/helm-values.ts";
import type { GraphInput } from "./cluster-graph.ts";
import { type DoorGraph, doorGraph } from "./doors.ts";
import { type HostGraph, hostGraph } from "./hosts.ts";
import { gatewayObjectsOf, type ServerGraph } from "./own-gateways.ts";
import { routesOf } from "./routes.ts";

export interface GatewayGraph {
  readonly key: string;
  /** The Service of its pods: `<namespace>/<name>`. */
  readonly service: string;
  readonly pods: {
    readonly selector: Readonly<Record<string, string>>;
    readonly min: number;
    readonly max: number;
  };
  /** Of all Gateway objects that select its pods and that are known here. */
  readonly servers: readonly ServerGraph[];
  readonly doors: readonly (DoorGraph & { readonly hosts: readonly HostGraph[] })[];
}

export function gatewayGraph(input: GraphInput, gateway: GatewayConfig): GatewayGraph {
  const { config, ownObjects } = input;
  const { serviceName, selector } = deployedGateway(config, gateway);
  const objects = gatewayObjectsOf(config, gateway, ownObjects);
  const servers = objects.flatMap((object) => object.servers);
  const routes = routesOf(config, gateway, objects, ownObjects);
  return {
    key: gateway.key,
    service: `${gateway.namespace}/${serviceName}`,
    pods: { selector, min: gateway.replicas.min, max: gateway.replicas.max },
    servers,
    doors: doorsOf(config, gateway).map((ingress) => {
      const door = doorGraph(input, gateway, ingress);
      const hosts = ingress.hosts.map((host) =>
        hostGraph({ host, file: config.file, access: door.access, servers, routes }),
      );
      return { ...door, hosts };
    }),
  };
}

export type GatewayDoor = GatewayGraph["doors"][number];
