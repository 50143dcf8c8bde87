import { describe, expect, it } from "vitest";
import { assess, assessChanged } from "./assess-application.ts";
import { syncedChild, syncedChildOfTwoSources, syncedFolderChild } from "./child-application.ts";

describe.each([
  { kind: "a chart with values", make: () => syncedChild({ values: true }) },
  { kind: "a chart without values", make: () => syncedChild({ values: false }) },
  { kind: "a folder", make: syncedFolderChild },
  { kind: "two sources", make: syncedChildOfTwoSources },
])("a child of $kind", ({ make }) => {
  it("is Healthy when it is Synced and Healthy for the present spec", () => {
    expect(assess(make())).toEqual({ status: "Healthy", message: "" });
  });

  it("is Healthy when it was Synced without any operation", () => {
    expect(
      assessChanged(make(), (child) => Reflect.deleteProperty(child.status, "operationState")).status,
    ).toBe("Healthy");
  });

  it("is Progressing before it has a status", () => {
    const { status, ...fresh } = make();
    expect(status.health.status).toBe("Healthy");
    expect(assess(fresh)).toEqual({ status: "Progressing", message: "waiting for the first comparison" });
  });

  it("is Progressing while the first comparison is missing", () => {
    const verdict = assessChanged(make(), (child) => {
      child.status.sync = { status: "Unknown", comparedTo: { source: { repoURL: "" }, destination: {} } };
    });
    expect(verdict).toEqual({ status: "Progressing", message: "waiting for the first comparison" });
  });

  it("is Progressing when the destination changed after the comparison", () => {
    const verdict = assessChanged(make(), (child) => {
      child.spec.destination.namespace = "istio-system-2";
    });
    expect(verdict).toEqual({
      status: "Progressing",
      message: "waiting for a comparison with the present destination",
    });
  });

  it("is Progressing when its source changed after the comparison", () => {
    const verdict = assessChanged(make(), (child) => {
      const source = { repoURL: "https://charts.example.com", chart: "istiod", targetRevision: "1.31.1" };
      if (child.spec.sources) child.spec.sources[0] = source;
      else child.spec.source = source;
    });
    expect(verdict).toEqual({
      status: "Progressing",
      message: "waiting for a comparison with the present source",
    });
  });

  it("is Progressing when ignoreDifferences changed after the comparison", () => {
    const verdict = assessChanged(make(), (child) => {
      child.spec.ignoreDifferences = [
        { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
      ];
    });
    expect(verdict.message).toBe("waiting for a comparison with the present ignoreDifferences");
  });

  it("is Healthy when ignoreDifferences is what the comparison used", () => {
    const verdict = assessChanged(make(), (child) => {
      const ignored = { kind: "Service", jsonPointers: ["/spec/clusterIP"] };
      child.spec.ignoreDifferences = [{ group: "", name: "", ...ignored }];
      if (child.status.sync.comparedTo) child.status.sync.comparedTo.ignoreDifferences = [ignored];
    });
    expect(verdict.status).toBe("Healthy");
  });

  it("is Progressing while a sync is requested, whatever the last one was", () => {
    for (const phase of ["Succeeded", "Failed", "Error"]) {
      const verdict = assessChanged(make(), (child) => {
        child.operation = { sync: {} };
        child.status.operationState.phase = phase;
      });
      expect(verdict).toEqual({ status: "Progressing", message: "a sync is requested" });
    }
  });

  it.each(["Running", "Terminating"])(
    "is Progressing while a sync is %s and repeats its message",
    (phase) => {
      const verdict = assessChanged(make(), (child) => {
        child.operation = { sync: {} };
        child.status.operationState.phase = phase;
        child.status.operationState.message = "one or more tasks are running. Retrying attempt #2 at 3:04PM.";
      });
      const message = `sync ${phase}: one or more tasks are running. Retrying attempt #2 at 3:04PM.`;
      expect(verdict).toEqual({ status: "Progressing", message });
    },
  );

  it.each(["Failed", "Error"])("is Degraded after a sync that ended as %s", (phase) => {
    const verdict = assessChanged(make(), (child) => {
      child.status.sync.status = "OutOfSync";
      child.status.operationState.phase = phase;
      child.status.operationState.message = "one or more objects failed to apply (retried 5 times).";
    });
    const message = `last sync ${phase}: one or more objects failed to apply (retried 5 times).`;
    expect(verdict.status).toBe("Degraded");
    expect(verdict.message).toBe(`${message}; repeated only after a change or by a manual sync`);
  });

  it("is Progressing while it is OutOfSync, even if all its resources are Healthy", () => {
    const verdict = assessChanged(make(), (child) => {
      child.status.sync.status = "OutOfSync";
    });
    expect(verdict).toEqual({ status: "Progressing", message: "waiting for Synced, is OutOfSync" });
  });

  it.each(["Progressing", "Degraded", "Suspended"])("passes on its own health %s", (status) => {
    const verdict = assessChanged(make(), (child) => {
      child.status.health.status = status;
    });
    expect(verdict).toEqual({ status, message: `Synced, but resources are ${status}` });
  });

  it.each(["Missing", "Unknown", undefined])(
    "is Progressing with the health %s, which no parent counts",
    (status) => {
      const verdict = assessChanged(make(), (child) => {
        child.status.health = status === undefined ? {} : { status };
      });
      const message = `Synced, but health is ${status ?? "Unknown"}`;
      expect(verdict).toEqual({ status: "Progressing", message });
    },
  );

  it("is Progressing while it is being deleted", () => {
    const verdict = assessChanged(make(), (child) => {
      child.metadata.deletionTimestamp = "2026-11-22T10:00:00Z";
    });
    expect(verdict).toEqual({ status: "Progressing", message: "being deleted" });
  });
});
