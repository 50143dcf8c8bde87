import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { objectRules } from "../../../manifests/rules/index.ts";
import { outputWith } from "../../charts/configurations.ts";
import { spoiled } from "../../charts/spoil.ts";
import { dedent } from "../../config/minimal-cluster.ts";
import { validatedBy } from "../validate-output.ts";
import { albAnnotationCases } from "./alb-annotation-rules.cases.ts";
import { albBackendCases } from "./alb-backend-rules.cases.ts";
import { applicationCases } from "./application-rules.cases.ts";
import { argocdVersionCases } from "./argocd-version-rules.cases.ts";
import { hookCases } from "./hook-rules.cases.ts";
import { identityCases } from "./identity-rules.cases.ts";
import { ignoredFieldCases } from "./ignored-field-rules.cases.ts";
import { istioGatewayCases } from "./istio-gateway-rules.cases.ts";
import { istioRouteCases } from "./istio-route-rules.cases.ts";
import { programCases } from "./program-rules.cases.ts";
import { projectCases } from "./project-rules.cases.ts";
import { sourceCases } from "./source-rules.cases.ts";
import { syncOptionCases } from "./sync-option-rules.cases.ts";
import { waveCases } from "./wave-rules.cases.ts";

const cases = [
  ...identityCases,
  ...applicationCases,
  ...sourceCases,
  ...waveCases,
  ...syncOptionCases,
  ...ignoredFieldCases,
  ...projectCases,
  ...argocdVersionCases,
  ...hookCases,
  ...programCases,
  ...istioGatewayCases,
  ...istioRouteCases,
  ...albAnnotationCases,
  ...albBackendCases,
];

const service = { name: "web", namespace: "web", port: 80 };
const route = { name: "web", hosts: ["app.example.com"], ingress: "services", service };
const outputOf = (config: JsonObject = {}) => outputWith({ routes: [route], ...config });

/** What an object spoilt for Argo CD is to a load balancer or to Istio is the business of other cases, and the reverse. */
const areasOf = (code: string): RegExp =>
  /^(?:argocd|hook)\//.test(code) ? /^(?:argocd|hook)\// : /^(?:alb|istio)\//;

describe("rules on objects", () => {
  for (const { code, title, config, fails, problems, passes = [] } of cases) {
    it(`${code} ${title}`, () => {
      const output = outputOf(config);
      expect(validatedBy(areasOf(code), spoiled(output, fails))).toBe(dedent(problems));
      expect(problems).toContain(` ${code}: `);
      expect(validatedBy(areasOf(code), spoiled(output, passes))).toBe("");
    });
  }
});

it("every rule on objects has an example here", () => {
  const withExample = cases.map(({ code }) => code);
  expect(objectRules.map(({ code }) => code).filter((code) => !withExample.includes(code))).toEqual([]);
});
