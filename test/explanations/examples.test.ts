// What the explanations show is run: an example that lies fails here.
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../config/problem.ts";
import { configRules, fleetRules } from "../../config/rules/index.ts";
import type { Explanation } from "../../explanations/explanation.ts";
import { explanations } from "../../explanations/index.ts";
import { objectRules } from "../../manifests/rules/index.ts";
import { filesOf, problemsOf } from "./run-example.ts";

/** Rules that are still to be explained in full. It may only become shorter. */
const notYetExplained: readonly string[] = [
  "alb/annotation",
  "alb/certificate-account",
  "alb/certificate-region",
  "alb/host-twice",
  "alb/inbound-cidrs-ignored",
  "alb/ingress-name-length",
  "alb/ingress-name-twice",
  "alb/key-algorithm-conflict",
  "alb/name-grammar",
  "alb/name-twice",
  "alb/pairs",
  "alb/pinned-node-port",
  "alb/service-annotation",
  "alb/subnets",
  "alb/wildcard-over-closed-host",
  "argocd/clusters-disagree",
  "argocd/gate-required",
  "argocd/name-twice",
  "argocd/version-too-old",
  "argocd/wildcard",
  "cluster/file-name",
  "cluster/reserved-name",
  "hook/image-unpinned",
  "hook/recheck-off",
  "hook/recheck-schedule",
  "hook/requests-above-limits",
  "istio/host-without-gateway",
  "istio/internal-defaults",
  "istio/null-value",
  "istio/plain-http-charts",
  "istio/removed-value",
  "istio/retired-charts",
  "istio/retired-hub",
  "istio/revision-disagreement",
  "istio/route-host-not-covered",
  "istio/route-ingress-unknown",
  "istio/route-name-twice",
  "istio/route-overlap",
  "istio/service-ports",
  "istio/service-type",
  "istio/unknown-name",
  "istio/unknown-root-value",
  "istio/unsafe-version",
  "istio/value-type",
  "istio/version-unsupported",
  "repository/credentials",
  "repository/file-url",
];

const examples = Object.entries(explanations).flatMap(([code, { example }]) =>
  example === undefined ? [] : [{ code, ...example }],
);

const printed = (text: string): string => problemsOf(text).map(formatProblem).join("\n");

describe("an example", () => {
  test.each(examples)("$code: what fails reports that and nothing else", ({ code, fails }) => {
    const found = new Set(problemsOf(fails).map((problem) => problem.code));
    expect([...found], printed(fails)).toEqual([code]);
  });

  test.each(examples)("$code: what passes reports nothing", ({ passes }) => {
    expect(printed(passes)).toBe("");
  });

  test.each(examples)("$code: begins at the left, where it is printed", ({ fails, passes }) => {
    expect([fails, passes].filter((text) => !/^\S/.test(text))).toEqual([]);
  });
});

describe("a rule", () => {
  const parts: readonly (keyof Explanation)[] = ["why", "fix", "sources", "example"];
  const rules = [...configRules, ...fleetRules, ...objectRules].map(({ code }) => code);

  test.each(rules.filter((code) => !notYetExplained.includes(code)))(
    "%s is explained with why, fix, sources and an example",
    (code) => {
      expect(parts.filter((part) => explanations[code]?.[part] === undefined)).toEqual([]);
    },
  );

  test("that waits to be explained exists", () => {
    expect(notYetExplained.filter((code) => !rules.includes(code))).toEqual([]);
  });
});

describe("the files of an example", () => {
  test("are a fragment of clusters/demo.yaml where no line names one", () => {
    expect(filesOf("# a comment\ngateway: {}")).toEqual({
      "clusters/demo.yaml": "# a comment\ngateway: {}\n",
    });
  });

  test("begin at the lines that name them", () => {
    expect(filesOf("# clusters/a.yaml\na: 1\n# clusters/b.yaml\nb: 2")).toEqual({
      "clusters/a.yaml": "a: 1\n",
      "clusters/b.yaml": "b: 2\n",
    });
  });

  test("of objects are judged with the configuration of their cluster", () => {
    const object = "# dist/demo/gateway/x.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }";
    expect(problemsOf(object)).toEqual([]);
    expect(() => problemsOf("# dist/demo/gateway/x.yaml\n- a list")).toThrow("expected objects only");
  });
});
