import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { isJsonObject } from "../../../config/json.ts";
import { judgeByRules, objectScope } from "../../../manifests/judge-objects.ts";
import { identityOf, type RenderedFile } from "../../../manifests/render.ts";
import { albAnnotationRules } from "../../../manifests/rules/alb-annotation-rules.ts";
import { albBackendRules } from "../../../manifests/rules/alb-backend-rules.ts";
import { istioGatewayRules } from "../../../manifests/rules/istio-gateway-rules.ts";
import { istioRouteRules } from "../../../manifests/rules/istio-route-rules.ts";
import { clusterFiles } from "../../charts/cluster-files.ts";
import { outputOfInput, outputWith } from "../../charts/configurations.ts";
import { loadOutputs, type Output, type OutputText } from "../../charts/output.ts";
import { dedent } from "../../config/minimal-cluster.ts";
import { goldenCases } from "../../golden/golden-cases.ts";
import { printed as withoutPosition } from "../judge-output.ts";
import { albAnnotationCases } from "./alb-annotation-rules.cases.ts";
import { albBackendCases } from "./alb-backend-rules.cases.ts";
import type { Change } from "./ingress-case.ts";
import { istioGatewayCases } from "./istio-gateway-rules.cases.ts";
import { istioRouteCases } from "./istio-route-rules.cases.ts";

const cases = [...istioGatewayCases, ...istioRouteCases, ...albAnnotationCases, ...albBackendCases];
const rules = [...istioGatewayRules, ...istioRouteRules, ...albAnnotationRules, ...albBackendRules];

const service = { name: "web", namespace: "web", port: 80 };
const output = outputWith({
  routes: [{ name: "web", hosts: ["app.example.com"], ingress: "services", service }],
});

function changed({ files }: Output, changes: readonly Change[]): readonly OutputText[] {
  let texts = files;
  for (const [path, from, to] of changes) {
    const next = texts.map((file) =>
      path.test(file.path) ? { ...file, text: file.text.replace(from, to) } : file,
    );
    if (next.every(({ text }, index) => text === texts[index]?.text))
      throw new Error(`no file that matches ${path} holds ${from}`);
    texts = next;
  }
  return texts;
}

/** As `render` gives it, of what a YAML parser finds in the text. */
function asRendered({ path, text }: OutputText): RenderedFile {
  const objects = parseAllDocuments(text).flatMap((document) => {
    const object: unknown = document.toJS();
    return isJsonObject(object) ? [object] : [];
  });
  return { path, text, objects, identities: objects.map(identityOf) };
}

/** What these rules say of the files of the cluster; rules of other areas have tests of their own. */
function printed(of: Output, changes: readonly Change[] = []): string {
  const files = changed(of, changes).filter(({ path }) => path.startsWith("dist/"));
  const rendered = files.map(asRendered);
  return judgeByRules(objectScope(rendered, [of.config]), rendered)
    .filter(({ code }) => rules.some((rule) => rule.code === code))
    .map(withoutPosition)
    .join("\n");
}

describe("rules on Istio's objects and on Ingresses", () => {
  it("have nothing to say of what is emitted", () => {
    expect(printed(output)).toBe("");
  });

  it.each(goldenCases)("have nothing to say of the golden case $name", ({ root }) => {
    expect(loadOutputs(root).map((each) => printed(each))).toEqual([""]);
  });

  it("have nothing to say of what is emitted for any valid configuration", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(clusterFiles, (input) => {
        expect(printed(outputOfInput(input))).toBe("");
      }),
      { numRuns: 30 },
    );
  });

  for (const { code, title, fails, problems, passes } of cases) {
    it(`${code} ${title}`, () => {
      expect(printed(output, fails)).toBe(dedent(problems));
      expect(problems).toContain(` ${code}: `);
      expect(printed(output, passes)).toBe("");
    });
  }

  it("have an example each", () => {
    const withExample = cases.map(({ code }) => code);
    expect(rules.map(({ code }) => code).filter((code) => !withExample.includes(code))).toEqual([]);
  });
});
