// The child Applications. What they are and when they come: config/applications.ts.
// Facts: Argo CD v3.5.1 (code and docs) and what was run on 3.5.7, 2026-11-22; see docs/explanation/argocd-objects.md.
import type { Construct } from "constructs";
import { applicationTable, type SyncOption } from "../config/applications.ts";
import type { ChartRelease } from "../config/chart-releases.ts";
import { type Child, childName } from "../config/children.ts";
import type { Config } from "../config/config.ts";
import { helmValues } from "../config/helm-values.ts";
import {
  Application,
  type ApplicationSpecSource,
  type ApplicationSpecSyncPolicyRetryBackoff,
} from "../imports/argoproj.io.ts";
import { ignoredDifferences } from "./ignored-differences.ts";

/** Deleting the Application deletes what it created, and waits for it: the order of the waves holds on the way down too. */
export const cascadingFinalizer = "resources-finalizer.argocd.argoproj.io";

export function childApplication(scope: Construct, config: Config, child: Child): void {
  const { wave, syncOptions, retries, retryPauseSeconds } = applicationTable[child.role];
  const ignoreDifferences = ignoredDifferences(config, child);
  const options: SyncOption[] = ["CreateNamespace=true", ...syncOptions];
  // Without it every sync would write the ignored fields back.
  if (ignoreDifferences.length > 0) options.push("RespectIgnoreDifferences=true");
  new Application(scope, child.name, {
    metadata: {
      name: childName(config, child.name),
      namespace: config.argocd.namespace,
      annotations: inWave(wave),
      finalizers: [cascadingFinalizer],
    },
    spec: {
      project: config.cluster.name,
      destination: { ...config.cluster.destination, namespace: child.namespace },
      source: "release" in child ? helmSource(config, child.release) : folderSource(config, child.name),
      // Empty lists and objects are OutOfSync for ever (run on 3.5.7): what is not needed is left out.
      ...(ignoreDifferences.length > 0 && { ignoreDifferences: [...ignoreDifferences] }),
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { limit: retries, refresh: true, backoff: backoff(retryPauseSeconds, "1m") },
        syncOptions: options,
      },
    },
  });
}

/** The annotation of one wave; its value must be a string, or Argo CD falls back to wave 0 silently. */
export const inWave = (wave: number): Readonly<Record<string, string>> => ({
  "argocd.argoproj.io/sync-wave": String(wave),
});

export const backoff = (
  pauseSeconds: number,
  maxDuration: string,
): ApplicationSpecSyncPolicyRetryBackoff => ({
  duration: `${pauseSeconds}s`,
  factor: 2,
  maxDuration,
});

const helmSource = (config: Config, release: ChartRelease): ApplicationSpecSource => ({
  repoUrl: config.istio.charts,
  chart: release.chart,
  targetRevision: release.version,
  // Argo CD would name the release after the Application; the gateway chart derives names and selectors from it.
  helm: { releaseName: release.name, valuesObject: helmValues(config, release) },
});

/** A folder of this cluster's output in the Git repository. */
export function folderSource(config: Config, folder: string): ApplicationSpecSource {
  const { url, revision, path } = config.repository;
  const below = path === "." ? "" : `${path}/`;
  return { repoUrl: url, targetRevision: revision, path: `${below}${outputFolder(config)}/${folder}` };
}

export const outputFolder = (config: Config): string => `dist/${config.cluster.name}`;
