import { childFile, files, ingressExample, objectFile } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const hookJob = (annotations: string, ...fields: readonly string[]): string =>
  objectFile(
    "dist/demo/healthcheck/hook.yaml",
    "batch/v1",
    "Job",
    `metadata: { name: hook, annotations: { ${annotations} } }`,
    ...fields,
  );

const postSync = "argocd.argoproj.io/hook: PostSync";

const role = (...rules: readonly string[]): string =>
  objectFile(
    "dist/demo/healthcheck/hook.yaml",
    "rbac.authorization.k8s.io/v1",
    "Role",
    "metadata: { name: hook }",
    "rules:",
    ...rules,
  );

const program = (annotations: string): string =>
  objectFile(
    "dist/demo/healthcheck/program.yaml",
    "v1",
    "ConfigMap",
    `metadata: { name: hook, annotations: { ${annotations} } }`,
  );

const application = childFile("healthcheck", "spec: { source: { path: dist/demo/healthcheck } }");

const configurationExplanations: Explanations = {
  "hook/recheck-schedule": {
    meaning: "`hook.recheck` is not a schedule as the CronJob controller reads it.",
    why: "The API server refuses the CronJob, and its Application fails.",
    fix: 'Five fields, minute hour day month weekday, for example `"*/2 * * * *"`; or `@hourly` and the like.',
    sources: ["kubernetes.io, CronJob (Schedule syntax)"],
    example: { fails: 'hook: { recheck: "*/10 24 * * *" }', passes: 'hook: { recheck: "*/10 23 * * *" }' },
  },
  "hook/requests-above-limits": {
    meaning: "`hook.resources` asks for more than its own limit: the API server refuses the Job.",
    why: "It is not accepted, so the program never runs: the sync fails, and the health check stays on the port it had.",
    fix: "Raise the limit too, or lower the request.",
    sources: ["kubernetes.io, Resource Management for Pods and Containers"],
    example: {
      fails: "hook: { resources: { requests: { memory: 256Mi } } }",
      passes: "hook: { resources: { requests: { memory: 256Mi }, limits: { memory: 256Mi } } }",
    },
  },
  "hook/toleration": {
    meaning: "An entry of `hook.tolerations` is one that the API server refuses.",
    why: "It is not accepted, so the program never runs: the sync fails, and the health check stays on the port it had.",
    fix: "`tolerationSeconds` goes with `effect: NoExecute`; `operator: Exists` has no value; without a key the operator is `Exists`.",
    sources: ["Kubernetes 1.36, pkg/apis/core/validation/validation.go, ValidateTolerations"],
    example: {
      fails: "hook: { tolerations: [{ key: spot, effect: NoSchedule, tolerationSeconds: 60 }] }",
      passes: "hook: { tolerations: [{ key: spot, effect: NoSchedule }] }",
    },
  },
  "hook/recheck-off": {
    meaning:
      "Without a recheck, a NodePort that moves outside of a sync leaves the health checks on the old port.",
    why: "A Service that is deleted and healed gets a new NodePort. A self-heal runs no hooks, so the annotation keeps the old number; Argo CD says Synced and Healthy, and the load balancer finds no healthy target.",
    fix: "Leave `hook.recheck` at its default, or set `healthCheck.mode: named`, which follows by itself.",
    sources: [
      "argo-cd#18569",
      "run on Argo CD 3.5.7: after the Service was deleted its port went from 32236 to 30938, and the annotation stayed 32236",
    ],
    example: {
      fails: "hook: { recheck: off }",
      passes: 'hook: { recheck: "@hourly" }',
    },
  },
  "hook/without-effect": {
    meaning:
      "A key of `hook` stands in the file of a cluster that has no hook: none of its doors is in mode `discovered`.",
    why: "Hook and recheck are written for doors whose health-check port is looked up in the cluster. Doors in mode `named` or `pinned`, doors whose targets are pods, and all doors with the EKS capability need neither.",
    fix: "Remove the key. In `clusters/defaults.yaml` it may stay, for clusters that have a hook.",
    sources: ["docs/explanation/health-check-port.md"],
    example: {
      fails: files(
        "hook: { timeoutSeconds: 60 }",
        "ingresses: { services: { healthCheck: { mode: named } } }",
      ),
      passes: "hook: { timeoutSeconds: 60 }",
    },
  },
  "hook/image-unpinned": {
    meaning: "`hook.image` has no fixed tag or digest, so the program's runtime can change by itself.",
    why: "A program with rights in the cluster would run in whatever the tag means that day, differently on each node.",
    fix: "Name a version or a digest.",
    sources: ["kubernetes.io, Images (Image names; avoid `:latest`)"],
    example: {
      fails: 'hook: { image: "registry.example.com/node:latest" }',
      passes: 'hook: { image: "registry.example.com/node:24.21.0" }',
    },
  },
};

const hookExplanationsOfObjects: Explanations = {
  "hook/unknown-type": {
    meaning: "The annotation `argocd.argoproj.io/hook` names a type that Argo CD does not know.",
    why: "Argo CD compares it as text, capitals included. An object whose hook types are all unknown is neither a hook nor an ordinary object: it is dropped, silently.",
    fix: "Correct the spelling.",
    sources: ["Argo CD 3.5, docs/user-guide/sync-waves.md", "Argo CD v3.5.1, gitops-engine/pkg/sync/hook"],
    example: { fails: hookJob("argocd.argoproj.io/hook: Postsync"), passes: hookJob(postSync) },
  },
  "hook/unknown-delete-policy": {
    meaning:
      "The annotation `argocd.argoproj.io/hook-delete-policy` names a policy that Argo CD does not know.",
    why: "It is ignored silently; where none is left, BeforeHookCreation applies.",
    fix: "Correct the spelling.",
    sources: ["Argo CD 3.5, docs/user-guide/sync-waves.md", "Argo CD v3.5.1, gitops-engine/pkg/sync/hook"],
    example: {
      fails: hookJob(`${postSync}, argocd.argoproj.io/hook-delete-policy: OnSuccess`),
      passes: hookJob(`${postSync}, argocd.argoproj.io/hook-delete-policy: HookSucceeded`),
    },
  },
  "hook/expires": {
    meaning: "The Job of a hook deletes itself some time after its end.",
    why: "Argo CD itself removes a successful hook. What `ttlSecondsAfterFinished` removes besides is the failed one, with the log that says what to do.",
    fix: "Leave `ttlSecondsAfterFinished` out; the next sync removes the Job (BeforeHookCreation).",
    sources: [
      "kubernetes.io, Automatic Cleanup for Finished Jobs",
      "argo-cd#21055, argo-cd#6880 (results lost; repaired in 3.0)",
      "run on Argo CD 3.5.7: the failed Job is kept until the next sync, then deleted first",
    ],
    example: {
      fails: hookJob(postSync, "spec: { ttlSecondsAfterFinished: 600 }"),
      passes: hookJob(postSync, "spec: { backoffLimit: 0 }"),
    },
  },
  "hook/without-hash": {
    meaning: "Nothing beside a hook changes when the hook does.",
    why: "Hooks are no part of the sync status. A commit that changes the hook alone leaves the Application Synced, and the new hook does not run.",
    fix: "Put a hash of the hook into the annotation `meshfront/hook-hash` of an ordinary object in its folder.",
    sources: [
      "argo-cd#9830",
      "run on Argo CD 3.5.7: after a change of the Job alone the hook was not run; after a change of the ConfigMap's hash it ran once",
    ],
    example: {
      fails: files(application, hookJob(postSync), program("")),
      passes: files(application, hookJob(postSync), program("meshfront/hook-hash: sha256-0a1b2c")),
    },
  },
  "hook/beside-ingress": {
    meaning: "A hook stands in one Application with an Ingress.",
    why: "A PostSync hook makes the operation wait, without a limit, until everything in its Application is healthy, and meanwhile nothing of it is synced. A new Ingress that the controller refuses never gets an address: no commit would repair it or remove it, and deleting the root would hang.",
    fix: "Put the hook into the folder of another Application; its program waits for the Ingress by itself.",
    sources: [
      "run on Argo CD 3.5.7 with the AWS Load Balancer Controller: a repairing commit was not taken in 245 s of watching, and was taken 2.4 s after the push once the hook stood elsewhere",
    ],
    example: {
      fails: files(
        childFile("ingress-services", "spec: { source: { path: dist/demo/ingress-services } }"),
        ingressExample,
        hookJob(postSync).replace("healthcheck", "ingress-services"),
      ),
      passes: files(
        childFile("ingress-services", "spec: { source: { path: dist/demo/ingress-services } }"),
        ingressExample,
        application,
        hookJob(postSync),
      ),
    },
  },
  "hook/unbounded": {
    meaning: "A Job lacks `activeDeadlineSeconds` or `backoffLimit`.",
    why: "A sync waits for its hook, and has no time limit of its own. While it waits, Argo CD does not sync newer commits of that Application, so that the repair cannot come by Git.",
    fix: "Set both.",
    sources: [
      "kubernetes.io, Jobs (Job termination and cleanup)",
      "argo-cd#6055; Argo CD 3.5: `controller.sync.timeout.seconds` is 0 by default",
    ],
    example: {
      fails: hookJob(postSync, "spec: { backoffLimit: 0 }"),
      passes: hookJob(postSync, "spec: { backoffLimit: 0, activeDeadlineSeconds: 75 }"),
    },
  },
  "hook/injected-sidecar": {
    meaning: 'The pods of a Job do not have the label `sidecar.istio.io/inject: "false"`.',
    why: "In a namespace with injection they get a sidecar. One that is an ordinary container never ends, so the Job does not either; and the injector may be the very thing that is broken.",
    fix: 'Set the label on the pod template, as text: `"false"`.',
    sources: ["istio.io, Installing the Sidecar (Controlling the injection policy)"],
    example: {
      fails: hookJob(postSync, "spec: { template: { metadata: { labels: { app: hook } } } }"),
      passes: hookJob(
        postSync,
        'spec: { template: { metadata: { labels: { sidecar.istio.io/inject: "false" } } } }',
      ),
    },
  },
  "hook/not-hardened": {
    meaning: "The pods of a Job may do more than run a program.",
    why: "They hold a token that can change Ingresses. A namespace that enforces the level `restricted` refuses them, and the hook never runs.",
    fix: "Set the security contexts that the message names.",
    sources: ["kubernetes.io, Pod Security Standards (Restricted)"],
    example: {
      fails: hookJob(postSync, "spec: { template: { spec: { containers: [{ name: hook }] } } }"),
      passes: hookJob(
        postSync,
        "spec:",
        "  template:",
        "    spec:",
        "      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }",
        "      containers:",
        "        - name: hook",
        "          securityContext:",
        "            allowPrivilegeEscalation: false",
        "            readOnlyRootFilesystem: true",
        "            capabilities: { drop: [ALL] }",
      ),
    },
  },
  "hook/wide-role": {
    meaning: "A program may read or change more than its own objects.",
    why: "Whoever gets at its token can do all of it: a Role without `resourceNames` covers every Service or Ingress of the namespace.",
    fix: "Name the objects in `resourceNames`, and the verbs `get` and `patch` only, in a Role.",
    sources: ["kubernetes.io, Role Based Access Control Good Practices (Least privilege)"],
    example: {
      fails: role("  - { apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get, patch] }"),
      passes: role(
        "  - apiGroups: [networking.k8s.io]",
        "    resources: [ingresses]",
        "    resourceNames: [web]",
        "    verbs: [get, patch]",
      ),
    },
  },
};

export const hookExplanations: Explanations = { ...configurationExplanations, ...hookExplanationsOfObjects };
