import { files } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

export const clusterExplanations: Explanations = {
  "cluster/file-name": {
    meaning: "`cluster.name` is not the name of its file.",
    why: "The lock file, `dist/<cluster>/` and `argocd/<cluster>.yaml` are called after the cluster, commands after the file: with two names nobody finds one from the other.",
    fix: "Rename the file or the cluster. What EKS calls it, with capitals perhaps, goes into `cluster.eksName`.",
    sources: ["docs/reference/configuration.md"],
    example: { fails: "cluster: { name: other }", passes: "cluster: { name: demo, eksName: Other }" },
  },
  "cluster/reserved-name": {
    meaning:
      "A cluster may not be called `argocd-cm`, `defaults` or `default`: those names have another meaning.",
    why: "`argocd/argocd-cm.yaml` holds the health checks of all clusters, and `clusters/defaults.yaml` lies under every cluster file. Each cluster has an AppProject of its name, and `default` is the one that Argo CD makes by itself for everybody: with the rights of one mesh it would refuse the Applications of all others.",
    fix: "Choose another name.",
    sources: ["docs/reference/configuration.md"],
    example: {
      fails: files("# clusters/argocd-cm.yaml", "cluster: { name: argocd-cm }"),
      passes: files("# clusters/argocd.yaml", "cluster: { name: argocd }"),
    },
  },
};
