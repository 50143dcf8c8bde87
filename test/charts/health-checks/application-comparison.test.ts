import { describe, expect, it } from "vitest";
import { assess, assessChanged } from "./assess-application.ts";
import type { JsonObject } from "./child-application.ts";
import {
  childWithSources,
  syncedChild,
  syncedChildOfTwoSources,
  syncedFolderChild,
} from "./child-application.ts";

describe("the comparison of spec and status", () => {
  it("sees another chart version", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.spec.source = { ...child.spec.source, targetRevision: "1.31.2" };
    });
    expect(verdict.message).toBe("waiting for a comparison with the present source");
  });

  it("sees a value that is switched off where the values did not name it", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      const helm = child.spec.source?.helm as { valuesObject: { pilot: { autoscaleEnabled?: boolean } } }; // syncedChild's
      helm.valuesObject.pilot.autoscaleEnabled = false;
    });
    expect(verdict.message).toBe("waiting for a comparison with the present source");
  });

  it("sees values that consist of zeros where there was no helm block", () => {
    const verdict = assessChanged(syncedFolderChild(), (child) => {
      child.spec.source = { ...child.spec.source, helm: { valuesObject: { enabled: false } } };
    });
    expect(verdict.message).toBe("waiting for a comparison with the present source");
  });

  it("sees values that consist of zeros where the helm block had none, and their removal", () => {
    const plain = { repoURL: "https://charts.example.com", helm: { releaseName: "istiod" } };
    const zeros = { ...plain, helm: { ...plain.helm, valuesObject: { enabled: false } } };
    expect(assess(childWithSources(zeros, plain)).status).toBe("Progressing");
    expect(assess(childWithSources(plain, zeros)).status).toBe("Progressing");
  });

  it("sees two sources change places", () => {
    const verdict = assessChanged(syncedChildOfTwoSources(), (child) => {
      child.spec.sources?.reverse();
    });
    expect(verdict.message).toBe("waiting for a comparison with the present source");
  });

  it("sees a change from source to sources", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.spec.sources = [child.spec.source ?? null];
      Reflect.deleteProperty(child.spec, "source");
    });
    expect(verdict.message).toBe("waiting for a comparison with the present source");
  });

  it("ignores source beside sources, as Argo CD does", () => {
    const verdict = assessChanged(syncedChildOfTwoSources(), (child) => {
      child.spec.source = { repoURL: "https://github.com/example/unused.git", path: "." };
    });
    expect(verdict.status).toBe("Healthy");
  });

  it("does not wait for the source of a hydrated Application, which the controller derives", () => {
    const verdict = assessChanged(syncedFolderChild(), (child) => {
      const { repoURL, path } = child.spec.source ?? {};
      const drySource = { repoURL, path: "dry", targetRevision: "main" };
      child.spec.sourceHydrator = { drySource, syncSource: { targetBranch: "main", path } };
      Reflect.deleteProperty(child.spec, "source");
    });
    expect(verdict.status).toBe("Healthy");
  });

  it("names the reason when Argo CD refuses the present spec", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.spec.destination.namespace = "elsewhere";
      child.status.sync.status = "Unknown";
      child.status.conditions = [{ type: "InvalidSpecError", message: "destination is not permitted" }];
    });
    expect(verdict.status).toBe("Progressing");
    expect(verdict.message).toMatch(/present destination; InvalidSpecError: destination is not permitted$/);
  });
});

// The controller writes status.sync.comparedTo from Go structs with omitempty, so it lacks zero values that the
// spec has (seen with Argo CD 3.5.7). A gate that minds the difference would wait for ever.
describe("a zero value that the spec has and comparedTo lacks", () => {
  const helm = { releaseName: "istiod", valuesObject: { pilot: { replicas: 1 } } };
  const source: JsonObject = {
    repoURL: "https://charts.example.com",
    chart: "istiod",
    targetRevision: "1.31.1",
    helm,
  };
  const parameter = { name: "a", value: "b" };

  it.each<{ field: string; wanted: JsonObject; written?: JsonObject }>([
    { field: "helm.skipCrds: false", wanted: { helm: { ...helm, skipCrds: false } } },
    { field: "helm.passCredentials: false", wanted: { helm: { ...helm, passCredentials: false } } },
    { field: "helm.parameters: []", wanted: { helm: { ...helm, parameters: [] } } },
    { field: "helm.valueFiles: []", wanted: { helm: { ...helm, valueFiles: [] } } },
    { field: 'helm.values: ""', wanted: { helm: { ...helm, values: "" } } },
    {
      field: "helm.parameters[].forceString: false",
      wanted: { helm: { ...helm, parameters: [{ ...parameter, forceString: false }] } },
      written: { helm: { ...helm, parameters: [parameter] } },
    },
    { field: 'path: ""', wanted: { path: "" } },
    { field: 'ref: ""', wanted: { ref: "" } },
    { field: "directory: {}", wanted: { directory: {} } },
    { field: "directory.recurse: false", wanted: { directory: { recurse: false } } },
    { field: "directory.jsonnet: {}", wanted: { directory: { jsonnet: {} } } },
    {
      field: "directory.jsonnet: {} beside recurse: true",
      wanted: { directory: { recurse: true, jsonnet: {} } },
      written: { directory: { recurse: true } },
    },
    { field: "kustomize: {}", wanted: { kustomize: {} } },
  ])("does not make the gate wait: $field", ({ wanted, written }) => {
    expect(assess(childWithSources({ ...source, ...wanted }, { ...source, ...written })).status).toBe(
      "Healthy",
    );
  });

  it("does not make the gate wait: helm: {}", () => {
    const { helm: _, ...plain } = source;
    expect(assess(childWithSources({ ...plain, helm: {} }, plain)).status).toBe("Healthy");
  });

  it("does not make the gate wait: sources: []", () => {
    const child = childWithSources(source, source);
    child.spec.sources = [];
    expect(assess(child).status).toBe("Healthy");
  });

  it("does not make the gate wait: ignoreDifferences: []", () => {
    const child = childWithSources(source, source);
    child.spec.ignoreDifferences = [];
    expect(assess(child).status).toBe("Healthy");
  });

  it.each(["name", "server", "namespace"])('does not make the gate wait: destination.%s: ""', (key) => {
    const child = childWithSources(source, source);
    child.spec.destination = { cluster: "the rest", [key]: "" };
    if (child.status?.sync.comparedTo) child.status.sync.comparedTo.destination = { cluster: "the rest" };
    expect(assess(child).status).toBe("Healthy");
  });

  it("does not make the gate wait when Argo CD writes the zero and the spec lacks it", () => {
    expect(assess(childWithSources(source, { ...source, directory: { jsonnet: {} }, path: "" })).status).toBe(
      "Healthy",
    );
  });
});
