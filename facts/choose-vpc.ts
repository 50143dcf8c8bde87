// Stage 2: which VPC is the cluster's. Pure.
import type { StringMap } from "../config/config.ts";
import type { Choice, Refused } from "./choice.ts";
import { listLosers } from "./choice.ts";
import type { VpcAnswer } from "./lock-schema.ts";
import type { Observed, SecurityGroup, Vpc } from "./observed.ts";
import type { Query } from "./queries.ts";

/** EKS puts it on the cluster security group of every cluster. */
export const eksNameTag = "aws:eks:cluster-name";

type VpcQuery = Extract<Query, { kind: "vpc" }>;

/** The one VPC that the query means. `where` names region, account and credentials for a refusal. */
export function chooseVpc(
  { eksName, tags }: VpcQuery,
  { securityGroups = [], vpcs = [] }: Observed,
  where: string,
): Choice<VpcAnswer> {
  return tags === undefined ? byEksName(eksName, securityGroups, where) : byTags(tags, vpcs, where);
}

function byEksName(eksName: string, groups: readonly SecurityGroup[], where: string): Choice<VpcAnswer> {
  const own = groups.filter(({ tags }) => tags[eksNameTag] === eksName);
  const [id, ...others] = [...new Set(own.map(({ vpcId }) => vpcId))].sort();
  const query = `the tag ${eksNameTag}=${eksName} on a security group`;
  if (id === undefined) return none(query, where);
  if (others.length > 0) {
    const seen = own.map((group) => ({ name: group.vpcId, reason: `by security group ${group.id}` }));
    return several(query, where, seen);
  }
  return {
    answer: { id, chosenBy: `tag ${eksNameTag}=${eksName} on a security group` },
    losers: [],
    warnings: [],
  };
}

function byTags(tags: StringMap, vpcs: readonly Vpc[], where: string): Choice<VpcAnswer> {
  const wanted = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const query = `a VPC with ${wanted.length === 1 ? "the tag" : "the tags"} ${wanted.sort().join(", ")}`;
  const [match, ...others] = vpcs.filter((vpc) => hasTags(vpc, tags));
  if (match === undefined) {
    const losers = vpcs.map(({ id, tags: { Name = "no name" } }) => ({ name: id, reason: Name }));
    return { ...none(query, where, losers), isEmpty: vpcs.length === 0 };
  }
  if (others.length > 0) {
    const seen = [match, ...others].map(({ id, tags: { Name = "no name" } }) => ({ name: id, reason: Name }));
    return several(query, where, seen);
  }
  return {
    answer: { id: match.id, chosenBy: `${wanted.length === 1 ? "tag" : "tags"} ${wanted.join(", ")}` },
    losers: [],
    warnings: [],
  };
}

export const hasTags = (tagged: { readonly tags: StringMap }, wanted: StringMap): boolean =>
  Object.entries(wanted).every(([name, value]) => tagged.tags[name] === value);

const none = (query: string, where: string, losers: Refused["losers"] = []): Refused => ({
  code: "lookup/no-vpc",
  message: `expected one VPC by ${query} ${where}, found none${listLosers(losers)}`,
  suggestion:
    "Check cluster.region, cluster.eksName and the credentials: AWS answers a question to the wrong region or account with nothing. Or give cluster.vpc.",
  losers,
  isEmpty: true,
});

const several = (query: string, where: string, losers: Refused["losers"]): Refused => ({
  code: "lookup/several-vpcs",
  message: `expected one VPC by ${query} ${where}, found ${new Set(losers.map(({ name }) => name)).size}${listLosers(losers)}`,
  suggestion: "Name the right one: cluster.vpc { id: … }.",
  losers,
  isEmpty: false,
});
