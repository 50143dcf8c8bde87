import { DescribeVpcsCommand, type EC2Client } from "@aws-sdk/client-ec2";
import type { Vpc } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";
import { tagMap } from "./tags.ts";

/** All VPCs of the region: few, and an error can then list them. */
export const listVpcs = (ec2: Sender<EC2Client>, context: CallContext): Promise<readonly Vpc[]> =>
  collectPages("ec2:DescribeVpcs", async (token) => {
    const command = new DescribeVpcsCommand({ MaxResults: 1000, NextToken: token });
    const output = await call("ec2:DescribeVpcs", context, (options) => ec2.send(command, options));
    const items = output.Vpcs?.map(({ VpcId = "", OwnerId = "", Tags }) => ({
      id: VpcId,
      ownerId: OwnerId,
      tags: tagMap(Tags),
    }));
    return { items, next: output.NextToken };
  });
