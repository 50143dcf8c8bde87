import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../config/json.ts";
import { objectRules } from "../../../manifests/rules/index.ts";
import { outputWith } from "../../charts/configurations.ts";
import { spoiled } from "../../charts/spoil.ts";
import { dedent } from "../../config/minimal-cluster.ts";
import { judgedBy } from "../judge-output.ts";
import { applicationCases } from "./application-rules.cases.ts";
import { argocdVersionCases } from "./argocd-version-rules.cases.ts";
import { hookCases } from "./hook-rules.cases.ts";
import { identityCases } from "./identity-rules.cases.ts";
import { ignoredFieldCases } from "./ignored-field-rules.cases.ts";
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
];

const service = { name: "web", namespace: "web", port: 80 };
const route = { name: "web", hosts: ["app.example.com"], ingress: "services", service };
const outputOf = (config: JsonObject = {}) => outputWith({ routes: [route], ...config });

/** What the spoilt objects are to a load balancer or to Istio is the business of other tests. */
const areas = /^(?:argocd|hook)\//;

describe("rules on objects of Argo CD, hooks and files", () => {
  for (const { code, title, config, fails, problems, passes = [] } of cases) {
    it(`${code} ${title}`, () => {
      const output = outputOf(config);
      expect(judgedBy(areas, spoiled(output, fails))).toBe(dedent(problems));
      expect(problems).toContain(` ${code}: `);
      expect(judgedBy(areas, spoiled(output, passes))).toBe("");
    });
  }
});

it("each of them has an example here", () => {
  const withExample = cases.map(({ code }) => code);
  const rules = objectRules.map(({ code }) => code).filter((code) => areas.test(code));
  expect(rules.filter((code) => !withExample.includes(code))).toEqual([]);
});
