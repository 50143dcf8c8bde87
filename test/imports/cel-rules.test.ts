import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../core/json.ts";
import { checkSchema } from "../../manifests/schema-check.ts";
import { ruleSchemas, simpleRules } from "../../tools/import/cel-rules.mjs";
import { stringForms } from "../../tools/import/patches.mjs";

function refuses(rule: string, value: JsonValue): boolean {
  const schema = { allOf: ruleSchemas([{ rule, message: "the message" }], "Demo") };
  return checkSchema(() => stringForms.Duration, schema, value).length > 0;
}

/** A rule, by the beginning of its text; values that it allows, and values that it does not. */
const examples: readonly (readonly [string, readonly JsonValue[], readonly JsonValue[]])[] = [
  ["duration(self)", ["1ms", "1m30s", "+.5h"], ["0s", "10", "-1s", "", "1d"]],
  ["0 < self", [1, 65535], [0, 65536]],
  ["self.all(key, 0 < int(key)", [{ "1": "" }, { "65535": "" }], [{ "0": "" }, { a: "" }, { "100000": "" }]],
  ["self.size() == 0", [""], ["a"]],
  ['self != "*"', ["*.a"], ["*"]],
  ['self in ["", "HTTP"', ["", "HTTPS"], ["http"]],
  ['!self.contains("*")', ["a"], ["a*"]],
  ["self.all(key, !key.contains", [{ a: "*" }], [{ "a*": "" }]],
  ["self.all(key, key.size() != 0)", [{ a: "" }], [{ "": "" }]],
  ["self.all(key, size(key) < 63", [{ "a-b": 1 }], [{ "-a": 1 }, { ["a".repeat(63)]: 1 }]],
  ["url(self).getScheme()", ["https://a"], ["ftp://a", "a"]],
  ['self.startsWith("unix://") ? (self.sub', ["a", "unix:///a", "unix://@a"], ["unix://a", "unix://"]],
  ['self.startsWith("unix://") ? !self.ends', ["a/", "unix:///a"], ["unix:///a/"]],
  ["self.all(l1", [[{ number: 1 }, { number: 2 }]], [[{ number: 1 }, { number: 1 }]]],
  ["has(self.wasm)", [{ wasm: "" }, { lua: "" }], [{}, { wasm: "", lua: "" }]],
  ["has(self.address) ||", [{ address: "" }, { network: "" }], [{}]],
  [
    '(has(self.address) ? self.address : "").startsWith',
    [{ address: "unix:///a" }, { ports: {} }, { address: "a", ports: {} }],
    [{ address: "unix:///a", ports: {} }],
  ],
  [
    "(has(self.valueFrom)",
    [{ value: "" }, { valueFrom: "HOST" }, { valueFrom: "INLINE", value: "" }],
    [{ valueFrom: "HOST", value: "" }],
  ],
  [
    '((has(self.operation) ? self.operation : "") == "UPSERT")',
    [{}, { operation: "UPSERT", value: "a" }],
    [{ operation: "UPSERT" }, { operation: "UPSERT", value: "" }],
  ],
  [
    '((has(self.operation) ? self.operation : "") == "REMOVE")',
    [{ value: "" }, { operation: "REMOVE" }],
    [{ operation: "REMOVE", value: "" }],
  ],
  [
    "has(self.context)",
    [{}, { context: "GATEWAY" }, { context: "WAYPOINT", waypoint: {} }],
    [{ waypoint: {} }, { context: "WAYPOINT" }, { context: "GATEWAY", waypoint: {} }],
  ],
  [
    "!((has(self.addresses)",
    [{ addresses: ["10.0.0.0/8"] }, { addresses: ["10.0.0.1"], resolution: "DNS" }, { resolution: "DNS" }],
    [{ addresses: ["10.0.0.0/8"], resolution: "DNS" }],
  ],
  [
    '((has(self.resolution) ? self.resolution : "NONE")',
    [{}, { resolution: "DNS", endpoints: [] }],
    [{ endpoints: [] }, { resolution: "NONE", endpoints: [] }],
  ],
  [
    '((has(self.resolution) ? self.resolution : "")',
    [{ endpoints: [1, 2] }, { resolution: "DNS_ROUND_ROBIN", endpoints: [1] }],
    [{ resolution: "DNS_ROUND_ROBIN", endpoints: [1, 2] }],
  ],
  [
    "(has(self.serviceAccounts)",
    [{ serviceAccounts: [] }, { principals: [], namespaces: [] }],
    [{ notServiceAccounts: [], principals: [] }],
  ],
  [
    "has(self.portLevelMtls)",
    [{}, { portLevelMtls: {}, selector: { matchLabels: { a: "b" } } }],
    [{ portLevelMtls: {} }, { portLevelMtls: {}, selector: { matchLabels: {} } }],
  ],
];

const findRule = (beginning: string): string => {
  const [rule = "", ...others] = simpleRules.filter((rule) => rule.startsWith(beginning));
  if (rule === "" || others.length > 0) throw new Error(`expected one rule that begins with ${beginning}`);
  return rule;
};

describe("the CEL rules as JSON Schema", () => {
  it.each(examples)("%s …", (beginning, allowed, refused) => {
    const rule = findRule(beginning);
    expect(allowed.filter((value) => refuses(rule, value))).toEqual([]);
    expect(refused.filter((value) => !refuses(rule, value))).toEqual([]);
  });

  it("each have examples", () => {
    expect(simpleRules.filter((rule) => !examples.some(([beginning]) => rule.startsWith(beginning)))).toEqual(
      [],
    );
  });

  it("allow one of several fields at most, however many they are, and however the rule is broken into lines", () => {
    const rule = "(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) +\n(has(self.c) ? 1 : 0) <= 1";
    expect([{}, { c: "" }].filter((value) => refuses(rule, value))).toEqual([]);
    expect(
      [
        { a: "", c: "" },
        { b: "", c: "" },
      ].filter((value) => !refuses(rule, value)),
    ).toEqual([]);
  });

  it("say what the CRD says", () => {
    const schema = { allOf: ruleSchemas([{ rule: 'self != "*"', message: "no wildcard" }], "Demo") };
    expect(checkSchema(() => ({}), schema, "*")[0]?.expected).toBe("no wildcard");
  });

  it("leave two out: of URLs that may lack a scheme", () => {
    const schemes = 'getScheme() in ["", "http", "https", "file", "oci"]';
    const rule = `isURL(self) ? (url(self).${schemes}) : (isURL("http://" + self) &&\nurl("http://" + self).${schemes})`;
    expect(ruleSchemas([{ rule }], "Demo")).toEqual([]);
  });
});
