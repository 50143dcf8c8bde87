// What one cluster is, as people ask for it: what is rolled out in which order, and the way of a request to each host.
// Made of configuration and facts; `graph` and `report` tell it.
import type { OwnObjects } from "../charts/own-objects.ts";
import { childName } from "../config/children.ts";
import type { Config } from "../config/config.ts";
import type { LockFile } from "../facts/lock-schema.ts";
import type { Facts } from "../facts/resolve.ts";
import { type GatewayGraph, gatewayGraph } from "./gateways.ts";
import { type Gate, gateOf, type Wave, wavesOf } from "./waves.ts";

export interface ClusterGraph {
  readonly name: string;
  /** The cluster file. */
  readonly file: string;
  readonly region: string;
  readonly account: string | null;
  /** Version of Istio's charts. */
  readonly istio: string;
  /** The Application that syncs all others. */
  readonly root: string;
  readonly gate: Gate;
  /** In the order of a roll-out. */
  readonly waves: readonly Wave[];
  readonly gateways: readonly GatewayGraph[];
}

export interface GraphInput {
  readonly config: Config;
  /** Where something is missing there, the graph has less to say. */
  readonly facts: Facts;
  readonly lock: LockFile | undefined;
  readonly ownObjects: OwnObjects;
}

export function clusterGraph(input: GraphInput): ClusterGraph {
  const { config } = input;
  const { cluster, istio } = config;
  return {
    name: cluster.name,
    file: config.file,
    region: cluster.region,
    account: cluster.account ?? input.lock?.account ?? null,
    istio: istio.version,
    root: childName(config, "root"),
    gate: gateOf(config),
    waves: wavesOf(config),
    gateways: config.gateways.map((gateway) => gatewayGraph(input, gateway)),
  };
}

/** Every host of a cluster with the door and the gateway it comes through. */
export const hostsOf = ({ gateways }: Pick<ClusterGraph, "gateways">) =>
  gateways.flatMap((gateway) =>
    gateway.doors.flatMap((door) => door.hosts.map((host) => ({ gateway, door, host }))),
  );

/** The day on which the first certificate of its doors ends; undefined where none is known. */
export const firstExpiry = ({ gateways }: ClusterGraph): string | undefined =>
  gateways
    .flatMap(({ doors }) => doors.flatMap(({ certificates }) => certificates))
    .flatMap(({ expires }) => expires ?? [])
    .sort()[0];
