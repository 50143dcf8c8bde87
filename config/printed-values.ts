// Stage 1: values that the gateway chart prints straight into the Service, the Deployment and the HorizontalPodAutoscaler, each
// with what the API server takes of it. Source: Kubernetes 1.36.1, pkg/apis/core/validation; the table of
// test/e2e/gateway-values.e2e.ts was run against that API server.
import ipaddr from "ipaddr.js";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../core/json.ts";
import { isQuantity, isQuantityAbove } from "./kubernetes-quantities.ts";
import { labelKey, labelValue } from "./patterns.ts";

/** What is wrong with a value, completing "expected …", where it stands below the one that is judged. */
export interface Complaint {
  readonly at?: Path;
  readonly expected: string;
}

export interface PrintedValue {
  readonly path: readonly string[];
  readonly judge: (value: JsonValue, values: JsonObject) => readonly Complaint[];
  /** First minor of the charts that print it. */
  readonly since: number;
}

const row = (path: string, judge: PrintedValue["judge"], since = 0): PrintedValue => ({
  path: path.split("."),
  judge,
  since,
});

/** Of maps and lists nothing: some cannot become text. */
const textOf = (value: JsonValue | undefined): string => (typeof value === "object" ? "" : String(value));

const complain = (isGood: boolean, expected: string): readonly Complaint[] => (isGood ? [] : [{ expected }]);

const oneOf =
  (...words: readonly string[]): PrintedValue["judge"] =>
  (value) =>
    complain(typeof value === "string" && words.includes(value), `one of ${words.join(", ")}`);

const wholeNumber =
  (from: number, to = 2_147_483_647): PrintedValue["judge"] =>
  (value) =>
    complain(
      Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
      to === 65_535 ? `a whole number from ${from} to ${to}` : `a whole number from ${from} up`,
    );

export const serviceTypeOf = (values: JsonObject): JsonValue =>
  valueAt(values, ["service", "type"]) ?? "LoadBalancer";

/** Fields of a Service that the API server takes of the type LoadBalancer only. */
const ofLoadBalancer =
  (judge: PrintedValue["judge"]): PrintedValue["judge"] =>
  (value, values) =>
    serviceTypeOf(values) === "LoadBalancer"
      ? judge(value, values)
      : [
          {
            expected: `no such field on a Service of type ${textOf(serviceTypeOf(values))} (it is for the type LoadBalancer; inboundCidrs of an ingress says who may connect)`,
          },
        ];

const eachOf =
  (isGood: (item: JsonValue) => boolean, expected: string): PrintedValue["judge"] =>
  (value) =>
    isJsonArray(value)
      ? value.flatMap((item, index) => (isGood(item) ? [] : [{ at: [index], expected }]))
      : [{ expected: "a list" }];

const isAddress = (value: JsonValue): boolean => typeof value === "string" && ipaddr.isValid(value);
const isRange = (value: JsonValue): boolean => typeof value === "string" && ipaddr.isValidCIDR(value.trim());

const sourceRanges = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** An annotation's name is a label's key, its prefix in any case. */
function judgeAnnotations(value: JsonValue, values: JsonObject, ofService: boolean): readonly Complaint[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, text]): Complaint[] => {
    if (!labelKey.regex.test(key.toLowerCase()))
      return [{ at: [key], expected: labelKey.expected.replace("a label", "an annotation") }];
    if (text === null) return []; // has a rule of its own
    if (typeof text !== "string") return [{ at: [key], expected: "text in quotes" }];
    if (!ofService || key !== sourceRanges || serviceTypeOf(values) === "LoadBalancer") return [];
    return [
      { at: [key], expected: `no such annotation on a Service of type ${textOf(serviceTypeOf(values))}` },
    ];
  });
}

const annotations: PrintedValue["judge"] = (value, values) => judgeAnnotations(value, values, false);
const serviceAnnotations: PrintedValue["judge"] = (value, values) => judgeAnnotations(value, values, true);

/** The chart puts values of `labels` into quotes, others not. */
const labels =
  (areQuoted: boolean): PrintedValue["judge"] =>
  (value) =>
    isJsonObject(value)
      ? Object.entries(value).flatMap(([key, text]): Complaint[] => {
          if (!labelKey.regex.test(key)) return [{ at: [key], expected: labelKey.expected }];
          if (!areQuoted && typeof text !== "string") return [{ at: [key], expected: "text in quotes" }];
          if (text === null) return []; // has a rule of its own
          if (typeof text === "object") return [{ at: [key], expected: "text" }];
          return labelValue.regex.test(String(text)) ? [] : [{ at: [key], expected: labelValue.expected }];
        })
      : [];

const ipFamilies: PrintedValue["judge"] = (value, values) => {
  if (!isJsonArray(value)) return [{ expected: "a list" }];
  const words = ["IPv4", "IPv6"];
  const wrong = value.findIndex(
    (item, index) => typeof item !== "string" || !words.includes(item) || value.indexOf(item) < index,
  );
  if (wrong >= 0) return [{ at: [wrong], expected: "IPv4 or IPv6, each once" }];
  const policy = valueAt(values, ["service", "ipFamilyPolicy"]) ?? "SingleStack";
  return complain(
    value.length < 2 || policy !== "SingleStack",
    "one family beside ipFamilyPolicy SingleStack",
  );
};

const ports: PrintedValue["judge"] = (value, values) => {
  if (!isJsonArray(value)) return [];
  const isInside = serviceTypeOf(values) === "ClusterIP";
  const seen = new Set<string>();
  return value.flatMap((port, index): Complaint[] => {
    if (!isJsonObject(port)) return [{ at: [index], expected: "a map with name and port" }];
    const { protocol = "TCP", nodePort } = port;
    const complaints = portFields(port, value.length, isInside).map((complaint) => ({
      ...complaint,
      at: [index, ...(complaint.at ?? [])],
    }));
    const keys = [`port ${textOf(port.port)}/${textOf(protocol)}`];
    if (port.name !== undefined) keys.push(`name ${textOf(port.name)}`);
    if (nodePort !== undefined && nodePort !== 0)
      keys.push(`nodePort ${textOf(nodePort)}/${textOf(protocol)}`);
    const twice = keys.find((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    if (twice !== undefined)
      complaints.push({ at: [index], expected: `each name, port and nodePort once, not ${twice} again` });
    return complaints;
  });
};

function portFields(
  { name, port, targetPort, nodePort, protocol = "TCP", ...others }: JsonObject,
  count: number,
  isInside: boolean,
): Complaint[] {
  const unknown = Object.keys(others).find((key) => key !== "appProtocol");
  const isNumber = (value: JsonValue | undefined): boolean =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535;
  const isName = typeof name === "string" && /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
  return [
    {
      at: ["name"],
      isGood: name === undefined ? count === 1 : isName,
      expected: "a DNS label, which each of several ports needs",
    },
    { at: ["port"], isGood: isNumber(port), expected: "a whole number from 1 to 65535" },
    {
      at: ["targetPort"],
      isGood: typeof targetPort !== "number" || isNumber(targetPort),
      expected: "a whole number from 1 to 65535",
    },
    {
      at: ["nodePort"],
      isGood: !isInside || nodePort === undefined || nodePort === 0,
      expected: "none on a Service of type ClusterIP",
    },
    {
      at: ["nodePort"],
      isGood:
        isInside ||
        nodePort === undefined ||
        (Number.isInteger(nodePort) &&
          (nodePort === 0 || (Number(nodePort) >= 30_000 && Number(nodePort) <= 32_767))),
      expected: "a whole number from 30000 to 32767 (Kubernetes' default range)",
    },
    {
      at: ["protocol"],
      isGood: ["TCP", "UDP", "SCTP"].includes(textOf(protocol)),
      expected: "one of TCP, UDP, SCTP",
    },
    {
      at: [unknown ?? ""],
      isGood: unknown === undefined,
      expected: "only name, port, targetPort, nodePort, protocol and appProtocol",
    },
  ].filter(({ isGood }) => !isGood);
}

const autoscaling: PrintedValue["judge"] = (value, values) => {
  if (!isJsonObject(value) || value.enabled === false || values.kind === "DaemonSet") return [];
  const { minReplicas: min = 1, maxReplicas: max = 5 } = value;
  return complain(
    !(Number(min) > Number(max)),
    `minReplicas not above maxReplicas (${textOf(min)} and ${textOf(max)})`,
  );
};

const amounts: PrintedValue["judge"] = (value) =>
  isJsonObject(value)
    ? Object.entries(value).flatMap(([name, amount]) => {
        if (!/^(?:cpu|memory|ephemeral-storage|hugepages-.+|[a-z0-9.-]+\/.+)$/.test(name))
          return [{ at: [name], expected: "cpu, memory, ephemeral-storage or a name with a domain" }];
        return isQuantity(amount) ? [] : [{ at: [name], expected: "a quantity such as 500m or 256Mi" }];
      })
    : [];

const requestsWithinLimits: PrintedValue["judge"] = (value) => {
  const [requests, limits] = [valueAt(value, ["requests"]), valueAt(value, ["limits"])];
  if (!isJsonObject(requests) || !isJsonObject(limits)) return [];
  return Object.entries(requests).flatMap(([name, amount]) => {
    const limit = limits[name];
    return limit !== undefined && isQuantityAbove(amount, limit)
      ? [{ at: ["requests", name], expected: `at most the limit of ${textOf(limit)}` }]
      : [];
  });
};

const tolerations: PrintedValue["judge"] = (value) =>
  isJsonArray(value)
    ? value.flatMap((item, index): Complaint[] => {
        if (!isJsonObject(item)) return [{ at: [index], expected: "a map" }];
        const { key, operator = "Equal", value: text, effect = "NoSchedule" } = item;
        const isGood =
          ["Equal", "Exists"].includes(textOf(operator)) &&
          ["NoSchedule", "PreferNoSchedule", "NoExecute", ""].includes(textOf(effect)) &&
          (operator !== "Exists" || text === undefined || text === "") &&
          (key !== undefined || operator === "Exists");
        return isGood
          ? []
          : [
              {
                at: [index],
                expected:
                  "key and value (operator Equal) or operator Exists without value, and an effect NoSchedule, PreferNoSchedule or NoExecute",
              },
            ];
      })
    : [];

const strategy: PrintedValue["judge"] = (value) => {
  const [surge, unavailable] = [
    valueAt(value, ["rollingUpdate", "maxSurge"]),
    valueAt(value, ["rollingUpdate", "maxUnavailable"]),
  ];
  const isZero = (amount: JsonValue | undefined): boolean => amount === 0 || amount === "0%";
  return complain(!(isZero(surge) && isZero(unavailable)), "maxSurge or maxUnavailable above 0");
};

const objectName: PrintedValue["judge"] = (value) =>
  complain(
    typeof value === "string" && /^(?:|[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)$/.test(value),
    "a name of lower-case letters, digits, '-' and '.'",
  );

export const serviceValues: readonly PrintedValue[] = [
  row("service.loadBalancerSourceRanges", ofLoadBalancer(eachOf(isRange, "an address range"))),
  row(
    "service.healthCheckNodePort",
    ofLoadBalancer((value, values) =>
      valueAt(values, ["service", "externalTrafficPolicy"]) === "Local"
        ? wholeNumber(1, 65_535)(value, values)
        : [{ expected: "externalTrafficPolicy Local beside it" }],
    ),
    31,
  ),
  row("service.clusterIP", (value, values) =>
    complain(
      value === "" || isAddress(value) || (value === "None" && serviceTypeOf(values) === "ClusterIP"),
      "an address (None, without one, is for Services of type ClusterIP)",
    ),
  ),
  row("service.annotations", serviceAnnotations),
  row("annotations", serviceAnnotations),
  row("service.externalTrafficPolicy", (value, values) =>
    serviceTypeOf(values) === "ClusterIP" && valueAt(values, ["service", "externalIPs"]) === undefined
      ? [{ expected: "no such field on a Service of type ClusterIP" }]
      : oneOf("Cluster", "Local")(value, values),
  ),
  row("service.internalTrafficPolicy", oneOf("Cluster", "Local")),
  row("service.ipFamilyPolicy", oneOf("SingleStack", "PreferDualStack", "RequireDualStack")),
  row("service.ipFamilies", ipFamilies),
  row("service.externalIPs", eachOf(isAddress, "an address")),
  row("service.ports", ports),
  row("service.selectorLabels", labels(false)),
];

export const otherValues: readonly PrintedValue[] = [
  row("labels", labels(true)),
  row("podAnnotations", annotations),
  row("serviceAccount.annotations", annotations),
  row("serviceAccount.name", objectName),
  row("priorityClassName", objectName),
  row("nodeSelector", labels(false)),
  row("autoscaling", autoscaling),
  row("autoscaling.minReplicas", wholeNumber(1)),
  row("autoscaling.maxReplicas", wholeNumber(1)),
  row("autoscaling.targetCPUUtilizationPercentage", wholeNumber(1)),
  row("replicaCount", wholeNumber(0)),
  row("minReadySeconds", wholeNumber(0)),
  row("resources.requests", amounts),
  row("resources.limits", amounts),
  row("resources", requestsWithinLimits),
  row("tolerations", tolerations),
  row("strategy", strategy),
];
