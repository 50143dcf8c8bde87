import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const hook = /healthcheck\/hook/;
const recheck = /recheck\/recheck/;

export const programCases: readonly ObjectRuleCase[] = [
  {
    code: "hook/unbounded",
    title: "wants both bounds on every Job",
    fails: [
      replaced(hook, / {2}activeDeadlineSeconds: .*\n/, ""),
      replaced(recheck, / {6}backoffLimit: .*\n/, ""),
    ],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/unbounded: Job healthcheck: expected a number for activeDeadlineSeconds, found nothing: a Job that waits would block the sync, which has no time limit of its own
      dist/demo/recheck/recheck.yaml error hook/unbounded: CronJob recheck: expected a number for backoffLimit, found nothing: Kubernetes would start it seven times
    `,
    passes: [replaced(hook, "backoffLimit: 0", "backoffLimit: 3")],
  },
  {
    code: "hook/injected-sidecar",
    title: "wants no sidecar, said as text",
    fails: [
      replaced(hook, 'inject: "false"', 'inject: "true"'),
      replaced(recheck, 'inject: "false"', "inject: false"),
    ],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/injected-sidecar: Job healthcheck: expected the pod label sidecar.istio.io/inject: "false", found "true": where the namespace is injected, a sidecar could keep the Job from ending
      dist/demo/recheck/recheck.yaml error hook/injected-sidecar: CronJob recheck: expected the pod label sidecar.istio.io/inject: "false", found false: where the namespace is injected, a sidecar could keep the Job from ending
    `,
  },
  {
    code: "hook/not-hardened",
    title: "names what is missing",
    fails: [
      replaced(hook, / +allowPrivilegeEscalation: false\n/, ""),
      replaced(hook, /capabilities:\n.*drop:\n.*- ALL/, "capabilities: {}"),
      replaced(recheck, "runAsNonRoot: true", "runAsNonRoot: false"),
      replaced(recheck, "type: RuntimeDefault", "type: Unconfined"),
      replaced(recheck, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
    ],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/not-hardened: Job healthcheck: expected a pod that Kubernetes calls restricted, with a read-only root file system, found it without allowPrivilegeEscalation: false, capabilities.drop: [ALL]
      dist/demo/recheck/recheck.yaml error hook/not-hardened: CronJob recheck: expected a pod that Kubernetes calls restricted, with a read-only root file system, found it without runAsNonRoot: true, seccompProfile.type: RuntimeDefault, readOnlyRootFilesystem: true
    `,
    passes: [replaced(hook, "type: RuntimeDefault", "type: Localhost")],
  },
  {
    code: "hook/wide-role",
    title: "wants named objects, and the two verbs in use",
    fails: [
      replaced(hook, "      - patch\n", "      - patch\n      - delete\n"),
      replaced(recheck, / {4}resourceNames:\n {6}- ingress-services\n/, ""),
    ],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/wide-role: Role healthcheck: expected the verbs get and patch only, found "delete" too: the program could do more than its work
      dist/demo/recheck/recheck.yaml error hook/wide-role: Role recheck: expected resourceNames: the objects that are meant, found nothing: the program could do more than its work
    `,
    passes: [replaced(hook, "      - patch\n", "")],
  },
  {
    code: "hook/wide-role",
    title: "wants a Role, no ClusterRole",
    fails: [replaced(hook, "kind: Role\n", "kind: ClusterRole\n")],
    problems: `
      dist/demo/applications/healthcheck.yaml error argocd/unknown-application: Application demo-healthcheck: expected a folder with the kinds of one Application, found ServiceAccount, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, ConfigMap, batch/Job in dist/demo/healthcheck/: neither its wave nor what it waits for is known
      dist/demo/healthcheck/hook.yaml error hook/wide-role: ClusterRole healthcheck: expected a Role in one namespace, found a ClusterRole: the program could do more than its work
    `,
  },
];
