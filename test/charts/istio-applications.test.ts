import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { outputWith } from "./configurations.ts";
import { type Application, type IgnoredDifference, ofKind } from "./kubernetes.ts";
import { objectsOf } from "./output.ts";

const child = (name: string, istio: JsonObject): Application => childWith(name, { istio });

function childWith(name: string, changes: JsonObject): Application {
  const found = ofKind(objectsOf(outputWith(changes)), "Application").find(
    ({ metadata }) => metadata.name === `demo-${name}`,
  );
  if (found === undefined) throw new Error(`no Application demo-${name}`);
  return found;
}

const ignored = (name: string, istio: JsonObject): readonly IgnoredDifference[] =>
  child(name, istio).spec.ignoreDifferences ?? [];

describe("the Applications of Istio's charts", () => {
  it("ignore the webhooks' failure policy where the charts cannot print Fail", () => {
    const webhook = (name: string) => ({
      group: "admissionregistration.k8s.io",
      kind: "ValidatingWebhookConfiguration",
      name,
      jqPathExpressions: [".webhooks[]?.failurePolicy"],
    });
    expect(ignored("istio-base", { version: "1.28.5" })).toEqual([webhook("istiod-default-validator")]);
    expect(ignored("istiod", { version: "1.28.5" })).toEqual([webhook("istio-validator-istio-system")]);
    expect(ignored("istiod", { version: "1.28.5", revision: "blue" })).toEqual([
      webhook("istio-validator-blue-istio-system"),
    ]);
  });

  it.each(["1.28.6", "1.29.2", "1.30.3", "1.31.1"])(
    "ignore nothing from %s on, and print Fail",
    (version) => {
      for (const name of ["istio-base", "istiod"]) {
        expect(ignored(name, { version })).toEqual([]);
        expect(child(name, { version }).spec.source.helm?.valuesObject).toMatchObject({
          base: { validationFailurePolicy: "Fail" },
        });
      }
    },
  );

  it("apply base server-side, and the others not", () => {
    const serverSide = ["istio-base", "istiod", "istio-ingress"].filter((name) =>
      child(name, {}).spec.syncPolicy.syncOptions?.includes("ServerSideApply=true"),
    );
    expect(serverSide).toEqual(["istio-base"]);
  });

  it("name one revision in all charts", () => {
    const values = (name: string) => child(name, { revision: "blue" }).spec.source.helm?.valuesObject;
    expect(values("istio-base")).toMatchObject({ defaultRevision: "blue" });
    expect(values("istiod")).toMatchObject({ revision: "blue" });
    expect(values("istio-ingress")).toMatchObject({ revision: "blue" });
  });

  it("release the gateway under its own name, because its Service and labels come from it", () => {
    const gateway = childWith("istio-ingress", {
      gateways: { ingress: { release: "edge", namespace: "edge" } },
    });
    expect(gateway.spec.source.helm?.releaseName).toBe("edge");
    expect(gateway.spec.destination.namespace).toBe("edge");
  });
});
