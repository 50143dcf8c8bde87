// The Applications of a cluster in the order in which Argo CD rolls them out.
import { applicationTable, projectWave } from "../config/applications.ts";
import { type Child, childName, children } from "../config/children.ts";
import { type Config, discoveredDoorsOf } from "../config/config.ts";
import { groupBy } from "../core/group-by.ts";

export interface Wave {
  readonly wave: number;
  /** Applied before the Applications that belong to it; null in the other waves. */
  readonly project: string | null;
  readonly applications: readonly ApplicationGraph[];
}

export interface ApplicationGraph {
  readonly name: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** Chart and version; null where it applies a folder. */
  readonly chart: string | null;
  /** Namespace that it deploys to. */
  readonly namespace: string;
  readonly hook: HookGraph | null;
}

/** A program that runs in the cluster. */
export interface HookGraph {
  readonly kind: "Job" | "CronJob";
  readonly name: string;
  /** `PostSync`, or a schedule of cron. */
  readonly when: string;
  readonly timeoutSeconds: number;
  /** The Ingresses whose health-check port it sets. */
  readonly ingresses: readonly string[];
}

/** What makes a wave wait for the one before: Argo CD asks the health of Applications only where it is told how. */
export interface Gate {
  /** The ConfigMap that tells it: `<namespace>/<name>`. */
  readonly configMap: string;
  /** Of which kinds: `application` is always among them. */
  readonly healthChecks: readonly string[];
}

export const gateOf = ({ argocd: { namespace, healthChecks } }: Config): Gate => ({
  configMap: `${namespace}/argocd-cm`,
  healthChecks,
});

export function wavesOf(config: Config): readonly Wave[] {
  const waves = groupBy(children(config), ({ role }) => applicationTable[role].wave);
  // With the EKS capability a person applies the project, with the root.
  const project = config.argocd.managedBy === "self" ? [projectOnly(config)] : [];
  const rest = [...waves].map(
    ([wave, applications]): Wave => ({
      wave,
      project: null,
      applications: applications.map((child) => applicationGraph(config, child)),
    }),
  );
  return [...project, ...rest].sort((a, b) => a.wave - b.wave);
}

const projectOnly = ({ cluster }: Config): Wave => ({
  wave: projectWave,
  project: cluster.name,
  applications: [],
});

const applicationGraph = (config: Config, child: Child): ApplicationGraph => ({
  name: childName(config, child.name),
  what: applicationTable[child.role].what,
  chart: "release" in child ? `${child.release.chart} ${child.release.version}` : null,
  namespace: child.namespace,
  hook: hookOf(config, child),
});

function hookOf(config: Config, child: Child): HookGraph | null {
  if (child.role !== "healthcheck" && child.role !== "recheck") return null;
  const { timeoutSeconds, recheck } = config.hook;
  const isHook = child.role === "healthcheck";
  return {
    kind: isHook ? "Job" : "CronJob",
    name: `${child.namespace}/${child.name}`,
    when: isHook ? "PostSync" : (recheck ?? ""), // a recheck is there for a schedule
    timeoutSeconds,
    ingresses: discoveredDoorsOf(config, child.gateway).map(({ ingressName }) => ingressName),
  };
}
