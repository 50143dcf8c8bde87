// What the AWS Load Balancer Controller makes of an Ingress of ours, line by line as its own model builder was printed for
// the set-ups here (225f44568, run 2026-11-30). An imitation, of what these Ingresses have and no more: the other side is real.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";

export interface GatewayService {
  readonly name: string;
  readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
}

const prefix = "alb.ingress.kubernetes.io/";

/** `nodePort` stands for a number that only a cluster gives. */
export function controllerView(ingress: JsonObject, service: GatewayService): readonly string[] {
  const annotation = (suffix: string): string =>
    String(valueAt(ingress, ["metadata", "annotations", prefix + suffix]) ?? "");
  const [namespace, name] = ["namespace", "name"].map((key) => String(valueAt(ingress, ["metadata", key])));
  const rules = mapsIn(valueAt(ingress, ["spec", "rules"]));
  const hosts = rules.map(({ host }) => (typeof host === "string" ? `${host} ` : ""));
  const port = Number(valueAt(mapsIn(valueAt(rules[0], ["http", "paths"]))[0], backendPort));
  const target = `${name}-${service.name}:${port}`;
  const listeners = annotation("listen-ports");
  const [isPlain, isTls] = [listeners.includes('"HTTP"'), listeners.includes('"HTTPS"')];
  const isRedirected = annotation("ssl-redirect") !== "";
  const login = annotation("auth-type") === "" ? "" : `authenticate-${annotation("auth-type")} + `;
  const forward = (listener: number): readonly string[] =>
    hosts.map((host, index) => `rule ${listener}:${index + 1} [${host}/*] -> ${login}forward ${target}`);
  const isIp = annotation("target-type") === "ip";
  const healthPort = isIp ? "15021" : "nodePort";
  const traffic = isIp ? service.ports.find((each) => each.port === port)?.targetPort : "nodePort";
  return [
    `${namespace}/${name}`,
    ...(isTls ? [`HTTPS 443: default 404, ${annotation("ssl-policy")}`] : []),
    ...(isPlain ? [`HTTP 80: default ${isRedirected ? "redirect 443" : "404"}`] : []),
    ...(isTls ? forward(443) : []),
    ...(isPlain && !isRedirected ? forward(80) : []),
    `load balancer ${annotation("load-balancer-name")}, ${annotation("scheme")}, security groups ${annotation("security-groups") === "" ? "managed" : "own"}`,
    `target group ${target}: ${isIp ? "ip" : "instance"}, ${annotation("backend-protocol")} to ${traffic}; health ${annotation("healthcheck-protocol")} :${healthPort} ${annotation("healthcheck-path")} ${annotation("success-codes")}`,
    ...(annotation("wafv2-acl-arn") === "" ? [] : ["web ACL attached"]),
    ...(annotation("manage-backend-security-group-rules") === "false"
      ? ["no rules opened towards the targets (networking null)"]
      : []),
  ];
}

const backendPort = ["backend", "service", "port", "number"];

/** The lines of the real one, with numbers of NodePorts as above. */
export const realView = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().replace(/( to |:)3\d{4}\b/g, "$1nodePort"));

/** What an Ingress says beside what the model shows, in a form that does not depend on how it was written. */
export function fieldsOf(ingress: JsonObject): readonly string[] {
  const all = valueAt(ingress, ["metadata", "annotations"]);
  const list = (value: string): string =>
    value
      .split(",")
      .map((item) => item.trim())
      .sort()
      .join(",");
  const named = isJsonObject(all) ? Object.entries(all) : [];
  const compared = named.flatMap(([key, value]) => {
    const suffix = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    return comparedAnnotations.test(suffix) ? [`${suffix}: ${list(String(value))}`] : [];
  });
  const labels = valueAt(ingress, ["metadata", "labels"]);
  const pairs = isJsonObject(labels) ? Object.entries(labels) : [];
  return [...compared, ...pairs.map(([key, value]) => `label ${key}: ${value}`)];
}

const comparedAnnotations =
  /^(?:subnets|certificate-arn|load-balancer-attributes|target-group-attributes|tags|security-groups|inbound-cidrs|external-dns\..*|group\.name|wafv2-acl-arn|auth-type)$/;

export const mapsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  isJsonArray(value) ? value.filter(isJsonObject) : [];
