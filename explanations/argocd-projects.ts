import { childFile, files, objectFile, projectFile } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const projects = "Argo CD 3.5, docs/user-guide/projects.md";

/** AppProjects: what the Applications of a cluster may read and create. */
export const appProjectExplanations: Explanations = {
  "argocd/no-project": {
    meaning: "An Application names an AppProject that is not in the output.",
    why: "Argo CD refuses to compare or sync an Application whose AppProject does not exist, and one that exists for other reasons may allow anything.",
    fix: "Name the AppProject that is written beside it.",
    sources: [projects],
    example: {
      fails: files(projectFile(), childFile("istiod", "spec: { project: default }")),
      passes: files(projectFile(), childFile("istiod", "spec: { project: demo }")),
    },
  },
  "argocd/repository-not-permitted": {
    meaning: "An AppProject does not allow the source of one of its Applications.",
    why: "The Application gets the condition InvalidSpecError and is neither compared nor synced; the root waits for it.",
    fix: "Add the repository to `spec.sourceRepos`.",
    sources: [projects],
    example: {
      fails: files(
        projectFile("spec: { sourceRepos: [https://example.com/other.git] }"),
        childFile(
          "gateway",
          "spec: { project: demo, source: { repoURL: https://example.com/platform.git } }",
        ),
      ),
      passes: files(
        projectFile("spec: { sourceRepos: [https://example.com/platform.git] }"),
        childFile(
          "gateway",
          "spec: { project: demo, source: { repoURL: https://example.com/platform.git } }",
        ),
      ),
    },
  },
  "argocd/destination-not-permitted": {
    meaning: "An AppProject does not allow the destination of one of its Applications.",
    why: "The Application is Unknown with the condition InvalidSpecError, nothing is applied, and the root waits for it.",
    fix: "Add the cluster and the namespace to `spec.destinations`.",
    sources: [
      projects,
      "run on Argo CD 3.5.7: `application destination server '...' and namespace 'istio-ingress' do not match any of the allowed destinations`",
    ],
    example: {
      fails: files(
        projectFile("spec: { destinations: [{ name: prod, namespace: istio-system }] }"),
        childFile(
          "gateway",
          "spec: { project: demo, destination: { name: prod, namespace: istio-ingress } }",
        ),
      ),
      passes: files(
        projectFile("spec: { destinations: [{ name: prod, namespace: istio-ingress }] }"),
        childFile(
          "gateway",
          "spec: { project: demo, destination: { name: prod, namespace: istio-ingress } }",
        ),
      ),
    },
  },
  "argocd/kind-not-permitted": {
    meaning: "An AppProject does not allow a kind that one of its Applications creates.",
    why: "The sync fails and applies nothing at all. A missing Job is worse: the Application says Synced and Healthy, and its hook never runs. A missing Namespace shows on new clusters only.",
    fix: "Add group and kind to `clusterResourceWhitelist` (kinds without a namespace) or to `namespaceResourceWhitelist`.",
    sources: [
      projects,
      "run on Argo CD 3.5.7 with Istio's charts 1.30.3 and 1.31.0-rc.0: each of 18 kinds was left out once",
    ],
    example: {
      fails: files(
        projectFile("spec: { namespaceResourceWhitelist: [{ group: networking.k8s.io, kind: Ingress }] }"),
        ...jobOfDoor(),
      ),
      passes: files(
        projectFile("spec: { namespaceResourceWhitelist: [{ group: batch, kind: Job }] }"),
        ...jobOfDoor(),
      ),
    },
  },
};

function jobOfDoor(): readonly string[] {
  return [
    childFile("ingress-services", "spec: { project: demo, source: { path: dist/demo/ingress-services } }"),
    objectFile(
      "dist/demo/ingress-services/hook.yaml",
      "batch/v1",
      "Job",
      "metadata: { name: hook, namespace: istio-ingress }",
    ),
  ];
}
