import type { Explanations } from "./explanation.ts";

export const argocdExplanations: Explanations = {
  "argocd/version-too-old": { meaning: "Argo CD before 3.3 ignores fields that the output relies on." },
  "argocd/gate-required": {
    meaning: "`argocd.healthChecks` lacks `application`: waves between Applications would wait for nothing.",
  },
  "argocd/wildcard": {
    meaning: "A URL or name holds a pattern character: the AppProject would allow more than what is meant.",
  },
  "argocd/clusters-disagree": {
    meaning: "Clusters differ in `argocd.*`, but `argocd/argocd-cm.yaml` is one file for all of them.",
  },
  "argocd/name-twice": { meaning: "Two clusters would write an Application or AppProject of the same name." },
};
