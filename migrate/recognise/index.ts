// What is live -> a cluster file as data, and everything that has to be said of it.

import { defaultGatewayName } from "../../config/normalise.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { Findings } from "../finding.ts";
import type { LiveObject, LiveState } from "../live.ts";
import { sayClaims } from "./claims.ts";
import type { Door } from "./door.ts";
import { findDoors } from "./doors.ts";
import { gatewayConfig } from "./gateway-draft.ts";
import { gatewayReleases, gatewayTitle, isGatewayService, type LiveGateway, selectorOf } from "./gateways.ts";
import { istioOf, releaseTitle } from "./istio-values.ts";
import { gatewayKeysFor, keysFor } from "./keys.ts";
import { isIstioGateway, isService, isVirtualService, nameOf, namespaceOf, titleOf } from "./objects.ts";
import { type OwnFile, ownFiles } from "./own-objects.ts";
import { isBoundTo, isHealthCheckRoute, type RouteDoor, routesOf, sayUnbound } from "./routes.ts";
import { nameValuesFiles } from "./values-files.ts";
import { clusterOf, eksNameIn, type WhereOptions } from "./where.ts";

export interface Draft {
  /** A cluster file, not yet checked. */
  readonly input: JsonObject;
  /** Why something is written, by dotted path of its key. */
  readonly comments: Readonly<Record<string, string>>;
  readonly files: readonly OwnFile[];
  readonly doors: readonly KeyedDoor[];
  /** The live objects that ours take the place of. */
  readonly takenOver: readonly LiveObject[];
  /** Each object and release once, releases with their names. */
  readonly state: LiveState;
  readonly findings: Findings;
}

export interface RecogniseOptions extends WhereOptions {
  readonly repository: JsonObject;
}

export function recognise(state: LiveState, options: RecogniseOptions, findings: Findings): Draft {
  const unique = nameValuesFiles(sayClaims(state, findings), findings);
  const clusterName = options.eksName ?? eksNameIn(unique) ?? options.cluster;
  const found = findDoors(unique, clusterName, findings);
  if (found.doors.length === 0) sayNoDoors(unique, findings);
  const cluster = clusterOf(
    unique,
    found.doors,
    options,
    found.doors.length === 0 ? new Findings() : findings,
  );
  const istio = istioOf(unique, findings);
  const doorKeys = keysFor(
    found.doors.map(({ view }) => nameOf(view.object)),
    "main",
  );
  const doors = found.doors.map((door, index) => ({ ...door, key: doorKeys[index] ?? "" }));
  const gatewayKeys = gatewayKeysOf(found.gateways, doors);
  sayOtherGateways(unique, found.gateways, findings);
  const drafts = found.gateways.map((gateway) => {
    const own = doors.filter((door) => door.gateway === gateway);
    return draftGateway(unique, gateway, gatewayKeys.get(gateway) ?? "", own, istio.version, findings);
  });
  sayUnbound(unique, findings);
  for (const object of unique.objects.filter(isIstioGateway))
    if (!found.gateways.some(({ objects }) => objects.includes(object)))
      findings.leftOut(
        "other-gateway",
        titleOf(object),
        "It selects the pods of no gateway that a door of the input leads to: it stays its owner's.",
      );
  const files = ownFiles(unique, found.gateways, options.cluster, findings);
  const input: JsonObject = {
    cluster,
    repository: options.repository,
    ...(Object.keys(istio.config).length > 0 && { istio: istio.config }),
    gateways: Object.fromEntries(drafts.map(({ key, config }) => [key, config])),
    ...(drafts.some(({ routes }) => routes.length > 0) && { routes: drafts.flatMap(({ routes }) => routes) }),
    ingresses: Object.fromEntries(
      doors.map(({ key, gateway, config }) => [
        key,
        { ...(found.gateways.length > 1 && { gateway: gatewayKeys.get(gateway) ?? "" }), ...config },
      ]),
    ),
    ...(files.length > 0 && { manifests: files.map(({ path }) => ({ path, wave: "gateway" })) }),
  };
  const missing = sayMissing(input, findings);
  const comments = Object.fromEntries([
    ...missing,
    ...Object.entries(istio.comments).map(([key, comment]) => [`istio.${key}`, comment]),
    ...doors.flatMap(({ key, comments: own }) =>
      Object.entries(own).map(([name, comment]) => [`ingresses.${key}.${name}`, comment]),
    ),
  ]);
  const takenOver = [
    ...doors.flatMap(({ members }) => members),
    ...drafts.flatMap(({ objects }) => objects),
    ...files.map(({ live }) => live),
  ];
  return { input, comments, files, doors, takenOver, state: unique, findings };
}

/** What only a person can add, as comments where it belongs. */
function sayMissing(
  { cluster, repository }: JsonObject,
  findings: Findings,
): readonly (readonly [string, string])[] {
  const hasUrl = isJsonObject(repository) && repository.url !== undefined;
  if (!hasUrl)
    findings.step(
      "no-repository",
      "",
      "Neither Git nor another cluster of this project tells which repository Argo CD reads: the file has no `repository`, and `synth` asks for it. Write repository.url, or run again with --repository URL.",
    );
  const hasRegion = isJsonObject(cluster) && cluster.region !== undefined;
  return [
    ...(hasUrl
      ? []
      : [
          [
            "cluster",
            "Missing: `repository: { url: … }`, what Argo CD reads. Nothing in the input tells it.",
          ] as const,
        ]),
    ...(hasRegion ? [] : [["cluster.name", "Missing: `region: …`. Nothing in the input tells it."] as const]),
  ];
}

type KeyedDoor = Door & { readonly key: string };

function gatewayKeysOf(
  gateways: readonly LiveGateway[],
  doors: readonly KeyedDoor[],
): ReadonlyMap<LiveGateway, string> {
  const keys = gatewayKeysFor(
    gateways.map((gateway) => ({
      serviceName: gateway.serviceName,
      doorKeys: doors.filter((door) => door.gateway === gateway).map(({ key }) => key),
    })),
  );
  return new Map(gateways.map((gateway, index) => [gateway, keys[index] ?? ""]));
}

function sayNoDoors({ objects, releases }: LiveState, findings: Findings): void {
  const loadBalancer = objects.some(
    (object) =>
      object.manifest.kind === "Service" &&
      (object.manifest.spec as JsonObject | undefined)?.type === "LoadBalancer",
  );
  findings.refuse(
    "no-door",
    "",
    loadBalancer
      ? "No Ingress in the input leads to an Istio gateway through the AWS Load Balancer Controller, and a Service of type LoadBalancer is there: that is a Network Load Balancer, and meshfront has no such door yet. Nothing is written."
      : `No Ingress in the input leads to an Istio gateway through the AWS Load Balancer Controller${releases.length === 0 ? ", and no release of Istio's charts is there" : ""}: there is no door to migrate. Give the Ingresses and the gateway's Service too (\`kubectl get ingress,service -A -o yaml\`).`,
  );
}

const noDoor =
  "No door of the input leads to this gateway (an egress gateway, one for other clusters, or one behind a load balancer of its own): it stays as it is. A gateway without a door can be said under `gateways`.";

/** Gateways that no door leads to, and charts that are not Istio's. */
function sayOtherGateways(state: LiveState, gateways: readonly LiveGateway[], findings: Findings): void {
  for (const release of state.releases) {
    const isKnown = ["base", "istiod", "gateway"].includes(release.chart);
    if (release.chart === "gateway" && !gateways.some((gateway) => gateway.release === release))
      findings.leftOut("gateway-without-door", releaseTitle(release), noDoor);
    if (!isKnown)
      findings.leftOut(
        "other-chart",
        releaseTitle(release),
        ["cni", "ztunnel"].includes(release.chart)
          ? "meshfront does not install this chart of Istio's: it stays as it is, and has to keep up with istio.version by its own means."
          : "It is none of Istio's charts base, istiod and gateway. If it brings them as subcharts, Argo CD cannot adopt it as three releases: the objects would be labelled anew. Otherwise it is no part of the front.",
      );
  }
  for (const service of state.objects.filter((object) => isService(object) && isGatewayService(object))) {
    const isTaken = gateways.some((gateway) => gateway.service === service);
    const isReleased = gatewayReleases(state).some(
      ({ name, namespace }) => name === nameOf(service) && namespace === namespaceOf(service),
    );
    const isPilot = selectorOf(service).istio === "pilot" || selectorOf(service).app === "istiod";
    if (!isTaken && !isReleased && !isPilot)
      findings.leftOut("gateway-without-door", titleOf(service), noDoor);
  }
}

function draftGateway(
  state: LiveState,
  gateway: LiveGateway,
  key: string,
  doors: readonly KeyedDoor[],
  istioVersion: string,
  findings: Findings,
) {
  const object = chooseObject(state, gateway, findings);
  const hasObject = gateway.objects.length > 0;
  if (!hasObject)
    findings.decision(
      "no-gateway-object",
      gatewayTitle(gateway),
      "No Gateway object in the input selects this gateway: applications seem to bring theirs, so object: none, and no routes. Give the Gateways and VirtualServices too, if ours shall write them.",
    );
  const config = gatewayConfig({ key, gateway, object, hasObject, doors, istioVersion, findings });
  const ourName = object === undefined ? defaultGatewayName(key) : nameOf(object);
  const routeDoors: readonly RouteDoor[] = doors;
  const { routes, objects } = routesOf({
    state,
    gatewayObject: object,
    ourGateway: `${gateway.namespace}/${ourName}`,
    namespace: gateway.namespace,
    doors: routeDoors,
    findings,
  });
  return { key, config, routes, objects: object === undefined ? objects : [object, ...objects] };
}

/** The one that most VirtualServices name; what serves a health check alone is none. */
function chooseObject(state: LiveState, gateway: LiveGateway, findings: Findings): LiveObject | undefined {
  const routes = state.objects.filter(isVirtualService);
  const bound = (object: LiveObject) => routes.filter((route) => isBoundTo(route, object));
  const candidates = gateway.objects.filter((object) => {
    const own = bound(object);
    return own.length === 0 || !own.every(isHealthCheckRoute);
  });
  for (const object of gateway.objects.filter((each) => !candidates.includes(each)))
    for (const route of bound(object)) sayHealthRoute(route, findings);
  const rank = (object: LiveObject) =>
    bound(object).length * 2 + (namespaceOf(object) === gateway.namespace ? 1 : 0);
  const [chosen, ...others] = [...candidates].sort((a, b) => rank(b) - rank(a));
  for (const other of others)
    findings.leftOut(
      "other-gateway-object",
      titleOf(other),
      `It selects the same gateway as ${chosen === undefined ? "ours" : titleOf(chosen)}, which ours takes over. It stays its owner's and goes on working beside it: two Gateways of the same port and hosts are legal.`,
    );
  return chosen;
}

function sayHealthRoute(route: LiveObject, findings: Findings): void {
  findings.step(
    "health-route",
    titleOf(route),
    "It publishes the gateway's status port under a path of the load balancer, for a health check through Envoy. Ours needs no route for that: remove it, and the Gateway that only it uses, once the targets are healthy. Until then everybody who reaches the load balancer reaches what answers on 15021 there.",
  );
}
