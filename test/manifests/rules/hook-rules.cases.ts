import { copied, replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const hook = /healthcheck\/hook/;

export const hookCases: readonly ObjectRuleCase[] = [
  {
    code: "hook/unknown-type",
    title: "compares as Argo CD does, with capitals",
    fails: [replaced(hook, "hook: PostSync", "hook: Postsync")],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/unknown-type: Job healthcheck: expected PreSync, Sync, Skip, PostSync, SyncFail, PreDelete or PostDelete, found "Postsync": Argo CD would drop the object silently
        Did you mean PostSync?
    `,
    passes: [replaced(hook, "hook: PostSync", "hook: Sync, PostSync")],
  },
  {
    code: "hook/unknown-delete-policy",
    title: "knows the three policies",
    fails: [replaced(hook, "BeforeHookCreation,", "BeforeCreation,")],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/unknown-delete-policy: Job healthcheck: expected BeforeHookCreation, HookFailed or HookSucceeded, found "BeforeCreation": Argo CD would ignore it silently
        Did you mean BeforeHookCreation?
    `,
    passes: [replaced(hook, "BeforeHookCreation,", "BeforeHookCreation, HookFailed,")],
  },
  {
    code: "hook/expires",
    title: "warns of a Job that goes by itself",
    fails: [replaced(hook, "  backoffLimit:", "  ttlSecondsAfterFinished: 600\n  backoffLimit:")],
    problems: `
      dist/demo/healthcheck/hook.yaml warning hook/expires: Job healthcheck: expected no ttlSecondsAfterFinished, found 600: a failed hook would be gone, with its log, before somebody reads it
    `,
    passes: [
      replaced(
        /recheck\/recheck/,
        "      backoffLimit:",
        "      ttlSecondsAfterFinished: 600\n      backoffLimit:",
      ),
    ],
  },
  {
    code: "hook/without-hash",
    title: "wants something beside the hook that changes with it",
    fails: [replaced(hook, / {2}annotations:\n {4}meshfront\/hook-hash.*\n/, "")],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/without-hash: Job healthcheck: expected an object beside the hook, no hook itself, with the annotation meshfront/hook-hash, found none: a change of the hook alone makes no sync, so that the new one would not run
    `,
  },
  {
    code: "hook/without-hash",
    title: "does not count a hash on the hook itself, which makes no sync",
    fails: [
      replaced(hook, / {2}annotations:\n {4}meshfront\/hook-hash.*\n/, ""),
      replaced(hook, "hook: PostSync\n", "hook: PostSync\n    meshfront/hook-hash: sha256-0a1b2c\n"),
    ],
    problems: `
      dist/demo/healthcheck/hook.yaml error hook/without-hash: Job healthcheck: expected an object beside the hook, no hook itself, with the annotation meshfront/hook-hash, found none: a change of the hook alone makes no sync, so that the new one would not run
    `,
  },
  {
    code: "hook/beside-ingress",
    title: "wants the hook in another folder than the Ingress",
    fails: [
      copied("dist/demo/ingress-services/ingress.yaml", "dist/demo/healthcheck/ingress.yaml", (text) =>
        text.replace("name: ingress-services", "name: other"),
      ),
    ],
    problems: `
      dist/demo/applications/healthcheck.yaml error argocd/unknown-application: Application demo-healthcheck: expected a folder with the kinds of one Application, found networking.k8s.io/Ingress, ServiceAccount, rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/RoleBinding, ConfigMap, batch/Job in dist/demo/healthcheck/: neither its wave nor what it waits for is known
      dist/demo/healthcheck/hook.yaml error hook/beside-ingress: Job healthcheck: expected a hook in another Application than the Ingress other, found both in demo-healthcheck: a door that never gets an address would keep every later commit out
    `,
  },
  {
    code: "argocd/manifest-generate-paths",
    title: "keeps the annotation off Applications with a hook, and off those only",
    fails: [
      replaced(
        /applications\/healthcheck/,
        "annotations:",
        "annotations:\n    argocd.argoproj.io/manifest-generate-paths: .",
      ),
    ],
    problems: `
      dist/demo/applications/healthcheck.yaml error argocd/manifest-generate-paths: Application demo-healthcheck: expected no annotation argocd.argoproj.io/manifest-generate-paths on the Application of a hook, found one: a real change can then be synced like a self-heal, which runs no hooks
    `,
    passes: [
      replaced(
        /applications\/gateway/,
        "annotations:",
        "annotations:\n    argocd.argoproj.io/manifest-generate-paths: .",
      ),
    ],
  },
];
