/**
 * What the real AWS Load Balancer Controller (3.5.0 plus ten commits) did with an Ingress, row by row: a real API
 * server, the real controller with its webhooks, moto as AWS, observed 2026-11-22 and 2026-11-30. The imitation in the
 * end-to-end tests must do the same. The real messages hold more, such as the number of a request.
 */
import { describe, expect, test } from "vitest";
import { ingressRefusal } from "./alb-webhooks.ts";
import { type Aws, deletionRefusal, type LoadBalancer, type Outcome, reconcile } from "./load-balancer.ts";
import { ANNOTATION_PREFIX, type Ingress, type Service, type ServicePort } from "./target-groups.ts";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890";
const WEB_ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/door/0f8c2b5e";

const AWS: Aws = {
  cluster: "demo",
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
  readonly serviceUid?: string;
  readonly before?: LoadBalancer | undefined;
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

const door = (changes: Changes, namespace = "mesh", className = "alb"): Ingress => ({
  metadata: { namespace, name: "door", annotations: annotations({ ...baseAnnotations, ...changes }) },
  spec: {
    ingressClassName: className,
    rules: [
      { http: { paths: [{ backend: { service: { name: "gateway", port: { number: 80 } } } }] } },
      { http: { paths: [{ backend: { service: { name: "gateway", port: { number: 80 } } } }] } },
    ],
  },
});

function run({ ingress = {}, service = {}, ports = [statusPort, http], ...more }: Case): Outcome {
  const theService: Service = {
    metadata: {
      namespace: "mesh",
      name: more.serviceName ?? "gateway",
      uid: more.serviceUid ?? "first",
      annotations: annotations(service),
    },
    spec: { type: "NodePort", ports },
  };
  return reconcile(door(ingress), [theService], AWS, more.before);
}

/** A door that is served. */
function live(changes: Changes = {}): LoadBalancer {
  const { loadBalancer } = run({ ingress: changes });
  if (loadBalancer === undefined) throw new Error("expected a load balancer");
  return loadBalancer;
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
    ["a sign is taken", { ingress: { "healthcheck-port": "+31404" } }, "31404"],
    ["a leading zero is taken", { ingress: { "healthcheck-port": "031404" } }, "31404"],
    ["a negative number is not refused here", { ingress: { "healthcheck-port": "-5" } }, "-5"],
    ["80 is a port of the node, where nothing answers", { ingress: { "healthcheck-port": "80" } }, "80"],
    ["the name of another port is its NodePort", { ingress: { "healthcheck-port": "http2" } }, "30929"],
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
    const before = live();
    const ingress = { "healthcheck-port": value };
    const message = `Failed build model due to ingress: mesh/door: failed to resolve healthCheckPort: ${words}`;
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
    [
      "an unknown subnet",
      { ingress: { subnets: "subnet-a,subnet-x" } },
      "operation error EC2: DescribeSubnets, api error InvalidSubnetID.NotFound: The subnet ID 'subnet-x' does not exist",
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
      "failed to parse listen-ports configuration: `[{'HTTP':80}]`",
    ],
  ];
  test.each(rows)("%s", (_title, input, words) => {
    for (const before of [undefined, live()]) {
      const outcome = run({ ...input, before });
      expect(outcome).toMatchObject({ reason: "FailedBuildModel", hostname: undefined });
      expect(outcome.loadBalancer).toBe(before);
      expect(outcome.message).toContain("Failed build model due to ");
      expect(outcome.message).toContain(words);
    }
  });
});

const otherCertificate = { "certificate-arn": CERTIFICATE.replace("eu-west-1", "eu-west-2") };

describe("what AWS refuses of a new door: no host name is written", () => {
  const rows: readonly (readonly [string, Changes, string, Partial<LoadBalancer> | undefined])[] = [
    [
      "a certificate of another region: there is a load balancer with HTTP alone",
      otherCertificate,
      "CreateListener, CertificateNotFound: Supplied certificate was not found",
      { listeners: ["HTTP:80"], targetGroups: [] },
    ],
    [
      "an unknown web ACL: there is a load balancer without one",
      { "wafv2-acl-arn": `${WEB_ACL}0` },
      "WAFNonexistentItemException",
      { listeners: ["HTTP:80", "HTTPS:443"], targetGroups: live().targetGroups, webAcl: undefined },
    ],
    [
      "a web ACL with a line break: there is a load balancer without one",
      { "wafv2-acl-arn": `${WEB_ACL}\n` },
      "WAFNonexistentItemException",
      { listeners: ["HTTP:80", "HTTPS:443"], targetGroups: live().targetGroups, webAcl: undefined },
    ],
    [
      "an interval as long as the timeout: there is no load balancer, because its target group comes first",
      { "healthcheck-interval-seconds": "5" },
      "CreateTargetGroup, ValidationError",
      undefined,
    ],
    [
      "success codes that are none: there is no load balancer, because its target group comes first",
      { "success-codes": "OK" },
      "CreateTargetGroup, InvalidParameterValue",
      undefined,
    ],
  ];
  test.each(rows)("%s", (_title, ingress, words, expected) => {
    const { loadBalancer, message, ...outcome } = run({ ingress });
    expect(outcome).toEqual({ reason: "FailedDeployModel", hostname: undefined });
    expect(message).toContain("Failed deploy model due to operation error ");
    expect(message).toContain(words);
    if (expected === undefined) expect(loadBalancer).toBeUndefined();
    else expect(loadBalancer).toMatchObject(expected);
  });
});

describe("what AWS refuses of a live door", () => {
  test("a certificate of another region: listeners, certificate and target groups stay as they are", () => {
    const before = live();
    const outcome = run({ ingress: otherCertificate, before });
    expect(outcome.message).toContain(
      "ModifyListener, CertificateNotFound: Supplied certificate was not found",
    );
    expect(outcome).toMatchObject({ reason: "FailedDeployModel", hostname: undefined });
    expect(outcome.loadBalancer).toEqual(before);
    expect(before.certificates).toEqual([CERTIFICATE]);
  });

  test("an unknown web ACL: the old one stays associated", () => {
    const before = live({ "wafv2-acl-arn": WEB_ACL });
    const outcome = run({ ingress: { "wafv2-acl-arn": `${WEB_ACL}0` }, before });
    expect(outcome.reason).toBe("FailedDeployModel");
    expect(outcome.loadBalancer).toEqual({ ...before, webAcl: WEB_ACL });
  });

  test("after a certificate that was refused at first, the right one makes the listener", () => {
    const before = run({ ingress: otherCertificate }).loadBalancer;
    expect(run({ ingress: otherCertificate, before }).message).toContain("CreateListener");
    expect(run({ before }).loadBalancer).toEqual(live());
  });
});

describe("the webhook of Ingresses", () => {
  const classes = new Set(["alb"]);

  test("refuses a class that does not exist at the API server, so no live door changes", () => {
    expect(ingressRefusal(door({}, "mesh", "albb"), classes)).toBe(
      'invalid ingress class: IngressClass.networking.k8s.io "albb" not found',
    );
  });

  test("looks at no annotation", () => {
    expect(ingressRefusal(door({ scheme: "public", "healthcheck-port": "" }), classes)).toBeUndefined();
  });
});

describe("deletion protection", () => {
  test("keeps a deleted Ingress and its load balancer, for as long as its annotation says so", () => {
    const attributes = (text: string) => door({ "load-balancer-attributes": text });
    expect(
      deletionRefusal(attributes("idle_timeout.timeout_seconds=60,deletion_protection.enabled=true")),
    ).toBe("deletion_protection is enabled, cannot delete the ingress: door");
    expect(deletionRefusal(attributes("deletion_protection.enabled=false"))).toBeUndefined();
    expect(deletionRefusal(door({}))).toBeUndefined();
  });
});

describe("target groups", () => {
  const namesOf = ({ loadBalancer }: Outcome) => loadBalancer?.targetGroups.map(({ name }) => name);

  test("of a Service that is made anew are other ones, and ask at the number that the annotation says", () => {
    const patched = { "healthcheck-port": "31404" };
    const before = run({ ingress: patched });
    const after = run({
      ingress: patched,
      serviceUid: "second",
      ports: [{ ...statusPort, nodePort: 32001 }, http],
      before: before.loadBalancer,
    });
    expect(namesOf(before)).toEqual([expect.stringMatching(/^k8s-mesh-gateway-[0-9a-f]{10}$/)]);
    expect(namesOf(after)).not.toEqual(namesOf(before));
    expect(portsOf(after)).toEqual(["31404"]);
    expect(after.hostname).toBe(before.hostname);
  });

  test("stay the same ones where only the health check changes", () => {
    expect(namesOf(run({ ingress: { "healthcheck-port": "15021" } }))).toEqual(namesOf(run({})));
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
    certificates: [],
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

  test("another scheme makes a new load balancer of the same name too", () => {
    const moved = run({ ingress: { scheme: "internal" }, before: live() });
    expect(moved.loadBalancer).toMatchObject({ name: "door", scheme: "internal" });
    expect(moved.hostname).not.toBe(run({}).hostname);
  });

  test("without a name one is made of the cluster's name, the Ingress and the scheme", () => {
    const { loadBalancer } = reconcile(door({ "load-balancer-name": undefined }, "rows"), [], AWS, undefined);
    expect(loadBalancer?.name).toBe("k8s-rows-door-e4a56eb314");
  });

  test("two load balancers on one gateway Service have two target groups on the status port", () => {
    const other = run({ ingress: { "load-balancer-name": "gate" } });
    expect([...(portsOf(run({})) ?? []), ...(portsOf(other) ?? [])]).toEqual(["31404", "31404"]);
  });
});
