// The child Applications: what all of them share, and the two sources they come from.
// Facts: Argo CD v3.5.1 (code and docs) and what was run on 3.5.7, 2026-11-22; see docs/explanation/argocd-objects.md.
import type { Construct } from "constructs";
import type { Config } from "../config/config.ts";
import type { JsonObject } from "../core/json.ts";
import {
  Application,
  type ApplicationSpecIgnoreDifferences,
  type ApplicationSpecSource,
  type ApplicationSpecSyncPolicyRetryBackoff,
} from "../imports/argoproj.io.ts";
import { inWave, type syncWaves } from "./sync-waves.ts";

/** Deleting the Application deletes what it created, and waits for it: the order of the waves holds on the way down too. */
export const cascadingFinalizer = "resources-finalizer.argocd.argoproj.io";

/** The sync options in use. Argo CD compares them as text and ignores an unknown one silently. */
type SyncOption =
  | "CreateNamespace=true"
  | "RespectIgnoreDifferences=true"
  | "ServerSideApply=true"
  | "SkipDryRunOnMissingResource=true";

interface ChildApplication {
  /** `istiod` becomes the Application `<cluster>-istiod`. */
  readonly child: string;
  readonly wave: keyof typeof syncWaves;
  readonly namespace: string;
  readonly source: ApplicationSpecSource;
  readonly syncOptions?: readonly SyncOption[];
  /** Differences that are not drift; a sync respects them too. */
  readonly ignoreDifferences?: readonly ApplicationSpecIgnoreDifferences[];
}

export const childName = (config: Config, child: string): string => `${config.cluster.name}-${child}`;

export function childApplication(scope: Construct, config: Config, child: ChildApplication): Application {
  const ignoreDifferences = child.ignoreDifferences ?? [];
  const syncOptions: SyncOption[] = ["CreateNamespace=true", ...(child.syncOptions ?? [])];
  // Without it every sync would write the ignored field back.
  if (ignoreDifferences.length > 0) syncOptions.push("RespectIgnoreDifferences=true");
  return new Application(scope, child.child, {
    metadata: {
      name: childName(config, child.child),
      namespace: config.argocd.namespace,
      annotations: inWave(child.wave),
      finalizers: [cascadingFinalizer],
    },
    spec: {
      project: config.cluster.name,
      destination: { ...config.cluster.destination, namespace: child.namespace },
      source: child.source,
      // Empty lists and objects are OutOfSync for ever (run on 3.5.7): what is not needed is left out.
      ...(ignoreDifferences.length > 0 && { ignoreDifferences: [...ignoreDifferences] }),
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        // Few retries: a running operation keeps its old values, and the root waits until it has given up.
        retry: { limit: 5, refresh: true, backoff: backoff("1m") },
        syncOptions,
      },
    },
  });
}

export const backoff = (maxDuration: string): ApplicationSpecSyncPolicyRetryBackoff => ({
  duration: "10s",
  factor: 2,
  maxDuration,
});

export function helmSource(
  config: Config,
  chart: string,
  releaseName: string,
  valuesObject: JsonObject,
): ApplicationSpecSource {
  return {
    repoUrl: config.istio.charts,
    chart,
    targetRevision: config.istio.version,
    // Argo CD would name the release after the Application; the gateway chart derives names and selectors from it.
    helm: { releaseName, valuesObject },
  };
}

/** A folder of this cluster's output in the Git repository. */
export function folderSource(config: Config, folder: string): ApplicationSpecSource {
  const { url, revision, path } = config.repository;
  const below = path === "." ? "" : `${path}/`;
  return { repoUrl: url, targetRevision: revision, path: `${below}${outputFolder(config)}/${folder}` };
}

export const outputFolder = (config: Config): string => `dist/${config.cluster.name}`;
