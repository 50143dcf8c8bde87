// The program that keeps the health-check port right, in its two forms: the PostSync hook of a gateway's doors, and the
// recheck. Neither ever stands beside an Ingress.
import type { Container, JobSpec, PodSpec } from "cdk8s-plus-29/lib/imports/k8s";
import type { Construct } from "constructs";
import type { HookConfig } from "../config/config.ts";
import { statusPort } from "../config/helm-values.ts";
import { sortedByKey } from "../core/json.ts";
import { sha256 } from "../core/sha256.ts";
import { type Json, kubernetesObject, type Props } from "./kubernetes-object.ts";

const programFile = "healthcheck-port.mjs";
const programFolder = "/opt/meshfront";
const containerName = "healthcheck-port";
/** The user `node` of the official image; runAsNonRoot needs a number, because the image itself starts as root. */
const nodeUser = 1000;

export interface HealthCheckProgram {
  /** Of all its objects. */
  readonly name: string;
  readonly namespace: string;
  /** The gateway's Service. */
  readonly service: string;
  /** Names of the Ingresses in mode discovered. */
  readonly ingresses: readonly string[];
  /** hook/healthcheck-port.mjs */
  readonly source: string;
  readonly hook: HookConfig;
}

/** ServiceAccount, Role, RoleBinding, ConfigMap, and the Job that runs after each sync of them. */
export function healthCheckHook(scope: Construct, program: HealthCheckProgram): void {
  const { name, namespace, source } = program;
  permissions(scope, program);
  const job: Props<"Job"> = {
    metadata: {
      name,
      namespace,
      annotations: {
        "argocd.argoproj.io/hook": "PostSync",
        // The name is fixed, so the Job before must go; a failed one stays until then, with its log.
        "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation,HookSucceeded",
      },
    },
    spec: jobSpec(program),
  };
  kubernetesObject(scope, "program", "ConfigMap", {
    metadata: {
      name,
      namespace,
      // Hooks are no part of the sync status: only a change of an ordinary object makes a sync, and so a hook run.
      annotations: { "meshfront/hook-hash": `sha256-${hash(source, job)}` },
    },
    data: { [programFile]: source },
  });
  kubernetesObject(scope, "job", "Job", job);
}

/** The same program on a schedule: a NodePort can move without any sync. */
export function healthCheckRecheck(scope: Construct, program: HealthCheckProgram, schedule: string): void {
  const { name, namespace, source } = program;
  permissions(scope, program);
  kubernetesObject(scope, "program", "ConfigMap", {
    metadata: { name, namespace },
    data: { [programFile]: source },
  });
  kubernetesObject(scope, "cronjob", "CronJob", {
    metadata: { name, namespace },
    spec: {
      schedule,
      concurrencyPolicy: "Forbid",
      // Without it the controller gives up on a schedule it missed a hundred times, for instance while it was down.
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: jobSpec(program) },
    },
  });
}

/** One Service to read, and these Ingresses to read and patch: nothing else. */
function permissions(scope: Construct, { name, namespace, service, ingresses }: HealthCheckProgram): void {
  const metadata = { name, namespace };
  // The token is mounted where the pod asks for it, not in every pod that names the account.
  kubernetesObject(scope, "serviceaccount", "ServiceAccount", {
    metadata,
    automountServiceAccountToken: false,
  });
  kubernetesObject(scope, "role", "Role", {
    metadata,
    rules: [
      {
        apiGroups: [""],
        resources: ["services"],
        resourceNames: [service],
        verbs: ["get"],
      },
      {
        apiGroups: ["networking.k8s.io"],
        resources: ["ingresses"],
        resourceNames: [...ingresses],
        verbs: ["get", "patch"],
      },
    ],
  });
  kubernetesObject(scope, "rolebinding", "RoleBinding", {
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
}

/** Seconds beyond the time limit: the start of the pod, and the re-reading after the last patch. */
const graceSeconds = 30;
/** How long the program watches whether its patch is taken back. */
const watchSeconds = 20;

const jobSpec = (program: HealthCheckProgram): Json<JobSpec> => ({
  // One attempt: what it misses the recheck makes good, and a Job that cannot start fails within minutes.
  backoffLimit: 0,
  // Without a bound a Job that cannot start would block the sync for ever.
  activeDeadlineSeconds: program.hook.timeoutSeconds + graceSeconds,
  template: {
    // An injected sidecar would never end, and the injector may be what is broken.
    metadata: { labels: { "sidecar.istio.io/inject": "false" } },
    spec: podSpec(program),
  },
});

function podSpec(program: HealthCheckProgram): Json<PodSpec> {
  const { name, hook } = program;
  return {
    restartPolicy: "Never",
    serviceAccountName: name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: nodeUser,
      runAsGroup: nodeUser,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [container(program)],
    volumes: [{ name: "program", configMap: { name } }],
    ...(hook.nodeSelector !== undefined && { nodeSelector: hook.nodeSelector }),
    ...(hook.tolerations !== undefined && { tolerations: hook.tolerations.map(defined) }),
  };
}

function container({ namespace, service, ingresses, hook }: HealthCheckProgram): Json<Container> {
  return {
    name: containerName,
    image: hook.image,
    command: ["node", `${programFolder}/${programFile}`],
    args: [
      `--namespace=${namespace}`,
      `--service=${service}`,
      `--port=${statusPort}`,
      ...ingresses.map((ingress) => `--ingress=${ingress}`),
      `--timeout-seconds=${hook.timeoutSeconds}`,
      `--watch-seconds=${watchSeconds}`,
    ],
    resources: { requests: defined(hook.resources.requests), limits: defined(hook.resources.limits) },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "program", mountPath: programFolder, readOnly: true }],
  };
}

/** The same object without its undefined properties. */
const defined = <T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never; // filtered just now

/** The order of keys in a cluster file is no reason for a sync. */
const hash = (program: string, job: Props<"Job">): string =>
  sha256(program + JSON.stringify(sortedByKey(job)));
