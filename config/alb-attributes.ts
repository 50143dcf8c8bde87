// Stage 1: attributes of load balancers, target groups and listeners, by name. AWS refuses a wrong one when the controller
// has made the load balancer and not yet written its address: the first roll-out stops there.
// Source: Elastic Load Balancing API reference (2015-12-01), LoadBalancerAttribute, TargetGroupAttribute and
// ListenerAttribute, read 2026-12-01.
import { closestMatch } from "leven";
import { formatPath, show } from "../core/format-value.ts";
import { bool, type Grammar, matching, oneOf, type PairRules, text, wholeNumber } from "./alb-grammars.ts";

/** S3's own rules, but for the rarest: general purpose bucket naming rules. */
const bucket = matching("the name of a bucket (not a URL or an ARN)", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
/** The path that AWS writes to begins with it, after the prefix. */
const logPrefix = matching("a prefix without AWSLogs in it", /^(?!.*AWSLogs).+$/);

const loadBalancerAttributes: Readonly<Record<string, Grammar>> = {
  "access_logs.s3.bucket": bucket,
  "access_logs.s3.enabled": bool,
  "access_logs.s3.prefix": logPrefix,
  "client_keep_alive.seconds": wholeNumber(60, 604_800),
  "connection_logs.s3.bucket": bucket,
  "connection_logs.s3.enabled": bool,
  "connection_logs.s3.prefix": logPrefix,
  "deletion_protection.enabled": bool,
  "health_check_logs.s3.bucket": bucket,
  "health_check_logs.s3.enabled": bool,
  "health_check_logs.s3.prefix": logPrefix,
  "idle_timeout.timeout_seconds": wholeNumber(1, 4000),
  "ipv6.deny_all_igw_traffic": bool,
  "load_balancing.cross_zone.enabled": matching(
    "true, which an Application Load Balancer cannot change,",
    /^true$/,
  ),
  "routing.http.desync_mitigation_mode": oneOf("monitor", "defensive", "strictest"),
  "routing.http.drop_invalid_header_fields.enabled": bool,
  "routing.http.preserve_host_header.enabled": bool,
  "routing.http.x_amzn_tls_kx.enabled": bool,
  "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": bool,
  "routing.http.xff_client_port.enabled": bool,
  "routing.http.xff_header_processing.mode": oneOf("append", "preserve", "remove"),
  "routing.http2.enabled": bool,
  "waf.fail_open.enabled": bool,
  "zonal_shift.config.enabled": bool,
};

const oneWeek = 604_800;
const share = matching("off or a whole number from 1 to 100", /^(?:off|[1-9]\d?|100)$/);
const targets = matching("a whole number from 1 up", /^[1-9]\d{0,4}$/);

const targetGroupAttributes: Readonly<Record<string, Grammar>> = {
  "deregistration_delay.timeout_seconds": wholeNumber(0, 3600),
  "load_balancing.algorithm.anomaly_mitigation": oneOf("on", "off"),
  "load_balancing.algorithm.type": oneOf("round_robin", "least_outstanding_requests", "weighted_random"),
  "load_balancing.cross_zone.enabled": oneOf("true", "false", "use_load_balancer_configuration"),
  "routing.http2.rst_stream_error_forwarding.enabled": bool,
  "slow_start.duration_seconds": matching(
    "0 or a whole number from 30 to 900",
    /^(?:0|[3-9]\d|[1-8]\d\d|900)$/,
  ),
  "stickiness.app_cookie.cookie_name": matching("a name that does not begin with AWSALB", /^(?!AWSALB).+$/),
  "stickiness.app_cookie.duration_seconds": wholeNumber(1, oneWeek),
  "stickiness.enabled": bool,
  "stickiness.lb_cookie.duration_seconds": wholeNumber(1, oneWeek),
  "stickiness.type": oneOf("lb_cookie", "app_cookie"),
  "target_group_health.dns_failover.minimum_healthy_targets.count": matching(
    "off or a whole number from 1 up",
    /^(?:off|[1-9]\d{0,4})$/,
  ),
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": share,
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": targets,
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": share,
  "waf.http2.traffic_inspection_behavior": oneOf("inspect_immediately", "inspect_after_sufficient_data"),
};

const headerName = matching("the name of a header", /^[A-Za-z0-9_-]{1,40}$/);
const requestHeaders = [
  "x_amzn_mtls_clientcert",
  "x_amzn_mtls_clientcert_issuer",
  "x_amzn_mtls_clientcert_leaf",
  "x_amzn_mtls_clientcert_serial_number",
  "x_amzn_mtls_clientcert_subject",
  "x_amzn_mtls_clientcert_validity",
  "x_amzn_tls_cipher_suite",
  "x_amzn_tls_version",
].map((name) => [`routing.http.request.${name}.header_name`, headerName] as const);
const responseHeaders = [
  "access_control_allow_credentials",
  "access_control_allow_headers",
  "access_control_allow_methods",
  "access_control_allow_origin",
  "access_control_expose_headers",
  "access_control_max_age",
  "content_security_policy",
  "strict_transport_security",
  "x_content_type_options",
  "x_frame_options",
].map((name) => [`routing.http.response.${name}.header_value`, text] as const);

const httpsListenerAttributes: Readonly<Record<string, Grammar>> = {
  ...Object.fromEntries([...requestHeaders, ...responseHeaders]),
  "routing.http.response.server.enabled": bool,
};

/** A kind of thing that has attributes: where they are written, and what they demand of each other. */
interface Kind {
  readonly title: string;
  readonly place: string;
  readonly known: Readonly<Record<string, Grammar>>;
}

const loadBalancer: Kind = {
  title: "load balancers",
  place: "the key attributes",
  known: loadBalancerAttributes,
};
const targetGroup: Kind = {
  title: "target groups",
  place: "the annotation target-group-attributes",
  known: targetGroupAttributes,
};
const httpsListener: Kind = {
  title: "listeners with TLS",
  place: "the annotation listener-attributes.HTTPS-443",
  known: httpsListenerAttributes,
};

/** No header of TLS has another name where none is written: a listener of plain HTTP. */
const httpListener: Kind = {
  title: "listeners of plain HTTP",
  place: "the annotation listener-attributes.HTTP-80",
  known: Object.fromEntries(
    Object.entries(httpsListenerAttributes).filter(([name]) => !name.startsWith("routing.http.request.")),
  ),
};

const kinds: readonly Kind[] = [loadBalancer, targetGroup, httpsListener];

/** What no Application Load Balancer with instances behind it has, by what has it. */
const elsewhere: readonly (readonly [title: string, names: RegExp])[] = [
  [
    "Network Load Balancers",
    /^(?:dns_record\.|secondary_ips\.|tcp\.|deregistration_delay\.connection_termination\.|preserve_client_ip\.|proxy_protocol_v2\.|target_health_state\.)/,
  ],
  ["Gateway Load Balancers", /^(?:target_failover\.|send_tcp_reset\.)/],
  ["Lambda functions", /^lambda\./],
];

const judge =
  (kind: Kind) =>
  (name: string, value: string): string | undefined => {
    const grammar = Object.hasOwn(kind.known, name) ? kind.known[name] : undefined;
    if (grammar === undefined) return judgeUnknown(kind, name);
    const expected = grammar(value);
    return expected === undefined ? undefined : `${expected} for ${name}, not ${show(value)}`;
  };

/** AWS adds attributes: refused is what belongs to something else, and what is two letters away from a known one. */
function judgeUnknown({ title, known }: Kind, name: string): string | undefined {
  const owner = kinds.find((kind) => Object.hasOwn(kind.known, name));
  if (owner !== undefined)
    return `an attribute of ${title}, not ${name}, which is one of ${owner.title}: it belongs into ${owner.place}`;
  const other = elsewhere.find(([, names]) => names.test(name));
  if (other !== undefined)
    return `an attribute of ${title}, not ${formatPath([name])}, which only ${other[0]} have`;
  const nearest = closestMatch(name, Object.keys(known), { maxDistance: 2 });
  return nearest === undefined ? undefined : `the attribute ${nearest}, not ${formatPath([name])}`;
}

type Values = Readonly<Record<string, string>>;

const isOn = (value: string | undefined): boolean =>
  value !== undefined && value !== "0" && value !== "off" && value !== "false";

function missingBucket(values: Values): string | undefined {
  const logs = ["access_logs", "connection_logs", "health_check_logs"];
  const without = logs.find((log) => values[`${log}.s3.enabled`] === "true" && !values[`${log}.s3.bucket`]);
  return without && `${without}.s3.bucket beside ${without}.s3.enabled=true`;
}

const algorithmName = "load_balancing.algorithm.type";

/**
 * What AWS refuses of target groups: "You cannot enable both slow start and weighted random algorithm"
 * (aws-load-balancer-controller issue 3686), "both stickiness and weighted random" (terraform-provider-aws pull 35083);
 * the others by the API reference and the user guide (Edit target group attributes).
 */
function contradictionOfTargets(values: Values): string | undefined {
  const algorithm = values[algorithmName] ?? "round_robin";
  const [slow, sticky] = [isOn(values["slow_start.duration_seconds"]), isOn(values["stickiness.enabled"])];
  if (slow && algorithm !== "round_robin")
    return `${algorithmName}=round_robin beside slow_start.duration_seconds, which AWS refuses with ${algorithm}`;
  if (sticky && algorithm === "weighted_random")
    return `another ${algorithmName} than weighted_random beside stickiness.enabled=true, which AWS refuses with it`;
  if (isOn(values["load_balancing.algorithm.anomaly_mitigation"]) && algorithm !== "weighted_random")
    return `${algorithmName}=weighted_random beside load_balancing.algorithm.anomaly_mitigation=on`;
  if (
    sticky &&
    values["stickiness.type"] === undefined &&
    values["stickiness.app_cookie.cookie_name"] !== undefined
  )
    return "stickiness.type=app_cookie beside stickiness.app_cookie.cookie_name";
  if (values["stickiness.type"] === "app_cookie" && sticky && !values["stickiness.app_cookie.cookie_name"])
    return "stickiness.app_cookie.cookie_name beside stickiness.type=app_cookie";
  return undefined;
}

/** What editors complete. */
export const knownAttributes = {
  loadBalancer: loadBalancerAttributes,
  targetGroup: targetGroupAttributes,
} as const;

export const loadBalancerPairs: Required<PairRules> = { each: judge(loadBalancer), together: missingBucket };
export const targetGroupPairs: Required<PairRules> = {
  each: judge(targetGroup),
  together: contradictionOfTargets,
};
export const httpsListenerPairs: PairRules = { each: judge(httpsListener) };
export const httpListenerPairs: PairRules = { each: judge(httpListener) };
