// Stage 2: the whole of `lookup` between reading and writing: configurations + AWS -> lock files, or what is wrong.
import type { Problem } from "../core/problem.ts";
import { awsProblems } from "./aws-errors.ts";
import { gather } from "./gather.ts";
import type { AwsRegion } from "./observed.ts";
import { planLookup } from "./plan-lookup.ts";
import {
  type ClusterOutcome,
  type LookupCluster,
  type SettleContext,
  settleCluster,
} from "./settle-cluster.ts";

export interface LookupInput extends SettleContext {
  readonly clusters: readonly LookupCluster[];
  readonly inRegion: (region: string) => AwsRegion;
}

export interface LookupResult {
  /** Without the clusters whose account is another one. */
  readonly outcomes: readonly ClusterOutcome[];
  /** Calls that failed, and credentials of another account: nothing may be written. */
  readonly failures: readonly Problem[];
}

export async function lookUp(input: LookupInput): Promise<LookupResult> {
  const plans = planLookup(input.clusters.map(({ config }) => config));
  const regions = await Promise.all(
    plans.map(async (plan) => ({
      ...(await gather(plan, input.inRegion(plan.region))),
      region: plan.region,
    })),
  );
  const observedIn = new Map(regions.map(({ region, observed }) => [region, observed]));
  const settled = input.clusters.map((cluster) =>
    settleCluster(cluster, observedIn.get(cluster.config.cluster.region) ?? {}, input),
  );
  return {
    outcomes: settled.flatMap((outcome) => ("failure" in outcome ? [] : [outcome])),
    failures: [
      ...regions.flatMap(({ region, failures }) =>
        awsProblems(failures, input.contextOf(region, input.identity)),
      ),
      ...settled.flatMap((outcome) => ("failure" in outcome ? [outcome.failure] : [])),
    ],
  };
}
