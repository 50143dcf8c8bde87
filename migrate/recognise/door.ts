// One Ingress of the AWS Load Balancer Controller -> one door of the cluster file. What is live is written as it is, also
// where our default is better; the report proposes the better.

import { controllersSslPolicy } from "../../config/alb-annotation-table.ts";
import { defaultSslPolicy } from "../../config/normalise.ts";
import { deepMerge, type JsonObject } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import type { LiveObject } from "../live.ts";
import { listOf, mapFrom } from "./alb-values.ts";
import { accessOf } from "./door-access.ts";
import { extraAnnotationsOf } from "./extra-annotations.ts";
import { gatewayTitle, type LiveGateway, serversOf } from "./gateways.ts";
import { healthCheckOf } from "./health-check.ts";
import {
  classAnnotation,
  type IngressView,
  isStatusPath,
  servicePaths,
  takesEveryPath,
} from "./ingress-view.ts";
import { type ListenersKind, listenersOf } from "./listeners.ts";
import { computedLoadBalancerName, tryReadAddress } from "./load-balancer-name.ts";
import { labelsOf, nameOf, titleOf } from "./objects.ts";

export interface Door {
  readonly view: IngressView;
  readonly gateway: LiveGateway;
  /** The live Ingresses that it takes the place of: one, or the members of a group. */
  readonly members: readonly LiveObject[];
  /** As it goes into the file, without `gateway`. */
  readonly config: JsonObject;
  readonly hosts: readonly string[];
  readonly listeners: ListenersKind;
  readonly comments: Readonly<Record<string, string>>;
}

export interface DoorSource {
  readonly view: IngressView;
  readonly members: readonly LiveObject[];
  readonly gateway: LiveGateway;
  readonly others: readonly LiveGateway[];
  /** What the controller's --cluster-name is taken to be. */
  readonly clusterName: string;
  readonly findings: Findings;
}

export function doorOf(source: DoorSource): Door {
  const { view, findings } = source;
  const comments: Record<string, string> = {};
  const hosts = hostsOf(source);
  const listeners = listenersOf(view, findings);
  const targetType = targetTypeOf(source, comments);
  const tls = backendTlsOf(source, comments);
  const health = healthCheckOf({ ...source, targetType, speaksHttps: tls.speaksHttps });
  const labels = labelsOf(view.object);
  const scheme = schemeOf(view, findings);
  const config: JsonObject = {
    ...nameAndScheme(source, scheme, comments),
    ingressName: nameOf(view.object),
    ...classOf(view, findings),
    ...(Object.keys(labels).length > 0 && { labels }),
    hosts,
    ...(targetType === "ip" && { targetType }),
    ...(listeners !== "redirect" && { listeners }),
    ...(listeners !== "http" && certificatesOf(source, hosts, comments)),
    ...(tls.credentialName !== undefined && { backendTls: { credentialName: tls.credentialName } }),
    ...accessOf(view, findings),
    ...(listeners !== "http" && policyOf(view, findings, comments)),
    ...mapsOfAws(view),
    ...extraAnnotationsOf(view, findings),
    ...(Object.keys(health).length > 0 && { healthCheck: health }),
  };
  sayBackends(source);
  return {
    view,
    gateway: source.gateway,
    members: source.members,
    config: deepMerge({}, config),
    hosts,
    listeners,
    comments,
  };
}

function hostsOf({ view, findings }: DoorSource): readonly string[] {
  const hosts = [...new Set(servicePaths(view).map(({ host }) => host))];
  if (!hosts.includes("*") || hosts.length === 1) return hosts;
  const named = hosts.filter((host) => host !== "*").join(", ");
  findings.difference(
    "cosmetic",
    "hosts-and-all",
    titleOf(view.object),
    `One rule takes every host, others name ${named}: every host comes in, so hosts is ["*"].`,
  );
  return ["*"];
}

/** Live by annotation, without it internal: the controller's default. */
function schemeOf(view: IngressView, findings: Findings): string {
  const scheme = view.alb.scheme;
  if (scheme === undefined)
    findings.decision(
      "scheme",
      titleOf(view.object),
      "No scheme is written: the controller's default is internal, and so is ours now, in writing.",
    );
  return scheme ?? "internal";
}

function nameAndScheme(
  { view, clusterName, findings }: DoorSource,
  scheme: string,
  comments: Record<string, string>,
): JsonObject {
  const schemeKey = scheme === "internet-facing" ? {} : { scheme };
  if (view.alb["group.name"] !== undefined) return schemeKey; // a group's load balancer cannot be kept
  const given = view.alb["load-balancer-name"];
  if (given !== undefined && given !== "") return { name: given, ...schemeKey };
  const address = view.address === undefined ? undefined : tryReadAddress(view.address);
  const identity = { clusterName, namespace: view.namespace, name: nameOf(view.object), scheme };
  const name = address?.name ?? computedLoadBalancerName(identity);
  comments.name =
    address === undefined
      ? `Computed as the controller does for the cluster name ${clusterName}: nobody chose one.`
      : "As the status of the live Ingress has it: nobody chose one.";
  findings.decision(
    "load-balancer-name",
    titleOf(view.object),
    address === undefined
      ? `No load-balancer-name is written: the live one is called ${name} if the controller's --cluster-name is ${clusterName} (computed as the controller does). Compare with \`kubectl get ingress -A\`; --eks-name gives another cluster name.`
      : `No load-balancer-name is written: ${name} is read from the address in the status.`,
  );
  return { name, ...schemeKey };
}

function classOf(view: IngressView, findings: Findings): JsonObject {
  const about = titleOf(view.object);
  const name = view.className;
  if (view.classFrom === "both")
    findings.fault(
      "class-twice",
      about,
      `The class is said twice, in ingressClassName and in the annotation ${classAnnotation}: the API server refuses such an Ingress when it is created anew. Ours says it once.`,
    );
  if (view.classFrom === "nobody")
    findings.decision(
      "class",
      about,
      "No class is named: an IngressClass that is the default decides. Ours names alb.",
    );
  if (view.classFrom === "annotation")
    findings.step(
      "class-annotation",
      about,
      `The class ${name} is an annotation, which the controller's flag --ingress-class answers; ours writes ingressClassName: ${name}, which needs an IngressClass object of that name with controller ingress.k8s.aws/alb, or nobody serves the Ingress. Look before the first sync: \`kubectl get ingressclass ${name}\`.`,
    );
  return name === undefined || name === "alb" ? {} : { ingressClassName: name };
}

function targetTypeOf(
  { view, gateway, findings }: DoorSource,
  comments: Record<string, string>,
): "instance" | "ip" {
  const said = view.alb["target-type"];
  if (said === "ip" || said === "instance") return said;
  const byService = gateway.serviceType === "ClusterIP" ? "ip" : "instance";
  comments.targetType = `Not written on the live Ingress; ${byService} is what the controller's default and the Service's type leave.`;
  findings.decision(
    "target-type",
    titleOf(view.object),
    `No target-type is written: the controller's flag --default-target-type decides, instance if nobody set it${byService === "ip" ? ", but the Service is ClusterIP, which has no NodePorts: ip" : ""}. Taken as ${byService}; another type replaces the target group.`,
  );
  return byService;
}

function certificatesOf(
  { view, findings }: DoorSource,
  hosts: readonly string[],
  comments: Record<string, string>,
): JsonObject {
  const arns = listOf(view.alb["certificate-arn"]);
  if (arns.length > 0)
    return { certificate: arns.length === 1 ? { arn: arns[0] ?? "" } : arns.map((arn) => ({ arn })) };
  const named = [...new Set([...view.tlsHosts, ...hosts])].filter((host) => host !== "*");
  const about = titleOf(view.object);
  if (named.length === 0) {
    findings.refuse(
      "no-certificate",
      about,
      "The door has an HTTPS listener, no certificate-arn, and no host by which the controller could find one: the controller fails on it today. Give the Ingress a certificate first.",
    );
    return {};
  }
  comments.certificate = "Discovered by the controller today, by host; the lock file pins what is found.";
  findings.decision(
    "certificate-discovery",
    about,
    `No certificate-arn is written: the controller discovers a certificate by host each time. Ours asks for ${named.join(", ")} and pins the answer in the lock file (\`meshfront lookup\`)${named.length > 1 ? "; where one certificate covers several hosts, one entry is enough" : ""}.`,
  );
  return {
    certificate: named.length === 1 ? { domain: named[0] ?? "" } : named.map((domain) => ({ domain })),
  };
}

function policyOf(view: IngressView, findings: Findings, comments: Record<string, string>): JsonObject {
  const policy = view.alb["ssl-policy"] ?? controllersSslPolicy;
  if (policy === defaultSslPolicy) return {};
  const isSaid = view.alb["ssl-policy"] !== undefined;
  comments.sslPolicy = isSaid ? "As it is live." : "The controller's default, as it is live.";
  findings.step(
    "ssl-policy",
    titleOf(view.object),
    `The security policy is kept as it is live, ${policy}${isSaid ? "" : " (the controller's default: nobody wrote one)"}. ${defaultSslPolicy} takes TLS 1.2 and 1.3 only: take the key sslPolicy out once you know that no client is older.`,
  );
  return { sslPolicy: policy };
}

function mapsOfAws({ alb }: IngressView): JsonObject {
  const keys = {
    attributes: "load-balancer-attributes",
    targetGroupAttributes: "target-group-attributes",
    tags: "tags",
  };
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, annotation]) => {
      const map = mapFrom(alb[annotation]);
      return Object.keys(map).length === 0 ? [] : [[key, map]];
    }),
  );
}

interface BackendTls {
  readonly speaksHttps: boolean;
  readonly credentialName: string | undefined;
}

/** HTTPS to Envoy needs the Secret that the Gateway's server names. */
function backendTlsOf({ view, gateway, findings }: DoorSource, comments: Record<string, string>): BackendTls {
  const about = titleOf(view.object);
  const speaksHttps = (view.alb["backend-protocol"] ?? "HTTP").toUpperCase() === "HTTPS";
  const ports = [...new Set(servicePaths(view).map(({ port }) => port))];
  const isTlsPort = ports.some((port) => port === "443" || /^https/.test(port));
  if (!speaksHttps) {
    if (isTlsPort)
      findings.fault(
        "http-to-tls",
        about,
        `The load balancer speaks HTTP to port ${ports.join(", ")} of the gateway, where TLS is spoken: every request fails. Ours speaks HTTP to port 80.`,
      );
    return { speaksHttps, credentialName: undefined };
  }
  const secrets = [
    ...new Set(
      gateway.objects.flatMap((object) =>
        serversOf(object).flatMap(({ credentialName }) => credentialName ?? []),
      ),
    ),
  ];
  const [credentialName] = secrets;
  if (credentialName === undefined) {
    findings.refuse(
      "no-backend-secret",
      about,
      `The load balancer speaks HTTPS to ${gatewayTitle(gateway)}, and no Gateway of the input names the Secret with its certificate (tls.credentialName). Give the Gateway too.`,
    );
    return { speaksHttps, credentialName: undefined };
  }
  if (secrets.length > 1) comments.backendTls = `The live Gateways name several: ${secrets.join(", ")}.`;
  findings.step(
    "backend-secret",
    about,
    `The gateway answers with the certificate in the Secret ${credentialName}: it has to stand in the namespace ${gateway.namespace}, where the gateway's pods run. Its server takes every host, because a load balancer sends no server name (SNI). Ours writes healthcheck-protocol: HTTP beside backend-protocol: HTTPS, because without it the controller asks the status port by HTTPS and no target becomes healthy. migrate reads no Secrets; look with \`kubectl -n ${gateway.namespace} get secret ${credentialName}\`.`,
  );
  return { speaksHttps, credentialName };
}

/** Paths that are no whole, and backends that are not this gateway. */
function sayBackends({ view, gateway, findings }: DoorSource): void {
  const about = titleOf(view.object);
  const paths = servicePaths(view);
  const own = paths.filter(({ service }) => service === gateway.serviceName);
  const whole = new Set(own.filter(takesEveryPath).map(({ host }) => host));
  const narrow = own.filter((path) => !takesEveryPath(path) && !whole.has(path.host) && !whole.has("*"));
  if (narrow.length > 0)
    findings.difference(
      "changes exposure",
      "paths",
      about,
      `The load balancer passes only ${[...new Set(narrow.map(({ host, path }) => `${host === "*" ? "" : host}${path}`))].join(", ")}; ours passes every path to the gateway, where the routes decide.`,
    );
  const status = view.paths.filter(isStatusPath).map(({ path }) => path);
  if (status.length > 0)
    findings.difference(
      "changes exposure",
      "status-path",
      about,
      `The load balancer passes ${[...new Set(status)].join(", ")} to the gateway's status port 15021, for everybody who reaches it. Ours does not: the health check asks that port directly. Whoever watches that path from outside asks a host of the door instead.`,
    );
  const foreign = paths.filter(({ service }) => service !== gateway.serviceName);
  if (foreign.length > 0)
    findings.leftOut(
      "other-backends",
      about,
      `Rules of this Ingress lead to ${[...new Set(foreign.map(({ service }) => `Service ${service}`))].join(", ")} beside the gateway. A door of ours leads to its gateway alone: give these hosts and paths a route (\`routes\`, or a VirtualService) before the hand-over, or they are lost.`,
    );
  if (view.tlsSecrets.length > 0)
    findings.leftOut(
      "ingress-tls",
      about,
      `spec.tls names Secrets (${view.tlsSecrets.join(", ")}). The controller reads only the hosts there, to find certificates; ours has no spec.tls. If cert-manager makes those Secrets because of this Ingress and somebody uses them, that ends.`,
    );
}
