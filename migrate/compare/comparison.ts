// Live and ours side by side: equal, or each difference with what it leads to.
import { albAnnotationPrefix } from "../../config/alb-annotations.ts";
import { formatPath } from "../../core/format-value.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { compareObjects } from "../../manifests/diff/compare-values.ts";
import { type Effect, effects } from "../finding.ts";

export interface ValueDifference {
  readonly path: string;
  /** Undefined where that side has none. */
  readonly live?: JsonValue;
  readonly ours?: JsonValue;
  readonly effect: Effect;
  readonly why: string;
}

export interface Comparison {
  /** `Ingress istio-system/web`, `release istio-system/istiod (istiod)`. */
  readonly about: string;
  /** False: the input has no such object, so it is new. */
  readonly isLive: boolean;
  /** False where the input shows only what was applied: equal to that, and not proven equal to what lives. */
  readonly isProven: boolean;
  readonly differences: readonly ValueDifference[];
}

interface Judged {
  readonly effect: Effect;
  readonly why: string;
}

/** By the suffix of the annotation: what follows when the controller reads another value. */
const byAnnotation: readonly (readonly [RegExp, Effect, string])[] = [
  [/^scheme$/, "replaces a load balancer", "the scheme is part of a load balancer's identity"],
  [/^load-balancer-name$/, "cosmetic", "the controller ignores the name while the load balancer lives"],
  [
    /^(?:target-type|backend-protocol)/,
    "changes exposure",
    "the controller makes a new target group in place of the old one",
  ],
  [
    /^healthcheck-port$/,
    "mends a fault",
    "the gateway's status port, by its name: the hook puts the NodePort in its place, and Argo CD leaves it there",
  ],
  [/^(?:healthcheck-|success-codes)/, "mends a fault", "what the gateway's status port answers"],
  [
    /^(?:listen-ports|ssl-redirect|inbound-cidrs|security-group|wafv2-|manage-backend)/,
    "changes exposure",
    "who can connect, and how",
  ],
  [/^ssl-policy$/, "changes exposure", "which TLS clients may speak"],
  [
    /^subnets$/,
    "changes exposure",
    "where the load balancer stands: chosen by discovery today, by the lock file with ours",
  ],
  [/^certificate-arn$/, "changes exposure", "discovered by host today, pinned by the lock file with ours"],
];

/** By path in an object of Istio, or in an Ingress beside its annotations. */
const byPath: readonly (readonly [RegExp, Effect, string])[] = [
  [/^apiVersion$/, "cosmetic", "the same object in a newer version of its API"],
  [/^metadata\.namespace$/, "cosmetic", "ours stands beside the gateway; the old one is removed by a person"],
  [/^metadata\./, "cosmetic", "names and labels that nothing serves by"],
  [/^spec\.ingressClassName$/, "cosmetic", "the same class, said by the field"],
  [/^spec\.rules/, "changes exposure", "which hosts and paths come in"],
  [/^spec\.selector/, "cosmetic", "ours selects by both labels of the same pods"],
  [/^spec\.gateways/, "cosmetic", "the same Gateway by another name"],
  [/^spec\.servers/, "cosmetic", "the servers that the doors need"],
  [/^spec\.http/, "cosmetic", "the same Service, with its port and its full name written out"],
];

function judgeField(path: string): Judged {
  const suffix = path.includes(albAnnotationPrefix)
    ? path.slice(path.indexOf(albAnnotationPrefix) + albAnnotationPrefix.length).replace(/["\]]+$/, "")
    : undefined;
  const rows = suffix === undefined ? byPath : byAnnotation;
  const row = rows.find(([pattern]) => pattern.test(suffix ?? path));
  return row === undefined
    ? {
        effect: "cosmetic",
        why: suffix === undefined ? "nothing serves by it" : "not carried over, see above",
      }
    : { effect: row[1], why: row[2] };
}

export function compareLive(
  about: string,
  live: JsonObject | undefined,
  ours: JsonObject,
  isProven: boolean,
): Comparison {
  if (live === undefined) return { about, isLive: false, isProven, differences: [] };
  const changes = compareObjects(live, ours);
  return {
    about,
    isLive: true,
    isProven,
    differences: byEffect(
      changes.map(({ path, before, after }) => ({
        path,
        ...(before !== undefined && { live: before }),
        ...(after !== undefined && { ours: after }),
        ...judgeField(path),
      })),
    ),
  };
}

const byEffect = (differences: readonly ValueDifference[]): readonly ValueDifference[] =>
  [...differences].sort((a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect));

/** Values of a chart that only restate what it has anyway, or what no pod sees. */
const quietValues: readonly (readonly [RegExp, string])[] = [
  [/^defaultRevision$/, "the chart's own default"],
  [
    /validationFailurePolicy$/,
    "Argo CD renders the webhook anew each time: it is printed as istiod leaves it",
  ],
  [/^global\.hub$/, "the registry of the chart's default images"],
  [/^podDisruptionBudget/, "a budget for drains of nodes; no pod changes"],
  [/^(?:pilot\.)?(?:autoscal|replicaCount)/, "another number of pods, none is replaced"],
  [/^service\.type$/, "the kind of the Service, not of the pods"],
  [/^service\./, "the ports of the Service"],
];

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined || value === "" || JSON.stringify(value) === "[]" || JSON.stringify(value) === "{}";

const judgeValue = (path: string, live: JsonValue | undefined, ours: JsonValue | undefined): Judged => {
  if (isEmpty(live) && isEmpty(ours)) return { effect: "cosmetic", why: "nothing stands there" };
  const row = quietValues.find(([pattern]) => pattern.test(path));
  if (row !== undefined) return { effect: "cosmetic", why: row[1] };
  return path.startsWith("podAnnotations")
    ? { effect: "rolls pods", why: "the proxy's settings (trusted proxies) stand on the pods" }
    : { effect: "rolls pods", why: "the chart's templates read it" };
};

/** Leaf by leaf; lists as a whole. */
export function compareValues(about: string, live: JsonObject, ours: JsonObject): Comparison {
  const left = leavesOf(live);
  const right = leavesOf(ours);
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  const differences = paths.flatMap((path): ValueDifference[] => {
    const [a, b] = [left.get(path), right.get(path)];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    return [
      {
        path,
        ...(a !== undefined && { live: a }),
        ...(b !== undefined && { ours: b }),
        ...judgeValue(path, a, b),
      },
    ];
  });
  return { about, isLive: true, isProven: true, differences: byEffect(differences) };
}

function leavesOf(values: JsonObject): ReadonlyMap<string, JsonValue> {
  const leaves = new Map<string, JsonValue>();
  const visit = (value: JsonValue, path: readonly string[]): void => {
    if (!isJsonObject(value) || Object.keys(value).length === 0) leaves.set(formatPath(path), value);
    else for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  for (const [key, value] of Object.entries(values)) visit(value, [key]);
  return leaves;
}
