// Stage 1: the annotations that the AWS Load Balancer Controller reads on an Ingress, by suffix. The controller has no
// list of its own: a misspelt key is ignored silently and a misspelt value fails the whole Ingress.
// Source: pkg/annotations/constants.go and pkg/ingress/*.go at v3.5.0 (2026-08-17), read 2026-11-22.
import { nameOf, show } from "./show.ts";
import { didYouMean } from "./suggest.ts";

/** Every annotation of the controller on an Ingress begins so; the cluster file names only the rest. */
export const albAnnotationPrefix = "alb.ingress.kubernetes.io/";

interface Grammar {
  /** Completes "expected …". */
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

const matching = (expected: string, regex: RegExp): Grammar => ({
  expected,
  accepts: (value) => regex.test(value),
});

const isJson = (value: string, check: (parsed: unknown) => boolean): boolean => {
  try {
    return check(JSON.parse(value));
  } catch {
    return false;
  }
};

// Go's strconv.ParseBool takes more spellings; one is enough here.
const bool = matching("true or false", /^(?:true|false)$/);
const count = matching("a whole number", /^\d+$/);
const text = matching("text on one line", /^.+$/);
const list = matching("values separated by commas", /^[^\s,]+(?:, ?[^\s,]+)*$/);
const pairs = matching(
  "key=value pairs separated by commas",
  /^[^=,\s]+=(?:\\,|[^,\r\n])*(?:,[^=,\s]+=(?:\\,|[^,\r\n])*)*$/,
);
const object: Grammar = {
  expected: "a JSON object",
  accepts: (value) =>
    isJson(value, (parsed) => typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)),
};
const array: Grammar = {
  expected: "a JSON list",
  accepts: (value) => isJson(value, (parsed) => Array.isArray(parsed) && parsed.length > 0),
};
const oneOf = (...words: readonly string[]): Grammar => ({
  expected: `one of ${words.join(", ")}`,
  accepts: (value) => words.includes(value),
});

/** Suffixes a person may add under `ingresses.<key>.annotations`. */
const extraAnnotations = {
  "auth-idp-cognito": object,
  "auth-idp-oidc": object,
  "auth-on-unauthenticated-request": oneOf("authenticate", "allow", "deny"),
  "auth-scope": text,
  "auth-session-cookie": text,
  "auth-session-timeout": count,
  "auth-type": oneOf("none", "cognito", "oidc"),
  "backend-protocol-version": oneOf("HTTP1", "HTTP2", "GRPC"),
  "customer-owned-ipv4-pool": text,
  "ip-address-type": oneOf("ipv4", "dualstack", "dualstack-without-public-ipv4"),
  "ipam-ipv4-pool-id": text,
  "jwt-validation": object,
  "manage-backend-security-group-rules": bool,
  "minimum-load-balancer-capacity": pairs,
  "multi-cluster-target-group": bool,
  "mutual-authentication": array,
  "security-group-prefix-lists": list,
  "security-groups": list,
  "shield-advanced-protection": bool,
  "target-group-attributes": pairs,
  "target-node-labels": pairs,
  "use-regex-path-match": bool,
} as const satisfies Readonly<Record<string, Grammar>>;

/** Suffixes that follow from a key of the cluster file, or that meshfront fixes: nobody may set them beside it. */
const ownedAnnotations = {
  "backend-protocol": "meshfront, which sends plain HTTP to the gateway",
  "certificate-arn": "certificate",
  "healthcheck-interval-seconds": "healthCheck.intervalSeconds",
  "healthcheck-path": "healthCheck.path",
  "healthcheck-port": "healthCheck.mode",
  "healthcheck-protocol": "meshfront, because the gateway's status port speaks HTTP",
  "healthcheck-timeout-seconds": "healthCheck.timeoutSeconds",
  "healthy-threshold-count": "healthCheck.healthyThreshold",
  "inbound-cidrs": "inboundCidrs",
  "listen-ports": "meshfront, which listens on 80 and 443",
  "load-balancer-attributes": "attributes",
  "load-balancer-name": "name",
  scheme: "scheme",
  "ssl-policy": "sslPolicy",
  "ssl-redirect": "meshfront, which redirects 80 to 443",
  subnets: "subnets",
  "success-codes": "meshfront, because the gateway's status port answers 200",
  tags: "tags",
  "target-type": "meshfront, which targets NodePorts",
  "unhealthy-threshold-count": "healthCheck.unhealthyThreshold",
  "waf-acl-id": "webAcl",
  "wafv2-acl-arn": "webAcl",
  "wafv2-acl-name": "webAcl",
  "web-acl-id": "webAcl",
} as const satisfies Readonly<Record<string, string>>;

/** Known to the controller, but with no place on a door of meshfront. */
const refusedAnnotations = {
  "acm-pca-arn": "name a certificate under `certificate`",
  "create-acm-cert": "name a certificate under `certificate`",
  "dry-run-plan": "the controller writes it",
  "enable-frontend-nlb": "a Network Load Balancer in front is outside of what meshfront can check",
  "group.name": "two front doors must not share a fate: one bad member fails every Ingress of a group",
  "group.order": "two front doors must not share a fate: one bad member fails every Ingress of a group",
} as const satisfies Readonly<Record<string, string>>;

const toTheGateway =
  "the Ingress sends every request to the gateway: route there, with `routes` or a VirtualService";

/** Families of suffixes with a name inside: with a grammar those that may be set, with a reason those that may not. */
const annotationFamilies: readonly {
  readonly regex: RegExp;
  readonly grammar?: Grammar;
  readonly refusal?: string;
}[] = [
  { regex: /^listener-attributes\.(?:HTTP-80|HTTPS-443)$/, grammar: pairs },
  {
    regex: /^listener-attributes\.[A-Z]+-\d+$/,
    refusal: "the load balancer listens on HTTP-80 and HTTPS-443",
  },
  { regex: /^(?:actions|conditions|transforms)\../, refusal: toTheGateway },
  { regex: /^frontend-nlb-/, refusal: refusedAnnotations["enable-frontend-nlb"] },
  { regex: /^target-control-port\../, refusal: "the gateway has no port for target control" },
];

const familyOf = (suffix: string) => annotationFamilies.find(({ regex }) => regex.test(suffix));

export type OwnedAnnotation = keyof typeof ownedAnnotations;
export type ExtraAnnotation = keyof typeof extraAnnotations;
/** Suffixes meshfront can emit. */
export type AlbAnnotation = OwnedAnnotation | ExtraAnnotation;

/** What is wrong with an extra annotation, or undefined. */
export function judgeAnnotation(
  suffix: string,
  value: string,
): { readonly message: string; readonly suggestion: string } | undefined {
  if (suffix.startsWith(albAnnotationPrefix)) {
    return {
      message: `expected an annotation without its prefix ${albAnnotationPrefix}, found ${suffix}`,
      suggestion: `Write ${suffix.slice(albAnnotationPrefix.length)}.`,
    };
  }
  const owner = lookUp(ownedAnnotations, suffix);
  if (owner !== undefined) {
    const byKey = !owner.startsWith("meshfront");
    return {
      message: `annotation ${suffix} is set by ${byKey ? `the key ${owner}` : owner}`,
      suggestion: byKey ? `Use ${owner} and remove the annotation.` : "Remove the annotation.",
    };
  }
  const refusal = lookUp<string>(refusedAnnotations, suffix) ?? familyOf(suffix)?.refusal;
  if (refusal !== undefined)
    return {
      message: `annotation ${suffix} is not supported: ${refusal}`,
      suggestion: "Remove the annotation.",
    };
  const grammar = lookUp<Grammar>(extraAnnotations, suffix) ?? familyOf(suffix)?.grammar;
  if (grammar === undefined) {
    return {
      message: `the AWS Load Balancer Controller reads no annotation ${nameOf([suffix])} here and would ignore it silently`,
      suggestion:
        didYouMean(suffix, [...Object.keys(extraAnnotations), ...Object.keys(ownedAnnotations)]) ??
        `Known: ${Object.keys(extraAnnotations).join(", ")}.`,
    };
  }
  if (value.trim() !== value || value === "") {
    return {
      message: `annotation ${suffix}: expected a value without blanks or line breaks at its ends, found ${show(value)}`,
      suggestion:
        "Write it on one line, or with >- where it is long: the controller takes every character as it is.",
    };
  }
  if (grammar.accepts(value)) return undefined;
  return {
    message: `annotation ${suffix}: expected ${grammar.expected}, found ${show(value)}`,
    suggestion: "Correct the value: one that the controller cannot read fails the whole Ingress.",
  };
}

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Whether these annotations make every request show who it is. `allow` lets the others through. */
export const authenticates = (annotations: Readonly<Record<string, string>>): boolean =>
  annotations["jwt-validation"] !== undefined ||
  ((annotations["auth-type"] === "cognito" || annotations["auth-type"] === "oidc") &&
    annotations["auth-on-unauthenticated-request"] !== "allow");
