// Stage 1: the annotations that the AWS Load Balancer Controller reads on an Ingress, by suffix: what values they take, and
// what the controller makes of none and of an empty one.
// Sources: the controller v3.5.0 run with a real API server; ELBv2 API reference for the ranges; pkg/annotations/constants.go and pkg/ingress/*.go at v3.5.0 (2026-08-17), read 2026-11-22.
import { isAddressRange } from "../core/address-range.ts";
import {
  httpListenerPairs,
  httpsListenerPairs,
  loadBalancerPairs,
  targetGroupPairs,
} from "./alb-attributes.ts";
import {
  canonicalBool,
  type Grammar,
  goBool,
  isPort,
  jsonList,
  listOf,
  listOfDifferent,
  matching,
  oneOf,
  type PairRules,
  pairs,
  pairsOf,
  text,
  wholeNumber,
} from "./alb-grammars.ts";
import { cognito, jwtValidation, mutualAuthentication, oidc } from "./alb-json-schemas.ts";
import { tagPairs } from "./elb-tags.ts";
import { type JsonSchema, json, readJsonText } from "./json-grammar.ts";
import { labelKey, labelValue, webAclArn, webAclName } from "./patterns.ts";
import { judgeSslPolicy } from "./ssl-policies.ts";

export interface AlbAnnotationRow {
  readonly grammar: Grammar;
  /** How it is written out, for values that the controller reads in more than one spelling. */
  readonly canonical?: (value: string) => string;
  /** Whether the controller takes no notice of blanks and line breaks around the value. */
  readonly trims?: true;
  /** What the controller makes of an empty value, where that is not that the whole Ingress fails. */
  readonly empty?: string;
}

/** One that follows from a key of the cluster file, or that meshfront fixes: nobody may set it beside that. */
export interface OwnedRow extends AlbAnnotationRow {
  readonly setBy: string;
  /** What the controller assumes, silently, where the annotation is absent: meshfront always states these. */
  readonly absent?: string;
}

const asAbsent = "the controller takes it as absent";

/** What it takes where no policy is named: its flag --default-ssl-policy, if nobody set that. */
export const controllersSslPolicy = "ELBSecurityPolicy-2016-08";
const passedOn = "the controller passes it on to AWS as it is";

const aBool = { grammar: goBool, canonical: canonicalBool };
const aNumber = (lowest: number, highest: number) => ({
  grammar: wholeNumber(lowest, highest),
  canonical: (value: string) => String(Number(value)),
});
const somePairs = (rules?: PairRules) => ({
  grammar: pairs(rules),
  canonical: (value: string) => pairsOf(value).join(","),
  trims: true as const,
});
const aJson = (schema: JsonSchema, what: string) => ({
  grammar: json(schema, what),
  canonical: (value: string) => JSON.stringify(readJsonText(schema, value)),
  trims: true as const,
});

/** Suffixes a person may add under `ingresses.<key>.annotations`. */
export const extraAnnotations = {
  "auth-idp-cognito": aJson(cognito, "a JSON object with userPoolARN, userPoolClientID and userPoolDomain"),
  "auth-idp-oidc": aJson(
    oidc,
    "a JSON object with issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint and secretName",
  ),
  "auth-on-unauthenticated-request": {
    grammar: oneOf("authenticate", "allow", "deny"),
    empty: passedOn,
  },
  "auth-scope": { grammar: text, empty: passedOn },
  "auth-session-cookie": { grammar: text, empty: passedOn },
  "auth-session-timeout": aNumber(1, 604_800),
  "auth-type": { grammar: oneOf("none", "cognito", "oidc") },
  "backend-protocol-version": { grammar: oneOf("HTTP1", "HTTP2", "GRPC") },
  "customer-owned-ipv4-pool": { grammar: text, empty: passedOn },
  "ip-address-type": { grammar: oneOf("ipv4", "dualstack", "dualstack-without-public-ipv4") },
  "ipam-ipv4-pool-id": { grammar: text, empty: passedOn },
  "jwt-validation": aJson(jwtValidation, "a JSON object with issuer and jwksEndpoint"),
  "minimum-load-balancer-capacity": {
    grammar: matching("CapacityUnits=<whole number>", /^\s*CapacityUnits=\d{1,6}\s*$/),
    canonical: (value: string) => value.trim(),
    trims: true,
    empty: asAbsent,
  },
  "multi-cluster-target-group": aBool,
  "mutual-authentication": aJson(mutualAuthentication, "a JSON list of ports with their modes"),
  "shield-advanced-protection": aBool,
  "target-node-labels": { ...somePairs({ each: judgeLabel }), empty: "every node becomes a target" },
  "use-regex-path-match": aBool,
} as const satisfies Readonly<Record<string, AlbAnnotationRow>>;

/** The controller selects nodes with them. */
function judgeLabel(key: string, value: string): string | undefined {
  if (!labelKey.regex.test(key)) return `${labelKey.expected}, not ${key}`;
  return labelValue.regex.test(value) ? undefined : `${labelValue.expected}, not ${value}`;
}

const twoSubnets = "two or more different subnets, separated by commas";
const certificate =
  /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/\S+$/;

export const ownedAnnotations = {
  "backend-protocol": {
    setBy: "backendTls",
    grammar: oneOf("HTTP", "HTTPS"),
    absent: "HTTP",
  },
  "certificate-arn": {
    setBy: "certificate",
    grammar: listOf("ARNs of certificates, separated by commas", certificate),
    absent: "every certificate that matches a host, with the lowest ARN as the default one",
    empty: `${asAbsent} and attaches every certificate that matches a host`,
  },
  "healthcheck-interval-seconds": {
    setBy: "healthCheck.intervalSeconds",
    grammar: wholeNumber(5, 300),
    absent: "15",
  },
  "healthcheck-path": {
    setBy: "healthCheck.path",
    grammar: matching("a path that starts with / (at most 1024 characters)", /^\/\S{0,1023}$/),
    absent: "/, for which the gateway may have no route",
    empty: passedOn,
  },
  "healthcheck-port": {
    setBy: "healthCheck.mode",
    grammar: matching(
      "the name of a Service port or a NodePort",
      /^(?:\d{1,5}|(?=.*[a-z])[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)$/,
    ),
    absent: "traffic-port, where only a route could answer",
  },
  "healthcheck-protocol": {
    setBy: "meshfront, because the gateway's status port speaks HTTP",
    grammar: oneOf("HTTP", "HTTPS"),
    absent: "the protocol of the backend",
  },
  "healthcheck-timeout-seconds": {
    setBy: "healthCheck.timeoutSeconds",
    grammar: wholeNumber(2, 120),
    absent: "5",
  },
  "healthy-threshold-count": { setBy: "healthCheck.healthyThreshold", grammar: wholeNumber(2, 10) },
  "inbound-cidrs": {
    setBy: "inboundCidrs",
    grammar: listOf("address ranges, separated by commas", { test: isAddressRange }),
    empty: `${asAbsent} and opens the load balancer to the world`,
  },
  "listen-ports": {
    setBy: "listeners",
    grammar: jsonList('a JSON list such as [{"HTTP":80},{"HTTPS":443}]', validateListener),
    absent: "443, or 80 alone where no certificate is named",
  },
  "load-balancer-attributes": {
    setBy: "attributes",
    ...somePairs(loadBalancerPairs),
    empty: asAbsent,
  },
  "load-balancer-name": {
    setBy: "name",
    grammar: matching(
      "a name of at most 32 letters, digits and '-', none of them at an end, not beginning with internal-",
      /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
    ),
    absent: "a name that it makes up",
    empty: passedOn,
  },
  "manage-backend-security-group-rules": { setBy: "securityGroups.manageBackendRules", ...aBool },
  scheme: { setBy: "scheme", grammar: oneOf("internal", "internet-facing"), absent: "internal" },
  "security-group-prefix-lists": {
    setBy: "prefixLists",
    grammar: listOf("ids of prefix lists (pl-…), separated by commas", /^pl-[0-9a-f]+$/),
    empty: asAbsent,
  },
  "security-groups": {
    setBy: "securityGroups.ids",
    grammar: listOf(
      "ids (sg-…) or Name tags of security groups, separated by commas",
      /^(?:sg-[0-9a-f]+|(?!sg-)\S[^\r\n]*)$/,
    ),
    empty: `${asAbsent} and makes a security group of its own`,
  },
  "ssl-policy": {
    setBy: "sslPolicy",
    grammar: judgeSslPolicy,
    absent: `${controllersSslPolicy}, which allows TLS 1.0`,
    empty: passedOn,
  },
  "ssl-redirect": { setBy: "listeners", grammar: wholeNumber(1, 65535) },
  subnets: {
    setBy: "subnets",
    grammar: listOfDifferent(twoSubnets, /^[^\s,]+$/, 2),
    absent: "subnets that it discovers by their tags",
  },
  "success-codes": {
    setBy: "meshfront, because the gateway's status port answers 200",
    grammar: matching(
      "HTTP codes from 200 to 499 such as 200, 200,202 or 200-299",
      /^[234]\d\d(?:-[234]\d\d)?(?:,[234]\d\d(?:-[234]\d\d)?)*$/,
    ),
    empty: passedOn,
  },
  tags: { setBy: "tags", ...somePairs(tagPairs), empty: asAbsent },
  "target-group-attributes": {
    setBy: "targetGroupAttributes",
    ...somePairs(targetGroupPairs),
    empty: asAbsent,
  },
  "target-type": {
    setBy: "targetType",
    grammar: oneOf("instance", "ip"),
    absent: "what a flag of the controller says",
  },
  "unhealthy-threshold-count": { setBy: "healthCheck.unhealthyThreshold", grammar: wholeNumber(2, 10) },
  "wafv2-acl-arn": {
    setBy: "webAcl",
    grammar: matching(`${webAclArn.expected} or none`, new RegExp(`${webAclArn.regex.source}|^none$`)),
    empty: "with 2.14.0 to 3.5.0 the controller detaches whatever web ACL is attached",
  },
  "wafv2-acl-name": {
    setBy: "webAcl",
    grammar: matching(webAclName.expected, webAclName.regex),
    empty: asAbsent,
  },
} as const satisfies Readonly<Record<string, OwnedRow>>;

function validateListener(entry: Readonly<Record<string, unknown>>): string | undefined {
  const listeners = Object.entries(entry);
  const isListener = listeners.every(([key, port]) => (key === "HTTP" || key === "HTTPS") && isPort(port));
  return listeners.length === 1 && isListener ? undefined : 'entries such as {"HTTP":80} or {"HTTPS":443}';
}

const classicWaf = "AWS WAF Classic has ended: name a web ACL of WAFv2 under `webAcl`";

/** Known to the controller, but with no place on a door of meshfront. */
export const refusedAnnotations = {
  "acm-pca-arn": "name a certificate under `certificate`",
  "create-acm-cert": "name a certificate under `certificate`",
  "dry-run-plan": "the controller writes it",
  "enable-frontend-nlb": "a Network Load Balancer in front is outside of what meshfront can check",
  group: "it is no annotation of the controller; group.name is, and two front doors must not share a fate",
  "group.name": "two front doors must not share a fate: one bad member fails every Ingress of a group",
  "group.order": "two front doors must not share a fate: one bad member fails every Ingress of a group",
  "waf-acl-id": classicWaf,
  "web-acl-id": classicWaf,
} as const satisfies Readonly<Record<string, string>>;

/** The prefix that external-dns 0.22 and newer reads, and the one of before (docs/annotations/annotations.md). */
export const externalDnsPrefix = /^external-dns\.(?:alpha\.)?kubernetes\.io\//;
export const externalDnsPrefixNow = "external-dns.kubernetes.io/";

/** What external-dns reads on an Ingress; of the names with a provider in front only the provider is known. */
export const externalDnsNames: readonly string[] = [
  ...["alias", "controller", "hostname", "ingress-hostname-source", "set-identifier", "target", "ttl"],
];
export const externalDnsProviders =
  /^(?:aws|azure|cloudflare|coredns|google|ibmcloud|scw|webhook)-[a-z0-9-]+$/;

const toTheGateway =
  "the Ingress sends every request to the gateway: route there, with `routes` or a VirtualService";

/** A redirect in Istio would never end: behind the load balancer every request comes by plain HTTP. */
const redirected = "nothing is needed: the load balancer redirects 80 to 443 already";
export const leadsToHttps = (action: string): boolean =>
  /"type"\s*:\s*"redirect"/i.test(action) && /"protocol"\s*:\s*"https"/i.test(action);

/** Families of suffixes with a name inside: with a grammar those that may be set, with a reason those that may not. */
export const annotationFamilies: readonly (Partial<AlbAnnotationRow> & {
  readonly regex: RegExp;
  readonly refusal?: string | ((value: string) => string);
})[] = [
  { regex: /^listener-attributes\.HTTP-80$/, ...somePairs(httpListenerPairs), empty: asAbsent },
  { regex: /^listener-attributes\.HTTPS-443$/, ...somePairs(httpsListenerPairs), empty: asAbsent },
  {
    regex: /^listener-attributes\.[A-Z]+-\d+$/,
    refusal: "the load balancer listens on HTTP-80 and HTTPS-443",
  },
  { regex: /^actions\../, refusal: (value) => (leadsToHttps(value) ? redirected : toTheGateway) },
  { regex: /^(?:conditions|transforms)\../, refusal: toTheGateway },
  { regex: /^frontend-nlb-/, refusal: refusedAnnotations["enable-frontend-nlb"] },
  { regex: /^target-control-port\../, refusal: "the gateway has no port for target control" },
];
