import { describe, expect, it } from "vitest";
import {
  canonicalAnnotation,
  validateAnnotation,
  validateEmittedAnnotation,
} from "../../config/alb-annotations.ts";
import { authenticates } from "../../config/door-access.ts";

/** Every suffix of pkg/annotations/constants.go at v3.5.0, by what meshfront does with it. */
const settable = {
  "auth-idp-cognito": [
    '{"UserPoolArn":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/x","userPoolClientID":"id","userPoolDomain":"d"}',
    '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/x"}',
  ],
  "auth-idp-oidc": [
    '{"issuer":"https://i","authorizationEndpoint":"https://a","tokenEndpoint":"https://t","userInfoEndpoint":"https://u","secretName":"oidc"}',
    '{"issuer":"https://i"}',
  ],
  "auth-on-unauthenticated-request": ["deny", "Deny"],
  "auth-scope": ["openid email", "openid\nemail"],
  "auth-session-cookie": ["my-cookie", "a\nb"],
  "auth-session-timeout": ["604800", "604801"],
  "auth-type": ["oidc", "saml"],
  "backend-protocol-version": ["HTTP2", "http2"],
  "customer-owned-ipv4-pool": ["ipv4pool-coip-0a1b", "a\nb"],
  "ip-address-type": ["dualstack", "ipv6"],
  "ipam-ipv4-pool-id": ["ipam-pool-0a1b", "a\nb"],
  "jwt-validation": ['{"issuer":"https://i","jwksEndpoint":"https://i/jwks"}', '{"issuer":""}'],
  "minimum-load-balancer-capacity": ["CapacityUnits=500", "500"],
  "multi-cluster-target-group": ["False", "no"],
  "mutual-authentication": [
    '[{"port":443,"mode":"verify","trustStore":"arn"}]',
    '[{"port":443,"mode":"verify"}]',
  ],
  "shield-advanced-protection": ["1", "on"],
  "target-node-labels": ["kubernetes.io/arch=arm64", "kubernetes.io/arch=arm 64"],
  "use-regex-path-match": ["TRUE", "tRUE"],
  "listener-attributes.HTTP-80": ["a=b", "routing.http.request.x_amzn_tls_version.header_name=V"],
  "listener-attributes.HTTPS-443": ["a=", "deregistration_delay.timeout_seconds=3"],
} as const;

/** Lists, pairs and JSON, as the controller's parser reads them; it takes the rest as it is. */
const trimmed =
  /^(?:auth-idp-.*|jwt-validation|mutual-authentication|target-.*|listener-attributes.*|minimum-.*)$/;

const fromKeys =
  "load-balancer-name tags scheme subnets load-balancer-attributes wafv2-acl-arn wafv2-acl-name inbound-cidrs certificate-arn ssl-policy healthcheck-port healthcheck-path healthcheck-interval-seconds healthcheck-timeout-seconds healthy-threshold-count unhealthy-threshold-count listen-ports ssl-redirect target-type backend-protocol security-groups manage-backend-security-group-rules security-group-prefix-lists target-group-attributes";
const fixed = "healthcheck-protocol success-codes";
const refused =
  "group group.name group.order waf-acl-id web-acl-id enable-frontend-nlb create-acm-cert acm-pca-arn dry-run-plan actions.forward conditions.svc transforms.svc listener-attributes.HTTP-8080 target-control-port.svc.80 frontend-nlb-scheme frontend-nlb-subnets frontend-nlb-security-groups frontend-nlb-listener-port-mapping frontend-nlb-eip-allocations frontend-nlb-healthcheck-port frontend-nlb-healthcheck-protocol frontend-nlb-healthcheck-path frontend-nlb-healthcheck-interval-seconds frontend-nlb-healthcheck-timeout-seconds frontend-nlb-healthcheck-healthy-threshold-count frontend-nlb-healthcheck-unhealthy-threshold-count frontend-nlb-healthcheck-success-codes frontend-nlb-attributes frontend-nlb-tags";

describe("annotations that a person may add", () => {
  it.each(Object.entries(settable))("%s takes a good value and refuses a bad one", (suffix, [good, bad]) => {
    expect(validateAnnotation(suffix, good)).toBeUndefined();
    expect(validateAnnotation(suffix, bad)?.message).toMatch(`annotation ${suffix}: expected `);
  });

  it.each(Object.entries(settable))(
    "%s takes nothing empty, and blanks around it where the controller does",
    (suffix, [good]) => {
      expect(validateAnnotation(suffix, "")?.message).toMatch(`annotation ${suffix}: expected `);
      expect(validateAnnotation(suffix, "")?.suggestion).toBe("Write a value, or leave the annotation out.");
      for (const value of [`${good}\n`, ` ${good}`]) {
        if (trimmed.test(suffix)) {
          expect(validateAnnotation(suffix, value)).toBeUndefined();
          expect(canonicalAnnotation(suffix, value)).toBe(canonicalAnnotation(suffix, good));
        } else {
          expect(validateAnnotation(suffix, value)?.message).toMatch(
            `annotation ${suffix}: expected a value without blanks or line breaks at its ends, found `,
          );
        }
      }
    },
  );
});

describe("annotations that meshfront sets itself", () => {
  it.each(fromKeys.split(" "))("%s has a key of its own", (suffix) => {
    expect(validateAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is set by the key `);
  });

  it.each(fixed.split(" "))("%s is fixed", (suffix) => {
    expect(validateAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is set by meshfront, `);
  });
});

it.each(refused.split(" "))("%s is refused with a reason", (suffix) => {
  expect(validateAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is not supported: `);
  expect(validateEmittedAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is not supported: `);
});

const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b";
const webAclArn = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/0a1b";

/** Of what meshfront emits: good values, and bad ones at the limits. */
const emitted = {
  "backend-protocol": [["HTTP", "HTTPS"], ["http"]],
  "certificate-arn": [
    [certificateArn, `${certificateArn}, arn:aws:iam::111122223333:server-certificate/x`],
    ["TODO", ","],
  ],
  "healthcheck-interval-seconds": [
    ["5", "300"],
    ["4", "301", "15s", "1e1"],
  ],
  "healthcheck-path": [
    ["/", "/healthz/ready"],
    ["healthz", "/a b", `/${"x".repeat(1024)}`],
  ],
  "healthcheck-port": [
    ["status-port", "31021", "traffic-port"],
    ["Status", "-1", "status_port", "311021"],
  ],
  "healthcheck-protocol": [["HTTP"], ["http", "TCP"]],
  "healthcheck-timeout-seconds": [
    ["2", "120"],
    ["1", "121"],
  ],
  "healthy-threshold-count": [
    ["2", "10"],
    ["1", "11"],
  ],
  "inbound-cidrs": [
    ["10.0.0.0/8", "10.0.0.0/8, fd00::/8,::/0"],
    ["10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "::1::/64", "office"],
  ],
  "listen-ports": [
    ['[{"HTTP":80},{"HTTPS":443}]'],
    ["80", "[]", '[{"http":80}]', '[{"HTTP":"80"}]', '[{"HTTP":0}]', '[{"HTTP":80,"HTTPS":443}]', "[80]"],
  ],
  "load-balancer-attributes": [
    ["idle_timeout.timeout_seconds=4000", "access_logs.s3.prefix=a\\,b,something.new=1"],
    ["idle_timeout.timeout_seconds=4001", "idle_timeout.timeout_second=60", "routing.http2.enabled=yes", "x"],
  ],
  "load-balancer-name": [
    ["a", "Door-1", "x".repeat(32)],
    ["x".repeat(33), "-a", "a-", "a_b", "internal-a"],
  ],
  scheme: [["internal", "internet-facing"], ["public"]],
  "ssl-policy": [
    ["ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-New-2031-01"],
    ["TLS13", "ELBSecurityPolicy-TLS13-1-2-2012-06", "ELBSecurityPolicy-New"],
  ],
  "ssl-redirect": [["443"], ["https", "0", "65536"]],
  "manage-backend-security-group-rules": [["true", "False"], ["yes"]],
  "security-group-prefix-lists": [["pl-0a1b,pl-2c3d"], ["com.amazonaws.global.cloudfront.origin-facing"]],
  "security-groups": [["sg-0a1b, sg-2c3d", "office"], ["sg-0a1b sg-2c3d"]],
  "target-group-attributes": [
    ["slow_start.duration_seconds=0,something.new=a\\,b,load_balancing.algorithm.type=weighted_random"],
    ["deregistration_delay.timeout_seconds=3601"],
  ],
  subnets: [
    ["subnet-1,subnet-2", "a, b"],
    ["subnet-1", "subnet-1,subnet-1", "subnet-1,,"],
  ],
  "success-codes": [
    ["200", "200,202", "200-399"],
    ["OK", "199", "500", "200-"],
  ],
  tags: [
    ["team=a", "team=,x=b=c"],
    ["team", "=a"],
  ],
  "target-type": [
    ["instance", "ip"],
    ["Instance", "node"],
  ],
  "unhealthy-threshold-count": [
    ["2", "10"],
    ["0", "11"],
  ],
  "wafv2-acl-arn": [
    [webAclArn, "none"],
    [webAclArn.replace("regional", "global"), "nothing"],
  ],
  "wafv2-acl-name": [["edge", "none"], ["edge acl"]],
} as const;

describe("annotations as they are emitted", () => {
  it("are all known here", () => {
    expect(Object.keys(emitted).sort()).toEqual(`${fromKeys} ${fixed}`.split(" ").sort());
  });

  it.each(Object.entries(emitted))("%s takes good values and refuses bad ones", (suffix, [good, bad]) => {
    for (const value of good) expect(validateEmittedAnnotation(suffix, value), value).toBeUndefined();
    for (const value of ["", ...bad])
      expect(validateEmittedAnnotation(suffix, value)?.message, value).toMatch(
        `annotation ${suffix}: expected `,
      );
  });

  it.each([
    ["wafv2-acl-arn", "with 2.14.0 to 3.5.0 the controller detaches whatever web ACL is attached"],
    ["inbound-cidrs", "the controller takes it as absent and opens the load balancer to the world"],
    ["scheme", "the controller fails the whole Ingress"],
    ["ssl-policy", "the controller passes it on to AWS as it is"],
  ])("%s says what an empty value would do", (suffix, effect) => {
    expect(validateEmittedAnnotation(suffix, "")?.message).toMatch(new RegExp(`, found "": ${effect}$`));
  });

  it("name the attribute that is wrong", () => {
    expect(
      validateEmittedAnnotation("load-balancer-attributes", "a=b,idle_timeout.timeout_seconds=0")?.message,
    ).toBe(
      'annotation load-balancer-attributes: expected a whole number from 1 to 4000 for idle_timeout.timeout_seconds, not "0", found "a=b,idle_timeout.timeout_seconds=0"',
    );
    expect(validateEmittedAnnotation("target-group-attributes", "stickines.enabled=true")?.message).toBe(
      'annotation target-group-attributes: expected the attribute stickiness.enabled, not stickines.enabled, found "stickines.enabled=true"',
    );
  });
});

describe("annotations that the controller does not read", () => {
  it.each([
    ["healthcheckport", "Did you mean healthcheck-port?"],
    ["security-group", "Did you mean security-groups?"],
    ["Auth-Type", "Did you mean auth-type?"],
    ["wafv2-acl-ar", "Did you mean wafv2-acl-arn?"],
  ])("%s gets a suggestion", (suffix, suggestion) => {
    expect(validateAnnotation(suffix, "x")).toEqual({
      message: `the AWS Load Balancer Controller reads no annotation ${suffix} here and would ignore it silently`,
      suggestion,
    });
  });

  it.each([
    ["a key of every object", "toString"],
    ["another", "__proto__"],
    ["a family without a name", "actions."],
    ["a very long one", "x".repeat(10_000)],
  ])("%s gets the list", (_, suffix) => {
    const { message = "", suggestion } = validateAnnotation(suffix, "x") ?? {};
    expect(message).toMatch(/reads no annotation .{1,80} here/);
    expect(suggestion).toMatch(/^Known: auth-idp-cognito, /);
  });
});

it("a suffix with the controller's prefix is told to go without it", () => {
  expect(validateAnnotation("alb.ingress.kubernetes.io/auth-type", "oidc")).toEqual({
    message:
      "expected an annotation without its prefix alb.ingress.kubernetes.io/, found alb.ingress.kubernetes.io/auth-type",
    suggestion: "Write auth-type.",
  });
});

describe("a door asks who comes in", () => {
  it.each([
    [{}, false],
    [{ "auth-type": "none" }, false],
    [{ "auth-type": "oidc" }, true],
    [{ "auth-type": "cognito", "auth-on-unauthenticated-request": "deny" }, true],
    [{ "auth-type": "oidc", "auth-on-unauthenticated-request": "allow" }, false],
    [{ "auth-on-unauthenticated-request": "deny" }, false],
    [{ "jwt-validation": "{}" }, true],
  ])("with %j: %s", (annotations, asks) => {
    expect(authenticates(annotations)).toBe(asks);
  });
});

describe("JSON in annotations", () => {
  const cognito = {
    userPoolARN: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a",
    userPoolClientID: "id",
    userPoolDomain: "login",
  };
  const oidc = {
    issuer: "https://i",
    authorizationEndpoint: "https://a",
    tokenEndpoint: "https://t",
    userInfoEndpoint: "https://u",
    secretName: "oidc",
  };
  const jwt = { issuer: "me", jwksEndpoint: "https://i/jwks" };
  const verify = { port: 443, mode: "verify", trustStore: "office" };
  const claim = { format: "string-array", name: "scope", values: ["a"] };

  it.each([
    ["auth-idp-cognito", { ...cognito, authenticationRequestExtraParams: { prompt: "login" } }],
    ["auth-idp-cognito", { ...cognito, authenticationRequestExtraParams: null }],
    ["auth-idp-oidc", oidc],
    ["jwt-validation", { ...jwt, additionalClaims: [claim] }],
    [
      "mutual-authentication",
      [{ ...verify, ignoreClientCertificateExpiry: true, advertiseTrustStoreCaNames: "on" }],
    ],
    ["mutual-authentication", [{ port: 443, mode: "off", trustStore: "" }]],
    ["mutual-authentication", [{ Port: 443, MODE: "passthrough" }]],
  ])("%s takes %j", (suffix, value) => {
    expect(validateAnnotation(suffix, JSON.stringify(value))).toBeUndefined();
  });

  it.each([
    ["auth-idp-cognito", { ...cognito, userPoolDomain: "https://login" }, "without https://"],
    ["auth-idp-cognito", { ...cognito, userPoolARN: "eu-west-1_a" }, "ARN of a user pool"],
    [
      "auth-idp-cognito",
      { ...cognito, authenticationRequestExtraParams: { max_age: 3600 } },
      "text in quotes for authenticationRequestExtraParams.max_age",
    ],
    ["auth-idp-oidc", { ...oidc, tokenEndpoint: "http://t" }, "https:// URL for tokenEndpoint"],
    ["auth-idp-oidc", { ...oidc, clientID: "x" }, "and no clientID"],
    ["auth-idp-oidc", { ...oidc, issuer: undefined }, "a value for issuer"],
    [
      "jwt-validation",
      { ...jwt, additionalClaims: { scope: "x" } },
      "a list with entries for additionalClaims",
    ],
    ["jwt-validation", { ...jwt, additionalClaims: [{ ...claim, name: "exp" }] }, "another claim than exp"],
    [
      "jwt-validation",
      { ...jwt, additionalClaims: [{ ...claim, values: [1] }] },
      "text for additionalClaims[0].values[0]",
    ],
    ["jwt-validation", { ...jwt, additionalClaims: Array(11).fill(claim) }, "at most 10 entries"],
    ["mutual-authentication", [{ ...verify, port: 8443 }], "443 for [0].port"],
    ["mutual-authentication", [{ ...verify, port: "443" }], "443 for [0].port"],
    ["mutual-authentication", [verify, verify], "each value once"],
    ["mutual-authentication", [{ port: 443, mode: "verify" }], "a trustStore beside the mode verify"],
    ["mutual-authentication", [{ port: 443, mode: "off", trustStore: "x" }], "beside the mode verify only"],
    ["mutual-authentication", {}, "a list with entries"],
    ["mutual-authentication", [], "a list with entries"],
  ])("%s refuses %j", (suffix, value, expected) => {
    expect(validateAnnotation(suffix, JSON.stringify(value))?.message).toContain(expected);
  });
});

describe("attributes of target groups contradict each other", () => {
  const algorithm = "load_balancing.algorithm.type";
  it.each([
    [`${algorithm}=weighted_random,slow_start.duration_seconds=30`, "round_robin beside slow_start"],
    [
      `${algorithm}=weighted_random,stickiness.enabled=true`,
      "another load_balancing.algorithm.type than weighted_random",
    ],
    ["load_balancing.algorithm.anomaly_mitigation=on", `${algorithm}=weighted_random beside`],
    ["stickiness.enabled=true,stickiness.type=app_cookie", "stickiness.app_cookie.cookie_name beside"],
    ["stickiness.enabled=true,stickiness.app_cookie.cookie_name=a", "stickiness.type=app_cookie beside"],
    ["stickiness.enabled=true,stickiness.enabled=true", "each name once"],
    ["slow_start.duration_seconds=30,path=a\\b", "a backslash in front of a comma only"],
  ])("%s", (value, expected) => {
    expect(validateEmittedAnnotation("target-group-attributes", value)?.message).toContain(expected);
  });

  it.each([
    `${algorithm}=weighted_random,load_balancing.algorithm.anomaly_mitigation=on,stickiness.enabled=false`,
    `${algorithm}=least_outstanding_requests,slow_start.duration_seconds=0`,
    "stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=session",
  ])("%s does not", (value) => {
    expect(validateEmittedAnnotation("target-group-attributes", value)).toBeUndefined();
  });
});

describe("annotations with a prefix", () => {
  it.each([
    "external-dns.alpha.kubernetes.io/hostname",
    "external-dns.kubernetes.io/ttl", // the prefix since 0.22
    "external-dns.alpha.kubernetes.io/aws-weight",
    "external-dns.alpha.kubernetes.io/ingress-hostname-source",
  ])("%s is one that external-dns reads", (name) => {
    expect(validateAnnotation(name, "x")).toBeUndefined();
    expect(validateAnnotation(name, " ")?.message).toContain("expected a value");
  });

  it.each([
    ["external-dns.alpha.kubernetes.io/hostnam", "Did you mean hostname?"],
    ["external-dns.alpha.kubernetes.io/access", "Known: alias, controller, hostname"], // of Services only
    ["kubernetes.io/ingress.class", "Use ingressClassName"],
    ["nginx.ingress.kubernetes.io/rewrite-target", "Remove the annotation."],
    ["/", "Remove the annotation."],
  ])("%s is none", (name, suggestion) => {
    expect(validateAnnotation(name, "x")?.suggestion).toContain(suggestion);
  });
});
