import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { identityOf } from "../../manifests/identity.ts";
import { validateObjects } from "../../manifests/validate-objects.ts";

const judge = (...objects: readonly JsonObject[]) =>
  validateObjects(
    [{ path: "dist/demo/example.yaml", text: "", objects, identities: objects.map(identityOf) }],
    [],
  );

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "demo", namespace: "argocd" } };

/** A ConfigMap with other metadata than the usual. */
const withMetadata = (metadata: JsonObject): JsonObject => ({
  ...configMap,
  metadata: { ...configMap.metadata, ...metadata },
});

const named = (apiVersion: string, kind: string, name: string): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name },
});

/** What is wrong with `metadata.name`, if anything. */
const nameProblems = (object: JsonObject) => judge(object).filter(({ path }) => path === "metadata.name");

describe("validateObjects", () => {
  it("says of a field that does not exist where it is, in which object, and what is near", () => {
    expect(judge({ ...configMap, dta: { a: "b" } })).toEqual([
      {
        code: "manifest/schema",
        severity: "error",
        message: "ConfigMap demo, dta: expected a field that exists, found an unknown one",
        file: "dist/demo/example.yaml",
        path: "dta",
        suggestion: "Did you mean data?",
      },
    ]);
  });

  it("names the object alone where it lacks something at its root", () => {
    const [problem] = judge({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "demo" } });
    expect(problem?.message).toBe(
      "Job demo: expected a field `spec`, found a map (apiVersion, kind, metadata)",
    );
  });

  it.each([
    named("v1", "Secret", "demo"),
    named("networking.istio.io/v1beta1", "Gateway", "demo"),
    named("toString", "constructor", "demo"),
    { metadata: { name: "demo" } },
  ])("takes no object of a kind that nothing describes: %j", (object) => {
    expect(judge(object)).toMatchObject([{ code: "manifest/unknown-kind", severity: "error" }]);
  });

  it("takes an object that is as its kind says", () => {
    expect(
      judge(withMetadata({ annotations: { "example.com/Note": "" }, labels: { "example.com/a": "b" } })),
    ).toEqual([]);
  });
});

describe("metadata", () => {
  it.each<[string, JsonObject]>([
    ["a label's value of 64 characters", { labels: { a: "x".repeat(64) } }],
    ["a label's value that ends with a dash", { labels: { a: "x-" } }],
    ["a label's key with two slashes", { labels: { "a/b/c": "x" } }],
    ["a label's key of 64 characters", { labels: { ["x".repeat(64)]: "x" } }],
    ["a label's key with capitals in front of the slash", { labels: { "Example.com/a": "x" } }],
    ["a label that is no string", { labels: { a: true } }],
    ["an annotation that is no string", { annotations: { a: 1 } }],
    ["an annotation's key with a blank", { annotations: { "a b": "" } }],
    [
      "annotations of more than 256 KiB together",
      { annotations: { a: "x".repeat(200_000), b: "x".repeat(70_000) } },
    ],
    ["a namespace with a dot", { namespace: "a.b" }],
    ["a namespace of 64 characters", { namespace: "x".repeat(64) }],
    ["a finalizer twice", { finalizers: ["example.com/a", "example.com/a"] }],
    ["what the API server sets", { resourceVersion: "1" }],
  ])("may not have %s", (_, metadata) => {
    expect(judge(withMetadata(metadata))).toMatchObject([{ code: "manifest/schema" }]);
  });

  it.each<[string, JsonObject]>([
    ["a label's value of 63 characters", { labels: { a: "x".repeat(63) } }],
    ["an empty label", { labels: { a: "" } }],
    ["an annotation's key with capitals in front of the slash", { annotations: { "Example.com/a": "x" } }],
    ["annotations of 256 KiB together", { annotations: { a: "x".repeat(256 * 1024 - 1) } }],
  ])("may have %s", (_, metadata) => {
    expect(judge(withMetadata(metadata))).toEqual([]);
  });
});

describe("metadata.name", () => {
  it.each([
    ["v1", "ConfigMap", "x".repeat(253)],
    ["v1", "ConfigMap", "a.b-c.1"],
    ["batch/v1", "Job", "x".repeat(63)],
    ["batch/v1", "CronJob", "x".repeat(52)],
    ["rbac.authorization.k8s.io/v1", "Role", "Any:Name_here"],
  ])("of a %s %s may be %s", (apiVersion, kind, name) => {
    expect(nameProblems(named(apiVersion, kind, name))).toEqual([]);
  });

  it.each([
    ["v1", "ConfigMap", "x".repeat(254)],
    ["v1", "ConfigMap", "Capital"],
    ["v1", "ServiceAccount", "a_b"],
    ["batch/v1", "Job", "x".repeat(64)],
    ["batch/v1", "CronJob", "x".repeat(53)],
    ["rbac.authorization.k8s.io/v1", "Role", "a/b"],
    ["rbac.authorization.k8s.io/v1", "Role", ".."],
    ["networking.k8s.io/v1", "Ingress", "-a"],
    ["argoproj.io/v1alpha1", "Application", "a..b"],
    ["networking.istio.io/v1", "Gateway", ""],
  ])("of a %s %s may not be %s", (apiVersion, kind, name) => {
    expect(nameProblems(named(apiVersion, kind, name))).toHaveLength(1);
  });
});

describe("a ConfigMap", () => {
  it("holds at most 1 MiB", () => {
    expect(judge({ ...configMap, data: { a: "x".repeat(1024 * 1024) } })).toMatchObject([{ path: "data" }]);
    expect(judge({ ...configMap, data: { a: "x".repeat(1024 * 1024 - 1) } })).toEqual([]);
  });

  it.each(["..", ".", "a/b", "a b"])("may not have the key %j", (key) => {
    expect(judge({ ...configMap, data: { [key]: "" } })).toHaveLength(1);
  });
});
