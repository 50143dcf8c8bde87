// Stage 2: whose account answered. Pure. Nothing is written for a cluster of another account.
import type { Config } from "../config/config.ts";
import { eksNameTag } from "./choose-vpc.ts";
import type { Observed } from "./observed.ts";

export interface AccountSeen {
  readonly account: string;
  readonly seenIn: string;
}

/**
 * The account of the credentials, by the surest sign. What is in a VPC comes late, because a VPC may be shared by
 * another account that then owns its subnets and route tables. `identity` is what the credentials say themselves.
 */
export function accountSeen(
  config: Config,
  vpcId: string | undefined,
  observed: Observed,
  identity: string | undefined,
): AccountSeen | undefined {
  const { securityGroups = [], certificates = [], webAcls = [], vpcs = [], subnets = [] } = observed;
  const group = securityGroups.find(({ tags }) => tags[eksNameTag] === config.cluster.eksName);
  const [certificate] = certificates;
  const [webAcl] = webAcls;
  const vpc = vpcs.find(({ id }) => id === vpcId);
  const subnet = subnets.find((candidate) => candidate.vpcId === vpcId);
  const signs: readonly (AccountSeen | undefined)[] = [
    group && { account: group.ownerId, seenIn: `the owner of ${group.id}` },
    certificate && { account: accountOf(certificate.arn), seenIn: certificate.arn },
    webAcl && { account: accountOf(webAcl.arn), seenIn: webAcl.arn },
    identity === undefined ? undefined : { account: identity, seenIn: "the credentials" },
    vpc && { account: vpc.ownerId, seenIn: `the owner of ${vpc.id}` },
    subnet && { account: subnet.ownerId, seenIn: `the owner of ${subnet.id}` },
  ];
  return signs.find((sign) => sign !== undefined && /^\d{12}$/.test(sign.account));
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";
