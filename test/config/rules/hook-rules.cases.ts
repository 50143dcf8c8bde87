import type { RuleCase } from "./rule-case.ts";

export const hookCases: readonly RuleCase[] = [
  {
    code: "hook/recheck-schedule",
    title: "wants numbers in range",
    fails: `
      hook:
        recheck: "*/10 24 * * *"
    `,
    problems: `
      clusters/demo.yaml:2:3 error hook/recheck-schedule: expected a hour as cron reads it, found "24" in "*/10 24 * * *"
        Five fields: minute hour day month weekday, for example "*/2 * * * *".
    `,
    passes: `
      hook:
        recheck: "*/10 0-23/2 1,15 jan-MAR Sun"
    `,
  },
  {
    code: "hook/recheck-schedule",
    title: "knows the names of months and days",
    fails: `
      hook: { recheck: "0 0 * * MAI" }
    `,
    problems: `
      clusters/demo.yaml:1:9 error hook/recheck-schedule: expected a day of week as cron reads it, found "MAI" in "0 0 * * MAI"
        Five fields: minute hour day month weekday, for example "*/2 * * * *".
    `,
    passes: `
      hook: { recheck: "@hourly" }
    `,
  },
  {
    code: "hook/recheck-schedule",
    title: "wants a range from the lower to the higher number",
    fails: `
      hook: { recheck: "20-10 * * * *" }
    `,
    problems: `
      clusters/demo.yaml:1:9 error hook/recheck-schedule: expected a minute as cron reads it, found "20-10" in "20-10 * * * *"
        Five fields: minute hour day month weekday, for example "*/2 * * * *".
    `,
    passes: `
      hook: { recheck: "10-20 * * * *" }
    `,
  },
  {
    code: "hook/recheck-off",
    title: "warns while a door's port is discovered",
    fails: `
      hook: { recheck: off }
    `,
    problems: `
      clusters/demo.yaml:1:9 warning hook/recheck-off: without a recheck a NodePort that moves outside of a sync leaves the health checks on the old port, silently
        Set a schedule, or use healthCheck.mode named, which follows by itself.
    `,
    passes: `
      ingresses: { services: { healthCheck: { mode: named } } }
    `,
  },
  {
    code: "hook/requests-above-limits",
    title: "compares with the limit, also with its default",
    fails: `
      hook:
        resources: { requests: { memory: 256Mi } }
    `,
    problems: `
      clusters/demo.yaml:2:28 error hook/requests-above-limits: expected a request not above the limit of 128Mi, found 256Mi: Kubernetes would refuse the hook's pods
        Raise hook.resources.limits.memory as well.
    `,
    passes: `
      hook:
        resources: { requests: { memory: 128Mi, cpu: "0.5" }, limits: { cpu: 500m } }
    `,
  },
  {
    code: "hook/requests-above-limits",
    title: "tells Mi from M",
    fails: `
      hook:
        resources: { requests: { memory: 100Mi }, limits: { memory: 100M } }
    `,
    problems: `
      clusters/demo.yaml:2:28 error hook/requests-above-limits: expected a request not above the limit of 100M, found 100Mi: Kubernetes would refuse the hook's pods
        Raise hook.resources.limits.memory as well.
    `,
    passes: `
      hook:
        resources: { requests: { memory: 100M }, limits: { memory: 100Mi } }
    `,
  },
  {
    code: "hook/toleration",
    title: "wants tolerations that the API server takes",
    fails: `
      hook:
        tolerations:
          - { key: spot, effect: NoSchedule, tolerationSeconds: 60 }
          - { key: spot, tolerationSeconds: 60 }
          - { key: spot, operator: Exists, value: "yes" }
          - { effect: NoExecute }
    `,
    problems: `
      clusters/demo.yaml:3:40 error hook/toleration: expected effect NoExecute beside tolerationSeconds, found NoSchedule: Kubernetes would refuse the hook's pods
        Remove tolerationSeconds: the others never put a running pod out.
      clusters/demo.yaml:4:20 error hook/toleration: expected effect NoExecute beside tolerationSeconds, found none: Kubernetes would refuse the hook's pods
        Remove tolerationSeconds: the others never put a running pod out.
      clusters/demo.yaml:5:38 error hook/toleration: expected no value beside operator Exists, found yes: Kubernetes would refuse the hook's pods
        Remove one of the two.
      clusters/demo.yaml:6:7 error hook/toleration: expected operator Exists where no key is named, found Equal: Kubernetes would refuse the hook's pods
        Name the taint's key, or write operator: Exists to tolerate every taint.
    `,
    passes: `
      hook:
        tolerations:
          - { key: spot, effect: NoExecute, tolerationSeconds: 60 }
          - { key: spot, operator: Exists, value: "" }
          - { key: spot, value: "yes" }
          - { operator: Exists }
    `,
  },
  {
    code: "hook/without-effect",
    title: "warns of settings of a hook that no door has",
    fails: `
      hook: { timeoutSeconds: 60, recheck: "*/5 * * * *" }
      ingresses: { services: { healthCheck: { mode: named } } }
    `,
    problems: `
      clusters/demo.yaml:1:9 warning hook/without-effect: hook.timeoutSeconds has no effect: no door of this cluster has its health check discovered by the hook
        Remove it, or write it to clusters/defaults.yaml for the clusters that have a hook.
      clusters/demo.yaml:1:29 warning hook/without-effect: hook.recheck has no effect: no door of this cluster has its health check discovered by the hook
        Remove it, or write it to clusters/defaults.yaml for the clusters that have a hook.
    `,
    passes: `
      hook: { timeoutSeconds: 60, recheck: "*/5 * * * *" }
    `,
  },
  {
    code: "hook/without-effect",
    title: "knows that there is none with the EKS capability",
    fails: `
      argocd: { managedBy: eks }
      cluster: { argocdName: demo }
      hook: { timeoutSeconds: 60, recheck: off }
    `,
    problems: `
      clusters/demo.yaml:3:9 warning hook/without-effect: hook.timeoutSeconds has no effect: with the EKS capability for Argo CD no health check is discovered by a hook
        Remove it, or write it to clusters/defaults.yaml for the clusters that have a hook.
      clusters/demo.yaml:3:29 warning hook/without-effect: hook.recheck has no effect: with the EKS capability for Argo CD no health check is discovered by a hook
        Remove it, or write it to clusters/defaults.yaml for the clusters that have a hook.
    `,
    passes: `
      argocd: { managedBy: eks }
      cluster: { argocdName: demo }
    `,
  },
  {
    code: "hook/image-unpinned",
    title: "warns of an image that changes by itself",
    fails: `
      hook: { image: "registry.example.com:5000/library/node:latest" }
    `,
    problems: `
      clusters/demo.yaml:1:9 warning hook/image-unpinned: expected an image with a fixed tag or digest, found registry.example.com:5000/library/node:latest
        Name a version: a program with rights in the cluster should not change by itself.
    `,
    passes: `
      hook: { image: "registry.example.com:5000/library/node@sha256:${"0".repeat(64)}" }
    `,
  },
];
