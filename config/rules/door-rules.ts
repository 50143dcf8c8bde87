// What keys and annotations of one door demand of each other, and how much of a thing AWS gives one load balancer.
import { canonicalRange } from "../../core/address-range.ts";
import { show } from "../../core/format-value.ts";
import { externalDnsPrefix } from "../alb-annotation-table.ts";
import type { IngressConfig, StringMap } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { anyHost } from "./hosts.ts";
import { perIngress } from "./per-ingress.ts";

/** The status port answers HTTP/1.1 and HTTP/2 alike; a target group of gRPC asks by gRPC, and takes other codes. */
const protocolFindings = ({ annotations }: IngressConfig): Finding[] =>
  annotations["backend-protocol-version"] !== "GRPC"
    ? []
    : [
        {
          path: ["annotations", "backend-protocol-version"],
          message:
            "expected backend-protocol-version HTTP1 or HTTP2, found GRPC: AWS refuses its health check (code 200, of 0 to 99), and the gateway's status port answers HTTP only",
          suggestion: "Write HTTP2: gRPC is HTTP/2, and the gateway takes it on the same port.",
        },
      ];

const statusPath = "/healthz/ready";

const healthCheckPathFindings = ({ healthCheck: { path } }: IngressConfig): Finding[] =>
  path === statusPath
    ? []
    : [
        {
          path: ["healthCheck", "path"],
          message: `expected ${statusPath}, found ${show(path)}: the health check asks the gateway's status port 15021, which answers 404 for every other path, and no target would be healthy`,
          suggestion: "Remove the line.",
        },
      ];

/** The controller looks at ranges and prefix lists only for a security group that it makes itself. */
function ignoredSourceFindings({ inboundCidrs, prefixLists, securityGroups }: IngressConfig): Finding[] {
  if (securityGroups === undefined) return [];
  const ignored = [inboundCidrs.length > 0 && "inboundCidrs", prefixLists.length > 0 && "prefixLists"].filter(
    (name) => typeof name === "string",
  );
  return ignored.map((name) => ({
    path: ["securityGroups"],
    message: `expected ${name} or securityGroups, found both: the controller would ignore ${name}, silently`,
    suggestion: `Put what it says into the security group and remove it, or remove securityGroups.`,
  }));
}

const unopenedFindings = ({ securityGroups, targetType }: IngressConfig): Finding[] =>
  securityGroups === undefined || securityGroups.manageBackendRules
    ? []
    : [
        {
          path: ["securityGroups", "manageBackendRules"],
          message: `expected manageBackendRules true, found false: the controller opens nothing on the ${targetType === "ip" ? "pods" : "nodes"}, and every target times out unless their security group lets the load balancer in`,
          suggestion: "Remove the line, unless they are opened elsewhere.",
        },
      ];

/** What has an effect only beside something else. */
interface Dependence {
  readonly suffix: string;
  readonly applies: (annotations: StringMap, door: IngressConfig) => boolean;
  /** What it would need, after "has no effect". */
  readonly needs: string;
}

const dependences: readonly Dependence[] = [
  {
    suffix: "target-node-labels",
    applies: (_, { targetType }) => targetType === "instance",
    needs: "beside targetType ip: pods are the targets then, not nodes",
  },
  {
    suffix: "auth-idp-cognito",
    applies: (all) => all["auth-type"] !== "oidc",
    needs: "beside auth-type oidc",
  },
  {
    suffix: "auth-idp-oidc",
    applies: (all) => all["auth-type"] !== "cognito",
    needs: "beside auth-type cognito",
  },
];

const uselessFindings = (ingress: IngressConfig): Finding[] =>
  dependences
    .filter(
      ({ suffix, applies }) =>
        ingress.annotations[suffix] !== undefined && !applies(ingress.annotations, ingress),
    )
    .map(({ suffix, needs }) => ({
      path: ["annotations", suffix],
      message: `${suffix} has no effect ${needs}`,
      suggestion: "Remove one of the two.",
    }));

/** Attributes of target groups that AWS reads with HTTP/2 behind the load balancer only. */
const http2Attribute = /^(?:waf|routing)\.http2\.[a-z_.]+$/;

function http2AttributeFindings({ annotations, targetGroupAttributes }: IngressConfig): Finding[] {
  const name = Object.keys(targetGroupAttributes).find((each) => http2Attribute.test(each));
  if (name === undefined || annotations["backend-protocol-version"] === "HTTP2") return [];
  return [
    {
      path: ["targetGroupAttributes", name],
      message: `${name} has no effect without backend-protocol-version HTTP2`,
      suggestion: "Remove it, or write backend-protocol-version: HTTP2.",
    },
  ];
}

/** external-dns takes the names from the hosts of the rules, and from an annotation (its docs/sources/ingress.md). */
function namelessDnsFindings({ annotations, hosts }: IngressConfig): Finding[] {
  const names = Object.keys(annotations).filter((name) => externalDnsPrefix.test(name));
  const [first] = names;
  const hasName = names.some((name) => name.endsWith("/hostname"));
  if (first === undefined || hasName || !hosts.includes(anyHost)) return [];
  return [
    {
      path: ["annotations", first],
      message: `${first} has no effect without a host: external-dns finds none on a rule for every host`,
      suggestion: `Name the hosts in ${first.replace(/[^/]+$/, "hostname")}, separated by commas.`,
    },
  ];
}

const isDualstack = ({ annotations }: IngressConfig): boolean =>
  annotations["ip-address-type"]?.startsWith("dualstack") ?? false;

function ignoredIpv6Findings(ingress: IngressConfig): Finding[] {
  const { inboundCidrs } = ingress;
  const ranges = inboundCidrs.filter((range) => range.includes(":"));
  if (ranges.length === 0 || isDualstack(ingress)) return [];
  const all = ranges.length === inboundCidrs.length ? ", and nobody could connect" : "";
  return [
    {
      path: ["inboundCidrs", inboundCidrs.indexOf(ranges[0] ?? "")],
      message: `${ranges.join(", ")} ${ranges.length === 1 ? "has" : "have"} no effect without ip-address-type dualstack: the load balancer has no IPv6 address, and the controller leaves ranges of IPv6 out${all}`,
      suggestion: "Remove the ranges of IPv6, or add the annotation ip-address-type: dualstack.",
    },
  ];
}

const addressTypeFindings = ({ scheme, annotations }: IngressConfig): Finding[] =>
  scheme === "internal" && annotations["ip-address-type"] === "dualstack-without-public-ipv4"
    ? [
        {
          path: ["annotations", "ip-address-type"],
          message:
            "expected ip-address-type ipv4 or dualstack on an internal door, found dualstack-without-public-ipv4, which AWS gives internet-facing load balancers only",
          suggestion: "Write dualstack: an internal load balancer has no public addresses.",
        },
      ]
    : [];

/** They are written in the one form that EC2 keeps; somebody may have meant one address. */
const hostBitFindings = ({ inboundCidrs }: IngressConfig): Finding[] =>
  inboundCidrs.flatMap((range, index) => {
    const canonical = canonicalRange(range);
    const [address = ""] = range.split("/");
    const single = canonicalRange(`${address}/${address.includes(":") ? 128 : 32}`);
    if (canonical === undefined || single?.split("/")[0] === canonical.split("/")[0]) return [];
    return [
      {
        path: ["inboundCidrs", index],
        message: `${range} names an address inside the range ${canonical}, which is written instead: all of it may connect`,
        suggestion: `Write ${canonical}, or ${single} for the one address.`,
      },
    ];
  });

interface Quota {
  /** The key whose entries use it up. */
  readonly key: string;
  readonly limit: number;
  /** What AWS counts: the limit's name there. */
  readonly title: string;
  readonly used: (ingress: IngressConfig) => number;
  /** What makes the number, where it is not the number of entries. */
  readonly because: (ingress: IngressConfig) => string;
}

/** Default quotas: AWS, user guide of Application Load Balancers, Quotas; Amazon VPC user guide, Security groups; read 2026-12-01. */
const quotas: readonly Quota[] = [
  {
    key: "hosts",
    limit: 100,
    title: "listener rules per load balancer",
    used: ({ hosts }) => hosts.length,
    because: ({ hosts }) => `one for each of ${hosts.length} hosts`,
  },
  {
    key: "certificate",
    limit: 25,
    title: "certificates per load balancer beside the default one",
    used: ({ certificates }) => certificates.length - 1,
    because: ({ certificates }) => `of ${certificates.length}`,
  },
  {
    key: "inboundCidrs",
    limit: 60,
    title: "rules of one address family per security group",
    used: (ingress) =>
      ingress.securityGroups === undefined ? portsOf(ingress).length * mostOfOneFamily(ingress) : 0,
    because: (ingress) =>
      `${mostOfOneFamily(ingress)} ranges for ${portsOf(ingress).length === 1 ? "the port" : "the ports"} ${portsOf(ingress).join(" and ")}`,
  },
  {
    key: "tags",
    limit: 50,
    title: "tags per load balancer",
    used: ({ tags }) => Object.keys(tags).length + tagsOfController,
    because: ({ tags }) => `${Object.keys(tags).length} here and ${tagsOfController} of the controller`,
  },
];

/** That it listens on. */
const portsOf = ({ listeners }: IngressConfig): readonly number[] =>
  listeners === "redirect" ? [80, 443] : listeners === "https" ? [443] : [80];

/** elbv2.k8s.aws/cluster, ingress.k8s.aws/stack, ingress.k8s.aws/resource. */
const tagsOfController = 3;

function mostOfOneFamily({ inboundCidrs }: IngressConfig): number {
  const ranges = [...new Set(inboundCidrs.map((range) => canonicalRange(range) ?? range))];
  const ipv6 = ranges.filter((range) => range.includes(":")).length;
  return Math.max(ipv6, ranges.length - ipv6);
}

const quotaFindings = (ingress: IngressConfig): Finding[] =>
  quotas
    .filter(({ used, limit }) => used(ingress) > limit)
    .map(({ key, limit, title, used, because }) => ({
      path: [key],
      message: `${used(ingress)} ${title} (${because(ingress)}), where AWS allows ${limit} unless the quota was raised: what is beyond would be refused, with half of the rest applied`,
      suggestion: "Split the ingress in two, or have the quota raised before the roll-out.",
    }));

export const doorRules: readonly ConfigRule[] = [
  { code: "alb/protocol-version", severity: "error", check: perIngress(protocolFindings) },
  { code: "alb/health-check-path", severity: "error", check: perIngress(healthCheckPathFindings) },
  { code: "alb/inbound-cidrs-ignored", severity: "error", check: perIngress(ignoredSourceFindings) },
  { code: "alb/security-groups-alone", severity: "warning", check: perIngress(unopenedFindings) },
  {
    code: "alb/without-effect",
    severity: "warning",
    check: perIngress((ingress) => [
      ...uselessFindings(ingress),
      ...http2AttributeFindings(ingress),
      ...ignoredIpv6Findings(ingress),
      ...namelessDnsFindings(ingress),
    ]),
  },
  { code: "alb/ip-address-type", severity: "error", check: perIngress(addressTypeFindings) },
  { code: "alb/range-host-bits", severity: "warning", check: perIngress(hostBitFindings) },
  { code: "alb/quota", severity: "warning", check: perIngress(quotaFindings) },
];
