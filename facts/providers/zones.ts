import { DescribeAvailabilityZonesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import type { Zone } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";

/** The zones of the region that are enabled, with their types. Not by id, so that it waits for no other answer. */
export const listZones = (ec2: Sender<EC2Client>, context: CallContext): Promise<readonly Zone[]> =>
  collectPages("ec2:DescribeAvailabilityZones", async () => {
    const command = new DescribeAvailabilityZonesCommand({});
    const output = await call("ec2:DescribeAvailabilityZones", context, (options) =>
      ec2.send(command, options),
    );
    const items = output.AvailabilityZones?.map(({ ZoneName = "", ZoneType = "" }) => ({
      name: ZoneName,
      type: ZoneType,
    }));
    return { items, next: undefined };
  });
