// The graph as boxes and arrows: what the forms for pictures have in common. Two drawings: the roll-out, and the way to
// each host.
import { type ClusterGraph, hostsOf } from "./cluster-graph.ts";
import type { GatewayDoor, GatewayGraph } from "./gateways.ts";
import { type HostGraph, shortMarks } from "./hosts.ts";
import type { RouteGraph } from "./routes.ts";
import type { Wave } from "./waves.ts";
import { certificateWords, clientWords, listenerWords, podWords, webAclWords } from "./words.ts";

export interface Box {
  readonly id: string;
  /** What kind of thing it is. */
  readonly kind: string;
  readonly name: string;
  readonly lines: readonly string[];
  /** What a person should notice. */
  readonly marks: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export interface Drawing {
  readonly title: string;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export const drawingsOf = (graph: ClusterGraph): readonly Drawing[] => [rollOut(graph), paths(graph)];

function rollOut({ waves, root }: ClusterGraph): Drawing {
  const boxes = waves.map(waveBox);
  return {
    title: `Roll-out by ${root}: each arrow is the gate, which opens when all of a wave is healthy`,
    boxes,
    arrows: boxes.slice(1).map(({ id }, index) => ({ from: boxes[index]?.id ?? "", to: id })),
  };
}

const waveBox = ({ wave, project, applications }: Wave): Box => ({
  id: `wave${wave}`,
  kind: "wave",
  name: String(wave),
  lines: [
    ...(project === null ? [] : [`AppProject ${project}`]),
    ...applications.flatMap(({ name, hook }) => [
      name,
      ...(hook === null ? [] : [`${hook.kind === "Job" ? "hook" : "CronJob"}: ${hook.when}`]),
    ]),
  ],
  marks: [],
});

function paths(graph: ClusterGraph): Drawing {
  const gateways = graph.gateways.map(gatewayPaths);
  return {
    title: "The way of a request, from clients to Services",
    boxes: uniqueBoxes(gateways.flatMap(({ boxes }) => boxes)),
    arrows: uniqueArrows(gateways.flatMap(({ arrows }) => arrows)),
  };
}

type Part = Pick<Drawing, "boxes" | "arrows">;

/** Of all its doors requests come to the same pods. */
function gatewayPaths(gateway: GatewayGraph): Part {
  const pods = podsBox(gateway);
  const servers = serverBoxes(gateway);
  const doors = gateway.doors.map((door) => doorPaths(door, pods));
  const routes = routePaths(gateway, servers);
  return {
    boxes: [...doors.flatMap(({ boxes }) => boxes), pods, ...servers, ...routes.boxes],
    arrows: [
      ...doors.flatMap(({ arrows }) => arrows),
      ...servers.map(({ id }) => ({ from: pods.id, to: id })),
      ...routes.arrows,
    ],
  };
}

function doorPaths(door: GatewayDoor, pods: Box): Part {
  const balancer = balancerBox(door);
  const hosts = door.hosts.map((host) => hostBox(door, host));
  return {
    boxes: [...hosts, balancer],
    arrows: [...hosts.map(({ id }) => ({ from: id, to: balancer.id })), { from: balancer.id, to: pods.id }],
  };
}

const hostBox = (door: GatewayDoor, { host, marks }: HostGraph): Box => ({
  id: `host ${door.key} ${host}`,
  kind: "host",
  name: host === "*" ? "every host (*)" : host,
  lines: [`clients: ${clientWords(door.access)}`],
  marks: [...new Set(marks.map(({ kind }) => shortMarks[kind]))],
});

const balancerBox = (door: GatewayDoor): Box => ({
  id: `door ${door.key}`,
  kind: "load balancer",
  name: door.loadBalancer,
  lines: [
    `${door.scheme}, ${listenerWords(door)}`,
    ...door.certificates.map(({ names, ...rest }) =>
      names === null ? "certificate by ARN" : `certificate ${certificateWords({ names, ...rest })}`,
    ),
    ...(door.webAcl === null || door.webAcl === "none" ? [] : [`web ACL: ${webAclWords(door)}`]),
    `health check: GET ${door.healthCheck.path} at ${door.healthCheck.port}`,
  ],
  marks: [],
});

function podsBox(gateway: GatewayGraph): Box {
  const types = new Set(gateway.doors.map(({ target }) => target.type));
  return {
    id: `pods ${gateway.key}`,
    kind: "gateway pods",
    name: gateway.service,
    lines: [
      ...(types.has("instance") ? ["at NodePorts of the nodes"] : []),
      ...(types.has("ip") ? ["at the pods themselves"] : []),
      podWords(gateway),
    ],
    marks: gateway.servers.length > 0 ? [] : ["no Gateway object known here"],
  };
}

/** One for each Gateway object: what each of its servers takes is too much for a box. */
function serverBoxes({ key, servers }: GatewayGraph): readonly Box[] {
  const names = [...new Set(servers.map(({ gateway }) => gateway))];
  return names.map((name) => ({
    id: `server ${key} ${name}`,
    kind: "Gateway",
    name,
    lines: servers
      .filter(({ gateway }) => gateway === name)
      .map(
        ({ protocol, port, hosts }) =>
          `${protocol} ${port}, ${hosts.length === 1 ? hosts[0] : `${hosts.length} hosts`}`,
      ),
    marks: [],
  }));
}

/** Which of several Gateway objects a VirtualService is bound to, no arrow tells: the first stands for all. */
function routePaths(gateway: GatewayGraph, [server]: readonly Box[]): Part {
  const routes = hostsOf({ gateways: [gateway] }).flatMap(({ host }) => host.routes);
  if (server === undefined) return { boxes: [], arrows: [] };
  const names = [...new Set(routes.map(({ virtualService }) => virtualService))];
  const all = names.map((name) => {
    const own = [...new Set(routes.filter(({ virtualService }) => virtualService === name))];
    return { box: virtualServiceBox(gateway, name, own), services: own.map(serviceBox) };
  });
  return {
    boxes: all.flatMap(({ box, services }) => [box, ...services]),
    arrows: all.flatMap(({ box, services }) => [
      { from: server.id, to: box.id },
      ...services.map(({ id }) => ({ from: box.id, to: id })),
    ]),
  };
}

const virtualServiceBox = ({ key }: GatewayGraph, name: string, routes: readonly RouteGraph[]): Box => ({
  id: `route ${key} ${name}`,
  kind: "VirtualService",
  name,
  lines: [
    [...new Set(routes.flatMap(({ hosts }) => hosts))].join(", "),
    ...new Set(routes.map(({ path }) => path)),
  ],
  marks: [],
});

const serviceBox = ({ service, port, isConsole }: RouteGraph): Box => ({
  id: `service ${service} ${port ?? ""}`,
  kind: isConsole ? "Service, console" : "Service",
  name: `${service}${port === null ? "" : `:${port}`}`,
  lines: [],
  marks: [],
});

const uniqueBoxes = (boxes: readonly Box[]): readonly Box[] => [
  ...new Map(boxes.map((box) => [box.id, box])).values(),
];

const uniqueArrows = (arrows: readonly Arrow[]): readonly Arrow[] => [
  ...new Map(arrows.map((arrow) => [`${arrow.from}\n${arrow.to}`, arrow])).values(),
];
