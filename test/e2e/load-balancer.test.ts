/**
 * What the real AWS Load Balancer Controller (3.5.0 plus ten commits) did with an Ingress, row by row: a real API
 * server, the real controller, moto as AWS, observed 2026-11-22. The imitation in the end-to-end tests must do the same.
 */
import { describe, expect, test } from "vitest";
import { type Aws, type LoadBalancer, type Outcome, reconcile } from "./load-balancer.ts";
import { ANNOTATION_PREFIX, type Ingress, type Service, type ServicePort } from "./target-groups.ts";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890";
const WEB_ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/door/0f8c2b5e";

const AWS: Aws = {
  region: "eu-west-1",
  subnets: { "subnet-a": "eu-west-1a", "subnet-b": "eu-west-1b", "subnet-b2": "eu-west-1b" },
  certificates: [CERTIFICATE],
  webAcls: [WEB_ACL],
};

const statusPort: ServicePort = { name: "status-port", port: 15021, targetPort: 15021, nodePort: 31404 };
const http: ServicePort = { name: "http2", port: 80, targetPort: 80, nodePort: 30929 };

/** `undefined` removes an annotation. */
type Changes = Readonly<Record<string, string | undefined>>;

interface Case {
  readonly ingress?: Changes;
  readonly service?: Changes;
  readonly ports?: readonly ServicePort[];
  readonly serviceName?: string;
  readonly className?: string;
  readonly before?: LoadBalancer;
}

const annotations = (suffixes: Changes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(suffixes).flatMap(([suffix, value]) =>
      value === undefined ? [] : [[`${ANNOTATION_PREFIX}${suffix}`, value]],
    ),
  );

const baseAnnotations: Changes = {
  "backend-protocol": "HTTP",
  "certificate-arn": CERTIFICATE,
  "healthcheck-port": "status-port",
  "healthcheck-protocol": "HTTP",
  "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "load-balancer-name": "door",
  scheme: "internet-facing",
  "ssl-redirect": "443",
  subnets: "subnet-a,subnet-b",
  "target-type": "instance",
};

function run({ ingress = {}, service = {}, ports = [statusPort, http], ...more }: Case): Outcome {
  const theIngress: Ingress = {
    metadata: {
      namespace: "mesh",
      name: "door",
      annotations: annotations({ ...baseAnnotations, ...ingress }),
    },
    spec: {
      ingressClassName: more.className ?? "alb",
      rules: [
        { http: { paths: [{ backend: { service: { name: "gateway", port: { number: 80 } } } }] } },
        { http: { paths: [{ backend: { service: { name: "gateway", port: { number: 80 } } } }] } },
      ],
    },
  };
  const theService: Service = {
    metadata: { namespace: "mesh", name: more.serviceName ?? "gateway", annotations: annotations(service) },
    spec: { type: "NodePort", ports },
  };
  return reconcile(theIngress, [theService], AWS, more.before);
}

const portsOf = (outcome: Outcome) =>
  outcome.loadBalancer?.targetGroups.map((group) => group.healthCheckPort);

describe("the health-check port", () => {
  const unnamed: ServicePort = { port: 80, targetPort: 80, nodePort: 30929 };
  const rows: readonly (readonly [string, Case, string])[] = [
    ["a port's name is its NodePort", {}, "31404"],
    ["a patched number is taken as it stands", { ingress: { "healthcheck-port": "31404" } }, "31404"],
    [
      "the literal service port is taken as it stands, silently",
      { ingress: { "healthcheck-port": "15021" } },
      "15021",
    ],
    ["a name follows a moved NodePort", { ports: [{ ...statusPort, nodePort: 32001 }, http] }, "32001"],
    [
      "a number does not follow a moved NodePort, silently",
      { ingress: { "healthcheck-port": "31404" }, ports: [{ ...statusPort, nodePort: 32001 }, http] },
      "31404",
    ],
    [
      "an empty value is the port without a name, silently",
      { ingress: { "healthcheck-port": "" }, ports: [unnamed] },
      "30929",
    ],
    ["99999 is not refused here", { ingress: { "healthcheck-port": "99999" } }, "99999"],
    ["0 is not refused here", { ingress: { "healthcheck-port": "0" } }, "0"],
    ["absent is the traffic port, silently", { ingress: { "healthcheck-port": undefined } }, "traffic-port"],
    [
      "a misspelt key is the traffic port, silently",
      { ingress: { "healthcheck-port": undefined, "health-check-port": "status-port" } },
      "traffic-port",
    ],
    ["the Service's annotation wins, silently", { service: { "healthcheck-port": "15021" } }, "15021"],
    ["target type ip: a number", { ingress: { "target-type": "ip", "healthcheck-port": "15021" } }, "15021"],
    ["target type ip: a name is the target port", { ingress: { "target-type": "ip" } }, "15021"],
    [
      "target type ip needs no NodePort",
      {
        ingress: { "target-type": "ip" },
        ports: [
          { ...statusPort, nodePort: 0 },
          { ...http, nodePort: 0 },
        ],
      },
      "15021",
    ],
  ];
  test.each(rows)("%s", (_title, input, port) => {
    const outcome = run(input);
    expect(outcome.reason).toBe("SuccessfullyReconciled");
    expect(outcome.hostname).toMatch(/^door-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/);
    expect(portsOf(outcome)).toEqual([port]);
  });

  const refusals: readonly (readonly [string, string, string])[] = [
    ["a misspelt name", "statusport", "unable to find port statusport on service mesh/gateway"],
    ["an empty value", "", "unable to find port  on service mesh/gateway"],
    [
      "a name with a line break",
      "status-port\n",
      "unable to find port status-port\n on service mesh/gateway",
    ],
    ["a number with a line break", "31404\n", "unable to find port 31404\n on service mesh/gateway"],
  ];
  test.each(refusals)("%s is refused, and a live load balancer keeps what it has", (_title, value, words) => {
    const before = run({}).loadBalancer;
    if (before === undefined) throw new Error("expected a load balancer");
    const ingress = { "healthcheck-port": value };
    const message = `ingress: mesh/door: failed to resolve healthCheckPort: ${words}`;
    const stale = { reason: "FailedBuildModel", message, hostname: undefined };
    expect(run({ ingress, before })).toEqual({ ...stale, loadBalancer: before });
    expect(run({ ingress })).toEqual({ ...stale, loadBalancer: undefined });
  });
});

describe("what fails the build: nothing changes in AWS, and no host name is written", () => {
  const rows: readonly (readonly [string, Case, string])[] = [
    [
      "backend protocol in small letters",
      { ingress: { "backend-protocol": "http" } },
      "backend protocol must be",
    ],
    [
      "health-check protocol in small letters",
      { ingress: { "healthcheck-protocol": "http" } },
      "healthCheckProtocol must be within [HTTP, HTTPS]",
    ],
    [
      "backend port not on the Service",
      { ports: [{ ...http, port: 8080 }] },
      "unable to find port 80 on service",
    ],
    [
      "Service without NodePorts",
      { ports: [{ ...http, nodePort: 0 }] },
      "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
    ],
    [
      "one subnet",
      { ingress: { subnets: "subnet-a" } },
      "subnets count less than minimal required count: 1 < 2",
    ],
    [
      "two subnets in one zone",
      { ingress: { subnets: "subnet-b,subnet-b2" } },
      "multiple subnets in same Availability Zone",
    ],
    ["empty subnets", { ingress: { subnets: "" } }, "unable to resolve at least one subnet"],
    [
      "a name of 33 characters",
      { ingress: { "load-balancer-name": "d".repeat(33) } },
      "load balancer name cannot be longer than 32 characters",
    ],
    [
      "redirect without HTTPS",
      { ingress: { "listen-ports": '[{"HTTP":80}]' } },
      "listener does not exist for SSLRedirect port: 443",
    ],
    [
      "listen-ports in single quotes",
      { ingress: { "listen-ports": "[{'HTTP':80}]" } },
      "failed to parse listen-ports configuration",
    ],
  ];
  test.each(rows)("%s", (_title, input, words) => {
    const outcome = run(input);
    expect(outcome).toMatchObject({
      reason: "FailedBuildModel",
      loadBalancer: undefined,
      hostname: undefined,
    });
    expect(outcome.message).toContain(words);
  });

  test("an unknown IngressClass", () => {
    expect(run({ className: "albb" })).toMatchObject({
      reason: "FailedLoadGroupID",
      message: 'IngressClass "albb" not found',
      loadBalancer: undefined,
    });
  });
});

describe("what AWS refuses: the load balancer exists, but no host name is written", () => {
  const rows: readonly (readonly [string, Changes, string, readonly string[], number])[] = [
    [
      "a certificate of another region",
      { "certificate-arn": CERTIFICATE.replace("eu-west-1", "eu-west-2") },
      "CertificateNotFound",
      ["HTTP:80"],
      0,
    ],
    [
      "an unknown web ACL",
      { "wafv2-acl-arn": `${WEB_ACL}0` },
      "WAFNonexistentItemException",
      ["HTTP:80", "HTTPS:443"],
      1,
    ],
    [
      "a web ACL with a line break",
      { "wafv2-acl-arn": `${WEB_ACL}\n` },
      "WAFNonexistentItemException",
      ["HTTP:80", "HTTPS:443"],
      1,
    ],
    ["an interval as long as the timeout", { "healthcheck-interval-seconds": "5" }, "ValidationError", [], 0],
    ["success codes that are none", { "success-codes": "OK" }, "InvalidParameterValue", [], 0],
  ];
  test.each(rows)("%s", (_title, ingress, words, listeners, targetGroups) => {
    const outcome = run({ ingress });
    expect(outcome).toMatchObject({ reason: "FailedDeployModel", hostname: undefined });
    expect(outcome.message).toContain(words);
    expect(outcome.loadBalancer?.listeners).toEqual(listeners);
    expect(outcome.loadBalancer?.targetGroups).toHaveLength(targetGroups);
  });
});

describe("what is accepted without a word", () => {
  test("without a health-check protocol the backend's is used", () => {
    const outcome = run({ ingress: { "backend-protocol": "HTTPS", "healthcheck-protocol": undefined } });
    expect(outcome.loadBalancer?.targetGroups).toMatchObject([
      { healthCheckProtocol: "HTTPS", healthCheckPort: "31404" },
    ]);
  });

  test("a missing backend Service leaves a load balancer without target groups, with a host name", () => {
    const outcome = run({ serviceName: "other" });
    expect(outcome).toMatchObject({ reason: "SuccessfullyReconciled", loadBalancer: { targetGroups: [] } });
    expect(outcome.hostname).toBeDefined();
  });

  const guarded: LoadBalancer = {
    name: "door",
    scheme: "internet-facing",
    listeners: [],
    targetGroups: [],
    webAcl: WEB_ACL,
  };
  test.each([
    ["an empty web ACL detaches what is attached", { "wafv2-acl-arn": "" }, undefined],
    ["none detaches what is attached", { "wafv2-acl-arn": "none" }, undefined],
    ["an absent web ACL leaves what is attached", {}, WEB_ACL],
  ])("%s", (_title, ingress, webAcl) => {
    expect(run({ ingress, before: guarded }).loadBalancer?.webAcl).toBe(webAcl);
  });

  test("without a scheme the load balancer is internal", () => {
    expect(run({ ingress: { scheme: undefined } }).loadBalancer?.scheme).toBe("internal");
  });

  test("another scheme makes a new load balancer, another name changes nothing", () => {
    const renamed = { "load-balancer-name": "gate" };
    expect(run({ ingress: renamed, before: guarded }).loadBalancer?.name).toBe("door");
    const moved = run({ ingress: { ...renamed, scheme: "internal" }, before: guarded });
    expect(moved.loadBalancer?.name).toBe("gate");
    expect(moved.hostname).not.toBe(run({ before: guarded }).hostname);
  });

  test("two load balancers on one gateway Service have two target groups on the status port", () => {
    const other = run({ ingress: { "load-balancer-name": "gate" } });
    expect([...(portsOf(run({})) ?? []), ...(portsOf(other) ?? [])]).toEqual(["31404", "31404"]);
  });
});
