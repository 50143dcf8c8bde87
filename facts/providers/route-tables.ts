import {
  type RouteTable as DescribedRouteTable,
  DescribeRouteTablesCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import type { RouteTable } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";
import { inChunks } from "./in-chunks.ts";

/** All route tables of these VPCs. */
export const listRouteTables = (
  ec2: Sender<EC2Client>,
  vpcIds: readonly string[],
  context: CallContext,
): Promise<readonly RouteTable[]> =>
  inChunks(vpcIds, (ids) =>
    collectPages("ec2:DescribeRouteTables", async (token) => {
      const command = new DescribeRouteTablesCommand({
        Filters: [{ Name: "vpc-id", Values: [...ids] }],
        MaxResults: 100,
        NextToken: token,
      });
      const output = await call("ec2:DescribeRouteTables", context, (options) => ec2.send(command, options));
      return { items: output.RouteTables?.map(toRouteTable), next: output.NextToken };
    }),
  );

const toRouteTable = ({
  VpcId = "",
  OwnerId = "",
  Associations = [],
  Routes = [],
}: DescribedRouteTable): RouteTable => ({
  vpcId: VpcId,
  ownerId: OwnerId,
  isMain: Associations.some(({ Main }) => Main === true),
  subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
  // A route to a gateway that was detached stays as a blackhole.
  hasInternetGateway: Routes.some(
    ({ GatewayId, State }) => GatewayId?.startsWith("igw-") === true && State !== "blackhole",
  ),
});
