import type { Explanations } from "./explanation.ts";

export const outputExplanations: Explanations = {
  "output/different": { meaning: "`check`: a committed file is not what `synth` would write." },
  "output/removal": {
    meaning: "An Application, AppProject, Ingress or Gateway, or a whole cluster, would disappear.",
  },
  "output/blocked": { meaning: "Something stands where a file belongs, and meshfront did not write it." },
  "output/folder": { meaning: "A folder of the output is a file or a symbolic link." },
  "output/foreign-file": { meaning: "A file in the output that meshfront did not write; it is left alone." },
  "output/unrecorded-file": {
    meaning: "A generated file that no inventory lists: an interrupted run or a merge left it.",
  },
  "output/inventory-malformed": { meaning: "An inventory is not as meshfront writes it." },
  "output/inventory-conflict": { meaning: "An inventory holds the markers of a Git merge." },
  "output/inventory-version": { meaning: "A newer meshfront wrote the inventory." },
  "output/inventory-path": {
    meaning:
      "An inventory names a path outside its folder; it decides what is removed, so it is not followed.",
  },
  "output/cdk8s-folder": {
    meaning:
      "`cdk8s synth` would write into the project, `dist/` or `argocd/`, and it deletes its folder before each run.",
  },
  "output/disk": { meaning: "The operating system refused to read or write." },
};
