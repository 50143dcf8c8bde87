import { groupBy } from "../../core/group-by.ts";
import { isJsonObject, valueAt } from "../../core/json.ts";
import { listed } from "../../core/listed.ts";
import { show } from "../../core/show.ts";
import { albAnnotationPrefix, judgeAnnotation } from "../alb-annotations.ts";
import { judgeLoadBalancerAttribute } from "../alb-attributes.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { gatewayServicePorts, statusPort } from "../helm-values.ts";
import { perIngress } from "./per-ingress.ts";

/** ELBv2 CreateLoadBalancer, parameter Name. */
function nameFindings({ name }: IngressConfig): Finding[] {
  const reasons = [
    name.length > 32 && `at most 32 characters, found ${name.length} in ${show(name)}`,
    !/^[A-Za-z0-9-]+$/.test(name) && `letters, digits and '-', found ${show(name)}`,
    /^-|-$/.test(name) && `no '-' at either end, found ${show(name)}`,
    name.startsWith("internal-") &&
      `a name that does not begin with internal-, which AWS keeps for itself, found ${show(name)}`,
  ].filter((reason) => typeof reason === "string");
  return reasons.map((reason) => ({
    path: ["name"],
    message: `load balancer name: expected ${reason}`,
    suggestion:
      "Set `name` of this ingress. Choose well: the controller ignores a change while the load balancer lives.",
  }));
}

function subnetFindings({ subnets }: IngressConfig): Finding[] {
  if (!("ids" in subnets)) return [];
  const { ids } = subnets;
  const places = groupBy(ids.keys(), (index) => ids[index] ?? "");
  const repeated = [...places].flatMap(([id, [, second, ...more]]): Finding[] =>
    second === undefined
      ? []
      : [
          {
            path: ["subnets", "ids", second],
            message: `expected each subnet once, found ${id} ${more.length === 0 ? "again" : `${more.length + 2} times`}`,
            suggestion: "Name each subnet once, one per zone.",
          },
        ],
  );
  const different = places.size;
  if (different >= 2) return repeated;
  return [
    ...repeated,
    {
      path: ["subnets", "ids"],
      message: `expected subnets in at least two zones, found ${different} subnet: an Application Load Balancer needs two`,
      suggestion: "Name one subnet per zone, two at least.",
    },
  ];
}

/** A tag or attribute travels as `key=value,key=value` in one annotation. */
function pairFindings(ingress: IngressConfig): Finding[] {
  const maps = { attributes: ingress.attributes, tags: ingress.tags };
  return Object.entries(maps).flatMap(([key, map]) =>
    Object.entries(map).flatMap(([name, value]) => {
      const reason = /[=,\s]/.test(name)
        ? "a name without '=', ',' or blanks"
        : /^\s|\s$|[\r\n]/.test(value)
          ? "a value without blanks at the ends or line breaks"
          : /\\(?:,|$)/.test(value)
            ? "a value without a backslash in front of a comma or at the end, where it would join two pairs"
            : key === "tags" && /^(?:aws:|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/)/.test(name)
              ? "a tag that is not reserved by AWS or the controller"
              : undefined;
      if (reason === undefined) return [];
      return [
        {
          path: [key, name],
          message: `expected ${reason}, found ${show(`${name}=${value}`)}`,
          suggestion: "Rename or correct it.",
        },
      ];
    }),
  );
}

/** What AWS says of the value, once it can travel. */
function attributeFindings({ attributes }: IngressConfig): Finding[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const expected = judgeLoadBalancerAttribute(name, value);
    if (expected === undefined) return [];
    return [
      {
        path: ["attributes", name],
        message: `expected ${expected}`,
        suggestion: "Correct it: AWS would refuse the whole list, and the Ingress would get no address.",
      },
    ];
  });
}

function annotationFindings({ annotations }: IngressConfig): Finding[] {
  return Object.entries(annotations).flatMap(([suffix, value]) => {
    const judgement = judgeAnnotation(suffix, value);
    return judgement ? [{ path: ["annotations", suffix], ...judgement }] : [];
  });
}

/** The controller takes the ranges only for a security group that it makes itself. */
const ignoredRangesFindings = ({ inboundCidrs, annotations }: IngressConfig): Finding[] =>
  inboundCidrs.length === 0 || annotations["security-groups"] === undefined
    ? []
    : [
        {
          path: ["annotations", "security-groups"],
          message: `expected inboundCidrs or the annotation security-groups, found both: the controller would ignore inboundCidrs, silently`,
          suggestion:
            "Put the ranges into the security group and remove inboundCidrs, or remove the annotation.",
        },
      ];

/** The Job is named after the Ingress, and a Job's name is at most 63 characters. */
const longestIngressName = 63 - "-healthcheck".length;

function pinnedFindings(config: Config): Finding[] {
  const pinned = config.ingresses.flatMap(({ key, healthCheck }) =>
    healthCheck.mode === "pinned" ? [{ key, nodePort: healthCheck.nodePort }] : [],
  );
  const actual = gatewayServicePorts(config).find(({ port }) => port === statusPort)?.nodePort;
  return pinned
    .filter(({ nodePort }) => nodePort !== actual)
    .map(({ key, nodePort }) => ({
      path: ["ingresses", key, "healthCheck", "nodePort"],
      message: `expected the NodePort of port ${statusPort} on the gateway's Service, ${actual ?? "none"}, found ${nodePort}: one Service serves all doors`,
      suggestion:
        "Pin the same NodePort on every door, and in service.ports of the gateway's values where they are written out.",
    }));
}

/** Both end up on the Service (the gateway chart's service.yaml), at the top level and below `global`. */
const serviceAnnotationPlaces: readonly (readonly string[])[] = [
  ["service", "annotations"],
  ["annotations"],
  ["global", "service", "annotations"],
  ["global", "annotations"],
];

/** The controller takes an annotation of the backend Service before that of the Ingress, the patched one included. */
function serviceAnnotationFindings({ istio }: Config): Finding[] {
  return serviceAnnotationPlaces.flatMap((path) => {
    const annotations = valueAt(istio.gateway.values, path);
    const keys = isJsonObject(annotations) ? Object.keys(annotations) : [];
    return keys
      .filter((key) => key.startsWith(albAnnotationPrefix))
      .map((key) => ({
        path: ["istio", "gateway", "values", ...path, key],
        message: `expected no ${albAnnotationPrefix}… on the gateway's Service, found ${show(key)}: it would beat the annotation of every Ingress`,
        suggestion: "Set it on the ingress: healthCheck, or annotations.",
      }));
  });
}

export const albRules: readonly ConfigRule[] = [
  { code: "alb/name-grammar", severity: "error", check: perIngress(nameFindings) },
  {
    code: "alb/ingress-name-length",
    severity: "error",
    check: perIngress(({ ingressName, healthCheck }) =>
      healthCheck.mode !== "discovered" || ingressName.length <= longestIngressName
        ? []
        : [
            {
              path: ["ingressName"],
              message: `expected at most ${longestIngressName} characters with a hook Job named after the Ingress, found ${ingressName.length}`,
              suggestion: "Shorten it, or use healthCheck.mode named.",
            },
          ],
    ),
  },
  {
    code: "alb/ingress-name-twice",
    severity: "error",
    check: ({ ingresses }) =>
      [...groupBy(ingresses, ({ ingressName }) => ingressName)].flatMap(([ingressName, doors]) => {
        const [, second] = doors;
        if (second === undefined) return [];
        return [
          {
            path: ["ingresses", second.key, "ingressName"],
            message: `the ingresses ${listed(doors.map(({ key }) => key))} would create the same Ingress, ${ingressName}`,
            suggestion: "Give each its own ingressName.",
          },
        ];
      }),
  },
  { code: "alb/subnets", severity: "error", check: perIngress(subnetFindings) },
  { code: "alb/pairs", severity: "error", check: perIngress(pairFindings) },
  { code: "alb/attribute", severity: "error", check: perIngress(attributeFindings) },
  { code: "alb/annotation", severity: "error", check: perIngress(annotationFindings) },
  { code: "alb/inbound-cidrs-ignored", severity: "error", check: perIngress(ignoredRangesFindings) },
  { code: "alb/service-annotation", severity: "error", check: serviceAnnotationFindings },
  { code: "alb/pinned-node-port", severity: "error", check: pinnedFindings },
];
