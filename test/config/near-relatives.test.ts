// What is advised in place of the near relative of a value. Whatever is written out is accepted.
import { describe, expect, it } from "vitest";
import { loadFragment } from "./minimal-cluster.ts";

const door = (text: string): string => `ingresses: { services: { ${text} } }`;
const arn = "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001";
const aclArn =
  "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/edge/0a1b2c3d-0000-4000-8000-000000000001";

const adviceOn = (text: string): string | undefined => loadFragment(text).problems[0]?.suggestion;

describe("what somebody meant is written out", () => {
  it.each([
    [door('hosts: ["https://App.example.com:443/x?y"]'), "app.example.com"],
    [door('hosts: ["*.Example.com"]'), '"*.example.com"'],
    [door("hosts: [bücher.example]"), "xn--bcher-kva.example"],
    [door("hosts: app.example.com"), "hosts: [app.example.com]"],
    [door("certificate: { domain: APP.example.com }"), "app.example.com"],
    [door('certificate: "*.example.com"'), 'certificate: { domain: "*.example.com" }'],
    [door(`certificate: "${arn}"`), `certificate: { arn: "${arn}" }`],
    [door(`webAcl: "${aclArn}"`), `webAcl: { arn: "${aclArn}" }`],
    [door("webAcl: edge"), "webAcl: { name: edge }"],
    [
      door("subnets: [subnet-0a1b2c3d, subnet-0a1b2c3e]"),
      "subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }",
    ],
    [door("inboundCidrs: [10.0.0.1]"), "10.0.0.1/32"],
    [door("inboundCidrs: [2001:db8::1]"), "2001:db8::1/128"],
    [door("inboundCidrs: 10.0.0.0/8"), "inboundCidrs: [10.0.0.0/8]"],
    [door("scheme: private"), "internal"],
    ["istio: { istiod: { replicas: 3 } }", "replicas: { min: 3, max: 3 }"],
    ["istio: { version: v1.31.1 }", "1.31.1"],
    ["repository: { path: /mesh/ }", "mesh"],
    ["repository: { url: github.com/example/platform }", "https://github.com/example/platform"],
  ])("%s", (text, meant) => {
    expect(adviceOn(text)).toBe(`Write ${meant}.`);
  });

  it.each([
    [door('hosts: ["-"]')],
    [door("webAcl: 5")],
    [door("subnets: [private-a]")],
    ["istio: { version: 1.99 }"],
    ["istio: { istiod: { replicas: -1 } }"],
  ])("and nothing where nobody can tell: %s", (text) => {
    expect(adviceOn(text) ?? "").not.toMatch(/^Write [^a]/);
  });
});

describe("a template that nobody filled in", () => {
  it("is named, and nothing else is said of that value", () => {
    const { problems } = loadFragment(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's
      door("hosts: ['app.${var.domain}'], tags: { team: '{{ .Values.team }}' }"),
    );
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "config/template ingresses.services.hosts[0]",
      "config/template ingresses.services.tags.team",
    ]);
  });

  it("may stand in values of charts, which have templates of their own", () => {
    const text =
      "istio: { istiod: { values: { sidecarInjectorWebhook: { templates: { x: '{{ .Spec }}' } } } } }";
    expect(loadFragment(text).problems).toEqual([]);
  });
});
