// What an editor says of cluster files: the real language server, with the schemas that `schema --write` writes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusterJsonSchema, defaultsJsonSchema } from "../../config/json-schema.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { LanguageServer } from "./language-server.ts";

let server: LanguageServer;
beforeAll(async () => {
  server = await LanguageServer.start();
});
afterAll(() => server?.stop());

function project(): string {
  const root = makeProject({ "clusters/x": "", "schema/x": "" });
  writeFileSync(join(root, "schema/cluster.schema.json"), clusterJsonSchema());
  writeFileSync(join(root, "schema/defaults.schema.json"), defaultsJsonSchema());
  return root;
}

const modeline = (schema: string): string =>
  `# yaml-language-server: $schema=../schema/${schema}.schema.json\n`;

async function messagesOf(name: string, text: string): Promise<readonly string[]> {
  const schema = name === "defaults" ? "defaults" : "cluster";
  const path = join(project(), `clusters/${name}.yaml`);
  const found = await server.diagnose(path, modeline(schema) + text);
  return found.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

const whole = `cluster: { name: demo, region: eu-west-1 }
repository: { url: "https://github.com/example/platform.git" }
ingresses:
  services:
    hosts: [app.example.com]
    certificate: { domain: app.example.com }
    webAcl: none
`;

describe("an editor", () => {
  it("finds no error in a valid file", async () => {
    expect(await messagesOf("demo", whole)).toEqual([]);
  });

  it("finds none where defaults.yaml holds what is required, nor in defaults.yaml", async () => {
    expect(
      await messagesOf(
        "demo",
        "cluster: { name: demo }\ningresses: { services: { hosts: [a.example.com] } }\n",
      ),
    ).toEqual([]);
    expect(
      await messagesOf("defaults", 'repository: { url: "https://github.com/example/platform.git" }\n'),
    ).toEqual([]);
  });

  it("finds a misspelt key, and a missing name", async () => {
    expect(await messagesOf("demo", "cluster: { name: demo, regoin: x }\n")).toEqual([
      "2: Property regoin is not allowed.",
    ]);
    expect(await messagesOf("demo", "repository: {}\n")).toEqual([
      expect.stringContaining('Missing property "cluster"'),
    ]);
  });

  it("says in words what a value should be, and not by a regular expression", async () => {
    expect(await messagesOf("demo", whole.replace("[app.example.com]", "[App]"))).toEqual([
      expect.stringMatching(/^6: expected a host name such as app\.example\.com/),
    ]);
  });

  it.each([
    ["webAcl: none", "webAcl: my-acl", "8: expected none or { arn: … } or { name: … }"],
    [
      "certificate: { domain: app.example.com }",
      "certificate: app.example.com",
      /^7: .*\{ domain: … \} or \{ arn: … \}/,
    ],
    ["webAcl: none", "subnets: [subnet-1]", /^8: .*\{ ids: … \} or \{ tags: … \}/],
  ])("says what can stand in the place of %s where %s stands", async (right, wrong, expected) => {
    const messages = await messagesOf("demo", whole.replace(right, wrong));
    expect(messages.join("\n")).toMatch(expected);
    expect(messages.join("\n")).not.toMatch(/multiple schemas|Value must be/);
  });

  it.each([
    [
      "annotations of the controller",
      "ingresses:\n  services:\n    annotations:\n      ",
      "shield-advanced-protection",
    ],
    [
      "attributes of the load balancer",
      "ingresses:\n  services:\n    attributes:\n      ",
      "idle_timeout.timeout_seconds",
    ],
    [
      "attributes of the target group",
      "ingresses:\n  services:\n    targetGroupAttributes:\n      ",
      "deregistration_delay.timeout_seconds",
    ],
    ["values of istiod", "istio:\n  istiod:\n    values:\n      ", "meshConfig"],
    [
      "values of a gateway",
      "gateways:\n  ingress:\n    values:\n      service:\n        ",
      "externalTrafficPolicy",
    ],
  ])("completes %s", async (_, text, expected) => {
    const path = join(project(), "clusters/demo.yaml");
    await server.diagnose(path, modeline("cluster") + text);
    const lines = text.split("\n");
    expect(await server.complete(path, lines.length, lines.at(-1)?.length ?? 0)).toContain(expected);
  });

  it("offers of several forms each key once, and no empty one", async () => {
    const path = join(project(), "clusters/demo.yaml");
    const text = `${modeline("cluster")}ingresses:\n  services:\n    certificate:\n      `;
    await server.diagnose(path, text);
    const offered = await server.complete(path, 4, 6);
    expect(offered.filter((label) => label === "arn")).toEqual(["arn"]);
  });

  it("says that two keys exclude each other", async () => {
    const both = whole.replace("domain: app", 'arn: "arn:aws:acm:eu-west-1:1:certificate/1", domain: app');
    expect((await messagesOf("demo", both)).join()).toContain("expected exactly one of domain, arn");
    const acl = whole.replace("webAcl: none", "webAcl: { name: a, arn: b }");
    const messages = (await messagesOf("demo", acl)).join();
    expect(messages).toContain("expected exactly one of arn, name");
    expect(messages).not.toContain("multiple schemas");
  });

  it("says what a completed name takes", async () => {
    const path = join(project(), "clusters/demo.yaml");
    const text = `${modeline("cluster")}${whole}    attributes: { idle_timeout.timeout_seconds: "60" }\n`;
    await server.diagnose(path, text);
    expect(await server.hover(path, 8, 20)).toContain("a whole number from 1 to 4000");
  });

  it("takes names that it does not complete", async () => {
    const text = `${whole}istio: { istiod: { values: { mine: 1 } } }\n`;
    const door = "webAcl: none\n    annotations: { mine: x }\n    attributes: { mine: x }";
    expect(await messagesOf("demo", text.replace("webAcl: none", door))).toEqual([]);
  });

  it("shows what a key means and its default", async () => {
    const path = join(project(), "clusters/demo.yaml");
    await server.diagnose(path, `${modeline("cluster")}${whole}istio:\n  hub: docker.io/istio\n`);
    expect(await server.hover(path, 9, 3)).toContain("Default:");
  });
});
