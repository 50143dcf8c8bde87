import { describe, expect, it } from "vitest";
import {
  differenceOf,
  documentsOf,
  injectionReads,
  valueReads,
} from "../../../commands/helm/rendered-objects.ts";

const configMap = (name: string, data: string): string =>
  `# Source: a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: ${data}\n`;

describe("what helm printed", () => {
  it("is taken apart at the lines between documents, not inside a text", () => {
    const inText = configMap("a", "{ text: |\n  ---\n }");
    expect(documentsOf(`---\n${inText}---\n${configMap("b", "{}")}`)).toHaveLength(2);
  });

  it("may begin with a warning, and hold documents of comments only", () => {
    expect(documentsOf(`WARNING: old\n---\n# nothing\n---\n${configMap("a", "{}")}`)).toHaveLength(1);
  });

  it("may be nothing, and is no chart's where it is other text", () => {
    expect(documentsOf(" \n")).toEqual([]);
    expect(documentsOf("hello")).toBeUndefined();
    expect(documentsOf("---\nhello\n")).toBeUndefined();
  });
});

describe("two answers", () => {
  const difference = (one: readonly string[], other: readonly string[]) => differenceOf(one, other);

  it("are the same whatever the order of objects and keys, the style and the comments", () => {
    const one = [configMap("a", "{ x: 1, y: [1, 2] }"), configMap("b", "{}")];
    const other = [configMap("b", "{}"), configMap("a", '{ "y": [ 1, 2 ], x: 1 } # note')];
    expect(difference(one, other)).toBe("none");
  });

  it("differ by an object more, another order of a list, or a number that became a text", () => {
    const one = [configMap("a", "{ x: 1, y: [1, 2] }")];
    expect(difference(one, [])).toBe("objects");
    expect(difference(one, [configMap("a", "{ x: 1, y: [2, 1] }")])).toBe("objects");
    expect(difference(one, [configMap("a", '{ x: "1", y: [1, 2] }')])).toBe("objects");
  });

  it("differ in copies only where istiod's chart prints all values, with a revision too", () => {
    expect(difference([configMap("values", "{ x: 1 }")], [configMap("values", "{ x: 2 }")])).toBe("copy");
    const injector = (data: string) => [configMap("istio-sidecar-injector-canary", data)];
    expect(difference(injector("{ config: a, values: x }"), injector("{ config: a, values: y }"))).toBe(
      "injector",
    );
    expect(difference(injector("{ config: a, values: x }"), injector("{ config: b, values: y }"))).toBe(
      "objects",
    );
    expect(difference([configMap("valuesofmine", "{ x: 1 }")], [configMap("valuesofmine", "{ x: 2 }")])).toBe(
      "objects",
    );
  });

  it("are compared as text where the reader refuses one", () => {
    expect(difference(["kind: [a"], ["kind: [b"])).toBe("objects");
    expect(difference(["kind: [a"], ["kind: [a"])).toBe("none");
  });
});

describe("what injection templates read", () => {
  it("is named in the text of the injector's ConfigMap", () => {
    const template =
      '{{ .Values.global.proxy.image }} {{ (index .Values "gateways" "a-b").c }} {{ $.Values.cni }}';
    expect(valueReads(template)).toEqual([["global", "proxy", "image"], ["cni"], ["gateways", "a-b"]]);
    const document = configMap("istio-sidecar-injector", `{ config: ${JSON.stringify(template)} }`);
    expect(injectionReads([configMap("a", "{}"), document])).toHaveLength(3);
    expect(injectionReads([])).toEqual([]);
  });
});
