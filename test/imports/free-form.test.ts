import { describe, expect, it } from "vitest";
import { Application } from "../../imports/argoproj.io.ts";
import { chart } from "./examples.ts";
import { lostKeys } from "./key-loss.ts";

/** Every JSON shape but null, which has a test of its own. */
const values = {
  _internal_defaults_do_not_set: { repoUrl: "kept", repoURL: "kept too", clusterIp: "kept" },
  "dotted.key/with-slash": { "": "empty key", "123": "number-like key", __proto: 1 },
  numbers: [0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER],
  booleans: [true, false],
  strings: ["", "no", "0755", "a\nb", "$(HOST)", "\u2028", "한국어"],
  empty: { map: {}, list: [], nested: [{}, [], [[]]] },
  lists: [{ name: "http2", port: 80 }, "mixed", ["nested"]],
  value: { value: 80 },
};

function applicationWith(valuesObject: unknown): Application {
  return new Application(chart(), "app", {
    metadata: {
      name: "app",
      annotations: { "argocd.argoproj.io/sync-wave": "-1", "example.com/UPPER.and_lower": "", on: "yes" },
      labels: { "app.kubernetes.io/part-of": "meshfront" },
    },
    spec: {
      project: "demo",
      destination: { namespace: "istio-system" },
      source: { repoUrl: "https://example.com", helm: { valuesObject } },
      ignoreDifferences: [
        {
          group: "",
          kind: "Service",
          jsonPointers: ["/spec/ports/0/nodePort", "/metadata/annotations/a~1b"],
          jqPathExpressions: ['.metadata.annotations["alb.ingress.kubernetes.io/healthcheck-port"]'],
        },
      ],
    },
  });
}

describe("free-form parts of an Application", () => {
  it("pass nested helm.valuesObject through unchanged", () => {
    const object = applicationWith(values);
    expect(object.toJson().spec.source.helm.valuesObject).toStrictEqual(values);
    expect(lostKeys(object)).toEqual([]);
  });

  it("keep an empty helm.valuesObject", () => {
    expect(applicationWith({}).toJson().spec.source.helm).toEqual({ valuesObject: {} });
  });

  it("lose a null in helm.valuesObject, which is why the configuration refuses it", () => {
    const { helm } = applicationWith({ a: null, b: 1, list: [null] }).toJson().spec.source;
    expect(helm.valuesObject).toStrictEqual({ b: 1, list: [undefined] });
  });

  it("keep annotations and labels as they are spelt", () => {
    expect(applicationWith({}).toJson().metadata).toEqual({
      name: "app",
      annotations: { "argocd.argoproj.io/sync-wave": "-1", "example.com/UPPER.and_lower": "", on: "yes" },
      labels: { "app.kubernetes.io/part-of": "meshfront" },
    });
  });

  it("keep ignoreDifferences, an empty group included", () => {
    expect(applicationWith({}).toJson().spec.ignoreDifferences).toEqual([
      {
        group: "",
        kind: "Service",
        jsonPointers: ["/spec/ports/0/nodePort", "/metadata/annotations/a~1b"],
        jqPathExpressions: ['.metadata.annotations["alb.ingress.kubernetes.io/healthcheck-port"]'],
      },
    ]);
  });
});
