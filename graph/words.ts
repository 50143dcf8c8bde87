// The words in which all forms of the graph say the same things.
import { count } from "../core/count.ts";
import type { AccessGraph, CertificateGraph, DoorGraph } from "./doors.ts";
import type { GatewayGraph } from "./gateways.ts";
import type { RouteGraph } from "./routes.ts";
import type { ApplicationGraph, HookGraph } from "./waves.ts";

export const applicationWords = ({ name, what, chart }: ApplicationGraph): string =>
  `${name}: ${what}${chart === null ? "" : ` (${chart})`}`;

export const hookWords = ({ kind, name, when, timeoutSeconds, ingresses }: HookGraph): string =>
  `${kind === "Job" ? `hook (${when})` : `every ${when}`}: ${kind} ${name} sets the health-check port of ${ingresses.join(", ")}, within ${timeoutSeconds} s`;

/** Who may connect, as a subject: `everybody`, `203.0.113.0/24`. */
export function sourceWords({ from, isInternal }: AccessGraph): string {
  if (from.every((source) => source.startsWith("sg-")))
    return `whom the security groups ${from.join(", ")} let in`;
  const who = from.includes("0.0.0.0/0") ? "everybody" : from.join(", ");
  return isInternal ? `${who} in reach of the VPC` : who;
}

export function clientWords(access: AccessGraph): string {
  const proof = [
    ...(access.logIn === null ? [] : [`log-in by ${access.logIn}`]),
    ...(access.wantsClientCertificate ? ["client certificate"] : []),
  ];
  return `${sourceWords(access)}; ${proof.length === 0 ? "no log-in" : proof.join(", ")}`;
}

export const listenerWords = ({ listeners }: DoorGraph): string =>
  listeners
    .map(({ port, protocol, redirectsTo }) =>
      redirectsTo === null ? `${protocol} ${port}` : `${protocol} ${port} -> ${redirectsTo}`,
    )
    .join(", ");

export const certificateWords = ({ arn, names, expires }: CertificateGraph): string =>
  names === null
    ? `${arn}, named by the cluster file: its end is not known here`
    : `${names.join(", ")}, until ${expires ?? "?"}`;

export function webAclWords({ webAcl }: DoorGraph): string {
  if (webAcl === null) return "none from here; one that is attached stays";
  return webAcl === "none" ? "none: one that is attached is detached" : nameOfWebAcl(webAcl);
}

/** arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id> */
const nameOfWebAcl = (arn: string): string => arn.split("/").at(-2) ?? arn;

export function targetWords({ target: { type, service, port, nodePort, protocol } }: DoorGraph): string {
  if (type === "ip") return `pods of the Service ${service}, port ${port}, ${protocol}`;
  return `nodes, at NodePort ${nodePort ?? "(Kubernetes chooses)"} of the Service ${service}, port ${port}, ${protocol}`;
}

export function healthCheckWords({ healthCheck: check, target }: DoorGraph): string {
  const { mode, path, port, intervalSeconds } = check;
  const where =
    mode === "pinned"
      ? `NodePort ${port}`
      : target.type === "ip"
        ? `the pods' ${port}`
        : `the NodePort of ${port}${mode === "discovered" ? ", which the hook writes as a number" : ""}`;
  return `GET ${path} at ${where}, every ${intervalSeconds} s`;
}

export function podWords({ pods: { selector, min, max } }: GatewayGraph): string {
  const labels = Object.entries(selector).map(([name, value]) => `${name}=${value}`);
  return `${min === max ? count(min, "pod") : `${min} to ${max} pods`} (${labels.join(", ")})`;
}

/** Of a route that takes other hosts than the one it is told for, those too. */
export function routeWords({ virtualService, hosts, path, service, port }: RouteGraph, host: string): string {
  const others = hosts.includes(host) ? "" : ` (${hosts.join(", ")})`;
  return `VirtualService ${virtualService}${others}, ${path} -> ${service}${port === null ? "" : `:${port}`}`;
}
