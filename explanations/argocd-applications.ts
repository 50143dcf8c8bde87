import { childFile, files, ingressExample, objectFile, projectFile, rootFile } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const configMap = (folder: string, name: string): string =>
  objectFile(
    `dist/demo/${folder}/${name}.yaml`,
    "v1",
    "ConfigMap",
    `metadata: { name: ${name}, namespace: web }`,
  );

const gatewayObject = (file: string): string =>
  objectFile(
    `dist/demo/gateway/${file}`,
    "networking.istio.io/v1",
    "Gateway",
    "metadata: { name: web, namespace: web }",
  );

const inWave = (child: string, wave: string, source: string): string =>
  childFile(
    child,
    `metadata: { name: demo-${child}, annotations: { argocd.argoproj.io/sync-wave: "${wave}" } }`,
    `spec: { source: { ${source} } }`,
  );

const door = inWave("ingress-services", "40", "path: dist/demo/ingress-services");
const istiodInWave = (wave: string): string => inWave("istiod", wave, "chart: istiod");

const readsGateway = (child: string): string =>
  childFile(child, "spec: { source: { path: dist/demo/gateway } }");

/** Applications: where they read, in which order, and what they must have. */
export const applicationExplanations: Explanations = {
  "argocd/object-twice": {
    meaning: "An object stands in the output twice.",
    why: "In two Applications, each sync takes it from the other one, which is OutOfSync then; pruning it from one deletes it for both. Twice in one folder, the last one wins, with a warning that few look for.",
    fix: "Rename one of the two: `ingresses.<key>.ingressName`, a route's `name` or `gateway.name`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/resource_tracking.md",
      "Argo CD v3.5.1, controller/state.go (SharedResourceWarning, RepeatedResourceWarning)",
    ],
    example: {
      fails: files(configMap("recheck", "program"), configMap("ingress-services", "program")),
      passes: files(configMap("recheck", "program"), configMap("ingress-services", "hook")),
    },
  },
  "argocd/no-finalizer": {
    meaning: "An Application lacks the finalizer `resources-finalizer.argocd.argoproj.io`.",
    why: "Deleting it then deletes the Application object and leaves everything it created, load balancers included, without an owner.",
    fix: "Put the finalizer into `metadata.finalizers`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/app_deletion.md",
      "run on Argo CD 3.5.7: with it on all, deleting the root took everything down in reverse waves in 12 s; without it on the root, all six children stayed",
    ],
    example: {
      fails: childFile("istiod", "spec: { project: demo }"),
      passes: childFile(
        "istiod",
        "metadata: { name: demo-istiod, finalizers: [resources-finalizer.argocd.argoproj.io] }",
      ),
    },
  },
  "argocd/never-synced": {
    meaning:
      "An Application has an empty field, or a refresh annotation, that Argo CD can never bring in line with Git.",
    why: "The root keeps seeing a difference that no sync removes, and the waves wait for Synced.",
    fix: "Leave the field out.",
    sources: [
      "run on Argo CD 3.5.7: of 47 spellings exactly these left a child OutOfSync for ever: `directory: {}`, `directory: { recurse: false }`, `helm: {}`, `syncPolicy: {}`, `syncOptions: []`, `finalizers: []` and the annotation `argocd.argoproj.io/refresh`",
    ],
    example: {
      fails: childFile("gateway", "spec: { source: { path: dist/demo/gateway, directory: {} } }"),
      passes: childFile("gateway", "spec: { source: { path: dist/demo/gateway } }"),
    },
  },
  "argocd/implicit-release-name": {
    meaning: "A Helm chart has no release name.",
    why: "Argo CD then takes the Application's name. Istio's gateway chart derives names of objects and an immutable selector from it, so that setting it later replaces the gateway and its Service, with new NodePorts.",
    fix: "Set `spec.source.helm.releaseName`; for the gateway that is `gateways.ingress.release`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/helm.md (Helm Release Name)",
      "Istio 1.31.1, manifests/charts/gateway/templates/_helpers.tpl",
    ],
    example: {
      fails: childFile("istiod", "spec: { source: { chart: istiod, targetRevision: 1.31.1 } }"),
      passes: childFile(
        "istiod",
        "spec: { source: { chart: istiod, targetRevision: 1.31.1, helm: { releaseName: istiod } } }",
      ),
    },
  },
  "argocd/floating-version": {
    meaning: "A Helm chart has no exact version.",
    why: "Argo CD reads anything else as a range and takes the newest chart in it: the mesh changes without a commit, and in all clusters at once.",
    fix: "Set `istio.version` to an exact version.",
    sources: ["Argo CD 3.5, docs/user-guide/tracking_strategies.md (Helm)"],
    example: {
      fails: childFile("istiod", 'spec: { source: { chart: istiod, targetRevision: "1.31.*" } }'),
      passes: childFile("istiod", "spec: { source: { chart: istiod, targetRevision: 1.31.1 } }"),
    },
  },
  "argocd/empty-folder": {
    meaning: "An Application reads a folder for which nothing is written.",
    why: "Git has no empty folders: Argo CD says `app path does not exist`, the Application stays Unknown, and the root waits for it.",
    fix: "Correct `spec.source.path`.",
    sources: ["Argo CD, util/app/path/path.go (`app path does not exist`)"],
    example: {
      fails: files(
        childFile("gateway", "spec: { source: { path: dist/demo/gate } }"),
        gatewayObject("gateway.yaml"),
      ),
      passes: files(readsGateway("gateway"), gatewayObject("gateway.yaml")),
    },
  },
  "argocd/stray-root": {
    meaning: "A root Application reads another folder than that of the children of a cluster.",
    why: "It would create nothing, or objects that its AppProject refuses, and prune the children it had. A folder is read without those below it.",
    fix: "Correct `spec.source.path`, or `repository.path`.",
    sources: [
      "Argo CD 3.5, docs/operator-manual/cluster-bootstrapping.md (App of Apps)",
      "Argo CD 3.5, docs/user-guide/directory.md (recurse is off by default)",
    ],
    example: {
      fails: rootFile("spec: { source: { path: dist/demo } }"),
      passes: rootFile("spec: { source: { path: dist/demo/applications } }"),
    },
  },
  "argocd/folder-unread": {
    meaning: "A folder of the output is read by no Application.",
    why: "Nothing applies what is in it, and nothing says so. An Application reads one folder, without those below it.",
    fix: "Give the folder an Application, or move its files.",
    sources: ["Argo CD 3.5, docs/user-guide/directory.md (recurse is off by default)"],
    example: {
      fails: files(childFile("istiod", "spec: { source: { chart: istiod } }"), gatewayObject("gateway.yaml")),
      passes: files(readsGateway("gateway"), gatewayObject("gateway.yaml")),
    },
  },
  "argocd/folder-read-twice": {
    meaning: "Two Applications read one folder.",
    why: "Both hold the same objects: each sync takes them from the other Application, and deleting one Application deletes them for both.",
    fix: "Give each Application a folder of its own.",
    sources: ["Argo CD 3.5, docs/user-guide/resource_tracking.md"],
    example: {
      fails: files(readsGateway("gateway"), readsGateway("routes")),
      passes: files(
        readsGateway("gateway"),
        childFile("routes", "spec: { source: { path: dist/demo/routes } }"),
      ),
    },
  },
  "argocd/not-a-manifest": {
    meaning: "A file in a folder that Argo CD reads has a name with another meaning.",
    why: "`kustomization.yaml` and `Chart.yaml` make Argo CD read the whole folder as a kustomization or a Helm chart. Only names in .yaml, .yml, .json and .jsonnet are read, all others skipped silently; a .json file that is no manifest fails the Application.",
    fix: "Name the file `*.yaml`, and not like a file of another tool.",
    sources: [
      "Argo CD 3.5, docs/user-guide/tool_detection.md",
      "Argo CD v3.5.1, reposerver/repository/repository.go",
    ],
    example: {
      fails: files(readsGateway("gateway"), gatewayObject("kustomization.yaml")),
      passes: files(readsGateway("gateway"), gatewayObject("gateway.yaml")),
    },
  },
  "argocd/wave-not-integer": {
    meaning: "A sync wave is no whole number in quotes.",
    why: "Annotations are text: the API server refuses a number. Text that is no whole number counts as wave 0, silently.",
    fix: 'Write a whole number in quotes, for example `argocd.argoproj.io/sync-wave: "10"`.',
    sources: ["Argo CD v3.5.1, gitops-engine/pkg/sync/syncwaves/waves.go", "kubernetes.io, Annotations"],
    example: {
      fails: childFile(
        "istiod",
        "metadata: { name: demo-istiod, annotations: { argocd.argoproj.io/sync-wave: one } }",
      ),
      passes: childFile(
        "istiod",
        'metadata: { name: demo-istiod, annotations: { argocd.argoproj.io/sync-wave: "10" } }',
      ),
    },
  },
  "argocd/wave-order": {
    meaning: "An Application is not in a later wave than what it depends on.",
    why: "The order is AppProject, base, istiod, gateway chart, Gateway, front doors. A child without its AppProject fails; a gateway pod that starts before istiod has the image `auto` and never runs; a Gateway before istiod is refused by its webhook.",
    fix: "Raise the wave of the one that comes too early.",
    sources: [
      "Argo CD 3.5, docs/user-guide/sync-waves.md",
      "istio#46307 and istio#53290 (gateway pods without an injector)",
      "run on Argo CD 3.5.7 with Istio's charts: fresh installs and upgrades in this order had no failed operation",
    ],
    example: {
      fails: files(
        childFile("istio-base", "spec: { source: { chart: base } }"),
        childFile("istiod", "spec: { source: { chart: istiod } }"),
      ),
      passes: files(
        childFile("istio-base", "spec: { source: { chart: base } }"),
        childFile(
          "istiod",
          'metadata: { name: demo-istiod, annotations: { argocd.argoproj.io/sync-wave: "10" } }',
          "spec: { source: { chart: istiod } }",
        ),
      ),
    },
  },
  "argocd/unknown-application": {
    meaning:
      "A child Application installs a chart, or reads a folder with kinds, that meshfront does not know.",
    why: "Wave, AppProject and rules follow from one table of Applications (`config/applications.ts`). What is not in it gets no wave that fits, and an AppProject that misses a kind it creates lets its sync apply nothing.",
    fix: "Keep the kinds of one Application in one folder; for another chart add a row to the table.",
    sources: [
      "Argo CD v3.5.1, controller/sync.go (kinds that a project does not permit fail the sync); run on 3.5.7: nothing was applied",
    ],
    example: {
      fails: childFile("istiod", "spec: { source: { chart: cni } }"),
      passes: childFile("istiod", "spec: { source: { chart: istiod } }"),
    },
  },
  "argocd/wave-after-doors": {
    meaning: "An Application is in a later wave than a front door.",
    why: "A new Ingress that the AWS Load Balancer Controller refuses gets no address, and its Application never becomes healthy. The root would wait for it for ever, and nothing of a later wave would come.",
    fix: "Lower the wave to that of the doors.",
    sources: [
      "Argo CD 3.5, docs/user-guide/sync-waves.md",
      "run on Argo CD 3.5.7 with the AWS Load Balancer Controller: an unknown certificate ARN on a new door left its Application Progressing",
    ],
    example: {
      fails: files(door, ingressExample, istiodInWave("50")),
      passes: files(door, ingressExample, istiodInWave("10")),
    },
  },
  "argocd/newer-than-version": {
    meaning: "The output uses something that came after `argocd.version`.",
    why: "An older Argo CD ignores an option, a field or an annotation that it does not know, without a word.",
    fix: "Raise `argocd.version` if your Argo CD is newer, or do without.",
    versions:
      "Argo CD before 3.4 (`Prune` and `Delete` as options of an Application), 3.5 (`sourceIntegrity`), 3.6 (annotation `ignore-differences`)",
    sources: [
      "argo-cd#23370 (3.4)",
      "Argo CD 3.5, docs/user-guide/source-integrity.md",
      "argo-cd#29616 (3.6)",
    ],
    example: {
      fails: files(
        "# clusters/demo.yaml",
        'argocd: { version: "3.4" }',
        projectFile("spec: { sourceIntegrity: { git: { policies: [] } } }"),
      ),
      passes: files(
        "# clusters/demo.yaml",
        'argocd: { version: "3.5" }',
        projectFile("spec: { sourceIntegrity: { git: { policies: [] } } }"),
      ),
    },
  },
};
