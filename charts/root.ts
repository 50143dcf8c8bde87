// What a person applies once: the root Application of a cluster, and the project that holds it.
import type { Construct } from "constructs";
import { childName } from "../config/children.ts";
import type { Config } from "../config/config.ts";
import { Application, AppProject } from "../imports/argoproj.io.ts";
import { backoff, cascadingFinalizer, folderSource } from "./argocd-application.ts";

export function rootProject(scope: Construct, config: Config): void {
  const { namespace, ownCluster } = config.argocd;
  new AppProject(scope, "project", {
    metadata: { name: childName(config, "root"), namespace },
    spec: {
      description: `The Applications of the cluster ${config.cluster.name}, and nothing else`,
      sourceRepos: [config.repository.url],
      destinations: [{ ...ownCluster, namespace }],
      sourceNamespaces: [namespace],
      namespaceResourceWhitelist: [
        { group: "argoproj.io", kind: "AppProject" },
        { group: "argoproj.io", kind: "Application" },
      ],
    },
  });
}

export function rootApplication(scope: Construct, config: Config): void {
  const { managedBy, namespace, ownCluster } = config.argocd;
  const name = childName(config, "root");
  new Application(scope, "application", {
    metadata: { name, namespace, finalizers: [cascadingFinalizer] },
    spec: {
      // With the EKS capability a cluster belongs to one project, and the root lives in the children's.
      project: managedBy === "eks" ? config.cluster.name : name,
      // Where Argo CD is, whatever cluster the children go to.
      destination: { ...ownCluster, namespace },
      source: folderSource(config, "applications"),
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        // A failed wave is retried until a commit repairs it; `refresh` is what lets that commit in.
        retry: { limit: -1, refresh: true, backoff: backoff(10, "3m") },
        // No server-side apply: it would strip the status of children that are being synced (argo-cd#29253).
        // No ApplyOutOfSyncOnly: unchanged children of earlier waves would not be waited for.
      },
    },
  });
}
