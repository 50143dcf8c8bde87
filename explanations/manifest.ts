import type { Explanations } from "./explanation.ts";

export const manifestExplanations: Explanations = {
  "manifest/schema": {
    meaning:
      "An object that would be written is not one that the API server takes as it stands: a field that its kind does not have, a value of another type or out of range, something required that is missing, a name that is none.",
    why: "The API server drops an unknown field, which is then OutOfSync for ever, or refuses the object, which fails the sync.",
    fix: "Look for the value in `clusters/`: labels, names and quantities go into objects as they are written. A field that nothing in `clusters/` sets is a bug of meshfront; please report it.",
    versions:
      "Fields of Kubernetes 1.27, Argo CD 2.14 with those of 3.5 that are used, Istio 1.29; limits read in Kubernetes 1.36.1.",
    sources: [
      "kubernetes-models 4.3.1, @kubernetes-models/argo-cd 2.7.2, @kubernetes-models/istio 3.0.1",
      "Kubernetes 1.36.1: pkg/apis/*/validation, k8s.io/apimachinery pkg/api/validate",
    ],
  },
  "manifest/unknown-kind": {
    meaning:
      "An object that would be written is of a kind that meshfront has no schema for, so nothing would check it.",
    fix: "It is a bug of meshfront; please report it. The kinds are listed in `imports/schemas.json`.",
  },
};
