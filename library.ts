// What the package offers to programs: the same verbs with charts of one's own, and the stages that the verbs are made of.
// cdk8s is loaded where objects are made, and is then the person's own copy (ADR 0019).
import type { App } from "cdk8s";
import type { AddCharts } from "./charts/own-charts.ts";
import { endingWell } from "./commands/ending-well.ts";
import { missingPeer } from "./commands/missing-peer.ts";
import type { Config } from "./config/config.ts";
import { loadPlain } from "./config/load-plain.ts";
import { formatProblem, isError, type Problem } from "./core/problem.ts";
import type { ClusterInput } from "./library/cluster-input.ts";
import { main } from "./main.ts";

export type { Problem, Severity } from "./core/problem.ts";
export type { ClusterInput } from "./library/cluster-input.ts";

/** A checked configuration with every default and computed name filled in. */
export type Cluster = Config;

export interface RunOptions {
  /**
   * Adds cdk8s charts of one's own, once per cluster: each becomes a file beside ours, called after its id, and is applied
   * with the front doors. What they hold is checked as files that `manifests` names are.
   */
  readonly charts?: AddCharts;
  /** The same, applied with the Gateway and its routes, before the front doors. */
  readonly gatewayCharts?: AddCharts;
}

/**
 * Runs a command as the bin does, with the same output and exit code; without words under `cdk8s synth` that is `synth`.
 *
 * @example
 * process.exitCode = await run(process.argv.slice(2), {
 *   charts(app, cluster) {
 *     new Dashboards(app, "dashboards", { namespace: cluster.gateways[0].namespace });
 *   },
 * });
 */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<number> {
  const { charts, gatewayCharts } = options;
  const hasCharts = charts !== undefined || gatewayCharts !== undefined;
  const isUnderCdk8s = argv.length === 0 && process.env.CDK8S_OUTDIR !== undefined;
  return endingWell(() =>
    main(isUnderCdk8s ? ["synth"] : argv, {
      charts: hasCharts ? { gateway: gatewayCharts, ingress: charts } : undefined,
    }),
  );
}

/** What is wrong with a configuration, all of it; the message is the text that the commands print. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/**
 * A plain object -> the checked configuration of a cluster: the rules of `clusters/<name>.yaml`, the dotted path in place
 * of a line. Throws a ConfigurationError; warnings are the verbs' to say.
 */
export function defineCluster(input: ClusterInput): Cluster {
  const { config, problems } = loadPlain(input);
  const errors = problems.filter(isError);
  if (config === undefined || errors.length > 0) throw new ConfigurationError(errors);
  return config;
}

export interface BuildOptions {
  /** What `clusters/<name>.lock.json` holds, where the configuration leaves something to look up. */
  readonly lock?: unknown;
}

/**
 * The objects of a cluster as cdk8s constructs: one chart per file of `dist/<name>/`, its id the path. Rejects with a
 * ConfigurationError where an answer is missing in the lock, and with the sentence to read where cdk8s is not installed.
 */
export async function buildCluster(cluster: Cluster, { lock }: BuildOptions = {}): Promise<App> {
  try {
    const { buildFromLock } = await import("./commands/build-from-lock.ts");
    const built = buildFromLock(cluster, lock);
    if ("problems" in built) throw new ConfigurationError(built.problems);
    return built.app;
  } catch (error) {
    const peer = missingPeer(error);
    throw peer === undefined ? error : new Error(formatProblem(peer), { cause: error });
  }
}
