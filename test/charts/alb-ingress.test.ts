import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { outputWithDoor } from "./configurations.ts";
import { ofKind } from "./kubernetes.ts";
import { objectsOf } from "./output.ts";

const ingressOf = (door: JsonObject) => ofKind(objectsOf(outputWithDoor(door)), "Ingress")[0];

/** The door's annotations, without the controller's prefix. */
function annotationsWith(door: JsonObject): Readonly<Record<string, string>> {
  const entries = Object.entries(ingressOf(door)?.metadata.annotations ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key.replace("alb.ingress.kubernetes.io/", ""), value]),
  );
}

const arn =
  "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/office/0a1b2c3d-0000-4000-8000-000000000009";

describe("the annotations of an Ingress", () => {
  it("leave an attached web ACL alone where none is configured", () => {
    expect(annotationsWith({})).not.toHaveProperty("wafv2-acl-arn");
  });

  it("detach a web ACL only where the configuration says none", () => {
    expect(annotationsWith({ webAcl: "none" })["wafv2-acl-arn"]).toBe("none");
  });

  it("attach a web ACL by its ARN, or by the ARN that was looked up for its name", () => {
    expect(annotationsWith({ webAcl: { arn } })["wafv2-acl-arn"]).toBe(arn);
    expect(annotationsWith({ webAcl: { name: "office" } })["wafv2-acl-arn"]).toMatch(/webacl\/office\//);
  });

  it("leave out the ranges of a door that is open to all: an empty list opens it as well", () => {
    expect(annotationsWith({})).not.toHaveProperty("inbound-cidrs");
    expect(annotationsWith({ inboundCidrs: ["10.0.0.0/8", "fd00::/8"] })["inbound-cidrs"]).toBe(
      "10.0.0.0/8,fd00::/8",
    );
  });

  it("join maps by key, with commas inside of a value escaped", () => {
    const attributes = { "waf.fail_open.enabled": "true", "access_logs.s3.prefix": "a,b=c" };
    expect(annotationsWith({ attributes })["load-balancer-attributes"]).toBe(
      "access_logs.s3.prefix=a\\,b=c,waf.fail_open.enabled=true",
    );
  });

  it("keep the first certificate first: it is the listener's default", () => {
    const certificate = [
      { domain: "app.example.com" },
      { arn: "arn:aws:acm:eu-west-1:111122223333:certificate/z" },
    ];
    expect(annotationsWith({ certificate })["certificate-arn"]).toMatch(/000001,arn:.*\/z$/);
  });

  it("write out of several spellings always the same one, as AWS keeps it or the controller documents it", () => {
    const annotations = {
      "jwt-validation": ' {"Issuer": "https://i", "JWKSEndpoint": "https://i/jwks"}\n',
      "multi-cluster-target-group": "T",
      "auth-type": "none",
      "auth-session-timeout": "060",
    };
    expect(annotationsWith({ annotations })).toMatchObject({
      "jwt-validation": '{"issuer":"https://i","jwksEndpoint":"https://i/jwks"}',
      "multi-cluster-target-group": "true",
      "auth-session-timeout": "60",
    });
    const inboundCidrs = ["203.0.113.7/24", "203.0.113.0/24", "2001:0DB8::/32"];
    expect(annotationsWith({ inboundCidrs })["inbound-cidrs"]).toBe("203.0.113.0/24,2001:db8::/32");
  });

  it("carry what a person adds", () => {
    const annotations = { "shield-advanced-protection": "true" };
    expect(annotationsWith({ annotations })).toMatchObject(annotations);
  });

  it("are those of external-dns under their own name", () => {
    const name = "external-dns.alpha.kubernetes.io/hostname";
    expect(annotationsWith({ annotations: { [name]: "app.example.com" } })[name]).toBe("app.example.com");
  });

  it("say who may connect: ranges and prefix lists, or security groups of one's own", () => {
    expect(
      annotationsWith({ inboundCidrs: ["203.0.113.0/24"], prefixLists: ["pl-0a1b2c3d", "pl-0a1b2c3e"] }),
    ).toMatchObject({
      "inbound-cidrs": "203.0.113.0/24",
      "security-group-prefix-lists": "pl-0a1b2c3d,pl-0a1b2c3e",
    });
    expect(annotationsWith({ securityGroups: { ids: ["sg-0a1b2c3d"] } })).toMatchObject({
      "security-groups": "sg-0a1b2c3d",
      "manage-backend-security-group-rules": "true",
    });
  });

  it.each([
    ["redirect", '[{"HTTP":80},{"HTTPS":443}]', ["certificate-arn", "ssl-policy", "ssl-redirect"]],
    ["https", '[{"HTTPS":443}]', ["certificate-arn", "ssl-policy"]],
  ])("listen as the door says: %s", (listeners, ports, others) => {
    const found = annotationsWith({ listeners });
    expect(found["listen-ports"]).toBe(ports);
    expect(Object.keys(found).filter((suffix) => /^(?:ssl|certificate)-/.test(suffix))).toEqual(others);
  });

  it("name pods as targets, and HTTPS to them", () => {
    const found = annotationsWith({ targetType: "ip", backendTls: { credentialName: "gateway-tls" } });
    expect(found).toMatchObject({
      "target-type": "ip",
      "backend-protocol": "HTTPS",
      "healthcheck-protocol": "HTTP",
      "healthcheck-port": "status-port",
    });
  });

  it.each([
    [{ mode: "discovered" }, "status-port"],
    [{ mode: "named" }, "status-port"],
    [{ mode: "pinned", nodePort: 31404 }, "31404"],
  ])("point the health check at a port that is right in Git: %j", (healthCheck, expected) => {
    expect(annotationsWith({ healthCheck })["healthcheck-port"]).toBe(expected);
  });
});

describe("an Ingress", () => {
  it("has no host in its rule where the door takes every host", () => {
    const rules = ingressOf({ hosts: ["*"] })?.spec.rules;
    expect(rules).toMatchObject([{ http: { paths: [{ path: "/", pathType: "Prefix" }] } }]);
    expect(rules?.[0]).not.toHaveProperty("host");
  });

  it("leads to the port that its door speaks", () => {
    const portOf = (door: JsonObject) =>
      JSON.stringify(ingressOf(door)?.spec.rules).match(/"port":\{"number":(\d+)\}/)?.[1];
    expect(portOf({})).toBe("80");
    expect(portOf({ backendTls: { credentialName: "gateway-tls" } })).toBe("443");
  });

  it("has the class and the labels of its door", () => {
    const ingress = ingressOf({ ingressClassName: "alb-edge", labels: { team: "edge" } });
    expect(ingress?.spec.ingressClassName).toBe("alb-edge");
    expect(ingress?.metadata.labels).toEqual({ team: "edge" });
    expect(ingressOf({})?.metadata).not.toHaveProperty("labels");
  });
});
