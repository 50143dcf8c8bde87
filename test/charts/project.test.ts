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

describe("the AppProject of the children", () => {
  // Argo CD deletes nothing of a kind that the AppProject does not allow any more (test/e2e/removals.e2e.ts).
  it("allows the same kinds whatever the configuration, so that what is removed can be deleted", () => {
    const usual = allowedKinds(outputWith({}));
    expect(usual).toEqual(
      expect.arrayContaining(["DaemonSet", "NetworkPolicy", "Job", "CronJob", "VirtualService"]),
    );
    expect(allowedKinds(outputWith({ hook: { recheck: "off" }, routes: [] }))).toEqual(usual);
    expect(allowedKinds(outputWithDoor({ healthCheck: { mode: "named" } }))).toEqual(usual);
    expect(allowedKinds(outputWith({ gateways: { ingress: { values: { kind: "DaemonSet" } } } }))).toEqual(
      usual,
    );
  });

  it("allows nothing that gives rights beyond the charts' own, and no secrets", () => {
    expect(allowedKinds(outputWith({}))).not.toEqual(expect.arrayContaining(["Secret"]));
    expect(allowedKinds(outputWith({}))).not.toEqual(expect.arrayContaining(["Application"]));
    expect(allowedKinds(outputWith({}))).not.toContain("*");
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
