import type { Explanations } from "./explanation.ts";

export const clusterExplanations: Explanations = {
  "cluster/file-name": { meaning: "`cluster.name` is not the name of its file." },
  "cluster/reserved-name": {
    meaning: "A cluster may not be called `argocd-cm` or `defaults`: those files have another meaning.",
  },
};
