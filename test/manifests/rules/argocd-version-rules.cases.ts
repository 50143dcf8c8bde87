import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const option = replaced(
  /applications\/istiod/,
  "    syncOptions:\n",
  "    syncOptions:\n      - Delete=false\n",
);
const sourceIntegrity = replaced(
  /applications\/project/,
  "  sourceRepos:",
  "  sourceIntegrity: { git: { policies: [] } }\n  sourceRepos:",
);
const annotation = replaced(
  /ingress-services\/ingress/,
  "annotations:",
  "annotations:\n    argocd.argoproj.io/ignore-differences: x",
);

export const argocdVersionCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/newer-than-version",
    title: "knows what came after 3.3",
    config: { argocd: { version: "3.3" } },
    fails: [option, sourceIntegrity, annotation],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/newer-than-version: Application demo-istiod: expected nothing newer than Argo CD 3.3 (argocd.version), found the sync options Prune and Delete of an Application, which came with 3.4
      dist/demo/applications/project.yaml error argocd/newer-than-version: AppProject demo: expected nothing newer than Argo CD 3.3 (argocd.version), found sourceIntegrity, which came with 3.5
      dist/demo/ingress-services/ingress.yaml error argocd/newer-than-version: Ingress ingress-services: expected nothing newer than Argo CD 3.3 (argocd.version), found the annotation argocd.argoproj.io/ignore-differences, which came with 3.6
    `,
  },
  {
    code: "argocd/newer-than-version",
    title: "knows what came after 3.5",
    config: { argocd: { version: "3.5" } },
    fails: [annotation],
    problems: `
      dist/demo/ingress-services/ingress.yaml error argocd/newer-than-version: Ingress ingress-services: expected nothing newer than Argo CD 3.5 (argocd.version), found the annotation argocd.argoproj.io/ignore-differences, which came with 3.6
    `,
    passes: [option, sourceIntegrity],
  },
];
