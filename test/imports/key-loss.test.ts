import { ApiObject, JsonPatch } from "cdk8s";
import { KubeIngress } from "cdk8s-plus-29/lib/imports/k8s";
import { describe, expect, it } from "vitest";
import { Application, type ApplicationProps, type ApplicationSpec } from "../../imports/argoproj.io.ts";
import { application, appProject, chart, gateway, ingress, job, virtualService } from "./examples.ts";
import { lostKeys } from "./key-loss.ts";

const spec: ApplicationSpec = { project: "demo", destination: { namespace: "istio-system" } };

/** An Application with fields that ApplicationSpec does not know, as a cast or a variable lets them through. */
function applicationWith(unknown: object): Application {
  return new Application(chart(), "app", { metadata: { name: "app" }, spec: { ...spec, ...unknown } });
}

describe("the generated classes", () => {
  it.each([
    ["an Application with retry.refresh", application],
    ["an AppProject", appProject],
    ["a Gateway", gateway],
    ["a VirtualService", virtualService],
    ["a KubeIngress", ingress],
    ["a KubeJob with quantities, an IntOrString and renamed fields", job],
  ])("render every field of %s", (_, object) => {
    expect(lostKeys(object())).toEqual([]);
  });

  it("render the fields that Argo CD 3 brought", () => {
    expect(application().toJson()).toMatchObject({
      spec: { syncPolicy: { automated: { enabled: true }, retry: { refresh: true } } },
    });
    expect(appProject().toJson()).toMatchObject({
      spec: { clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "istio-*" }] },
    });
  });

  it("spell a renamed field as the API does", () => {
    expect(application().toJson()).toMatchObject({
      spec: { source: { repoURL: "https://blob.istio.io/istio-release/charts" } },
    });
  });
});

describe("lostKeys", () => {
  it("names a field that the class does not know", () => {
    expect(lostKeys(applicationWith({ sorceTypo: { path: "." } }))).toEqual(["spec.sorceTypo"]);
  });

  it("names every lost field, in maps and at its position in lists", () => {
    const object = applicationWith({
      syncPolicy: { retry: { limit: 5, refesh: true } },
      ignoreDifferences: [{ kind: "Service" }, { kind: "Ingress", jsonPointer: ["/metadata"] }],
    });
    expect(lostKeys(object)).toEqual([
      "spec.ignoreDifferences[1].jsonPointer",
      "spec.syncPolicy.retry.refesh",
    ]);
  });

  it("names a field in the API's spelling, which the generated class does not accept", () => {
    expect(lostKeys(applicationWith({ source: { repoURL: "https://example.com", path: "." } }))).toEqual([
      "spec.source.repoURL",
    ]);
  });

  it("names the field that loses when both spellings are given", () => {
    const source = { repoURL: "https://example.com/a", repoUrl: "https://example.com/b" };
    expect(lostKeys(applicationWith({ source }))).toHaveLength(1);
  });

  it("names a lost field of the metadata of a core kind", () => {
    const metadata = { name: "ingress", anotations: { a: "b" } };
    expect(lostKeys(new KubeIngress(chart(), "ingress", { metadata }))).toEqual(["metadata.anotations"]);
  });

  it("names a field that a JSON patch adds and the class does not know", () => {
    const object = application();
    object.addJsonPatch(JsonPatch.add("/spec/unknown", true));
    expect(lostKeys(object)).toEqual(["spec.unknown"]);
  });

  it("names a whole top-level section", () => {
    const props: ApplicationProps & { readonly data: object } = { metadata: {}, spec, data: { a: "b" } };
    expect(lostKeys(new Application(chart(), "app", props))).toEqual(["data"]);
  });

  it("finds nothing in an untyped object, whose class has no list of fields", () => {
    const object = new ApiObject(chart(), "object", { apiVersion: "v1", kind: "Any", whatever: { x: [{}] } });
    expect(lostKeys(object)).toEqual([]);
  });
});
