// A live Ingress with everything written out that the controller assumes where nothing is written, in the spelling that
// ours has: so that what differs is what differs in effect.
// Defaults: aws-load-balancer-controller docs/guide/ingress/annotations.md.
import { controllersSslPolicy } from "../../config/alb-annotation-table.ts";
import {
  albAnnotationPrefix,
  canonicalAnnotation,
  fullAnnotationName,
} from "../../config/alb-annotations.ts";
import type { JsonObject } from "../../core/json.ts";
import { listOf, mapFrom } from "../recognise/alb-values.ts";
import type { Door } from "../recognise/door.ts";
import type { LiveGateway } from "../recognise/gateways.ts";
import { type IngressView, servicePaths, takesEveryPath } from "../recognise/ingress-view.ts";
import { listenerByDefault, redirects, tryFindListeners } from "../recognise/listeners.ts";
import { labelsOf, nameOf, type StringMap } from "../recognise/objects.ts";

export function effectiveIngress({ view, gateway, config }: Door): JsonObject {
  const labels = labelsOf(view.object);
  const hosts = [...new Set(servicePaths(view).map(({ host }) => host))];
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: nameOf(view.object),
      namespace: view.namespace,
      ...(Object.keys(labels).length > 0 && { labels }),
      annotations: effectiveAnnotations(view, config.targetType === "ip" ? "ip" : "instance"),
    },
    spec: {
      ingressClassName: view.className ?? "alb",
      rules: hosts.map((host) => ({
        ...(host !== "*" && { host }),
        http: { paths: pathsOf(view, host, gateway) },
      })),
    },
  };
}

function pathsOf(view: IngressView, host: string, gateway: LiveGateway): readonly JsonObject[] {
  const service = gateway.serviceName;
  const paths = servicePaths(view).filter((path) => path.host === host && path.service === service);
  const unique = new Map(paths.map((each) => [takesEveryPath(each) ? "/" : each.path, each.port]));
  return [...unique].map(([path, port]) => ({
    path,
    pathType: "Prefix",
    backend: { service: { name: service, port: portOf(gateway, port) } },
  }));
}

/** By its number, where the Service tells which a name stands for. */
function portOf({ ports }: LiveGateway, port: string): JsonObject {
  const number = /^\d+$/.test(port) ? Number(port) : ports.find(({ name }) => name === port)?.port;
  return number === undefined ? { name: port } : { number };
}

const assumed: StringMap = {
  ...{ scheme: "internal", "backend-protocol": "HTTP" },
  ...{ "healthcheck-port": "traffic-port", "healthcheck-path": "/", "success-codes": "200" },
  ...{ "healthcheck-interval-seconds": "15", "healthcheck-timeout-seconds": "5" },
  ...{ "healthy-threshold-count": "2", "unhealthy-threshold-count": "2" },
};

/** Lists and maps that the controller reads with or without blanks, in any order. */
const lists: readonly string[] = [
  "subnets",
  "security-groups",
  "certificate-arn",
  "inbound-cidrs",
  "security-group-prefix-lists",
];
const maps: readonly string[] = ["load-balancer-attributes", "target-group-attributes", "tags"];

/** `targetType`: what the door was taken as where nothing is written. */
function effectiveAnnotations(view: IngressView, targetType: string): StringMap {
  const hasHttps = listenersOf(view).some((listener) => "HTTPS" in listener);
  const all: Record<string, string> = {
    ...assumed,
    "target-type": targetType,
    // By a rule whose action leads there, it is the same on port 80.
    ...(hasHttps && redirects(view) && { "ssl-redirect": "443" }),
    "healthcheck-protocol": view.alb["backend-protocol"] ?? "HTTP",
    "listen-ports": "",
    ...(hasHttps && { "ssl-policy": controllersSslPolicy }),
    ...view.alb,
  };
  all["listen-ports"] = JSON.stringify(listenersOf(view));
  if (all["security-groups"] !== undefined) all["manage-backend-security-group-rules"] ??= "false";
  const kept = Object.entries(all).filter(
    ([name, value]) => value !== "" && !/^(?:group|actions|conditions|transforms)\./.test(name),
  );
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [`${albAnnotationPrefix}${name}`, spelt(name, value)])),
    ...Object.fromEntries(
      Object.entries(view.foreign).map(([name, value]) => [fullAnnotationName(name), value]),
    ),
  };
}

/** In our order: HTTP first. */
const listenersOf = (view: IngressView): readonly JsonObject[] =>
  [...(tryFindListeners(view) ?? [listenerByDefault(view)])]
    .sort((a, b) => a.port - b.port)
    .map(({ protocol, port }) => ({ [protocol]: port }));

function spelt(name: string, value: string): string {
  if (lists.includes(name)) return listOf(value).join(",");
  if (maps.includes(name))
    return Object.entries(mapFrom(value))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${key}=${item.replaceAll(",", "\\,")}`)
      .join(",");
  try {
    return canonicalAnnotation(name, value);
  } catch {
    return value; // what cannot be read is shown as it stands
  }
}
