import type { Explanations } from "./explanation.ts";

const argocdPermissions =
  "Argo CD docs, Projects; Argo CD 3.5.7: controller/sync.go, validateSyncPermissions";

/** Objects that people bring: `manifests` in a cluster file. */
export const ownManifestExplanations: Explanations = {
  "manifests/path": {
    meaning: "`manifests` names a file in a folder that meshfront reads or writes itself.",
    why: "`synth` removes and overwrites files in `dist/` and `argocd/`, and would take one in `clusters/` for a cluster.",
    fix: "Keep files of your own in a folder of their own, for example `mesh/`.",
    sources: ["The program itself: its folders"],
    example: {
      fails: "manifests:\n  - { path: dist/mine.yaml, wave: gateway }",
      passes: "manifests: []",
    },
  },
  "manifests/path-twice": {
    meaning: "Two files of `manifests` would be one in the output: `/` becomes `-` in its name.",
    why: "Folders do not nest in the one that Argo CD reads, and one file would overwrite the other.",
    fix: "Rename one of the two files.",
    sources: ["The program itself: the names of its output"],
    example: {
      fails:
        "manifests:\n  - { path: mesh/policy.yaml, wave: gateway }\n  - { path: mesh-policy.yaml, wave: gateway }",
      passes: "manifests: []",
    },
  },
  "manifests/unreadable-file": {
    meaning:
      "A file of `manifests` is not there, is a folder or a link, or cannot be read. Links are not followed: they may lead out of the repository that was reviewed.",
  },
  "manifests/syntax": {
    meaning: "A file of `manifests` holds no YAML, or something else than objects of Kubernetes.",
    fix: "One object a document: apiVersion, kind, metadata, each of one kind (the AppProject would read a `*` as every kind). Templates are not filled in, lists and kustomizations not expanded.",
  },
  "manifests/refused-kind": {
    meaning:
      "An object is of a kind that a change of this repository must not bring: whoever may change it would give themselves rights, or read secrets.",
    why: "The AppProject permits exactly what the mesh's front needs; kinds that give rights, run pods or belong to the whole cluster would turn it into an administrator's.",
    fix: "Apply it where its rights are reviewed, for instance with the application that it belongs to.",
    sources: [argocdPermissions],
  },
  "manifests/namespace": {
    meaning:
      "An object stands in a namespace that is neither that of a gateway nor istio-system, or in none.",
    fix: "Move it, or list the namespace under `namespaces` of its file. It has to be there: only namespaces of gateways are created.",
    sources: [argocdPermissions],
  },
  "manifests/server-field": {
    meaning: "An object holds fields that the cluster sets: it was copied from one.",
    why: "`uid` and `resourceVersion` make the API server refuse it, the others are OutOfSync for ever.",
  },
  "manifests/null": {
    meaning: "A key has no value. cdk8s drops it, and the API server would take it for absent.",
  },
  "manifests/hook": {
    meaning: "An object is a hook: Argo CD creates it anew with each sync, and neither heals nor prunes it.",
    sources: ["Argo CD docs, Resource Hooks"],
  },
  "manifests/schema": {
    meaning: "An object does not fit the schema of its kind: Istio's CRDs, or Kubernetes' own.",
    versions: "Istio 1.31.1, Kubernetes 1.36.1.",
    sources: [
      "istio.io/api 1.31.1: kubernetes/customresourcedefinitions.gen.yaml; Kubernetes 1.36.1: api/openapi-spec/swagger.json",
    ],
  },
  "manifests/unknown-kind": {
    meaning:
      "There is no schema for the kind of an object here, so its fields are not checked before the sync.",
  },
  "manifests/selector": {
    meaning: "An object of Istio selects pods in a gateway's namespace by labels that no gateway has there.",
    why: "It applies to nothing, silently: a policy that protects nobody.",
    sources: [
      "istio.io, Authorization Policy and Workload Selector: a selector applies in its own namespace",
    ],
  },
  "manifests/object-twice": {
    meaning: "Two documents are the same object: the one that is applied last would win.",
  },
};
