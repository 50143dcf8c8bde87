import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { outputWith, outputWithDoor } from "./configurations.ts";
import { ofKind } from "./kubernetes.ts";
import { type Output, objectsIn } from "./output.ts";

/** Kinds that the AppProject of the children allows. */
function allowedKinds(output: Output): readonly string[] {
  const [project] = ofKind(objectsIn(output, /applications\/project\.yaml$/), "AppProject");
  const { clusterResourceWhitelist = [], namespaceResourceWhitelist = [] } = project?.spec ?? {};
  return [...clusterResourceWhitelist, ...namespaceResourceWhitelist].map(({ kind }) => kind);
}

const usual = allowedKinds(outputWith({}));
const added = (changes: JsonObject): readonly string[] =>
  allowedKinds(outputWith(changes)).filter((kind) => !usual.includes(kind));

describe("the AppProject of the children", () => {
  it("allows what values switch on, and only then", () => {
    const networkPolicy = { values: { global: { networkPolicy: { enabled: true } } } };
    const validation = { values: { experimental: { stableValidationPolicy: true } } };
    expect(added({ gateways: { ingress: { values: { kind: "DaemonSet" } } } })).toEqual(["DaemonSet"]);
    // Under `global` it is the same value to the chart.
    expect(added({ gateways: { ingress: { values: { global: { kind: "DaemonSet" } } } } })).toEqual([
      "DaemonSet",
    ]);
    expect(added({ istio: { istiod: networkPolicy } })).toEqual(["NetworkPolicy"]);
    expect(added({ gateways: { ingress: networkPolicy } })).toEqual(["NetworkPolicy"]);
    expect(added({ istio: { base: validation } })).toEqual([
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionPolicyBinding",
    ]);
  });

  it("does not allow what a value switches off", () => {
    expect(
      added({ istio: { istiod: { values: { global: { networkPolicy: { enabled: false } } } } } }),
    ).toEqual([]);
  });

  it("allows Jobs and CronJobs only where there are a hook and a recheck", () => {
    const batch = (output: Output) => allowedKinds(output).filter((kind) => kind.endsWith("Job"));
    expect(batch(outputWith({}))).toEqual(["CronJob", "Job"]);
    expect(batch(outputWith({ hook: { recheck: "off" } }))).toEqual(["Job"]);
    expect(batch(outputWithDoor({ healthCheck: { mode: "named" } }))).toEqual([]);
  });

  it("names the cluster as the Applications do: by server or by Argo CD's name for it", () => {
    const destinations = (cluster: JsonObject) =>
      ofKind(objectsIn(outputWith({ cluster }), /project\.yaml$/), "AppProject")
        .flatMap(({ spec }) => spec.destinations)
        .map(({ namespace: _, ...rest }) => rest);
    expect(destinations({ argocdName: "prod" })).toEqual([{ name: "prod" }, { name: "prod" }]);
    const server = "https://demo.example.com";
    expect(destinations({ server })).toEqual([{ server }, { server }]);
  });

  it("names a namespace once where the gateway lives beside istiod", () => {
    const output = outputWith({ gateways: { ingress: { namespace: "istio-system" } } });
    const [project] = ofKind(objectsIn(output, /project\.yaml$/), "AppProject");
    expect(project?.spec.destinations.map(({ namespace }) => namespace)).toEqual(["istio-system"]);
  });
});
