import { describe, expect, it } from "vitest";
import { authenticates, judgeAnnotation } from "../../config/alb-annotations.ts";

/** Every suffix of pkg/annotations/constants.go at v3.5.0, by what meshfront does with it. */
const settable = {
  "auth-idp-cognito": ['{"userPoolARN": "arn"}', "arn"],
  "auth-idp-oidc": ['{"issuer": "https://idp.example.com"}', "[]"],
  "auth-on-unauthenticated-request": ["deny", "Deny"],
  "auth-scope": ["openid email", "openid\nemail"],
  "auth-session-cookie": ["my-cookie", "a\nb"],
  "auth-session-timeout": ["604800", "-1"],
  "auth-type": ["oidc", "saml"],
  "backend-protocol-version": ["HTTP2", "http2"],
  "customer-owned-ipv4-pool": ["ipv4pool-coip-0a1b", "a\nb"],
  "ip-address-type": ["dualstack", "ipv6"],
  "ipam-ipv4-pool-id": ["ipam-pool-0a1b", "a\nb"],
  "jwt-validation": ['{"issuer": "https://idp.example.com"}', '"x"'],
  "manage-backend-security-group-rules": ["true", "yes"],
  "minimum-load-balancer-capacity": ["CapacityUnits=500", "500"],
  "multi-cluster-target-group": ["false", "False"],
  "mutual-authentication": ['[{"port": 443, "mode": "verify"}]', "[]"],
  "security-group-prefix-lists": ["pl-0a1b,pl-2c3d", "pl-0a1b,,pl-2c3d"],
  "security-groups": ["sg-0a1b, sg-2c3d", "sg-0a1b sg-2c3d"],
  "shield-advanced-protection": ["true", "1"],
  "target-group-attributes": [
    "stickiness.enabled=true,load_balancing.algorithm.type=a\\,b",
    "stickiness.enabled",
  ],
  "target-node-labels": ["kubernetes.io/arch=arm64", "kubernetes.io/arch=arm64,\n"],
  "use-regex-path-match": ["true", "TRUE"],
  "listener-attributes.HTTP-80": ["a=b", "a=b\nc=d"],
  "listener-attributes.HTTPS-443": ["a=", "a b=c"],
} as const;

const fromKeys =
  "load-balancer-name tags scheme subnets load-balancer-attributes wafv2-acl-arn wafv2-acl-name waf-acl-id web-acl-id inbound-cidrs certificate-arn ssl-policy healthcheck-port healthcheck-path healthcheck-interval-seconds healthcheck-timeout-seconds healthy-threshold-count unhealthy-threshold-count";
const fixed = "listen-ports ssl-redirect target-type backend-protocol healthcheck-protocol success-codes";
const refused =
  "group.name group.order enable-frontend-nlb create-acm-cert acm-pca-arn dry-run-plan actions.forward conditions.svc transforms.svc listener-attributes.HTTP-8080 target-control-port.svc.80 frontend-nlb-scheme frontend-nlb-subnets frontend-nlb-security-groups frontend-nlb-listener-port-mapping frontend-nlb-eip-allocations frontend-nlb-healthcheck-port frontend-nlb-healthcheck-protocol frontend-nlb-healthcheck-path frontend-nlb-healthcheck-interval-seconds frontend-nlb-healthcheck-timeout-seconds frontend-nlb-healthcheck-healthy-threshold-count frontend-nlb-healthcheck-unhealthy-threshold-count frontend-nlb-healthcheck-success-codes frontend-nlb-attributes frontend-nlb-tags";

describe("annotations that a person may add", () => {
  it.each(Object.entries(settable))("%s takes a good value and refuses a bad one", (suffix, [good, bad]) => {
    expect(judgeAnnotation(suffix, good)).toBeUndefined();
    expect(judgeAnnotation(suffix, bad)?.message).toMatch(`annotation ${suffix}: expected `);
  });

  it.each(Object.entries(settable))(
    "%s takes nothing empty and no line break at the end",
    (suffix, [good]) => {
      for (const value of ["", " ", `${good}\n`, ` ${good}`]) {
        expect(judgeAnnotation(suffix, value)?.message).toMatch(
          `annotation ${suffix}: expected a value without blanks or line breaks at its ends, found `,
        );
      }
    },
  );
});

describe("annotations that meshfront sets itself", () => {
  it.each(fromKeys.split(" "))("%s has a key of its own", (suffix) => {
    expect(judgeAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is set by the key `);
  });

  it.each(fixed.split(" "))("%s is fixed", (suffix) => {
    expect(judgeAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is set by meshfront, `);
  });
});

it.each(refused.split(" "))("%s is refused with a reason", (suffix) => {
  expect(judgeAnnotation(suffix, "x")?.message).toMatch(`annotation ${suffix} is not supported: `);
});

describe("annotations that the controller does not read", () => {
  it.each([
    ["healthcheckport", "Did you mean healthcheck-port?"],
    ["security-group", "Did you mean security-groups?"],
    ["Auth-Type", "Did you mean auth-type?"],
    ["wafv2-acl-ar", "Did you mean wafv2-acl-arn?"],
  ])("%s gets a suggestion", (suffix, suggestion) => {
    expect(judgeAnnotation(suffix, "x")).toEqual({
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
    const { message = "", suggestion } = judgeAnnotation(suffix, "x") ?? {};
    expect(message).toMatch(/reads no annotation .{1,80} here/);
    expect(suggestion).toMatch(/^Known: auth-idp-cognito, /);
  });
});

it("a suffix with the controller's prefix is told to go without it", () => {
  expect(judgeAnnotation("alb.ingress.kubernetes.io/auth-type", "oidc")).toEqual({
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
