import {
  type SecurityGroup as DescribedSecurityGroup,
  DescribeSecurityGroupsCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import { eksNameTag } from "../choose-vpc.ts";
import type { SecurityGroup } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";
import { inChunks } from "./in-chunks.ts";
import { tagMap } from "./tags.ts";

/** The security groups that EKS made for clusters with these names. */
export const listSecurityGroups = (
  ec2: Sender<EC2Client>,
  eksNames: readonly string[],
  context: CallContext,
): Promise<readonly SecurityGroup[]> =>
  inChunks(eksNames, (names) =>
    collectPages("ec2:DescribeSecurityGroups", async (token) => {
      const command = new DescribeSecurityGroupsCommand({
        Filters: [{ Name: `tag:${eksNameTag}`, Values: [...names] }],
        MaxResults: 1000,
        NextToken: token,
      });
      const output = await call("ec2:DescribeSecurityGroups", context, (options) =>
        ec2.send(command, options),
      );
      return { items: output.SecurityGroups?.map(toSecurityGroup), next: output.NextToken };
    }),
  );

const toSecurityGroup = ({
  GroupId = "",
  VpcId = "",
  OwnerId = "",
  Tags,
}: DescribedSecurityGroup): SecurityGroup => ({
  id: GroupId,
  vpcId: VpcId,
  ownerId: OwnerId,
  tags: tagMap(Tags),
});
