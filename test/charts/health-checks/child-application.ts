import type { Json } from "./lua.ts";

export type JsonObject = { [key: string]: Json | undefined };

/** The parts of an Application that the gate reads, mutable so that a test can bend one thing. */
export interface ChildApplication {
  apiVersion: string;
  kind: string;
  metadata: JsonObject;
  spec: { project: string; source?: JsonObject; sources?: Json[]; destination: JsonObject } & JsonObject;
  operation?: Json;
  status?: ChildStatus;
}

interface ChildStatus {
  sync: { status: string; revision?: string; comparedTo?: JsonObject };
  health: { status?: string };
  operationState?: ChildOperation;
  conditions?: JsonObject[];
  resources?: JsonObject[];
}

export interface ChildOperation {
  phase: string;
  message: string;
  retryCount?: number;
  operation: { sync?: JsonObject; initiatedBy?: Json };
  syncResult?: JsonObject;
}

/** A child that Argo CD has synced: Synced, Healthy, last operation Succeeded, all for the present spec. */
export type SyncedChild = ChildApplication & { status: ChildStatus & { operationState: ChildOperation } };

const chart: JsonObject = {
  repoURL: "https://blob.istio.io/istio-release/charts",
  chart: "istiod",
  targetRevision: "1.31.1",
  helm: { releaseName: "istiod" },
};

const values: JsonObject = {
  global: { hub: "docker.io/istio", proxy: { autoInject: "enabled", privileged: false } },
  pilot: { autoscaleMin: 2, autoscaleMax: 5, env: {}, cpu: { targetAverageUtilization: 80.5 } },
  meshConfig: {
    defaultConfig: { gatewayTopology: { numTrustedProxies: 1 } },
    extensionProviders: ["a", "b"],
  },
};

/** Synced, Healthy istiod from a chart, with `helm.valuesObject` or without. */
export function syncedChild(options: { readonly values: boolean } = { values: true }): SyncedChild {
  const source = structuredClone(
    options.values ? { ...chart, helm: { releaseName: "istiod", valuesObject: values } } : chart,
  );
  return syncedTo({ source }, { source }, "1.31.1");
}

/** Synced, Healthy door: a folder of a Git repository with a hook. */
export function syncedFolderChild(): SyncedChild {
  const source = {
    repoURL: "https://github.com/example/platform.git",
    path: "dist/demo/ingress-services",
    targetRevision: "main",
  };
  return syncedTo({ source }, { source }, "4f2a9c1d7e3b5a6088c1d2e3f4a5b6c7d8e9f0a1");
}

/** Synced, Healthy child with two sources: Argo CD then writes an empty `source` beside them. */
export function syncedChildOfTwoSources(): SyncedChild {
  const sources = [
    structuredClone(chart),
    { repoURL: "https://github.com/example/platform.git", ref: "values" },
  ];
  return syncedTo({ sources }, { sources, source: { repoURL: "" } }, "");
}

/** A Synced, Healthy child whose spec and comparedTo have these sources. */
export function childWithSources(source: JsonObject, comparedSource: JsonObject): SyncedChild {
  const child = syncedChild();
  child.spec.source = source;
  child.status.sync.comparedTo = { source: comparedSource, destination: child.spec.destination };
  return child;
}

function syncedTo(wanted: JsonObject, written: JsonObject, revision: string): SyncedChild {
  const destination = { server: "https://kubernetes.default.svc", namespace: "istio-system" };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "demo-istiod", namespace: "argocd" },
    spec: { ...structuredClone(wanted), project: "demo", destination: { ...destination } },
    status: {
      sync: {
        status: "Synced",
        revision,
        comparedTo: { source: { repoURL: "" }, ...structuredClone(written), destination: { ...destination } },
      },
      health: { status: "Healthy" },
      operationState: {
        phase: "Succeeded",
        message: "successfully synced (all tasks run)",
        operation: { sync: { ...structuredClone(written), revision }, initiatedBy: { automated: true } },
        syncResult: { source: { repoURL: "" }, ...structuredClone(written), revision, resources: [] },
      },
    },
  };
}
