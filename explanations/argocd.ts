import { applicationExplanations } from "./argocd-applications.ts";
import { appProjectExplanations } from "./argocd-projects.ts";
import { syncExplanations } from "./argocd-sync.ts";
import { files } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const configurationExplanations: Explanations = {
  "argocd/version-too-old": {
    meaning: "Argo CD before 3.3 ignores fields that the output relies on.",
    why: "`retry.refresh`, which lets a repairing commit into a failing sync, and `automated.enabled` work from 3.2 on, names in `clusterResourceWhitelist` from 3.3. An older Argo CD drops what it does not know without a word.",
    fix: "Upgrade Argo CD, then set `argocd.version` to its minor.",
    versions: "Argo CD before 3.3",
    sources: [
      "argo-cd#11494 and #23038 (`retry.refresh`, 3.2)",
      "argo-cd#24254 (`automated.enabled`, 3.2)",
      "argo-cd#24674 (names in whitelists, 3.3)",
    ],
    example: { fails: 'argocd: { version: "3.2" }', passes: 'argocd: { version: "3.3" }' },
  },
  "argocd/gate-required": {
    meaning: "`argocd.healthChecks` lacks `application`: waves between Applications would wait for nothing.",
    why: "Since 1.8 Argo CD has no health check for Applications, and a wave does not wait for what has none. Without the check the gateway was created 18 s before istiod was available; pods that the injector has not seen keep the image `auto` and never start.",
    fix: "Leave `argocd.healthChecks` out, or name `application` in it.",
    sources: [
      "argo-cd#3781",
      "Argo CD 3.5, docs/operator-manual/health.md (Argocd App)",
      "run on Argo CD 3.5.7: without the check only the pause of 2 s was between the waves; with it they waited, on updates too (14 of 14)",
    ],
    example: {
      fails: "argocd: { healthChecks: [crd, hpa] }",
      passes: "argocd: { healthChecks: [application, crd] }",
    },
  },
  "argocd/wildcard": {
    meaning: "A URL or name holds a pattern character: the AppProject would allow more than what is meant.",
    why: "Argo CD matches source repositories and destinations of an AppProject as globs, and a leading `!` denies.",
    fix: "Write the URL or the name without `*`, `?`, brackets, braces and a leading `!`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/projects.md",
      "Argo CD v3.5.1, pkg/apis/application/v1alpha1/app_project_types.go",
    ],
    example: {
      fails: 'cluster: { argocdName: "prod-*" }',
      passes: "cluster: { argocdName: prod-eu }",
    },
  },
  "argocd/clusters-disagree": {
    meaning: "Clusters differ in `argocd.*`, but `argocd/argocd-cm.yaml` is one file for all of them.",
    why: "The file can hold the settings of one of them only; the others would get health checks, or a namespace, that their files do not say.",
    fix: "Set `argocd` in `clusters/defaults.yaml`, and nowhere else. Clusters of another Argo CD belong into a project of their own.",
    sources: ["Argo CD 3.5, docs/operator-manual/argocd-cm-yaml.md: one ConfigMap per Argo CD"],
    example: {
      fails: files(
        "# clusters/a.yaml",
        'argocd: { version: "3.4" }',
        "# clusters/b.yaml",
        'argocd: { version: "3.5" }',
      ),
      passes: files(
        "# clusters/a.yaml",
        'argocd: { version: "3.5" }',
        "# clusters/b.yaml",
        'argocd: { version: "3.5" }',
      ),
    },
  },
  "argocd/name-twice": {
    meaning: "Two clusters would write an Application or AppProject of the same name.",
    why: "All of them stand in Argo CD's namespace, where a name exists once: two roots would overwrite each other's child, in turns.",
    fix: "Rename the cluster, or the key of the ingress.",
    sources: ["kubernetes.io, Object Names and IDs"],
    example: {
      fails: files(
        "# clusters/a.yaml",
        "ingresses: { b-root: { hosts: [b.example.com], certificate: { domain: b.example.com } } }",
        "# clusters/a-ingress-b.yaml",
        "cluster: { name: a-ingress-b }",
      ),
      passes: files(
        "# clusters/a.yaml",
        "ingresses: { b: { hosts: [b.example.com], certificate: { domain: b.example.com } } }",
        "# clusters/a-ingress-b.yaml",
        "cluster: { name: a-ingress-b }",
      ),
    },
  },
  "argocd/destination-twice": {
    meaning:
      "Two files describe one cluster, or several have no destination beside one that has: their Applications would hold the same objects.",
    why: "Both would install Istio into `istio-system`. Argo CD notes in each object which Application it belongs to, so each sync takes the objects from the other Application, which is OutOfSync then, and the waves wait for Synced. Argo CD's own cluster has the same name in every Argo CD, so files without `cluster.server` may each be about another one, as long as no file names a remote cluster: then one Argo CD serves several, and at most one of them is its own.",
    fix: "Put the doors and routes of both into one file.",
    sources: [
      "Argo CD 3.5, docs/user-guide/resource_tracking.md",
      "Argo CD 3.5, docs/user-guide/sync-options.md (FailOnSharedResource)",
    ],
    example: {
      fails: files(
        "# clusters/a.yaml",
        "cluster: { name: a, server: https://prod.example.com }",
        "# clusters/b.yaml",
        "cluster: { name: b, server: https://prod.example.com }",
      ),
      passes: files(
        "# clusters/a.yaml",
        "cluster: { name: a, server: https://prod.example.com }",
        "# clusters/b.yaml",
        "cluster: { name: b, server: https://test.example.com }",
      ),
    },
  },
  "argocd/eks-destination": {
    meaning: "The destination of a cluster is none that the Argo CD of the cluster file can deploy to.",
    why: "The EKS capability for Argo CD (`argocd.managedBy: eks`) takes EKS clusters that are registered, by ARN or by the name they have there; `https://kubernetes.default.svc` it refuses, also for the cluster that it belongs to. An Argo CD of one's own knows no ARNs.",
    fix: "Set `cluster.server` to the cluster's ARN, or `cluster.argocdName` to its name in Argo CD.",
    sources: ["AWS, EKS user guide: Register target clusters (capabilities, Argo CD)"],
    example: {
      fails: "argocd: { managedBy: eks }",
      passes: `argocd: { managedBy: eks }
cluster: { argocdName: in-cluster }`,
    },
  },
  "argocd/eks-discovered": {
    meaning: "A door discovers its health-check port by a hook, and the Argo CD is the EKS capability.",
    why: "AWS lists the time limit of a sync there as fixed at 120 s. The clock covers the whole operation, and a sync that ran into it is not tried again for the same commit (argo-cd 3.2 and newer): a hook that waits for a load balancer would often be cut off.",
    fix: "Remove `healthCheck.mode`: `named` needs no hook, and is right without one.",
    sources: [
      "AWS, EKS user guide: Comparing the EKS capability for Argo CD to self-managed Argo CD",
      "argoproj/argo-cd, controller/appcontroller.go (terminating), pull request 24020",
    ],
    example: {
      fails: `argocd: { managedBy: eks }
cluster: { argocdName: in-cluster }
ingresses: { services: { healthCheck: { mode: discovered } } }`,
      passes: `argocd: { managedBy: eks }
cluster: { argocdName: in-cluster }`,
    },
  },
};

export const argocdExplanations: Explanations = {
  ...configurationExplanations,
  ...applicationExplanations,
  ...syncExplanations,
  ...appProjectExplanations,
};
