// Stage 2: asks AWS what the plan of one region needs: in parallel, two rounds deep, every failure at the end.
import { isAwsCallError } from "./aws-call-error.ts";
import type { AwsFailure } from "./aws-failure.ts";
import { ownVpcId } from "./choose-answers.ts";
import type { AwsRegion, Observed } from "./observed.ts";
import type { RegionPlan } from "./plan-lookup.ts";

export interface Gathered {
  readonly observed: Observed;
  readonly failures: readonly AwsFailure[];
}

/** Never rejects because AWS failed: what failed is undefined in `observed`, and in `failures`. */
export async function gather(plan: RegionPlan, aws: AwsRegion): Promise<Gathered> {
  const failures: AwsFailure[] = [];
  const ask = async <T>(isNeeded: boolean, question: () => Promise<T>): Promise<T | undefined> => {
    try {
      return isNeeded ? await question() : undefined;
    } catch (error) {
      if (!isAwsCallError(error)) throw error;
      failures.push(error.failure);
      return undefined;
    }
  };
  const [network, zones, certificates, webAcls] = await Promise.all([
    gatherNetwork(plan, aws, ask),
    ask(plan.needsSubnets, () => aws.listZones()),
    ask(plan.needsCertificates, () => aws.listCertificates()),
    ask(plan.needsWebAcls, () => aws.listWebAcls()),
  ]);
  return { observed: { ...network, zones, certificates, webAcls }, failures };
}

type Ask = <T>(isNeeded: boolean, question: () => Promise<T>) => Promise<T | undefined>;

/** The subnets of all VPCs in one question; so it waits for the VPCs, and for nothing else. */
async function gatherNetwork(plan: RegionPlan, aws: AwsRegion, ask: Ask): Promise<Observed> {
  const [securityGroups, vpcs] = await Promise.all([
    ask(plan.eksNames.length > 0, () => aws.listSecurityGroups(plan.eksNames)),
    ask(plan.needsVpcs, () => aws.listVpcs()),
  ]);
  const own = plan.configs.flatMap((config) => ownVpcId(config, { securityGroups, vpcs }) ?? []);
  const vpcIds = plan.needsSubnets ? [...new Set(own)].sort() : [];
  const [subnets, routeTables] = await Promise.all([
    ask(vpcIds.length > 0, () => aws.listSubnets(vpcIds)),
    ask(vpcIds.length > 0, () => aws.listRouteTables(vpcIds)),
  ]);
  return { securityGroups, vpcs, subnets, routeTables };
}
