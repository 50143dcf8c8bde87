import { describe, expect, it } from "vitest";
import { configRules, fleetRules } from "../../../config/rules/index.ts";
import { dedent, loadFleet, loadFragment, minimalCluster, printedOfRules } from "../minimal-cluster.ts";
import { accessCases } from "./access-rules.cases.ts";
import { albCases } from "./alb-rules.cases.ts";
import { argocdCases } from "./argocd-rules.cases.ts";
import { certificateCases } from "./certificate-rules.cases.ts";
import { clusterCases, clusterNameCases } from "./cluster-rules.cases.ts";
import { doorCases } from "./door-rules.cases.ts";
import { fleetCases } from "./fleet-rules.cases.ts";
import { gatewayObjectCases } from "./gateway-object-rules.cases.ts";
import { gatewayCases } from "./gateway-rules.cases.ts";
import { hookCases } from "./hook-rules.cases.ts";
import { hostCases } from "./host-rules.cases.ts";
import { istioOperationCases } from "./istio-operation-rules.cases.ts";
import { istioValueCases } from "./istio-value-rules.cases.ts";
import { istioVersionCases } from "./istio-version-rules.cases.ts";
import { listenerCases } from "./listener-rules.cases.ts";
import { manifestCases } from "./manifest-rules.cases.ts";
import { meshCases } from "./mesh-rules.cases.ts";
import { podValueCases } from "./pod-value-rules.cases.ts";
import { repositoryCases } from "./repository-rules.cases.ts";
import { routeCases } from "./route-rules.cases.ts";
import { targetCases } from "./target-rules.cases.ts";

const fileCases = [...clusterNameCases, ...fleetCases];

const cases = [
  ...clusterCases,
  ...repositoryCases,
  ...argocdCases,
  ...istioVersionCases,
  ...istioValueCases,
  ...istioOperationCases,
  ...gatewayCases,
  ...gatewayObjectCases,
  ...meshCases,
  ...podValueCases,
  ...routeCases,
  ...hostCases,
  ...accessCases,
  ...albCases,
  ...listenerCases,
  ...targetCases,
  ...doorCases,
  ...certificateCases,
  ...hookCases,
  ...manifestCases,
];

describe("rules on one cluster", () => {
  for (const { code, title, fails, problems, passes } of cases) {
    it(`${code} ${title}`, () => {
      expect(printedOfRules(loadFragment(fails))).toBe(dedent(problems));
      expect(problems).toContain(` ${code}: `);
      expect(printedOfRules(loadFragment(passes))).toBe("");
    });
  }
});

describe("rules on all clusters together", () => {
  const load = (fragments: Readonly<Record<string, string>>): string =>
    printedOfRules(
      loadFleet(
        Object.fromEntries(Object.entries(fragments).map(([name, fragment]) => [name, dedent(fragment)])),
        minimalCluster,
      ),
    );

  for (const { code, title, fails, problems, passes } of fileCases) {
    it(`${code} ${title}`, () => {
      expect(load(fails)).toBe(dedent(problems));
      expect(problems).toContain(` ${code}: `);
      expect(load(passes)).toBe("");
    });
  }
});

it("every rule has an example here", () => {
  const withExample = [...cases, ...fileCases].map(({ code }) => code);
  const rules = [...configRules, ...fleetRules].map(({ code }) => code);
  expect(rules.filter((code) => !withExample.includes(code))).toEqual([]);
});
