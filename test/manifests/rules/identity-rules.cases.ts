import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

export const identityCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/object-twice",
    title: "names the other file, for each object that two Applications hold",
    fails: [replaced(/recheck\/recheck/, /name: recheck/g, "name: healthcheck")],
    problems: `
      dist/demo/recheck/recheck.yaml error argocd/object-twice: ServiceAccount healthcheck: expected each object once in the namespace istio-ingress, found this one in dist/demo/healthcheck/hook.yaml as well
      dist/demo/recheck/recheck.yaml error argocd/object-twice: Role healthcheck: expected each object once in the namespace istio-ingress, found this one in dist/demo/healthcheck/hook.yaml as well
      dist/demo/recheck/recheck.yaml error argocd/object-twice: RoleBinding healthcheck: expected each object once in the namespace istio-ingress, found this one in dist/demo/healthcheck/hook.yaml as well
      dist/demo/recheck/recheck.yaml error argocd/object-twice: ConfigMap healthcheck: expected each object once in the namespace istio-ingress, found this one in dist/demo/healthcheck/hook.yaml as well
    `,
    passes: [replaced(/recheck\/recheck/, /name: recheck/g, "name: other")],
  },
];
