import type { Explanations } from "./explanation.ts";

export const manifestExplanations: Explanations = {
  "manifest/schema": {
    meaning:
      "An object that would be written is not one that the API server takes as it stands: a field that its kind does not have, a value of another type or out of range, something required that is missing, a name that is none.",
    why: "The API server drops an unknown field, which is then OutOfSync for ever, or refuses the object, which fails the sync.",
    fix: "Look for the value in `clusters/`: labels, names and quantities go into objects as they are written. A field that nothing in `clusters/` sets is a bug of meshfront; please report it.",
    versions: "Fields and limits of Argo CD 3.5.7, Istio 1.31.1 and Kubernetes 1.36.1.",
    sources: [
      "Argo CD 3.5.7: manifests/crds; istio.io/api 1.31.1: kubernetes/customresourcedefinitions.gen.yaml; Kubernetes 1.36.1: api/openapi-spec/swagger.json",
      "Kubernetes 1.36.1: pkg/apis/*/validation, k8s.io/apimachinery pkg/api/validate",
    ],
  },
  "manifest/unknown-kind": {
    meaning:
      "An object that would be written is of a kind that meshfront has no schema for, so nothing would check it.",
    fix: "It is a bug of meshfront; please report it. The kinds are listed in `imports/schemas.json`.",
  },
};
