// Stage 2: what `lookup` has to ask for a fleet: each question once per region. Pure. One run has one set of
// credentials and so one account; account-guard.ts refuses the clusters of others.
import type { Config } from "../config/config.ts";
import { type Query, queriesOf } from "./queries.ts";

export interface RegionPlan {
  readonly region: string;
  /** In the order they came; only clusters that have a question. */
  readonly configs: readonly Config[];
  /** Clusters whose VPC is found by the tag that EKS sets. */
  readonly eksNames: readonly string[];
  /** Some cluster's VPC is found by its tags. */
  readonly needsVpcs: boolean;
  readonly needsSubnets: boolean;
  readonly needsCertificates: boolean;
  readonly needsWebAcls: boolean;
}

/** Sorted by region. */
export function planLookup(configs: readonly Config[]): readonly RegionPlan[] {
  const asking = configs.filter((config) => queriesOf(config).length > 0);
  const regions = [...new Set(asking.map(({ cluster }) => cluster.region))].sort();
  return regions.map((region) =>
    planRegion(
      region,
      asking.filter(({ cluster }) => cluster.region === region),
    ),
  );
}

function planRegion(region: string, configs: readonly Config[]): RegionPlan {
  const queries = configs.flatMap(queriesOf);
  const vpcQueries = queries.filter(
    (query): query is Extract<Query, { kind: "vpc" }> => query.kind === "vpc",
  );
  const needs = (kind: Query["kind"]): boolean => queries.some((query) => query.kind === kind);
  const byName = vpcQueries.filter(({ tags }) => tags === undefined).map(({ eksName }) => eksName);
  return {
    region,
    configs,
    eksNames: [...new Set(byName)].sort(),
    needsVpcs: vpcQueries.some(({ tags }) => tags !== undefined),
    needsSubnets: needs("subnets"),
    needsCertificates: needs("certificate"),
    needsWebAcls: needs("webAcl"),
  };
}
