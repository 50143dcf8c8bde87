import { type Subnet as DescribedSubnet, DescribeSubnetsCommand, type EC2Client } from "@aws-sdk/client-ec2";
import type { Subnet } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";
import { inChunks } from "./in-chunks.ts";
import { tagMap } from "./tags.ts";

/** All subnets of these VPCs. */
export const listSubnets = (
  ec2: Sender<EC2Client>,
  vpcIds: readonly string[],
  context: CallContext,
): Promise<readonly Subnet[]> =>
  inChunks(vpcIds, (ids) =>
    collectPages("ec2:DescribeSubnets", async (token) => {
      const command = new DescribeSubnetsCommand({
        Filters: [{ Name: "vpc-id", Values: [...ids] }],
        MaxResults: 1000,
        NextToken: token,
      });
      const output = await call("ec2:DescribeSubnets", context, (options) => ec2.send(command, options));
      return { items: output.Subnets?.map(toSubnet), next: output.NextToken };
    }),
  );

const toSubnet = (subnet: DescribedSubnet): Subnet => ({
  id: subnet.SubnetId ?? "",
  vpcId: subnet.VpcId ?? "",
  ownerId: subnet.OwnerId ?? "",
  state: subnet.State ?? "unknown",
  zone: subnet.AvailabilityZone ?? "",
  cidr: subnet.CidrBlock ?? "",
  freeAddresses: subnet.AvailableIpAddressCount ?? 0,
  isOnOutpost: (subnet.OutpostArn ?? "") !== "",
  tags: tagMap(subnet.Tags),
});
