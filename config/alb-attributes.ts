// Stage 1: attributes of load balancers and target groups, by name. AWS refuses a wrong one when the controller has made
// the load balancer and not yet written its address: the first roll-out stops there.
// Source: ELBv2 API reference, LoadBalancerAttribute and TargetGroupAttribute, read 2026-11-22.
import { closestMatch } from "leven";
import { formatPath } from "../core/format-value.ts";
import { bool, byKey, type Grammar, matching, oneOf, text, wholeNumber } from "./alb-grammars.ts";

const loadBalancerAttributes: Readonly<Record<string, Grammar>> = {
  "access_logs.s3.bucket": text,
  "access_logs.s3.enabled": bool,
  "access_logs.s3.prefix": text,
  "client_keep_alive.seconds": wholeNumber(60, 604_800),
  "connection_logs.s3.bucket": text,
  "connection_logs.s3.enabled": bool,
  "connection_logs.s3.prefix": text,
  "deletion_protection.enabled": bool,
  "health_check_logs.s3.bucket": text,
  "health_check_logs.s3.enabled": bool,
  "health_check_logs.s3.prefix": text,
  "idle_timeout.timeout_seconds": wholeNumber(1, 4000),
  "ipv6.deny_all_igw_traffic": bool,
  "load_balancing.cross_zone.enabled": matching(
    "true, which an Application Load Balancer cannot change,",
    /^true$/,
  ),
  "routing.http.desync_mitigation_mode": oneOf("monitor", "defensive", "strictest"),
  "routing.http.drop_invalid_header_fields.enabled": bool,
  "routing.http.preserve_host_header.enabled": bool,
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
};

/** AWS adds attributes: only what is two letters away from a known one is refused. */
const misspelt = (known: Readonly<Record<string, Grammar>>) => {
  const names = Object.keys(known);
  return (key: string): string | undefined => {
    const nearest = closestMatch(key, names, { maxDistance: 2 });
    return nearest === undefined ? undefined : `the attribute ${nearest}, not ${formatPath([key])}`;
  };
};

/** What is wrong with one attribute, completing "expected …", or undefined. */
export const validateLoadBalancerAttribute = byKey(loadBalancerAttributes, misspelt(loadBalancerAttributes));
export const validateTargetGroupAttribute = byKey(targetGroupAttributes, misspelt(targetGroupAttributes));
