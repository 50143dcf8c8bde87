import { show } from "../../core/format-value.ts";
import { groupBy } from "../../core/group-by.ts";
import { isJsonObject, valueAt } from "../../core/json.ts";
import { listed } from "../../core/listed.ts";
import { albAnnotationPrefix, validateAnnotation } from "../alb-annotations.ts";
import { loadBalancerPairs, targetGroupPairs } from "../alb-attributes.ts";
import type { PairRules } from "../alb-grammars.ts";
import { type Config, doorsOf, type GatewayConfig, type IngressConfig, tryFindGateway } from "../config.ts";
import { judgeTag } from "../elb-tags.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { deployedGateway, statusPort } from "../helm-values.ts";
import { judgeSslPolicy } from "../ssl-policies.ts";
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

interface AttributeKey {
  readonly key: "attributes" | "targetGroupAttributes";
  readonly rules: Required<PairRules>;
}

const attributeKeys: readonly AttributeKey[] = [
  { key: "attributes", rules: loadBalancerPairs },
  { key: "targetGroupAttributes", rules: targetGroupPairs },
];

/** An attribute travels as `key=value,key=value` in one annotation: what it cannot hold. */
function expectedOfPair(name: string, value: string): string | undefined {
  if (/[=,\s]/.test(name)) return "a name without '=', ',' or blanks";
  if (/^\s|\s$|[\r\n]/.test(value)) return "a value without blanks at the ends or line breaks";
  return value.includes("\\") ? "a value without a backslash, which the controller drops" : undefined;
}

const pairFindings = (ingress: IngressConfig): Finding[] =>
  attributeKeys.flatMap(({ key }) =>
    Object.entries(ingress[key]).flatMap(([name, value]) => {
      const expected = expectedOfPair(name, value);
      if (expected === undefined) return [];
      return [
        {
          path: [key, name],
          message: `expected ${expected}, found ${show(`${name}=${value}`)}`,
          suggestion: "Rename or correct it.",
        },
      ];
    }),
  );

function tagFindings({ tags }: IngressConfig): Finding[] {
  return Object.entries(tags).flatMap(([name, value]) => {
    const expected = judgeTag(name, value);
    if (expected === undefined) return [];
    return [
      {
        path: ["tags", name],
        message: `expected ${expected}`,
        suggestion:
          "Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.",
      },
    ];
  });
}

/** What AWS says of the values, once they can travel. */
const attributeFindings = (ingress: IngressConfig): Finding[] =>
  attributeKeys.flatMap(({ key, rules }) => {
    const suggestion = "Correct it: AWS would refuse the whole list, and the Ingress would get no address.";
    const travelling = Object.entries(ingress[key]).filter(
      ([name, value]) => expectedOfPair(name, value) === undefined,
    );
    const wrong = travelling.flatMap(([name, value]): Finding[] => {
      const expected = rules.each(name, value);
      if (expected === undefined) return [];
      return [{ path: [key, name], message: `expected ${expected}`, suggestion }];
    });
    const contradiction = wrong.length > 0 ? undefined : rules.together(ingress[key]);
    if (contradiction === undefined) return wrong;
    const name = Object.keys(ingress[key]).find((each) => contradiction.includes(` ${each}`)) ?? "";
    return [{ path: [key, name], message: `expected ${contradiction}`, suggestion }];
  });

function sslPolicyFindings(ingress: IngressConfig): Finding[] {
  const { sslPolicy } = ingress;
  const expected = sslPolicy === undefined ? undefined : judgeSslPolicy(sslPolicy);
  if (expected === undefined) return [];
  return [
    {
      path: ["sslPolicy"],
      message: `expected ${expected}, found ${show(sslPolicy)}: AWS would refuse the listener`,
      suggestion: "Correct the name.",
    },
  ];
}

function annotationFindings({ annotations }: IngressConfig): Finding[] {
  return Object.entries(annotations).flatMap(([suffix, value]) => {
    const judgement = validateAnnotation(suffix, value);
    return judgement ? [{ path: ["annotations", suffix], ...judgement }] : [];
  });
}

interface PinnedDoor {
  readonly key: string;
  readonly nodePort: number;
}

const pinnedDoorsOf = (config: Config, gateway: GatewayConfig): readonly PinnedDoor[] =>
  doorsOf(config, gateway).flatMap(({ key, healthCheck }) =>
    healthCheck.mode === "pinned" ? [{ key, nodePort: healthCheck.nodePort }] : [],
  );

function pinnedFindings(config: Config): Finding[] {
  return config.gateways.flatMap((gateway) => disagreeingPins(config, gateway));
}

function disagreeingPins(config: Config, gateway: GatewayConfig): Finding[] {
  const { ports } = deployedGateway(config, gateway);
  const actual = ports.find(({ port }) => port === statusPort)?.nodePort;
  return pinnedDoorsOf(config, gateway)
    .filter(({ nodePort }) => nodePort !== actual)
    .map(({ key, nodePort }) => ({
      path: ["ingresses", key, "healthCheck", "nodePort"],
      message: `expected the NodePort of port ${statusPort} on the gateway's Service, ${actual ?? "none"}, found ${nodePort}: one Service serves all doors`,
      suggestion:
        "Pin the same NodePort on every door of the gateway, and in service.ports of its values where they are written out.",
    }));
}

/** A NodePort belongs to one Service of the cluster. */
function takenPinFindings(config: Config): Finding[] {
  const owners = new Map<number, GatewayConfig>();
  return config.gateways.flatMap((gateway) => {
    const [first] = pinnedDoorsOf(config, gateway);
    if (first === undefined) return [];
    const owner = owners.get(first.nodePort);
    if (owner === undefined) owners.set(first.nodePort, gateway);
    if (owner === undefined) return [];
    return [
      {
        path: ["ingresses", first.key, "healthCheck", "nodePort"],
        message: `expected a NodePort that no other gateway has, found ${first.nodePort}, which the gateway ${owner.key} has too: Kubernetes gives it to one Service`,
        suggestion: "Pin another one.",
      },
    ];
  });
}

/** Both end up on the Service (the gateway chart's service.yaml), at the top level and below `global`. */
const serviceAnnotationPlaces: readonly (readonly string[])[] = [
  ["service", "annotations"],
  ["annotations"],
  ["global", "service", "annotations"],
  ["global", "annotations"],
];

/** The controller takes an annotation of the backend Service before that of the Ingress, the patched one included. */
function serviceAnnotationFindings({ key: gateway, values }: GatewayConfig): Finding[] {
  return serviceAnnotationPlaces.flatMap((path) => {
    const annotations = valueAt(values, path);
    const keys = isJsonObject(annotations) ? Object.keys(annotations) : [];
    return keys
      .filter((key) => key.startsWith(albAnnotationPrefix))
      .map((key) => ({
        path: ["gateways", gateway, "values", ...path, key],
        message: `expected no ${albAnnotationPrefix}… on the gateway's Service, found ${show(key)}: it would beat the annotation of every Ingress`,
        suggestion: "Set it on the ingress: healthCheck, or annotations.",
      }));
  });
}

/** Doors of gateways in one namespace. */
function repeatedNameFindings(config: Config): Finding[] {
  const placeOf = (ingress: IngressConfig) =>
    `${tryFindGateway(config, ingress)?.namespace}/${ingress.ingressName}`;
  return [...groupBy(config.ingresses, placeOf).values()].flatMap((doors) => {
    const [, second] = doors;
    if (second === undefined) return [];
    return [
      {
        path: ["ingresses", second.key, "ingressName"],
        message: `the ingresses ${listed(doors.map(({ key }) => key))} would create the same Ingress, ${second.ingressName}`,
        suggestion: "Give each its own ingressName.",
      },
    ];
  });
}

export const albRules: readonly ConfigRule[] = [
  { code: "alb/name-grammar", severity: "error", check: perIngress(nameFindings) },
  { code: "alb/ingress-name-twice", severity: "error", check: repeatedNameFindings },
  { code: "alb/subnets", severity: "error", check: perIngress(subnetFindings) },
  { code: "alb/pairs", severity: "error", check: perIngress(pairFindings) },
  { code: "alb/tag", severity: "error", check: perIngress(tagFindings) },
  { code: "alb/ssl-policy", severity: "error", check: perIngress(sslPolicyFindings) },
  { code: "alb/attribute", severity: "error", check: perIngress(attributeFindings) },
  { code: "alb/annotation", severity: "error", check: perIngress(annotationFindings) },
  {
    code: "alb/service-annotation",
    severity: "error",
    check: ({ gateways }) => gateways.flatMap(serviceAnnotationFindings),
  },
  { code: "alb/pinned-node-port", severity: "error", check: pinnedFindings },
  { code: "alb/node-port-taken", severity: "error", check: takenPinFindings },
];
