// A running gateway -> its entry under `gateways`.

import { albAnnotationPrefix } from "../../config/alb-annotations.ts";
import {
  compareIstioVersions,
  newestKnown,
  parseIstioVersion,
  tryFindIstioMinor,
} from "../../config/istio-versions.ts";
import { defaultGatewayName } from "../../config/normalise.ts";
import { istioVersion } from "../../config/patterns.ts";
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import type { LiveObject } from "../live.ts";
import type { Door } from "./door.ts";
import { gatewayTitle, hasMatchLabels, type LiveGateway, serversOf } from "./gateways.ts";
import { plainValues, releaseTitle, replicasOf, without } from "./istio-values.ts";
import { mapsOf, nameOf, namespaceOf, specOf, textOf, titleOf } from "./objects.ts";

export interface GatewayDraftSource {
  readonly key: string;
  readonly gateway: LiveGateway;
  /** The Gateway object that ours replaces. */
  readonly object: LiveObject | undefined;
  /** Whether a Gateway object of ours is written; without, applications keep theirs. */
  readonly hasObject: boolean;
  readonly doors: readonly Door[];
  readonly istioVersion: string;
  readonly findings: Findings;
}

/** Without what is the default anyway. */
export function gatewayConfig(source: GatewayDraftSource): JsonObject {
  const { key, gateway, object, hasObject } = source;
  const { values, replicas } = valuesOf(source);
  const release = gateway.releaseName;
  const name = object === undefined ? undefined : nameOf(object);
  return {
    ...versionOf(source),
    ...(release !== `istio-${key}` && { release }),
    ...(gateway.namespace !== `istio-${key}` && { namespace: gateway.namespace }),
    ...(name !== undefined && name !== defaultGatewayName(key) && { name }),
    ...(hasObject ? hostsOf(source) : { object: "none" }),
    ...(Object.keys(replicas).length > 0 && { replicas }),
    ...(Object.keys(values).length > 0 && { values }),
  };
}

/** The chart of the gateway may lag a minor behind; more than one cannot be said. */
function versionOf({ gateway, istioVersion: ours, findings }: GatewayDraftSource): JsonObject {
  const live = (gateway.release?.version ?? "").replace(/^v/, "");
  if (gateway.release === undefined || !istioVersion.regex.test(live) || live === ours) return {}; // a values file has none
  const about = releaseTitle(gateway.release);
  const [a, b] = [parseIstioVersion(live), parseIstioVersion(ours)];
  const isNear =
    a.major === b.major &&
    (a.minor === b.minor - 1 || (a.minor === b.minor && compareIstioVersions(live, ours) < 0));
  if (isNear && isCompiled(live)) {
    findings.decision(
      "gateway-version",
      about,
      `The gateway's chart is ${live}, the control plane's ${ours}: gateways.<key>.version keeps it. Remove the key to bring it up.`,
    );
    return { version: live };
  }
  const nearest = newestKnown(`${b.major}.${b.minor - 1}`);
  const compiles = nearest !== undefined && isCompiled(nearest) && compareIstioVersions(live, ours) < 0;
  findings.difference(
    "rolls pods",
    "gateway-version-gap",
    about,
    `The gateway's chart is ${live}, the control plane's ${ours} in the file: Istio supports one minor between them, and a chart that meshfront compiles. Ours says ${compiles ? nearest : ours}, the nearest, so its pods roll at the first sync. Bring the gateway up by the means of today first, if you want to adopt without that.`,
  );
  return compiles ? { version: nearest } : {};
}

/** Whether its minor is one whose charts are known. */
const isCompiled = (version: string): boolean => tryFindIstioMinor(version) !== undefined;

/** Hosts of the live Gateway object, where they are others than those of its doors. */
function hostsOf({ gateway, object, doors, findings }: GatewayDraftSource): JsonObject {
  if (object === undefined) return {};
  const about = titleOf(object);
  sayGatewayObject(object, gateway, findings);
  const servers = serversOf(object).filter(({ redirects }) => !redirects);
  const byTls = doors.length > 0 && doors.every(({ config }) => config.backendTls !== undefined);
  const plain = servers.filter(({ protocol }) => protocol === "HTTP" || protocol === "HTTP2");
  const chosen = byTls ? servers.filter(({ protocol }) => protocol === "HTTPS") : plain;
  if (chosen.length === 0) {
    findings.fault(
      "no-server",
      about,
      `No server of it takes what the load balancer sends (${byTls ? "HTTPS" : "HTTP"}): Envoy answers nothing today. Ours has one.`,
    );
    return {};
  }
  const hosts = [...new Set(chosen.flatMap((server) => server.hosts))];
  const ofDoors = [...new Set(doors.flatMap((door) => door.hosts))];
  const effective = hosts.includes("*") ? ["*"] : hosts;
  return [...effective].sort().join() === [...ofDoors].sort().join() ? {} : { hosts: effective };
}

function sayGatewayObject(object: LiveObject, gateway: LiveGateway, findings: Findings): void {
  const about = titleOf(object);
  if (hasMatchLabels(object))
    findings.fault(
      "match-labels",
      about,
      "spec.selector.matchLabels is refused by the CRD: spec.selector is a map of labels. Ours selects the gateway's pods by their labels.",
    );
  if (namespaceOf(object) !== gateway.namespace)
    findings.difference(
      "cosmetic",
      "gateway-namespace",
      about,
      `Ours stands in ${gateway.namespace}, where the gateway runs. VirtualServices that mean this one have to say ${gateway.namespace}/${nameOf(object)}; remove it when none names it any more.`,
    );
  const odd = serversOf(object).filter(({ port }) => port !== 80 && port !== 443);
  if (odd.length > 0)
    findings.difference(
      "cosmetic",
      "server-port",
      about,
      `Its servers say port ${odd.map(({ port }) => port).join(", ")}; ours says 80 and 443, the ports of the gateway's Service, by which Istio finds what the pods listen on.`,
    );
  const redirecting = serversOf(object).some(({ redirects }) => redirects);
  if (redirecting)
    findings.difference(
      "cosmetic",
      "gateway-redirect",
      about,
      "It redirects plain HTTP to HTTPS. Behind a load balancer that redirects by itself nothing comes in there: ours has no such server.",
    );
}

const gatewayReplicas = {
  min: [["autoscaling", "minReplicas"]],
  max: [["autoscaling", "maxReplicas"]],
  enabled: [["autoscaling", "enabled"]],
  count: [["replicaCount"]],
} as const;

function valuesOf(source: GatewayDraftSource): {
  readonly values: JsonObject;
  readonly replicas: JsonObject;
} {
  const { gateway, findings } = source;
  sayService(source);
  if (gateway.release === undefined) return { values: labelValues(gateway), replicas: {} };
  const about = releaseTitle(gateway.release);
  const plain = plainValues(gateway.release, findings);
  const { replicas, rest, isSaid } = replicasOf(plain, gatewayReplicas);
  if (!isSaid)
    findings.difference(
      "rolls pods",
      "gateway-replicas",
      about,
      "No number of replicas is said: the chart keeps 1 to 5, ours 2 to 5. A second pod starts; none stops.",
    );
  const own = withoutAlbAnnotations(without(without(rest, ["service", "type"]), ["revision"]));
  return { values: own, replicas };
}

/** Without Helm values in the input, the Service's labels tell what the chart has to be told. */
function labelValues({ podLabels, releaseName, serviceName }: LiveGateway): JsonObject {
  const { istio, app } = podLabels;
  const labels: JsonObject = {
    ...(istio !== undefined && istio !== serviceName.replace(/^istio-/, "") && { istio }),
    ...(app !== undefined && app !== serviceName && { app }),
  };
  return {
    ...(serviceName !== releaseName && { name: serviceName }),
    ...(Object.keys(labels).length > 0 && { labels }),
  };
}

/** The load balancer controller reads them there, above those of the Ingress: health-check.ts has said so. */
function withoutAlbAnnotations(values: JsonObject): JsonObject {
  const places = [["service", "annotations"], ["annotations"]];
  return places.reduce<JsonObject>((left, place) => {
    const annotations = valueAt(left, place);
    if (!isJsonObject(annotations)) return left;
    const names = Object.keys(annotations).filter((name) => name.startsWith(albAnnotationPrefix));
    return names.reduce<JsonObject>((rest, name) => without(rest, [...place, name]), left);
  }, values);
}

/** A type that ours does not have, and what the chart has otherwise than whatever installed the Service. */
function sayService({ gateway, doors, findings }: GatewayDraftSource): void {
  const about = gatewayTitle(gateway);
  const type = textOf(valueAt(gateway.release?.values, ["service", "type"])) || gateway.serviceType;
  const needsNodePorts = doors.some(({ config }) => config.targetType !== "ip");
  const computed = needsNodePorts ? "NodePort" : "ClusterIP";
  if (type === "LoadBalancer")
    findings.difference(
      "changes exposure",
      "service-type",
      about,
      "The Service is of type LoadBalancer, so it has a load balancer of its own beside the door. Ours has none: it goes, with its address. Look who uses it first.",
    );
  else if (type !== "" && type !== computed)
    findings.difference(
      "cosmetic",
      "service-type",
      about,
      `The Service is ${type}; ours becomes ${computed}, which is what the doors need.${computed === "ClusterIP" ? " Its NodePorts go: look whether somebody uses them." : ""}`,
    );
  const { istio } = gateway.podLabels;
  if (istio !== undefined && istio !== gateway.serviceName.replace(/^istio-/, ""))
    findings.decision(
      "gateway-label",
      about,
      `The gateway's pods carry istio: ${istio}, which is not what the chart makes of the release's name: values.labels.istio keeps it. Gateways of applications select by it, and without it they go off the air without an error.`,
    );
  const moved = mapsOf(gateway.service === undefined ? undefined : specOf(gateway.service).ports).filter(
    ({ port, targetPort }) =>
      (port === 80 || port === 443) && targetPort !== undefined && targetPort !== port,
  );
  if (moved.length > 0)
    findings.difference(
      "rolls pods",
      "target-ports",
      about,
      `The Service leads ${moved.map(({ port, targetPort }) => `${String(port)} to ${String(targetPort)}`).join(" and ")} of the pods, as istioctl installs it; the chart leads 80 to 80 and 443 to 443. Istio opens what the Service says, so nobody sees it from outside.`,
    );
}
