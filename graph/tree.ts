// The graph as a tree of sentences: what `graph` prints and what a report shows.
import type { ClusterGraph } from "./cluster-graph.ts";
import type { GatewayDoor, GatewayGraph } from "./gateways.ts";
import type { HostGraph } from "./hosts.ts";
import type { Wave } from "./waves.ts";
import {
  applicationWords,
  certificateWords,
  clientWords,
  healthCheckWords,
  hookWords,
  listenerWords,
  podWords,
  routeWords,
  targetWords,
  webAclWords,
} from "./words.ts";

export interface Tree {
  readonly text: string;
  /** Whether it is something that a person should notice. */
  readonly isMarked?: boolean;
  readonly children?: readonly Tree[];
}

export const treeOf = (graph: ClusterGraph): Tree => ({
  text: `${graph.name}: ${graph.region}, Istio ${graph.istio}`,
  children: [rollOut(graph), ...graph.gateways.map(gatewayTree)],
});

/** The gate is said once: it is the same between all waves. */
const rollOut = ({ root, gate, waves }: ClusterGraph): Tree => ({
  text: `roll-out by ${root}; a wave begins when all of the one before is healthy (gate in ${gate.configMap}: ${gate.healthChecks.join(", ")})`,
  children: waves.map(waveTree),
});

const waveTree = ({ wave, project, applications }: Wave): Tree => ({
  text: `wave ${wave}`,
  children: [
    ...(project === null ? [] : [{ text: `AppProject ${project}` }]),
    ...applications.map((application) => ({
      text: applicationWords(application),
      children: application.hook === null ? [] : [{ text: hookWords(application.hook) }],
    })),
  ],
});

const gatewayTree = (gateway: GatewayGraph): Tree => ({
  text: `gateway ${gateway.key}: Service ${gateway.service}, ${podWords(gateway)}`,
  children: [
    ...gateway.servers.map(({ gateway: name, port, protocol, hosts }) => ({
      text: `Gateway ${name} takes ${protocol} ${port}: ${hosts.join(", ")}`,
    })),
    ...(gateway.servers.length > 0 ? [] : [{ text: "no Gateway object known here", isMarked: true }]),
    ...(gateway.doors.length > 0 ? gateway.doors.map(doorTree) : [{ text: "no load balancer from here" }]),
  ],
});

const doorTree = (door: GatewayDoor): Tree => ({
  text: `load balancer ${door.loadBalancer} (${door.key}): ${door.scheme}, ${listenerWords(door)}`,
  children: [
    { text: `clients: ${clientWords(door.access)}` },
    ...door.certificates.map((certificate) => ({ text: `certificate: ${certificateWords(certificate)}` })),
    { text: `web ACL: ${webAclWords(door)}` },
    { text: `targets: ${targetWords(door)}` },
    { text: `health check: ${healthCheckWords(door)}` },
    ...door.hosts.map(hostTree),
  ],
});

const hostTree = ({ host, routes, marks }: HostGraph): Tree => ({
  text: host === "*" ? "every host (*)" : host,
  children: [
    ...routes.map((route) => ({ text: routeWords(route, host) })),
    ...marks.map(({ message }) => ({ text: message, isMarked: true })),
  ],
});
