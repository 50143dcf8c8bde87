import { describe, expect, it } from "vitest";
import { assessChanged } from "./assess-application.ts";
import type { SyncedChild } from "./child-application.ts";
import { syncedChild, syncedFolderChild } from "./child-application.ts";

describe("a child that Argo CD cannot compare", () => {
  const cannotRender = (child: SyncedChild): void => {
    child.status.sync.status = "Unknown";
    child.status.conditions = [
      { type: "SharedResourceWarning", message: "of no interest" },
      { type: "ComparisonError", message: "chart istiod version 1.31.99 not found" },
    ];
  };

  it("is Degraded with the reason, because only another commit ends that", () => {
    expect(assessChanged(syncedChild(), cannotRender)).toEqual({
      status: "Degraded",
      message: "cannot be compared; ComparisonError: chart istiod version 1.31.99 not found",
    });
  });

  it("is Progressing again as soon as its spec changes, though the condition is still there", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      cannotRender(child);
      child.spec.source = { ...child.spec.source, targetRevision: "1.31.1-fixed" };
    });
    expect(verdict.status).toBe("Progressing");
  });

  it("is Progressing when Argo CD gives no reason", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.status.sync.status = "Unknown";
    });
    expect(verdict).toEqual({ status: "Progressing", message: "waiting for Synced, is Unknown" });
  });
});

describe("a child that is OutOfSync", () => {
  it("names a missing resource, which Argo CD 3.4 and later leave out of its health", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.status.sync.status = "OutOfSync";
      child.status.resources = [
        { kind: "ConfigMap", name: "istio", status: "Synced" },
        { kind: "Deployment", name: "istiod", status: "OutOfSync", health: { status: "Missing" } },
        { kind: "Service", name: "istiod", status: "OutOfSync" },
        { kind: "ServiceAccount", name: "istiod", status: "OutOfSync" },
      ];
    });
    expect(verdict.status).toBe("Progressing");
    expect(verdict.message).toBe("waiting for Synced, is OutOfSync; Deployment istiod and 2 more");
  });

  it("says why Argo CD does not sync it", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.status.sync.status = "OutOfSync";
      child.status.conditions = [{ type: "SyncError", message: "auto-sync will wipe out all resources" }];
    });
    expect(verdict.message).toMatch(/is OutOfSync; SyncError: auto-sync will wipe out all resources$/);
  });
});

describe("a failed operation", () => {
  const failedHook = (child: SyncedChild): void => {
    child.status.operationState.phase = "Failed";
    child.status.operationState.message = "one or more synchronization tasks completed unsuccessfully";
    child.status.operationState.syncResult = {
      ...child.status.operationState.syncResult,
      resources: [
        { kind: "Ingress", name: "services", status: "Synced", hookPhase: "Succeeded" },
        {
          kind: "Job",
          name: "check",
          status: "Synced",
          hookType: "PostSync",
          hookPhase: "Failed",
          message: "deadline",
        },
      ],
    };
  };
  const applyFailed = (child: SyncedChild): void => {
    child.status.operationState.phase = "Failed";
    child.status.operationState.syncResult = {
      ...child.status.operationState.syncResult,
      resources: [
        { kind: "VirtualService", name: "app", status: "SyncFailed", hookPhase: "Failed", message: "denied" },
      ],
    };
  };
  const triedOlderSource = (child: SyncedChild): void => {
    const result = child.status.operationState.syncResult;
    if (result) result.source = { ...child.spec.source, targetRevision: "older" };
  };

  it("in a hook is Degraded though the child is Synced and Healthy, and names the hook", () => {
    const verdict = assessChanged(syncedFolderChild(), failedHook);
    expect(verdict.status).toBe("Degraded");
    expect(verdict.message).toContain("completed unsuccessfully; Job check: deadline; repeated only");
  });

  it("in a hook stays Degraded when a newer revision is Synced, because no hook ran for it", () => {
    const verdict = assessChanged(syncedFolderChild(), (child) => {
      failedHook(child);
      child.status.sync.revision = "0000000000000000000000000000000000000000";
    });
    expect(verdict.status).toBe("Degraded");
  });

  it("in a hook stays Degraded when it was for an older source", () => {
    const verdict = assessChanged(syncedFolderChild(), (child) => {
      failedHook(child);
      triedOlderSource(child);
    });
    expect(verdict.status).toBe("Degraded");
  });

  it("for an older source is outweighed by Synced, so that a revert to what is live opens the gate", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      applyFailed(child);
      triedOlderSource(child);
    });
    expect(verdict.status).toBe("Healthy");
  });

  it("for an older source still leaves the child's own health to be told", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      applyFailed(child);
      triedOlderSource(child);
      child.status.health.status = "Progressing";
    });
    expect(verdict.status).toBe("Progressing");
  });

  it("for an older source is Degraded while the child is OutOfSync and no sync has begun", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      applyFailed(child);
      triedOlderSource(child);
      child.status.sync.status = "OutOfSync";
    });
    expect(verdict.status).toBe("Degraded");
    expect(verdict.message).toContain("VirtualService app: denied");
  });

  it("for the present source is Degraded though Synced: a hook that is not permitted fails like that", () => {
    expect(assessChanged(syncedChild(), applyFailed).status).toBe("Degraded");
  });

  it("without a result is judged by the source it was requested with", () => {
    const withoutResult = (child: SyncedChild): void => {
      child.status.operationState.phase = "Error";
      Reflect.deleteProperty(child.status.operationState, "syncResult");
    };
    expect(assessChanged(syncedChild(), withoutResult).status).toBe("Degraded");
    const verdict = assessChanged(syncedChild(), (child) => {
      withoutResult(child);
      const requested = child.status.operationState.operation.sync;
      if (requested) requested.source = { ...child.spec.source, targetRevision: "older" };
    });
    expect(verdict.status).toBe("Healthy");
  });

  it("that names no source counts as one for the present source", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      child.status.operationState = { phase: "Error", message: "", operation: { sync: {} } };
    });
    expect(verdict.status).toBe("Degraded");
  });

  it("that still runs for an older source says so, because its retries keep that source", () => {
    const verdict = assessChanged(syncedChild(), (child) => {
      triedOlderSource(child);
      child.status.operationState.phase = "Running";
      child.status.operationState.message = "Retrying attempt #3";
    });
    expect(verdict.status).toBe("Progressing");
    expect(verdict.message).toBe(
      "sync Running with an older source, until it ends or is terminated: Retrying attempt #3",
    );
  });
});
