// The program that keeps the health-check port right, in its two forms: a door's PostSync hook, and the recheck.
import type { Container, JobSpec, PodFailurePolicy, PodSpec } from "cdk8s-plus-29/lib/imports/k8s";
import type { Construct } from "constructs";
import type { Config, IngressConfig } from "../config/config.ts";
import { gatewayServiceName, statusPort } from "../config/helm-values.ts";
import { sortedByKey } from "../core/json.ts";
import { sha256 } from "../core/sha256.ts";
import { type Json, kubernetesObject, type Props } from "./kubernetes-object.ts";

const programFile = "healthcheck-port.mjs";
const programFolder = "/opt/meshfront";
const containerName = "healthcheck-port";
/** The user `node` of the official image; runAsNonRoot needs a number, because the image itself starts as root. */
const nodeUser = 1000;

export const hookName = (ingress: IngressConfig): string => `${ingress.ingressName}-healthcheck`;
export const recheckName = "healthcheck-recheck";

/** A door's hook: ServiceAccount, Role, RoleBinding, ConfigMap, and the Job that runs after each sync of the Ingress. */
export function healthCheckHook(
  scope: Construct,
  config: Config,
  ingress: IngressConfig,
  program: string,
): void {
  const name = hookName(ingress);
  const metadata = { name, namespace: config.istio.gateway.namespace };
  permissions(scope, config, name, [ingress]);
  const job: Props<"Job"> = {
    metadata: {
      ...metadata,
      annotations: {
        "argocd.argoproj.io/hook": "PostSync",
        // The name is fixed, so the Job before must go; a failed one stays until then, with its log.
        "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation,HookSucceeded",
      },
    },
    spec: jobSpec(config, name, [ingress], 2),
  };
  kubernetesObject(scope, "program", "ConfigMap", {
    metadata: {
      ...metadata,
      // Hooks are no part of the sync status: only a change of an ordinary object makes a sync, and so a hook run.
      annotations: { "meshfront/hook-hash": `sha256-${hash(program, job)}` },
    },
    data: { [programFile]: program },
  });
  kubernetesObject(scope, "job", "Job", job);
}

/** The same program for all doors, on a schedule: a NodePort can move without any sync. */
export function healthCheckRecheck(
  scope: Construct,
  config: Config,
  ingresses: readonly IngressConfig[],
  schedule: string,
  program: string,
): void {
  const metadata = { name: recheckName, namespace: config.istio.gateway.namespace };
  permissions(scope, config, recheckName, ingresses);
  kubernetesObject(scope, "program", "ConfigMap", { metadata, data: { [programFile]: program } });
  kubernetesObject(scope, "cronjob", "CronJob", {
    metadata,
    spec: {
      schedule,
      concurrencyPolicy: "Forbid",
      // Without it the controller gives up on a schedule it missed a hundred times, for instance while it was down.
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      // The next run is the retry.
      jobTemplate: { spec: jobSpec(config, recheckName, ingresses, 0) },
    },
  });
}

/** One Service to read, and these Ingresses to read and patch: nothing else. */
function permissions(
  scope: Construct,
  config: Config,
  name: string,
  ingresses: readonly IngressConfig[],
): void {
  const metadata = { name, namespace: config.istio.gateway.namespace };
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
        resourceNames: [gatewayServiceName(config)],
        verbs: ["get"],
      },
      {
        apiGroups: ["networking.k8s.io"],
        resources: ["ingresses"],
        resourceNames: ingresses.map(({ ingressName }) => ingressName),
        verbs: ["get", "patch"],
      },
    ],
  });
  kubernetesObject(scope, "rolebinding", "RoleBinding", {
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name, namespace: metadata.namespace }],
  });
}

function jobSpec(
  config: Config,
  name: string,
  ingresses: readonly IngressConfig[],
  backoffLimit: number,
): Json<JobSpec> {
  const { timeoutSeconds } = config.hook;
  return {
    backoffLimit,
    // Above what all attempts may take together (each with its start and the pause before it), so that the program's
    // own message is what ends a failed run. Without a bound a waiting Job would block the sync for ever.
    activeDeadlineSeconds: (backoffLimit + 1) * (timeoutSeconds + 60),
    ...(backoffLimit > 0 && { podFailurePolicy: failAtOnce }),
    template: {
      // An injected sidecar would never end, and the injector may be what is broken.
      metadata: { labels: { "sidecar.istio.io/inject": "false" } },
      spec: podSpec(config, name, ingresses),
    },
  };
}

/** Exit codes of the program that another attempt would only repeat (its table EXIT): somebody has to act. */
const failAtOnce: PodFailurePolicy = {
  rules: [
    {
      action: "FailJob",
      onExitCodes: { containerName, operator: "In", values: [2, 3, 20, 21, 22, 23, 70] },
    },
  ],
};

function podSpec(config: Config, name: string, ingresses: readonly IngressConfig[]): Json<PodSpec> {
  const { hook } = config;
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
    containers: [container(config, ingresses)],
    volumes: [{ name: "program", configMap: { name } }],
    ...(hook.nodeSelector !== undefined && { nodeSelector: hook.nodeSelector }),
    ...(hook.tolerations !== undefined && { tolerations: hook.tolerations.map(defined) }),
  };
}

function container(config: Config, ingresses: readonly IngressConfig[]): Json<Container> {
  const { hook } = config;
  return {
    name: containerName,
    image: hook.image,
    command: ["node", `${programFolder}/${programFile}`],
    args: [
      `--namespace=${config.istio.gateway.namespace}`,
      `--service=${gatewayServiceName(config)}`,
      `--port=${statusPort}`,
      ...ingresses.map(({ ingressName }) => `--ingress=${ingressName}`),
      `--timeout-seconds=${hook.timeoutSeconds}`,
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
  sha256(program + JSON.stringify(sortedByKey(job), quantitiesInside));

/** As they were first hashed: another hash would run every hook once more, for nothing. */
const quantitiesInside = (key: string, value: unknown): unknown =>
  key === "requests" || key === "limits"
    ? Object.fromEntries(Object.entries(Object(value)).map(([name, quantity]) => [name, { value: quantity }]))
    : value;
